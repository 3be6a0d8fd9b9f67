/** How far a run came whose test cases are looked at as they come in, for the decision. */
import type { Sequential, Verdict } from "./decision.ts";
import { counted, whole } from "./in-words.ts";
import { lookSizes } from "./look-sizes.ts";
import type { Observations } from "./observations.ts";
import { isSettled } from "./settled.ts";

/** @returns `undefined` where all test cases are looked at once */
export function sequentialOf(observations: Observations, verdict: Verdict): Sequential | undefined {
  const { plannedTestCases: planned, suite, trials } = observations;
  if (planned === undefined) return undefined;
  const asked = observations.slots("test").length;
  const paid = suite.targets.filter(({ model }) => model.answers === "paid").length;
  return {
    asked,
    planned,
    looks: lookSizes(planned).filter((size) => size <= asked).length,
    callsLeft: (planned - asked) * paid * trials,
    settled: isSettled(verdict),
  };
}

/** What a reader must know of the looks, in sentences. */
export function sequentialNotes({ asked, planned, looks, callsLeft, settled }: Sequential): string[] {
  const wider =
    "Intervals of shares and gaps hold at every look, so that they are wider than those of a number of cases fixed before";
  if (asked === planned) {
    return [`Answers were looked at before all were in (--sequential). ${wider}.`];
  }
  const came = `${whole(asked)} of ${counted(planned, "test case")} asked, ${counted(looks, "look")}`;
  const left = callsLeft === 0 ? "" : `; ${counted(callsLeft, "call")} not made`;
  const first = settled
    ? `Stopped early, as the verdict is given: ${came}${left}.`
    : `Not all test cases were asked, and the verdict is open: ${came}${left}.`;
  return [
    `${first} ${wider}; cases that were not asked are neither missing nor wrong. Costs and times have no interval yet, and decide nothing.`,
  ];
}
