/** Numbers as people read them, each with its unit. A figure never rounds onto a bound that it does not reach. */
import type { Estimate, Unit } from "../decide/decision.ts";
import type { Spend } from "../engine/outcome.ts";
import { usdDigits } from "../stats/usd-digits.ts";

/** What stands where no number can: a figure that is not finite is a defect elsewhere, and never shown as a number. */
const UNKNOWN = "unknown";

export interface Rounding {
  /** A threshold: digits are added until the rounded figure lies on its own side of it. */
  readonly apartFrom?: number;
  /** Figures that it is shown beside: all get the digits that tell them apart, so that "$0.039 ($0.039 to $0.040)" is never shown. */
  readonly beside?: readonly number[];
  /** Leave out zeros after the point, as in "at least 90 %". */
  readonly bare?: boolean;
}

/** Rounds half away from zero, free of the last bits of binary fractions. */
function fixed(value: number, digits: number): string {
  const clean = Number(value.toPrecision(13));
  const text = clean.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function grouped(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? parts : `${parts}.${fraction}`;
}

/** The fewest digits, `from` to `to`, at which `value` rounds apart from every given point that it is not equal to. */
function digitsApart(value: number, points: readonly number[], from: number, to: number): number {
  const blurred = (digits: number) =>
    points.some(
      (point) => Math.abs(value - point) > 1e-12 && Number(fixed(value, digits)) === Number(fixed(point, digits)),
    );
  let digits = from;
  while (digits < to && blurred(digits)) digits += 1;
  return digits;
}

/** Digits of a figure: apart from the points, and as many as tell it and the figures beside it apart from each other. */
function digitsOf(
  value: number,
  points: readonly number[],
  beside: readonly number[],
  [from, to]: readonly [number, number],
): number {
  const all = [value, ...beside];
  const mutual = all.map((one) => digitsApart(one, all, from, to));
  return Math.max(digitsApart(value, points, from, to), ...mutual);
}

/** Whole numbers with thousands separators: 9,300. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? grouped(fixed(value, 0)) : UNKNOWN;
}

/** "1 case", "9,300 calls". */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

function sharePercent(value: number, { apartFrom, bare, beside = [] }: Rounding): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const points = [0, 100, ...(apartFrom === undefined ? [] : [apartFrom * 100])];
  const others = beside.map((other) => other * 100);
  const text = fixed(value * 100, digitsOf(value * 100, points, others, [1, 6]));
  return bare === true ? text.replace(/\.0+$/, "") : text;
}

/** A share in [0, 1] in per cent: "98.5 %". 0.9996 is "99.96 %", never "100.0 %". */
export function formatShare(value: number, rounding: Rounding = {}): string {
  const text = sharePercent(value, rounding);
  return text === UNKNOWN ? text : `${text} %`;
}

/** A difference of shares in percentage points without the unit, signed: "+6.2", "0.0". */
export function pointsFigure(value: number, rounding: Rounding = {}): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const points = [0, ...(rounding.apartFrom === undefined ? [] : [rounding.apartFrom * 100])];
  const others = (rounding.beside ?? []).map((other) => other * 100);
  const text = fixed(value * 100, digitsOf(value * 100, points, others, [1, 6]));
  return Number(text) > 0 ? `+${text}` : text;
}

/** A difference of shares: "+6.2 points". */
export function formatPoints(value: number, rounding: Rounding = {}): string {
  return `${pointsFigure(value, rounding)} points`;
}

/**
 * US dollars: cents from ten cents on ("$1,234.50"), three significant digits below ("$0.0395", by `usdDigits`). Not for what is not known:
 * see `formatSpend`.
 */
export function formatUsd(value: number, { apartFrom, beside = [] }: Rounding = {}): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const size = Math.abs(value);
  const from = usdDigits(size);
  const points = apartFrom === undefined ? [] : [apartFrom];
  const text = fixed(size, digitsOf(size, points, beside.map(Math.abs), [from, Math.max(from, 8)]));
  return `${value < 0 ? "-" : ""}$${grouped(text)}`;
}

/** An amount that is never exceeded: as `formatUsd`, rounded up. */
export function formatUsdAtMost(value: number): string {
  const shown = Number(formatUsd(value).replace(/[$,]/g, ""));
  if (!Number.isFinite(shown) || shown >= value * (1 - 1e-12)) return formatUsd(value);
  return formatUsd(shown + 10 ** -usdDigits(value));
}

/** A time: "340 ms", "1.9 s", "2 min 5 s". */
export function formatMs(value: number, { apartFrom, bare, beside = [] }: Rounding = {}): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  if (Math.abs(value) < 1000) {
    const points = apartFrom === undefined ? [] : [apartFrom];
    const digits = digitsOf(value, points, beside, [Math.abs(value) < 10 ? 1 : 0, 4]);
    const text = fixed(value, digits);
    return text === "1000" ? "1.0 s" : `${bare === true ? text.replace(/\.0$/, "") : text} ms`;
  }
  const seconds = value / 1000;
  const points = apartFrom === undefined ? [] : [apartFrom / 1000];
  const others = beside.map((other) => other / 1000);
  const digits = digitsOf(seconds, points, others, [1, 6]);
  if (seconds < 120 || digits > 1) {
    const text = fixed(seconds, digits);
    return `${bare === true ? text.replace(/\.0+$/, "") : text} s`;
  }
  return formatDuration(value);
}

