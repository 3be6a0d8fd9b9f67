/** What `gapcheck ledger prune` prints. */
import { escapeToLine } from "./escape.ts";
import { formatBytes, rowsText } from "./ledger-rows.ts";
import { countOf, formatSpend } from "./numbers.ts";
import type { TerminalOptions } from "./terminal.ts";

export interface PrunedView {
  readonly kind: "pruned" | "would-prune";
  readonly calls: number;
  readonly answers: number;
  readonly usd: number;
  readonly unpriced: number;
  readonly grades: number;
  readonly bytes: number;
  readonly spaceKept?: string;
}

export function renderPruned(
  file: string,
  { kind, calls, answers, usd, unpriced, grades, bytes, spaceKept }: PrunedView,
  options: TerminalOptions,
): string {
  const done = kind === "pruned";
  const what = [countOf(calls, "call"), ...(grades > 0 ? [countOf(grades, "judgement")] : []), formatBytes(bytes)];
  const again = answers === 1 ? "it is bought again by a run that needs it" : "a run that needs them buys them again";
  const cost = formatSpend({ settledUsd: usd, unknownAtMostUsd: 0, unpricedCalls: unpriced });
  return rowsText(
    [
      ["Ledger", escapeToLine(file)],
      [done ? "Taken out" : "Would go", what.join(", ")],
      ["Cost", answers === 0 ? "no answer among them" : `${cost} for ${countOf(answers, "answer")}; ${again}`],
      ...(done ? [["Kept", "what they cost, and the looks at test cases"] as const] : []),
      ...(spaceKept === undefined
        ? []
        : [["Space", `not given back to the disk now (${escapeToLine(spaceKept)})`] as const]),
    ],
    options,
  );
}
