/** `gapcheck ledger import`: takes exports of other ledgers into this one. */
import { resolve } from "node:path";
import type { Entry } from "../../engine/ledger-book.ts";
import { fileLines } from "../../engine/ledger-file-lines.ts";
import { FORMAT, isExportFormat, needsSeal, readLine } from "../../engine/ledger-jsonl.ts";
import { takeAll } from "../../engine/ledger-take-all.ts";
import { ConfigError, ExitCode, toError } from "../../errors.ts";
import { createSecretRedactor, type Redact } from "../../redact.ts";
import { renderImported } from "../../report/ledger-carried-view.ts";
import { book, type LedgerFlags, makeLedger } from "./open-book.ts";

/** A line that could not be taken, or the end that is missing. */
interface Damage {
  /** As it was given. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly why: string;
}

/** Takes every line that proves itself, and names the others. Throws ConfigError for a file that is no export, before anything is taken. */
export async function importLedgers(from: readonly string[], flags: LedgerFlags): Promise<number> {
  const { file, world, look, tell } = book(flags);
  const hideSecrets = createSecretRedactor(world.env);
  const sources = from.map((name) => ({ name, path: resolve(world.cwd, name) }));
  for (const { path } of sources) await refuseOthers(path);
  const damaged: Damage[] = [];
  async function* all(): AsyncGenerator<Entry> {
    for (const source of sources) yield* entriesOf(source, hideSecrets, (damage) => damaged.push(damage));
  }
  const taken = await makeLedger(file, (db) => takeAll(db, all()));
  tell({ schema: "gapcheck.ledger-import/1", file, ...taken, damaged }, () =>
    renderImported(file, { ...taken, damaged }, look),
  );
  return damaged.length > 0 ? ExitCode.incomplete : ExitCode.pass;
}

async function refuseOthers(file: string): Promise<void> {
  const first = await firstLine(file);
  const head = readLine(first, (one) => one);
  if (head.kind === "head" && isExportFormat(head.format)) return;
  const later = head.kind === "head" ? `its format is ${JSON.stringify(head.format.slice(0, 40))}` : "";
  throw new ConfigError("ledger-source", `this is no exported ledger${later === "" ? "" : `: ${later}`}`, {
    place: { file, line: 1 },
    fix: `Name files that "gapcheck ledger export" wrote; their first line is {"format":"${FORMAT}"}. Nothing was taken.`,
  });
}

async function firstLine(file: string): Promise<string> {
  try {
    for await (const { text = "" } of fileLines(file)) return text;
    return "";
  } catch (thrown) {
    throw new ConfigError("ledger-source", `the file cannot be read: ${toError(thrown).message}`, {
      place: { file },
      fix: 'Name files that "gapcheck ledger export" wrote. Nothing was taken.',
    });
  }
}

/** Exports that were joined to one file are read one after the other. */
async function* entriesOf(
  { name: file, path }: { readonly name: string; readonly path: string },
  redact: Redact,
  note: (damage: Damage) => void,
): AsyncGenerator<Entry> {
  let ended = false;
  let format = FORMAT;
  let lines = 0;
  let last = 0;
  for await (const { text, line } of fileLines(path)) {
    const read = text === undefined ? ({ kind: "bad", why: "it is too long" } as const) : readLine(text, redact);
    last = line;
    if (read.kind === "head") {
      [ended, lines] = [false, 0];
      format = read.format;
      if (!isExportFormat(format)) note({ file, line, why: `its format is not ${FORMAT}` });
      continue;
    }
    if (read.kind === "end") {
      ended = true;
      if (read.lines !== lines) note({ file, line, why: `${read.lines} lines were exported, and ${lines} are here` });
      continue;
    }
    lines++;
    if (read.kind === "bad") note({ file, line, why: read.why });
    else if (needsSeal(format) && !read.sealed) note({ file, line, why: "its checksum is missing" });
    else yield read.entry;
  }
  if (!ended) note({ file, line: last, why: "the end is missing: the file was cut" });
}
