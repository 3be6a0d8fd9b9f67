/** `gapcheck merge`: the ledgers of several machines become one, and what that one holds is held against the plan. Calls nothing. */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { BookWriter, entries } from "../engine/ledger-book.ts";
import { openForReading, openForWriting, storageError } from "../engine/ledger-schema.ts";
import { type Held, heldOf, missingParts } from "../engine/shard.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { type MergedView, renderMerged } from "../report/shard-lines.ts";
import { strictJson } from "../report/strict-json.ts";
import { openPlan } from "./open-plan.ts";
import { ledgerFile, type SelectionOptions } from "./selection.ts";

export interface MergeFlags extends SelectionOptions {
  /** Into how many shares the plan was divided. */
  readonly shards?: number;
  readonly json?: boolean;
}

/**
 * Returns 4 when a planned call has no answer. Throws ConfigError, and writes nothing, for what is no ledger and for a share of which there is
 * nothing at all: its ledger was forgotten.
 */
export async function merge(ledgers: readonly string[], flags: MergeFlags): Promise<number> {
  const { world, redact, plan, look } = await openPlan([], flags);
  const file = ledgerFile(flags, world.cwd);
  const sources = ledgers.map((name) => resolve(world.cwd, name));
  for (const source of sources) checkSource(source, file);
  const parts = flags.shards ?? 1;
  const { counts, held } = await inTransaction(file, async (db) => {
    const writer = new BookWriter(db);
    for (const source of sources) takeAll(source, writer);
    const holds = await heldOf(plan, db, parts);
    refuseMissing(holds, parts);
    return { counts: writer.counts, held: holds };
  });
  const lacking = held.flatMap(({ part, planned, answered }) =>
    planned > answered ? [{ part, calls: planned - answered }] : [],
  );
  const exitCode = lacking.length === 0 ? ExitCode.pass : ExitCode.incomplete;
  const { added, changed, same, grades, paidTwice } = counts;
  const merged: MergedView = {
    file: relative(world.cwd, file) || file,
    ledgers: sources.length,
    calls: { added, changed, same },
    paidTwice,
    planned: held.reduce((sum, one) => sum + one.planned, 0),
    answered: held.reduce((sum, one) => sum + one.answered, 0),
    lacking,
    parts,
    exitCode,
  };
  const text =
    flags.json === true
      ? `${strictJson({ schema: "gapcheck.merge/1", ...merged, grades }, 2)}\n`
      : renderMerged(merged, look);
  process.stdout.write(redact(text));
  return exitCode;
}

function checkSource(source: string, into: string): void {
  const why =
    source === into ? "it is the ledger that is merged into" : existsSync(source) ? undefined : "no such file";
  if (why === undefined) return;
  throw new ConfigError("merge-source", `this ledger cannot be taken in: ${why}`, {
    place: { file: source },
    fix: "Name the ledgers of the shards, and with --ledger the one that is to hold them all.",
  });
}

function takeAll(source: string, writer: BookWriter): void {
  const db = openForReading(source);
  try {
    for (const entry of entries(db)) writer.take(entry);
  } catch (thrown) {
    throw storageError(thrown, source);
  } finally {
    db.close();
  }
}

/** All or nothing. */
async function inTransaction<T>(file: string, work: (db: DatabaseSync) => Promise<T>): Promise<T> {
  const db = openForWriting(file);
  try {
    db.exec("BEGIN IMMEDIATE");
    const result = await work(db);
    db.exec("COMMIT");
    return result;
  } catch (thrown) {
    if (db.isTransaction) db.exec("ROLLBACK");
    const ours = (thrown as { readonly errcode?: unknown } | null)?.errcode === undefined;
    throw ours ? thrown : storageError(thrown, file);
  } finally {
    db.close();
  }
}

function refuseMissing(held: readonly Held[], parts: number): void {
  const missing = missingParts(held);
  const [first] = missing;
  if (first === undefined || parts === 1) return;
  const names = missing.map((part) => `shard ${part} of ${parts}`).join(", ");
  throw new ConfigError(
    "shard-missing",
    `${names} missing: none of ${missing.length === 1 ? "its" : "their"} calls is in these ledgers; nothing was merged`,
    { fix: `Name its ledger too, or make it: gapcheck run --shard ${first}/${parts} --ledger shard-${first}.sqlite` },
  );
}
