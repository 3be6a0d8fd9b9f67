/** `gapcheck ledger rescue`: puts a damaged ledger aside, and saves into a new one what can be read of it. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { asides, isDamaged, setAside } from "../../engine/ledger-aside.ts";
import type { Entry } from "../../engine/ledger-book.ts";
import { liveOn, readableEntries } from "../../engine/ledger-rescue.ts";
import { storageError } from "../../engine/ledger-schema.ts";
import { ledgerSize } from "../../engine/ledger-size.ts";
import { takeAll } from "../../engine/ledger-take-all.ts";
import { ConfigError, ExitCode } from "../../errors.ts";
import { renderRescued, renderWhole } from "../../report/ledger-carried-view.ts";
import { book, type LedgerFlags, makeLedger, requireLedger } from "./open-book.ts";

/** @param from a damaged file that stands elsewhere; without one, those that were put aside here are read again too: taking twice changes nothing */
export async function rescueLedger(from: string | undefined, flags: LedgerFlags): Promise<number> {
  const { file, world, look, tell } = book(flags);
  const aside = from === undefined && existsSync(file) && isDamaged(file) ? putAside(file, world.now()) : undefined;
  const sources = from === undefined ? asides(file) : [resolve(world.cwd, from)];
  if (sources.length === 0) requireLedger(file);
  for (const source of sources) {
    if (!existsSync(source) || source === file) {
      throw new ConfigError("rescue-source", source === file ? "this is the ledger itself" : "there is no such file", {
        place: { file: source },
        fix: "Name a damaged file that stands elsewhere, or none: then the ledger itself is looked at.",
      });
    }
  }
  const leftOut = { damaged: 0, unreadable: 0 };
  function* all(): Generator<Entry> {
    for (const source of sources) yield* readableEntries(source, leftOut);
  }
  if (sources.length === 0) {
    tell({ schema: "gapcheck.ledger-rescue/1", file, whole: true }, () => renderWhole(file, look));
    return ExitCode.pass;
  }
  const rescued = await makeLedger(file, async (db) => {
    const { added, grades, looks, sweeps } = await takeAll(db, all());
    const { calls } = ledgerSize(db);
    return {
      sources,
      ...(aside === undefined ? {} : { aside }),
      added,
      grades,
      looks,
      sweeps,
      answers: calls.settled,
      leftOut,
    };
  });
  tell({ schema: "gapcheck.ledger-rescue/1", file, ...rescued }, () => renderRescued(file, rescued, look));
  return leftOut.damaged + leftOut.unreadable > 0 ? ExitCode.incomplete : ExitCode.pass;
}

function putAside(file: string, now: Date): string {
  const pid = liveOn(file);
  if (pid !== undefined) {
    throw new ConfigError("ledger-busy", `a run is at work on this ledger (process ${pid})`, {
      place: { file },
      fix: "End it, or wait until it ends; then rescue.",
    });
  }
  try {
    return setAside(file, now);
  } catch (thrown) {
    throw storageError(thrown, file);
  }
}
