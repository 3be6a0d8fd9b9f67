/** How a score changes with a number that the cases carry, such as the steps that a case takes: a straight line through all of them. */
import { expectInsideUnit, expectNumbers, expectSameLength } from "./arguments.ts";
import type { Interval } from "./interval.ts";
import { twoSidedT } from "./student-t.ts";
import { isConstant, mean, sum } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** Change of the score per unit of x, with t bounds on clusters - 1 degrees of freedom. */
export type Slope = Interval & {
  readonly se: number;
  readonly df: number;
  readonly n: number;
  readonly clusters: number;
};

/** Fewer clusters do not tell how much they differ. */
const FEWEST_CLUSTERS = 10;

interface Sums {
  weight: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
}

/**
 * Least-squares slope of y on x. Its standard error is the jackknife's, one cluster left out at a time (CV3; MacKinnon, Nielsen and Webb 2023),
 * which holds for 0/1 scores, whose spread differs along the line, and for cases that share a source; it is rather too wide than too narrow.
 * Not defined for fewer than 10 clusters, where x or y does not vary (also without any one cluster), or where all points lie on the line.
 * @param clusters of each value; absent: every value stands alone
 * @param weights above 0; absent: all alike
 * @param confidence two-sided, inside (0, 1)
 * @throws RangeError when the lists differ in length or a value is not finite
 */
export function slope(
  x: readonly number[],
  y: readonly number[],
  confidence: number,
  { clusters, weights }: { readonly clusters?: readonly string[]; readonly weights?: readonly number[] } = {},
): Maybe<Slope> {
  expectNumbers("x", x);
  expectNumbers("y", y);
  expectSameLength("x", x, "y", y);
  expectInsideUnit("confidence", confidence);
  if (clusters !== undefined) expectSameLength("x", x, "clusters", clusters);
  if (weights !== undefined) expectSameLength("x", x, "weights", weights);
  const n = x.length;
  if (isConstant(x)) return notDefined("all cases lie at one point of the line");
  if (isConstant(y)) return notDefined("all cases come out alike");
  const groups = grouped(x, y, clusters, weights);
  if (groups.length < FEWEST_CLUSTERS) return notDefined(`fewer than ${FEWEST_CLUSTERS} clusters`);
  const total = added(groups);
  const estimate = through(total);
  if (estimate === undefined) return notDefined("all cases lie at one point of the line");
  const moved: number[] = [];
  for (const own of groups) {
    const without = through(subtracted(total, own));
    if (without === undefined) return notDefined("one cluster alone tells the slope");
    moved.push(without - estimate);
  }
  const count = groups.length;
  const se = Math.sqrt(((count - 1) / count) * sum(moved.map((difference) => difference ** 2)));
  if (se <= 1e-12 * Math.max(1, Math.abs(estimate))) return notDefined("all cases lie on the line");
  const half = twoSidedT(confidence, count - 1) * se;
  const bounds = { lower: estimate - half, upper: estimate + half };
  return defined({ estimate, ...bounds, se, df: count - 1, n, clusters: count });
}

/** Sums by cluster, of values moved to their means: nothing large cancels later. */
function grouped(
  x: readonly number[],
  y: readonly number[],
  clusters: readonly string[] | undefined,
  weights: readonly number[] | undefined,
): Sums[] {
  const centreX = mean(x);
  const centreY = mean(y);
  const groups = new Map<string, Sums>();
  for (let index = 0; index < x.length; index++) {
    const name = clusters?.[index] ?? String(index);
    const own = groups.get(name) ?? { weight: 0, x: 0, y: 0, xx: 0, xy: 0 };
    groups.set(name, own);
    const weight = weights?.[index] ?? 1;
    const dx = (x[index] ?? 0) - centreX;
    const dy = (y[index] ?? 0) - centreY;
    own.weight += weight;
    own.x += weight * dx;
    own.y += weight * dy;
    own.xx += weight * dx * dx;
    own.xy += weight * dx * dy;
  }
  return [...groups.values()];
}

function added(groups: readonly Sums[]): Sums {
  const of = (key: keyof Sums) => sum(groups.map((own) => own[key]));
  return { weight: of("weight"), x: of("x"), y: of("y"), xx: of("xx"), xy: of("xy") };
}

function subtracted(all: Sums, own: Sums): Sums {
  return {
    weight: all.weight - own.weight,
    x: all.x - own.x,
    y: all.y - own.y,
    xx: all.xx - own.xx,
    xy: all.xy - own.xy,
  };
}

/** The slope that these sums tell; `undefined` where x does not vary. */
function through({ weight, x, y, xx, xy }: Sums): number | undefined {
  const spread = xx - (x * x) / weight;
  return weight > 0 && spread > 1e-9 * xx ? (xy - (x * y) / weight) / spread : undefined;
}
