/** The shapes in which intervals are returned. */

/** Two ends of an interval, `lower <= upper`. */
export type Bounds = { readonly lower: number; readonly upper: number };

/** An interval with its point estimate. */
export type Interval = Bounds & { readonly estimate: number };

/** Moves both ends into `[low, high]`, for formulas that can leave the range of what they estimate. */
export function clampBounds(bounds: Bounds, low: number, high: number): Bounds {
  return { lower: clamp(bounds.lower, low, high), upper: clamp(bounds.upper, low, high) };
}

/** Moves a number into `[low, high]`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
