/** One line of an answer to a closing question, in words. */
import type { Fact } from "../decide/decision.ts";
import { changeText } from "./instruments-view.ts";
import { countOf, formatEstimate, formatShare } from "./numbers.ts";

/** "quality, "steps": 98.5 % (95 % interval 95.7 to 99.5 %), 200 cases; 90 % needed: MET". */
export function factText({ label, figure, change, text }: Fact): string {
  const parts: string[] = [];
  if (figure !== undefined) {
    if (!figure.available) parts.push(`not measured: ${figure.why}`);
    else {
      const { interval, n, clusters, method } = figure;
      const told = formatEstimate(figure);
      const range =
        interval === undefined
          ? `no interval: ${method}`
          : `${formatShare(interval.confidence, { bare: true })} interval ${told.range}`;
      const grouped = clusters === undefined || clusters >= n ? "" : ` in ${countOf(clusters, "cluster")}`;
      parts.push(`${told.figure} (${range}), ${countOf(n, "case")}${grouped}`);
    }
  }
  if (change !== undefined) parts.push(changeText(change));
  if (text !== undefined) parts.push(text);
  return `${label}: ${parts.join("; ")}`;
}
