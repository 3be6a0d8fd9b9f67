/** `gapcheck ledger prune`: takes old answers out; with `--dry-run`, only says which. */
import { prunable, prune } from "../../engine/ledger-prune.ts";
import { ConfigError, ExitCode } from "../../errors.ts";
import { renderPruned } from "../../report/ledger-pruned-view.ts";
import { book, changeLedger, type LedgerFlags, readLedger } from "./open-book.ts";

export interface PruneFlags extends LedgerFlags {
  /** Milliseconds. */
  readonly olderThan?: number;
  readonly model?: string;
  readonly dryRun?: boolean;
}

export async function pruneLedger(flags: PruneFlags): Promise<number> {
  const { olderThan, model, dryRun = false } = flags;
  if (olderThan === undefined && model === undefined) {
    throw new ConfigError("prune-nothing", "nothing says what to take out", {
      fix: "Give --older-than 30d, --model NAME, or both.",
    });
  }
  const { file, world, look, tell } = book(flags);
  const choice = {
    ...(olderThan === undefined ? {} : { before: world.now().getTime() - olderThan }),
    ...(model === undefined ? {} : { model }),
  };
  const pruned = dryRun
    ? ({ kind: "would-prune", ...(await readLedger(file, (db) => prunable(db, choice))) } as const)
    : await changeLedger(file, (db) => prune(db, choice));
  if (pruned.kind === "busy") {
    throw new ConfigError("ledger-busy", `a run is at work on this ledger (process ${pruned.pid})`, {
      place: { file },
      fix: "Prune when it is over; nothing was taken out.",
    });
  }
  const { kind, ...told } = pruned;
  tell({ schema: "gapcheck.ledger-prune/1", file, done: kind === "pruned", ...told }, () =>
    renderPruned(file, pruned, look),
  );
  return ExitCode.pass;
}
