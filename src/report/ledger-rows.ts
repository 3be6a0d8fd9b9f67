/** Lines of a label and a text, as the commands of the ledger print them. */
import { disarmCommands } from "./ci-commands.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { wrapHanging } from "./wrap.ts";

export type Row = readonly [label: string, text: string];

/** The texts stand below each other, within the width. They must be escaped already. */
export function rowsText(rows: readonly Row[], { width }: TerminalOptions): string {
  const indent = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.flatMap(([label, text]) => wrapHanging(label, text, indent, layoutWidth(width)));
  return disarmCommands(`${lines.join("\n")}\n`);
}

/** 1,234,567 bytes as "1.2 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[power]}`;
}
