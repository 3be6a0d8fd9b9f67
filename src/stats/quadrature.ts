/** Numerical integration of smooth functions. */
import { sumOver } from "./sum.ts";

/** Nodes in [-1, 1] and weights of a Gauss-Legendre rule. */
export type Rule = { readonly nodes: readonly number[]; readonly weights: readonly number[] };

/**
 * Gauss-Legendre rule of an order: exact for polynomials up to degree 2 order - 1. The nodes are the roots of the Legendre
 * polynomial, by Newton's method from Tricomi's approximation (1950).
 */
export function gaussLegendre(order: number): Rule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let index = 0; index < order; index++) {
    let x = Math.cos((Math.PI * (index + 0.75)) / (order + 0.5));
    let slope = 1;
    for (let step = 0; step < 8; step++) {
      const [value, before] = legendre(order, x);
      slope = (order * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

/** The integral of f from `low` to `high` by the rule on `panels` pieces of equal width. */
export function integrate(rule: Rule, low: number, high: number, panels: number, f: (x: number) => number): number {
  const width = (high - low) / panels;
  return sumOver(panels, (panel) => {
    const placed = placeRule(rule, low + panel * width, low + (panel + 1) * width);
    return sumOver(placed.nodes.length, (index) => (placed.weights[index] ?? 0) * f(placed.nodes[index] ?? 0));
  });
}

/** The rule moved from [-1, 1] to [low, high]. */
export function placeRule({ nodes, weights }: Rule, low: number, high: number): Rule {
  const half = (high - low) / 2;
  const middle = (high + low) / 2;
  return { nodes: nodes.map((node) => middle + half * node), weights: weights.map((weight) => weight * half) };
}

/** The Legendre polynomials of degree `order` and `order - 1` at x, by their recurrence. */
function legendre(order: number, x: number): [number, number] {
  let before = 0;
  let value = 1;
  for (let degree = 0; degree < order; degree++) {
    [before, value] = [value, ((2 * degree + 1) * x * value - degree * before) / (degree + 1)];
  }
  return [value, before];
}
