/** Ledgers as runs leave them: told as what each run did to which call. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Failure } from "../suite/completion.ts";
import { openLedger } from "./ledger.ts";
import { openForWriting } from "./ledger-schema.ts";

/** `answer` costs half of the worst, which is `usd`. */
export type Deed = readonly [call: number, what: "answer" | "lose" | "die" | "grade" | "look" | "sweep", usd: number];

export const keyOf = (call: number): string => call.toString(16).padStart(64, "0");

const dead = { host: "elsewhere", pid: 1, born: "" };
const lost: Failure = { kind: "failure", code: "timeout", retry: "maybe-paid", scope: "call", message: "late" };

/** A folder for the ledgers of one test; `close` removes it. */
export function ledgerFolder() {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-book-"));
  let ms = Date.UTC(2026, 0, 1);
  const world = { now: () => new Date(ms) };
  const opened: DatabaseSync[] = [];
  let count = 0;
  const newFile = (): string => join(folder, `${count++}.sqlite`);

  /** A ledger after some runs, each of which ended. */
  const ledgerOf = async (runs: readonly (readonly Deed[])[], file = newFile()): Promise<string> => {
    for (const deeds of runs) {
      const ledger = openLedger({ file, redact: (text) => text, world, owner: dead, syncs: false });
      for (const [call, what, usd] of deeds) {
        ms++;
        if (what === "grade") {
          const grade = { kind: "scored", score: usd, why: "as it is" } as const;
          await ledger.keepGrade(keyOf(call), { strict: grade, lenient: grade });
        } else if (what === "look") {
          await ledger.keepLook({ suite: `s${call}`, candidates: [{ name: "a", role: "prompt-only", calls: {} }] });
        } else if (what === "sweep") {
          const told = {
            suite: `s${call % 3}`,
            space: "s",
            prompts: ["a", `${usd}`],
            cases: 9,
            winner: "a",
            challenger: `${usd}`,
          };
          await ledger.keepSweep({ ...told, winnerCalls: "a", challengerCalls: "b" });
        } else if ((await ledger.claim(keyOf(call), { modelId: "m", worstUsd: usd })).kind === "claimed") {
          const text = `${call} for ${usd}\u2028`;
          if (what === "answer") await ledger.settle(keyOf(call), { kind: "answer", text, finish: "stop" }, usd / 2);
          if (what === "lose") await ledger.fail(keyOf(call), lost);
        }
      }
      ledger.close();
    }
    return file;
  };

  /** A run of this process, which goes on. */
  const begin = (file: string) => openLedger({ file, redact: (text) => text, world, syncs: false });

  /** Stays open until `closeAll`; without a file, in memory. */
  const open = (file = ":memory:"): DatabaseSync => {
    const db = openForWriting(file);
    opened.push(db);
    return db;
  };
  const closeAll = (): void => {
    for (const db of opened.splice(0)) db.close();
  };
  const close = (): void => {
    closeAll();
    rmSync(folder, { recursive: true });
  };
  return { folder, world, newFile, ledgerOf, begin, open, closeAll, close };
}
