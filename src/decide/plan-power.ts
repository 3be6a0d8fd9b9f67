/** What a suite can show before a single call is made: its smallest gap, its smallest margin, the rates that can be met. */
import { smallestNForUpperBound } from "../stats/order-statistic.ts";
import { clopperPearsonOneSided, zeroFailureN } from "../stats/proportion.ts";
import { smallestGap, smallestSupportedMargin } from "../stats/sample-size.ts";
import type { Suite } from "../suite/suite.ts";
import { alphaOf, checksOf, isShareCheck, marginOf } from "./checks.ts";
import { counted, percent, percentAsWritten, pointsAsWritten } from "./in-words.ts";
import { P95 } from "./measure.ts";
import { FEWEST_CASES } from "./validity.ts";

/** Share of cases on which two arms differ: what is common, and the worst there is where a coin decides each case. */
const COMMON_DISCORDANCE = 0.1;
const WORST_DISCORDANCE = 0.5;

/** What a number of test cases can show. Shares; absent where it cannot show any. */
export interface PowerPlan {
  readonly testCases: number;
  readonly smallestGap: { readonly common?: number; readonly worst?: number };
  /** Smallest margin under which "no worse" can be shown when there is no loss, at the common discordance. */
  readonly smallestMargin?: number;
  readonly requirements: readonly RequirementPlan[];
  /** For people, one sentence each. */
  readonly sentences: readonly string[];
}

export interface RequirementPlan {
  readonly label: string;
  readonly threshold: number;
  /** Right cases that would show it met; absent when all right would not. */
  readonly fewestRight?: number;
  /** Test cases without a failure that would show it; absent for a requirement of 100 %, which nothing shows. */
  readonly zeroFailureCases?: number;
}

/**
 * Plans with one 0/1 a case; repeats narrow the bounds by at most what they remove of the noise, clusters widen them.
 * @param testCases cases that the verdict would be told on
 */
export function planPower(suite: Suite, testCases: number): PowerPlan {
  const alpha = alphaOf(suite);
  const checks = checksOf(suite).filter(isShareCheck);
  const tuned = suite.targets.some(({ role }) => role === "fine-tuned");
  const common = gapOf(testCases, COMMON_DISCORDANCE, alpha);
  const worst = gapOf(testCases, WORST_DISCORDANCE, alpha);
  const margin = testCases < 1 ? undefined : smallestSupportedMargin(testCases, COMMON_DISCORDANCE, alpha);
  const requirements = checks.map(({ label, threshold }): RequirementPlan => {
    const fewestRight = fewestToMeet(testCases, threshold, alpha);
    const zero = zeroFailureN(threshold, alpha);
    return {
      label,
      threshold,
      ...(fewestRight === undefined ? {} : { fewestRight }),
      ...(zero.defined ? { zeroFailureCases: zero.value.n } : {}),
    };
  });
  const latency = suite.requirement.latency !== undefined;
  return {
    testCases,
    smallestGap: { ...(common === undefined ? {} : { common }), ...(worst === undefined ? {} : { worst }) },
    ...(margin === undefined ? {} : { smallestMargin: margin }),
    requirements,
    sentences: [
      ...enoughCases(testCases),
      ...(tuned ? gapSentences(testCases, common, worst, margin, marginOf(suite)) : []),
      ...requirements.map((requirement) => requirementSentence(requirement, testCases, alpha)),
      ...(latency ? latencySentence(testCases, alpha) : []),
    ],
  };
}

/** The fewest right cases of n whose lower Clopper-Pearson bound reaches the threshold. */
export function fewestToMeet(n: number, threshold: number, alpha: number): number | undefined {
  if (n < 1) return undefined;
  const meets = (right: number) => clopperPearsonOneSided(right, n, 1 - alpha).lower >= threshold;
  if (!meets(n)) return undefined;
  let low = Math.floor(threshold * n);
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (meets(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** One-sided: the two-sided formula at twice alpha. */
function gapOf(n: number, discordance: number, alpha: number): number | undefined {
  if (n < 1) return undefined;
  const gap = smallestGap(n, discordance, 2 * alpha);
  return gap.defined ? gap.value : undefined;
}

function enoughCases(n: number): string[] {
  if (n >= FEWEST_CASES) return [];
  return [`${counted(n, "test case")}: too few for any verdict, it takes ${FEWEST_CASES}.`];
}

function gapSentences(
  n: number,
  common: number | undefined,
  worst: number | undefined,
  margin: number | undefined,
  asked: number,
): string[] {
  const on = `${counted(n, "test case")}`;
  const gap =
    common === undefined
      ? `${on} cannot show a gap where the two differ on ${percent(COMMON_DISCORDANCE, 0)} of the cases`
      : `${on} show a gap of ${round(common)} in 8 of 10 runs if the two differ on ${percent(COMMON_DISCORDANCE, 0)} of the cases`;
  const hard = worst === undefined ? "" : `, of ${round(worst)} if they differ on ${percent(WORST_DISCORDANCE, 0)}`;
  const sentences = [`${gap}${hard}.`];
  if (margin !== undefined && margin > asked) {
    const text = `"No worse than ${pointsAsWritten(asked)}" asks for more cases: ${on} can show a margin of ${round(margin)} at best.`;
    sentences.push(text);
  }
  return sentences;
}

function requirementSentence(
  { label, threshold, fewestRight, zeroFailureCases }: RequirementPlan,
  n: number,
  alpha: number,
): string {
  const sure = `with ${percent(1 - alpha, 0)} confidence`;
  if (fewestRight === undefined) {
    if (zeroFailureCases === undefined) return `${label}: no number of cases can show ${percentAsWritten(threshold)}.`;
    return `${label}: ${counted(n, "test case")} cannot show ${percentAsWritten(threshold)} ${sure} even if all are right; it takes ${counted(zeroFailureCases, "case")} without a failure.`;
  }
  return `${label}: at least ${fewestRight} of ${n} right (${percent(fewestRight / n)}) would show ${percentAsWritten(threshold)} ${sure}.`;
}

function latencySentence(n: number, alpha: number): string[] {
  const fewest = smallestNForUpperBound(P95, 1 - alpha);
  if (n >= fewest) return [];
  return [`p95: cannot be bounded from above by fewer than ${fewest} test cases; there are ${n}.`];
}

function round(share: number): string {
  return pointsAsWritten(Math.round(share * 1000) / 1000);
}
