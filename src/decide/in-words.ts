/** Figures as they stand in sentences: no number without its unit, and never rounded across a threshold. */
import { usdDigits } from "../stats/usd-digits.ts";
import type { Difference, Unit } from "./decision.ts";

/** Signs after the point that are tried before two figures count as told apart. */
const MOST_SIGNS = 6;

/** Signs after the point that a written figure may have. */
const FINEST = 13;

/** 0.9846 -> "98.5 %", 1 -> "100 %". Never says 100 % (or 0 %) of what is not all (or nothing). */
export function percent(share: number, signs = 1): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const text = (share * 100).toFixed(signs);
  const all = Number(text) === 100 && share < 1;
  const none = Number(text) === 0 && share > 0;
  return (all || none) && signs < MOST_SIGNS ? percent(share, signs + 1) : `${text} %`;
}

/** A threshold as its author wrote it: 0.9 -> "90 %", 0.985 -> "98.5 %". Never 100 % (or 0 %) of what is not all (or nothing). */
export function percentAsWritten(share: number): string {
  for (let signs = 4; signs < FINEST; signs++) {
    const text = trimmed(share * 100, signs);
    if ((text !== "100" || share === 1) && (text !== "0" || share === 0)) return `${text} %`;
  }
  return `${share > 0.5 ? "just under 100" : "just above 0"} %`;
}

/** A difference of shares: 0.005 -> "+0.5 points". */
export function points(difference: number, signs = 1): string {
  const text = (Math.abs(difference) * 100).toFixed(signs);
  const sign = Number(text) === 0 ? "" : difference < 0 ? "-" : "+";
  return `${sign}${text} points`;
}

/** The size of a difference, without its sign: 0.03 -> "3 points". */
export function pointsAsWritten(difference: number): string {
  const text = trimmed(Math.abs(difference) * 100, 2);
  return `${text} ${text === "1" ? "point" : "points"}`;
}

/** US dollars as reports round them: "$0.39", "$0.0395", "$12.50". */
export function dollars(usd: number): string {
  const size = Math.abs(usd);
  return `${usd < 0 ? "-" : ""}$${size.toFixed(usdDigits(size))}`;
}

/** Milliseconds: "850 ms" below a second, "1.9 s" from there. */
export function duration(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A figure of one unit. */
export function figure(value: number, unit: Unit): string {
  switch (unit) {
    case "share":
    case "score":
      return percent(value);
    case "usd":
    case "usd-per-1k":
      return dollars(value);
    case "ms":
      return duration(value);
    case "tokens":
      return `${trimmed(value, 1)} tokens`;
  }
}

/** A required figure as its author wrote it. */
export function requiredFigure(value: number, unit: Unit): string {
  switch (unit) {
    case "share":
    case "score":
      return percentAsWritten(value);
    case "usd":
    case "usd-per-1k":
      return value >= 0.01 && Number(value.toFixed(2)) === value ? `$${value.toFixed(2)}` : `$${trimmed(value, 8)}`;
    case "ms":
      return value >= 1000 ? `${trimmed(value / 1000, 3)} s` : `${trimmed(value, 3)} ms`;
    case "tokens":
      return `${trimmed(value, 1)} tokens`;
  }
}

/**
 * A figure beside a required one: takes as many signs as tell the two apart, so that "90.0 %" never misses "90 %".
 * @param others figures of the same sentence that it is told apart from too, unless they are the same number
 */
export function figureBeside(value: number, required: number, unit: Unit, others: readonly number[] = []): string {
  const apart = others.filter((other) => other !== value);
  const isClear = (write: (figure: number) => string) => {
    const own = numberIn(write(value));
    const asked = value !== required && own === numberIn(requiredFigure(required, unit));
    return !asked && apart.every((other) => numberIn(write(other)) !== own);
  };
  const plain = (each: number) => figure(each, unit);
  if (isClear(plain)) return plain(value);
  for (let signs = 2; signs <= MOST_SIGNS; signs++) {
    const finer = (each: number) => finerFigure(each, required, unit, signs);
    if (finer(value).length >= plain(value).length && isClear(finer)) return finer(value);
  }
  return plain(value);
}

function finerFigure(value: number, required: number, unit: Unit, signs: number): string {
  if (unit === "share" || unit === "score") return percent(value, signs);
  if (unit === "ms") return required >= 1000 ? `${(value / 1000).toFixed(signs)} s` : `${value.toFixed(signs)} ms`;
  return unit === "tokens" ? `${value.toFixed(signs)} tokens` : `$${value.toFixed(signs)}`;
}

/** 0.05 -> "with 95 % confidence", 0.05 / 3 -> "with 98.3 % confidence"; told wherever a bound is, since bounds of one sentence may differ in it. */
export function withConfidence(confidence: number): string {
  const error = 1 - confidence;
  const text = trimmed(confidence * 100, error < 0.01 ? 2 : 1);
  return `with ${text} % confidence`;
}

/** "240 cases", "239 cases in 56 clusters". */
export function casesCounted(n: number, clusters?: number): string {
  const grouped = clusters === undefined || clusters >= n ? "" : ` in ${counted(clusters, "cluster")}`;
  return `${counted(n, "case")}${grouped}`;
}

/** A difference with its interval: "+9.2 points (95 % interval +4.7 to +14.2, 240 cases paired)". */
export function differenceInWords({ value, lower, upper, confidence, n }: Difference): string {
  const bare = (share: number) => points(share).replace(" points", "");
  const range = `${percent(confidence, 0)} interval ${bare(lower)} to ${bare(upper)}`;
  return `${points(value)} (${range}, ${counted(n, "case")} paired)`;
}

/** "1 case", "2 cases". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${whole(n)} ${n === 1 ? one : many}`;
}

/** 12345 -> "12,345". */
export function whole(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

function trimmed(value: number, signs: number): string {
  return String(Number(value.toFixed(signs)));
}

function numberIn(text: string): number {
  return Number.parseFloat(text.replace(/[^0-9.-]/g, "")) * (text.endsWith(" s") ? 1000 : 1);
}
