/** How far below a required share more cases are not worth their price: then policy decides, not statistics. */

/** Two points, or less where the threshold is close to 1. */
const WIDEST = 0.02;

/** @param threshold a required share, inside (0, 1) */
export function indifference(threshold: number): number {
  return Math.min(WIDEST, (1 - threshold) / 2);
}
