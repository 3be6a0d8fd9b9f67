/** What `gapcheck compare` says in the terminal: the change of each target, what missing answers leave open of it, and which run is not whole. */
import type { RunDifference } from "../decide/run-comparison-contract.ts";
import type { ComparedSuite, ComparedTarget, SuiteOfRun } from "./html/compare-view.ts";
import { countOf, formatCount, formatPoints, pointsFigure } from "./numbers.ts";
import { OUTCOME_WORDS, sentence } from "./words.ts";

/** Lines of one suite, without line feeds; not escaped. */
export function compareLines({ before, after, found }: ComparedSuite): readonly string[] {
  const name = after.suite.decision.suite;
  const unwhole = [...unwholeLine(before, "earlier"), ...unwholeLine(after, "later")];
  if (!found.compared) return [`${name}: not compared. ${found.why}`, ...unwhole];
  const { suite, cases: counts } = found.merged;
  const cases = suite.cases.filter(({ split, left }) => split === "test" && left === undefined).length;
  const left = counts.edited + counts.new + counts.gone;
  const told = left === 0 ? "" : `; ${countOf(left, "case")} of one run alone or changed left out`;
  const head = `${name}, on ${countOf(cases, "test case")} that both runs hold alike${told}`;
  return [head, ...unwhole, ...found.targets.flatMap(targetLines)];
}

/** A run whose gate found too little to judge by: its figures are of a part. */
function unwholeLine({ suite: { gate }, run }: SuiteOfRun, which: "earlier" | "later"): readonly string[] {
  if (gate.outcome !== "incomplete" && gate.outcome !== "cannot-measure") return [];
  return [`  ${OUTCOME_WORDS[gate.outcome].toUpperCase()}: the ${which} run ${run.id}. ${sentence(gate.why)}`];
}

function targetLines({ target, difference }: ComparedTarget): readonly string[] {
  const { change, won, lost } = difference;
  const told = change.available
    ? `${formatPoints(change.value)} (95 % interval ${pointsFigure(change.lower)} to ${pointsFigure(change.upper)}, n=${formatCount(change.n)}), won ${formatCount(won)}, lost ${formatCount(lost)}`
    : `not measured: ${change.why}`;
  return [`  ${target}: ${told}`, ...missingLine(difference)];
}

/** Below the change, which is of the answered cases alone. */
function missingLine({ won, lost, same, unpaired, missing, missingBounds }: RunDifference): readonly string[] {
  if (missingBounds === undefined) return [];
  const { lower, upper } = missingBounds;
  const paired = won + lost + same;
  return [
    `    of the ${formatCount(paired)} of ${countOf(paired + unpaired, "case")} answered in both runs; missing answers: ${formatCount(missing.before)} before, ${formatCount(missing.after)} after; with all of them against the later run, and with all for it: ${pointsFigure(lower)} to ${formatPoints(upper)}`,
  ];
}
