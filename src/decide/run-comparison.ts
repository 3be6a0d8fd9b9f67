/** One target in two runs, paired by case, by the same interval as a gap. */
import { unavailable } from "./estimate.ts";
import { pairedShares } from "./paired.ts";
import type { RunDifference } from "./run-comparison-contract.ts";

/** Shares of known trials that pass; `undefined` where none is known. */
export interface RunCase {
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly weight: number;
  readonly cluster: string;
}

const ALPHA = 0.05;

export function compareRuns(cases: readonly RunCase[]): RunDifference {
  const pairs = cases.flatMap(({ before, after, ...rest }) =>
    before === undefined || after === undefined ? [] : [{ before, after, ...rest }],
  );
  const [first] = pairs;
  const unpaired = cases.length - pairs.length;
  if (first === undefined) {
    return { change: unavailable("no case was answered in both runs"), won: 0, lost: 0, same: 0, unpaired };
  }
  const weights = pairs.map(({ weight }) => weight);
  const clusters = pairs.map(({ cluster }) => cluster);
  const { shown } = pairedShares(
    {
      base: pairs.map(({ before }) => before),
      fresh: pairs.map(({ after }) => after),
      ...(weights.every((weight) => weight === first.weight) ? {} : { weights }),
      ...(new Set(clusters).size === clusters.length ? {} : { clusters }),
    },
    ALPHA,
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (side: "before" | "after") => pairs.reduce((sum, one) => sum + one[side] * one.weight, 0) / whole;
  const won = pairs.filter(({ before, after }) => after > 0.5 && before <= 0.5).length;
  const lost = pairs.filter(({ before, after }) => before > 0.5 && after <= 0.5).length;
  return {
    before: mean("before"),
    after: mean("after"),
    change: { available: true, ...shown },
    won,
    lost,
    same: pairs.length - won - lost,
    unpaired,
  };
}
