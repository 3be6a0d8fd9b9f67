/** Where an export may go: standard output, a file that is not there yet, or in the place of an earlier export. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { FORMAT, readLine } from "../../engine/ledger-jsonl.ts";
import { ConfigError } from "../../errors.ts";

export type ExportTarget = { readonly kind: "stdout" } | { readonly kind: "file"; readonly file: string };

/** A first line that is longer is no head. */
const HEAD_BYTES = 1_024;

/**
 * @param to as it was given; `-` and `/dev/stdout` are standard output
 * @param ledger the ledger's file, which is never written over
 * @param force any file may be written over, but no folder and no device
 * @throws {ConfigError} naming the file, with the fix; nothing is written then
 */
export function exportTarget(
  to: string,
  { cwd, ledger, force }: { readonly cwd: string; readonly ledger: string; readonly force: boolean },
): ExportTarget {
  const file = resolve(cwd, to);
  if (to === "-" || file === "/dev/stdout") return { kind: "stdout" };
  const refuse = (code: string, what: string, fix: string): ConfigError =>
    new ConfigError(code, `the export would ${what}`, { place: { file }, fix });
  if ([ledger, `${ledger}-wal`, `${ledger}-shm`].includes(file)) {
    throw refuse("export-onto-ledger", "overwrite the ledger", "Name another file.");
  }
  const there = statSync(file, { throwIfNoEntry: false });
  if (there === undefined) return { kind: "file", file };
  if (!there.isFile()) {
    const what = there.isDirectory() ? "stand in the place of a folder" : "take the place of a device";
    throw refuse("export-onto-other", what, "Name a file, or - for standard output.");
  }
  if (!force && there.size > 0 && !isExport(file)) {
    const fix = "Name another file, or give --force to overwrite this one.";
    throw refuse("export-onto-other", "overwrite a file that is no earlier export", fix);
  }
  return { kind: "file", file };
}

function isExport(file: string): boolean {
  const bytes = Buffer.alloc(HEAD_BYTES);
  const open = openSync(file, "r");
  try {
    const [first = ""] = bytes.toString("utf8", 0, readSync(open, bytes)).split(/\r?\n/);
    const head = readLine(first, (text) => text);
    return head.kind === "head" && head.format.replace(/\d+$/, "") === FORMAT.replace(/\d+$/, "");
  } finally {
    closeSync(open);
  }
}
