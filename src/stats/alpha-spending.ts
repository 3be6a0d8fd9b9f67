/** Boundaries of a group-sequential test: a fixed number of looks that share one error. */
import { expectCount, expectInsideUnit } from "./arguments.ts";
import { normalDensity, normalQuantile, normalUpper } from "./normal.ts";
import { gaussLegendre, placeRule, type Rule } from "./quadrature.ts";
import { sumOver } from "./sum.ts";

/** How the error is spread over the looks: hardly any at first (O'Brien-Fleming), or evenly (Pocock), after Lan and DeMets. */
export type Spending = "obrien-fleming" | "pocock";

/** One entry a look: reject when z reaches the boundary; the error spent up to and with this look. */
export type AlphaSpending = {
  readonly zBoundaries: readonly number[];
  readonly cumulativeAlpha: readonly number[];
};

const RULE = gaussLegendre(96);
const REACH = 10;

/**
 * One-sided boundaries for equally spaced looks (Lan and DeMets 1983), by the recursive integration of Armitage, McPherson
 * and Rowe (1969): the density of the score among paths that have not crossed is carried from look to look.
 * @param looks at least 1
 */
export function alphaSpending(looks: number, alphaOneSided: number, spending: Spending): AlphaSpending {
  expectCount("looks", looks, 1);
  expectInsideUnit("alphaOneSided", alphaOneSided);
  const cumulativeAlpha = Array.from({ length: looks }, (_, look) =>
    spent((look + 1) / looks, alphaOneSided, spending),
  );
  const zBoundaries: number[] = [];
  // Before the first look all probability sits at a score of 0; the score gains a standard normal step per look.
  let density: Density = { rule: { nodes: [0], weights: [1] }, values: [1] };
  for (let look = 1; look <= looks; look++) {
    const step = (cumulativeAlpha[look - 1] ?? 0) - (look > 1 ? (cumulativeAlpha[look - 2] ?? 0) : 0);
    const boundary = crossing(density, step, look);
    zBoundaries.push(boundary / Math.sqrt(look));
    density = advance(density, boundary, look);
  }
  return { zBoundaries, cumulativeAlpha };
}

/** The score's density at the nodes of a rule, among paths that have not crossed a boundary. */
type Density = { readonly rule: Rule; readonly values: readonly number[] };

function spent(fraction: number, alpha: number, spending: Spending): number {
  if (spending === "pocock") return alpha * Math.log1p((Math.E - 1) * fraction);
  return 2 * normalUpper(-normalQuantile(alpha / 2) / Math.sqrt(fraction));
}

/** The score that the next look exceeds with exactly this probability, by bisection. */
function crossing(density: Density, probability: number, look: number): number {
  const exceeds = (boundary: number) => over(density, (score) => normalUpper(boundary - score));
  let low = -REACH * Math.sqrt(look);
  let high = REACH * Math.sqrt(look);
  while (high - low > 1e-13 * REACH) {
    const middle = (low + high) / 2;
    if (exceeds(middle) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The density after one more step, cut off at the boundary. */
function advance(density: Density, boundary: number, look: number): Density {
  const rule = placeRule(RULE, -REACH * Math.sqrt(look), boundary);
  return { rule, values: rule.nodes.map((next) => over(density, (score) => normalDensity(next - score))) };
}

function over({ rule, values }: Density, f: (score: number) => number): number {
  return sumOver(
    values.length,
    (index) => (rule.weights[index] ?? 0) * (values[index] ?? 0) * f(rule.nodes[index] ?? 0),
  );
}