/** How long something takes, in whole seconds: "12 s", "2 min 5 s", "1 h 4 min". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${grouped(String(hours))} h` : `${grouped(String(hours))} h ${minutes % 60} min`;
}

function formatScore(value: number, { apartFrom, bare, beside = [] }: Rounding): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const points = [0, 1, ...(apartFrom === undefined ? [] : [apartFrom])];
  const text = fixed(value, digitsOf(value, points, beside, [3, 6]));
  return `${bare === true ? text.replace(/\.?0+$/, "") : text} of 1`;
}

function formatTokens(value: number, { apartFrom, beside = [] }: Rounding): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  // Apart from 0 too: "-0.0 tokens" would be a change of nothing that has a sign.
  const points = [0, ...(apartFrom === undefined ? [] : [apartFrom])];
  const from = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1;
  const text = fixed(value, digitsOf(value, points, beside, [from, 4]));
  return `${grouped(text)} ${text === "1" ? "token" : "tokens"}`;
}

/** A figure in its unit. Money per 1,000 requests reads as money: its row says per what. */
export function formatValue(value: number, unit: Unit, rounding: Rounding = {}): string {
  switch (unit) {
    case "share":
      return formatShare(value, rounding);
    case "usd":
    case "usd-per-1k":
      return formatUsd(value, rounding);
    case "ms":
      return formatMs(value, rounding);
    case "score":
      return formatScore(value, rounding);
    case "tokens":
      return formatTokens(value, rounding);
  }
}

/**
 * "95.7 to 99.5 %", "$0.37 to $0.41", "820 ms to 1.2 s": the unit once where both ends have the same. Ends that are not equal
 * are not shown as equal.
 * @param value the figure that the interval is of, where it is shown too
 */
export function formatInterval(lower: number, upper: number, unit: Unit, value?: number): string {
  const own = value === undefined ? [] : [value];
  const low = formatValue(lower, unit, { beside: [upper, ...own] });
  const high = formatValue(upper, unit, { beside: [lower, ...own] });
  // No width that digits could show: one figure says it.
  if (low === high) return low;
  const unitOf = (text: string) => /^-?[\d.,]+( .+)$/.exec(text)?.[1];
  const shared = unitOf(low);
  return shared !== undefined && shared === unitOf(high)
    ? `${low.slice(0, -shared.length)} to ${high}`
    : `${low} to ${high}`;
}

/** A figure and its interval, in digits that tell them apart; `range` is absent where there is no interval. */
export function formatEstimate(
  { value, unit, interval }: Pick<Estimate, "value" | "unit" | "interval">,
  apartFrom?: number,
): { readonly figure: string; readonly range?: string } {
  const apart = apartFrom === undefined ? {} : { apartFrom };
  if (interval === undefined) return { figure: formatValue(value, unit, apart) };
  const { lower, upper } = interval;
  return {
    figure: formatValue(value, unit, { ...apart, beside: [lower, upper] }),
    range: formatInterval(lower, upper, unit, value),
  };
}

/** "at least 90 %", "at most $0.50", in the digits that the suite's author wrote: a limit is never rounded. */
export function formatThreshold(direction: "at-least" | "at-most", threshold: number, unit: Unit): string {
  return `${direction === "at-least" ? "at least" : "at most"} ${asWritten(threshold, unit)}`;
}

function asWritten(value: number, unit: Unit): string {
  // Twelve digits undo what multiplying did to the last one (0.57 x 100).
  const digits = (scaled: number) => String(Number(scaled.toPrecision(12)));
  if (unit === "share") return `${digits(value * 100)} %`;
  if (unit === "ms" && value >= 1000) return `${digits(value / 1000)} s`;
  if (unit === "ms") return `${digits(value)} ms`;
  if (unit === "usd-per-1k" || unit === "usd") {
    const written = plainDigits(digits(value));
    return `$${/\.\d{2,}$/.test(written) ? written : value.toFixed(2)}`;
  }
  return formatValue(value, unit, { bare: true });
}

/** 1.5e-7 as 0.00000015: nobody reads money in powers of ten. */
function plainDigits(written: string): string {
  const [, mantissa = "", places] = /^([\d.]+)e-(\d+)$/.exec(written) ?? [];
  if (places === undefined) return written;
  const behind = mantissa.split(".")[1]?.length ?? 0;
  return Number(written).toFixed(Math.min(100, Number(places) + behind));
}

/** Spend as it is known: "$0.84"; "$0.84 to $1.20" with calls that may have been paid; "at least …" with calls nobody can price. */
export function formatSpend({ settledUsd, unknownAtMostUsd, unpricedCalls }: Spend): string {
  const unpriced = unpricedCalls > 0 ? ` (${countOf(unpricedCalls, "call")} without a known price)` : "";
  if (unpricedCalls > 0 && settledUsd === 0 && unknownAtMostUsd === 0) return `${UNKNOWN}${unpriced}`;
  if (unpricedCalls > 0) return `at least ${formatUsd(settledUsd)}${unpriced}`;
  if (unknownAtMostUsd > 0) return `${formatUsd(settledUsd)} to ${formatUsdAtMost(settledUsd + unknownAtMostUsd)}`;
  return formatUsd(settledUsd);
}
