/** One line of an answer to a closing question, in words. */
import type { Fact } from "../decide/decision.ts";
import { changeText } from "./instruments-view.ts";
import { countOf, formatInterval, formatShare, formatValue } from "./numbers.ts";

/** "quality, "steps": 98.5 % (95 % interval 95.7 to 99.5 %), 200 cases; 90 % needed: MET". */
export function factText({ label, figure, change, text }: Fact): string {
  const parts: string[] = [];
  if (figure !== undefined) {
    if (!figure.available) parts.push(`not measured: ${figure.why}`);
    else {
      const { value, unit, interval, n, clusters } = figure;
      const range =
        interval === undefined
          ? "no interval"
          : `${formatShare(interval.confidence, { bare: true })} interval ${formatInterval(interval.lower, interval.upper, unit)}`;
      const grouped = clusters === undefined || clusters >= n ? "" : ` in ${countOf(clusters, "cluster")}`;
      parts.push(`${formatValue(value, unit)} (${range}), ${countOf(n, "case")}${grouped}`);
    }
  }
  if (change !== undefined) parts.push(changeText(change));
  if (text !== undefined) parts.push(text);
  return `${label}: ${parts.join("; ")}`;
}
