/** From data to places on a chart, with round ticks. */

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** Share of the width, 0 to 1, cut at both ends. */
  readonly at: (value: number) => number;
}

const STEPS = [1, 2, 2.5, 5, 10];

/** The smallest of 1, 2, 2.5, 5 times a power of ten that gives at most `most` steps over `span`. */
export function roundStep(span: number, most: number): number {
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (STEPS.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10) * power;
}

/**
 * A scale that holds all `values`, its ends on ticks.
 * @param values finite; a span of 0 is widened
 * @param most ticks wanted at most, about
 */
export function scaleOver(values: readonly number[], most = 6): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const size = Math.max(Math.abs(low), Math.abs(high));
  // What differs by less than a billionth of its size is one place on any screen.
  const span = high - low > size * 1e-9 && high - low > 1e-12 ? high - low : size > 1e-12 ? size : 1;
  const step = roundStep(span, most);
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.max(Math.ceil(high / step - 1e-9) * step, from + step);
  const count = Math.round((to - from) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((from + index * step).toPrecision(12)));
  return { from, to, ticks, at: (value) => Math.min(1, Math.max(0, (value - from) / (to - from))) };
}

/** A place in per cent, with two decimals at most: "43.21%". */
export function percentAt(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
