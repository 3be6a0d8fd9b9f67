/** `gapcheck ledger export`: a ledger as JSON lines, to be carried elsewhere. */
import { resolve } from "node:path";
import { type Entry, entries } from "../../engine/ledger-book.ts";
import { endLine, entryLine, headLine } from "../../engine/ledger-jsonl.ts";
import { storageError } from "../../engine/ledger-schema.ts";
import { ConfigError, ExitCode } from "../../errors.ts";
import { createSecretRedactor } from "../../redact.ts";
import { renderExported } from "../../report/ledger-carried-view.ts";
import { writeWholeLines } from "../../report/write-file.ts";
import { book, type LedgerFlags, readLedger } from "./open-book.ts";

export async function exportLedger(to: string, flags: LedgerFlags): Promise<number> {
  const { file, world, look: terminal, tell } = book(flags);
  const hideSecrets = createSecretRedactor(world.env);
  const target = resolve(world.cwd, to);
  if ([file, `${file}-wal`, `${file}-shm`].includes(target)) {
    throw new ConfigError("export-onto-ledger", "the export would overwrite the ledger", {
      place: { file: target },
      fix: "Name another file.",
    });
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
    await writeWholeLines(target, lines(), { what: "export" });
  });
  const { call: calls, grade: grades, look: looks, sweep: sweeps } = counts;
  const exported = { calls, grades, looks, sweeps, leftOut };
  tell({ schema: "gapcheck.ledger-export/1", file: target, ...exported }, () =>
    renderExported(target, exported, terminal),
  );
  return leftOut > 0 ? ExitCode.incomplete : ExitCode.pass;
}
