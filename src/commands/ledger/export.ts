/** `gapcheck ledger export`: a ledger as JSON lines, to be carried elsewhere. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Entry, entries } from "../../engine/ledger-book.ts";
import { endLine, entryLine, headLine } from "../../engine/ledger-jsonl.ts";
import { storageError } from "../../engine/ledger-schema.ts";
import { ConfigError, ExitCode } from "../../errors.ts";
import { createSecretRedactor } from "../../redact.ts";
import { renderExported } from "../../report/ledger-carried-view.ts";
import { writeWholeLines } from "../../report/write-file.ts";
import { exportTarget } from "./export-target.ts";
import { book, type LedgerFlags, readLedger } from "./open-book.ts";

export interface ExportFlags extends LedgerFlags {
  /** Overwrites a file that is no earlier export. */
  readonly force?: boolean;
}

/** Throws ConfigError for a file that must not be written over, before anything is written. */
export async function exportLedger(to: string, flags: ExportFlags): Promise<number> {
  const { file, world, look: terminal, tell } = book(flags);
  const hideSecrets = createSecretRedactor(world.env);
  const target = exportTarget(to, { cwd: world.cwd, ledger: file, force: flags.force === true });
  if (target.kind === "stdout" && process.stdout.isTTY) {
    throw new ConfigError(
      "export-onto-terminal",
      "an export holds what models said as it is, which no terminal should show",
      {
        fix: "Pipe it into another program, or name a file.",
      },
    );
  }
  let leftOut = 0;
  const counts: Record<Entry["kind"], number> = { call: 0, grade: 0, look: 0, sweep: 0 };
  await readLedger(file, async (db) => {
    function* lines(): Generator<string> {
      yield headLine();
      const all = entries(db, () => {
        leftOut++;
      });
      try {
        for (const entry of all) {
          counts[entry.kind]++;
          yield entryLine(entry, hideSecrets);
        }
      } catch (thrown) {
        // Of the ledger, not of the file that is written.
        throw storageError(thrown, file);
      }
      yield endLine(Object.values(counts).reduce((sum, one) => sum + one, 0));
    }
    // All of one moment, whatever a run writes meanwhile.
    db.exec("BEGIN");
    if (target.kind === "stdout") await writeOut(lines());
    else await writeWholeLines(target.file, lines(), { what: "export" });
  });
  const { call: calls, grade: grades, look: looks, sweep: sweeps } = counts;
  const exported = { calls, grades, looks, sweeps, leftOut };
  if (target.kind === "stdout") {
    if (leftOut > 0) process.stderr.write(renderExported("standard output", exported, terminal));
  } else {
    tell({ schema: "gapcheck.ledger-export/1", file: target.file, ...exported }, () =>
      renderExported(target.file, exported, terminal),
    );
  }
  return leftOut > 0 ? ExitCode.incomplete : ExitCode.pass;
}

/** Past what cleans standard output: a line whose text is changed proves itself no more. Who reads on stops whenever it likes. */
async function writeOut(lines: Iterable<string>): Promise<void> {
  const text = function* (): Generator<string> {
    for (const line of lines) yield `${line}\n`;
  };
  try {
    await pipeline(Readable.from(text()), createWriteStream("", { fd: process.stdout.fd, autoClose: false }));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EPIPE") throw storageError(thrown, "standard output");
  }
}
