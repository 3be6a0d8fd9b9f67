/** One target in two runs, paired by case, by the same interval as a gap. */
import { shareEstimate, unavailable } from "./estimate.ts";
import { counted, listed } from "./in-words.ts";
import { pairedShares } from "./paired.ts";
import type { RunDifference } from "./run-comparison-contract.ts";

/** Trials of one case in one run. */
export interface RunTally {
  readonly passed: number;
  /** Passed or failed. */
  readonly known: number;
  readonly missing: number;
}

export interface RunCase {
  readonly before: RunTally;
  readonly after: RunTally;
  readonly weight: number;
  readonly cluster: string;
}

const ALPHA = 0.05;
const NONE = "no case was answered in both runs";

export function compareRuns(cases: readonly RunCase[]): RunDifference {
  const pairs = cases.filter(({ before, after }) => before.known > 0 && after.known > 0);
  const [first] = pairs;
  const unpaired = cases.length - pairs.length;
  if (first === undefined) {
    const none = unavailable(NONE);
    return { before: none, after: none, change: none, won: 0, lost: 0, same: 0, unpaired, ...missingOf(cases) };
  }
  const clusters = pairs.map(({ cluster }) => cluster);
  const frame = {
    ...(pairs.every(({ weight }) => weight === first.weight) ? {} : { weights: pairs.map(({ weight }) => weight) }),
    ...(new Set(clusters).size === clusters.length ? {} : { clusters }),
  };
  const base = pairs.map(({ before }) => before.passed / before.known);
  const fresh = pairs.map(({ after }) => after.passed / after.known);
  const { shown } = pairedShares({ base, fresh, ...frame }, ALPHA);
  const won = pairs.filter((_, at) => isRight(fresh[at]) && !isRight(base[at])).length;
  const lost = pairs.filter((_, at) => isRight(base[at]) && !isRight(fresh[at])).length;
  return {
    before: shareEstimate({ values: base, ...frame }, "share", NONE),
    after: shareEstimate({ values: fresh, ...frame }, "share", NONE),
    change: { available: true, ...shown },
    won,
    lost,
    same: pairs.length - won - lost,
    unpaired,
    ...missingOf(cases),
  };
}

/** More than half of the trials. */
function isRight(share = 0): boolean {
  return share > 0.5;
}

/** How many answers are missing, and the change over all cases with them as right in one run and as wrong in the other. */
function missingOf(cases: readonly RunCase[]): Pick<RunDifference, "missing" | "missingBounds"> {
  const count = (side: "before" | "after") => cases.reduce((sum, one) => sum + lacking(one[side]), 0);
  const missing = { before: count("before"), after: count("after") };
  if (missing.before + missing.after === 0) return { missing };
  const whole = cases.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (change: (one: RunCase) => number) =>
    cases.reduce((sum, one) => sum + change(one) * one.weight, 0) / whole;
  return {
    missing,
    missingBounds: {
      lower: mean(({ before, after }) => least(after) - most(before)),
      upper: mean(({ before, after }) => most(after) - least(before)),
    },
  };
}

function lacking({ known, missing }: RunTally): number {
  return known + missing === 0 ? 1 : missing;
}

/** A case that was not asked at all may be wholly right or wholly wrong. */
function least({ passed, known, missing }: RunTally): number {
  return known + missing === 0 ? 0 : passed / (known + missing);
}

function most({ passed, known, missing }: RunTally): number {
  return known + missing === 0 ? 1 : (passed + missing) / (known + missing);
}

/** Why a suite is not compared; `undefined` where its graders are the same in both runs. @param names of graders that are not */
export function gradersDiffer(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return `Graders differ (${listed(names.map((name) => `"${name}"`))}), so right means something else in each run. Grade the older answers again: \`gapcheck run --offline\` with the suite as it is.`;
}

interface Content {
  readonly id: string;
  /** Of input and expected; a case without one is no one's double. */
  readonly fingerprint?: string;
}

/** Why no case is compared: where the ids alone changed, that is said. @param targets whether the runs have a target in common */
export function nothingInCommon(before: readonly Content[], after: readonly Content[], targets: boolean): string {
  const ids = new Set(before.map(({ id }) => id));
  const kept = new Set(after.map(({ id }) => id));
  const contents = new Set(before.filter(({ id }) => !kept.has(id)).map(({ fingerprint }) => fingerprint));
  const isRenamed = ({ id, fingerprint }: Content) =>
    fingerprint !== undefined && !ids.has(id) && contents.has(fingerprint);
  const renamed = after.filter(isRenamed).length;
  if (!targets || renamed === 0) return "The two runs have no target, or no case with the same content, in common.";
  return `The ids of the cases changed: ${renamed} of ${counted(after.length, "case")} ${renamed === 1 ? "has" : "have"} a content that the run before holds under another id, and cases are paired by id.`;
}
