/** The numbers at an axis: no two alike, all with as many digits, and each as exact as its tick. */

export interface TickStyle {
  /** What a tick is multiplied by: 100 for shares in per cent. Default 1. */
  readonly times?: number;
  /** A plus before what is above 0. */
  readonly signed?: boolean;
  /** Before the digits, behind the sign: "$". */
  readonly before?: string;
  readonly after?: string;
}

/** Ticks are round numbers: more digits than this are noise of binary fractions. */
const MOST_DIGITS = 12;

/**
 * Words for the ticks of one axis, with the fewest decimals at which every tick is told exactly.
 * @param ticks all of the axis, finite
 */
export function tickText(ticks: readonly number[], style: TickStyle = {}): (tick: number) => string {
  const { times = 1, signed = false, before = "", after = "" } = style;
  const places = (tick: number) => decimalsOf(Number((tick * times).toPrecision(MOST_DIGITS)));
  const decimals = ticks.reduce((most, tick) => Math.max(most, places(tick)), 0);
  return (tick) => {
    const scaled = tick * times;
    const size = Math.abs(scaled).toLocaleString("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    const sign = Number(size.replaceAll(",", "")) === 0 ? "" : scaled < 0 ? "-" : signed ? "+" : "";
    return `${sign}${before}${size}${after}`;
  };
}

function decimalsOf(value: number): number {
  for (let digits = 0; digits < MOST_DIGITS; digits++) {
    if (Math.abs(Number(value.toFixed(digits)) - value) <= Math.abs(value) * 1e-9) return digits;
  }
  return MOST_DIGITS;
}

/** The unit in which times up to `most` milliseconds are read best, and what a millisecond is in it. */
export function timeUnit(most: number): { readonly unit: "ms" | "s" | "min"; readonly times: number } {
  if (most < 1_000) return { unit: "ms", times: 1 };
  return most < 120_000 ? { unit: "s", times: 1 / 1_000 } : { unit: "min", times: 1 / 60_000 };
}
