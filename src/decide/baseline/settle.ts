/** From comparisons to outcomes: Holm over all that is compared with main in one run, then each suite by its worst. */
import { holm } from "../../stats/multiplicity.ts";
import { counted, differenceInWords, points } from "../in-words.ts";
import type { BaselineComparison, BaselineResult } from "./contract.ts";
import { FALSE_ALARMS } from "./looks.ts";
import { failedCase, mayTurn, openCase } from "./must-pass.ts";

/**
 * Holds the p-values of all suites of a run together (Holm 1979), main and release each a family of its own, each p-value by the level of its look.
 * A suite that stopped at an earlier look keeps what it showed there.
 */
export function settleAll(results: readonly BaselineResult[]): readonly BaselineResult[] {
  const families = (["main", "release"] as const).map((against) =>
    results.flatMap(({ comparisons }) => comparisons.filter((one) => one.against === against)),
  );
  const adjusted = new Map<BaselineComparison, number>();
  for (const family of families) {
    // On one scale: 1 is all the error that there is.
    const scaled = family.map(({ pDrop, failLevel }) => Math.min(1, (pDrop / failLevel) * FALSE_ALARMS));
    for (const [at, own] of holm(scaled).entries()) {
      const one = family[at];
      if (one !== undefined) adjusted.set(one, Math.min(1, (own / FALSE_ALARMS) * one.failLevel));
    }
  }
  return results.map((result) =>
    result.outcome === "no-comparison"
      ? result
      : settled({
          ...result,
          comparisons: result.comparisons.map((one) => ({ ...one, pDropHolm: adjusted.get(one) ?? one.pDrop })),
        }),
  );
}

/** A result with its states, outcome and reasons worked out from its figures. */
export function settled(result: BaselineResult): BaselineResult {
  const comparisons = result.comparisons.map(stated);
  const main = comparisons.filter(({ against }) => against === "main");
  const release = comparisons.filter(({ against }) => against === "release");
  const first = (list: readonly BaselineComparison[], state: BaselineComparison["state"]) =>
    list.find((one) => one.state === state);
  const told = (outcome: BaselineResult["outcome"], why: string): BaselineResult => {
    return { ...result, comparisons, outcome, why };
  };
  const failed = first(main, "fail") ?? first(release, "fail");
  if (failed !== undefined) return told("fail", failed.why);
  const failing = failedCase(result.mustPass);
  if (failing !== undefined) return told("fail", failing);
  const incomplete = first(main, "incomplete");
  if (incomplete !== undefined) return told("incomplete", incomplete.why);
  const open = first(main, "inconclusive");
  if (open !== undefined) return told("inconclusive", open.why);
  const unsure = openCase(result.mustPass);
  if (unsure !== undefined) return told("inconclusive", unsure);
  return told("pass", main[0]?.why ?? "");
}

/** Whether another look could settle what this one left open: of a case that is gone none can. */
export function isWorthALook({ outcome, comparisons, mustPass }: BaselineResult): boolean {
  if (outcome !== "inconclusive") return false;
  const open = comparisons.some(({ against, state }) => against === "main" && state === "inconclusive");
  return open || mustPass.some(mayTurn);
}

/** Of the release anchor only a shown loss counts: what is not settled there is settled against main. */
function stated(one: BaselineComparison): BaselineComparison {
  if (one.state === "incomplete") return one;
  const { target, against, margin, difference, lower, pDropHolm, failLevel, unchanged, missing } = one;
  const bound = points(margin).replace(/^\+/, "");
  const range = differenceInWords(difference);
  const where = against === "main" ? "main" : "the release";
  if (lower > -margin) {
    return { ...one, state: "pass", why: `"${target}" is no worse than ${where} by ${bound} or more: ${range}.` };
  }
  if (pDropHolm < failLevel) return { ...one, state: "fail", why: `"${target}" is down on ${where}: ${range}.` };
  // Few cases or clusters cannot rule out a drop of the margin; that nothing was changed rules it out without them.
  if (unchanged) {
    const alike = `all ${counted(difference.n, "case")} came out alike`;
    return { ...one, state: "pass", why: `"${target}" is asked what it was asked on ${where}, and ${alike}.` };
  }
  if (missing.decide === true) {
    const answers = `${counted(missing.trials, "missing answer")}, which may have failed, ${missing.trials === 1 ? "decides" : "decide"}`;
    const why = `"${target}" would be shown to be within ${bound} of ${where}, and ${answers}: ${range}.`;
    return { ...one, state: "inconclusive", why };
  }
  const why = `"${target}" is neither shown to be down on ${where} nor to be within ${bound} of it: ${range}.`;
  return { ...one, state: "inconclusive", why };
}
