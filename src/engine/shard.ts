/** Shares of a plan, for several machines: every call belongs to exactly one, by its key, whoever looks. */
import type { DatabaseSync } from "node:sqlite";
import { type CallState, keyBytes } from "./ledger-statements.ts";
import type { Plan } from "./plan.ts";
import { tasks } from "./tasks.ts";

export interface Shard {
  /** 1-based. */
  readonly part: number;
  readonly parts: number;
}

/** Digits of a key that choose its share: 2^48 is far more than shares. */
const DIGITS = 12;

/** Whose share the call of this key (64 hex digits) is: 1 to `parts`. */
export function partOf(key: string, parts: number): number {
  return (Number.parseInt(key.slice(0, DIGITS), 16) % parts) + 1;
}

export function isInShard(key: string, { part, parts }: Shard): boolean {
  return partOf(key, parts) === part;
}

/** What a ledger holds of one share of a plan. `planned` = `answered` + `failed` + `absent`; calls that are the same count once. */
export interface Held {
  readonly part: number;
  readonly planned: number;
  readonly answered: number;
  /** Sent, and no answer came. */
  readonly failed: number;
  /** Never sent by any of those whose ledgers these are. */
  readonly absent: number;
}

/** What a ledger holds of a plan's paid calls, share by share, judges' calls left out. `parts` 1 is the plan as a whole. */
export async function heldOf(plan: Plan, db: DatabaseSync, parts: number): Promise<readonly Held[]> {
  const find = db.prepare("SELECT state FROM calls WHERE key = ? AND run <> 0");
  const seen = new Set<string>();
  const held = Array.from({ length: parts }, (_, index) => ({
    part: index + 1,
    planned: 0,
    answered: 0,
    failed: 0,
    absent: 0,
  }));
  for (const suitePlan of plan.suites) {
    for await (const { target, key } of tasks(suitePlan)) {
      const share = held[partOf(key, parts) - 1];
      if (share === undefined || target.model.answers !== "paid" || seen.has(key)) continue;
      seen.add(key);
      share.planned++;
      share[word(find.get(keyBytes(key))?.state as CallState | undefined)]++;
    }
  }
  return held;
}

function word(state: CallState | undefined): "answered" | "failed" | "absent" {
  if (state === undefined) return "absent";
  return state === "settled" ? "answered" : "failed";
}

/** Shares of which nothing at all is there, although calls of theirs are planned. */
export function missingParts(held: readonly Held[]): readonly number[] {
  return held.flatMap(({ part, planned, absent }) => (planned > 0 && absent === planned ? [part] : []));
}
