/** How a suite stands against the baseline, in sentences that terminal and Markdown share: what changed in the exam first, lost cases first. */
import type { BaselineComparison, BaselineResult, CaseChange, Drop } from "../decide/baseline/contract.ts";
import { quoted } from "./decision-view.ts";
import { countOf, formatCount, formatPoints, formatShare, formatValue, pointsFigure } from "./numbers.ts";

export const EXAM_TITLE = "THIS PR CHANGES THE EXAM";
const MOST_NAMED = 5;

export const BASELINE_WORDS: Readonly<Record<BaselineResult["outcome"], string>> = {
  pass: "PASS",
  fail: "FAIL",
  inconclusive: "INCONCLUSIVE",
  incomplete: "INCOMPLETE",
  "no-comparison": "NO COMPARISON",
};

const AGAINST = { main: "main", release: "the release" } as const;

export function dropText({ value, lower, upper, confidence, n }: Drop): string {
  return `${formatPoints(value)} (${formatShare(confidence, { bare: true })} interval ${pointsFigure(lower)} to ${pointsFigure(upper)}, ${countOf(n, "case")} paired)`;
}

/** `fine-tuned "tuned", against main: -6.2 points (...)`. */
export function comparisonText({ role, target, baseTarget, against, difference }: BaselineComparison): string {
  const who = role === "prompt" ? "best prompt" : "fine-tuned";
  const was = target === baseTarget ? "" : `, there ${quoted(baseTarget)}`;
  return `${who} ${quoted(target)} against ${AGAINST[against]}${was}: ${dropText(difference)}`;
}

/** Won, lost and same; margin; what is missing; the smallest drop that could be seen. */
export function comparisonNotes(one: BaselineComparison): string[] {
  const { won, lost, same, margin, flaky, missing, missingBounds, smallestDetectable, lostCases, wonCases } = one;
  const bound = formatPoints(margin).replace(/^\+/, "");
  return [
    `Won ${formatCount(won)}, lost ${formatCount(lost)}, same ${formatCount(same)} of ${countOf(won + lost + same, "case")} by majority of trials; margin ${bound}.`,
    ...(lostCases.length === 0 ? [] : [`Moved down: ${changedCases(lostCases)}.`]),
    ...(wonCases.length === 0 ? [] : [`Moved up: ${changedCases(wonCases)}.`]),
    ...(flaky === 0
      ? []
      : [`${countOf(flaky, "case")} had trials that disagree in the baseline, and count as before.`]),
    ...(missing.trials === 0
      ? []
      : [
          `Not measured: ${formatCount(missing.trials)} of ${countOf(missing.planned, "answer")}; with all of them failed ${formatPoints(missingBounds?.lower ?? one.difference.value)}, with all passed ${formatPoints(missingBounds?.upper ?? one.difference.value)}.`,
        ]),
    smallestDetectable.available
      ? `The smallest true drop that these ${countOf(smallestDetectable.n, "case")} show in 4 runs of 5 is ${formatPoints(smallestDetectable.value).replace(/^\+/, "")} (planned, so without interval).`
      : `The smallest drop that these cases show is not known: ${smallestDetectable.why}.`,
  ];
}

/** "c017 (5/5 to 0/3), c112 (…) and 7 more in the report"; without "5/5 to" where the baseline has no such case. */
export function changedCases(cases: readonly CaseChange[]): string {
  const named = cases
    .slice(0, MOST_NAMED)
    .map(({ id, base, head }) => `${id} (${base[1] === 0 ? "" : `${base.join("/")} to `}${head.join("/")})`);
  const more = cases.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${formatCount(more)} more in the report` : ""}`;
}

/** What comes after the comparisons: a release that may not be compared, change of the gap, cases that must pass, looks. */
export function resultNotes(result: BaselineResult): string[] {
  const { gapChange, mustPass, looks, plannedLooks, cases, outcome, noRelease } = result;
  const unheld = noRelease === undefined ? [] : [noRelease];
  const held = mustPassNotes(mustPass);
  if (outcome === "no-comparison") return [...unheld, ...held];
  const planned = looks.length < plannedLooks.length ? ` of ${formatCount(plannedLooks.length)} planned` : "";
  return [
    ...unheld,
    ...(gapChange === undefined ? [] : [`Change of the gap: ${dropText(gapChange)}.`]),
    ...held,
    `${countOf(cases, "case")} compared, in ${countOf(looks.length, "look")}${planned} with ${looks.map(formatCount).join(", then ")} ${looks.at(-1) === 1 ? "trial" : "trials"} a case.`,
  ];
}

function mustPassNotes(list: BaselineResult["mustPass"]): string[] {
  if (list.length === 0) return [];
  const failed = list.filter(({ state }) => state === "fail");
  const open = list.filter(({ state }) => state === "open");
  const passed = countOf(list.length - failed.length - open.length, "case");
  return [
    `Must pass: ${passed} of ${formatCount(list.length)} passed${failed.length === 0 ? "" : `, FAILED: ${changedCases(failed)}`}.`,
    ...open.slice(0, MOST_NAMED).map(({ id, why }) => `Must pass, open: ${id}, ${why}.`),
  ];
}

/** A share for `gapcheck baseline`. */
export function rateText(passes: number, trials: number): string {
  return trials === 0 ? "-" : formatValue(passes / trials, "share");
}
