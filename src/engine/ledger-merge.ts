/**
 * How two ledgers become one. A call is the set of its purchases, each named by the run that made it and its number; merging is the union of the
 * sets, and for a purchase that both know, what is known later. Both are commutative, associative and idempotent, whatever was copied where.
 */
import type { CallState } from "./ledger-statements.ts";

/** One time that a call was sent. */
export interface Purchase {
  /** Name of the run, the same on every machine; empty for losses of a time before runs had names. */
  readonly run: string;
  /** Tells purchases of one call and run apart. */
  readonly n: number;
  readonly state: CallState;
  /** Milliseconds since 1970: of the intent, or of the outcome. */
  readonly at: number;
  readonly model: string;
  /** More than 1 only for nameless losses. */
  readonly count: number;
  /** What it cost where it is settled, else what it may have cost at worst; absent: unknown. */
  readonly usd?: number;
  /** Model id as returned. */
  readonly returned?: string;
  /** JSON text of the outcome and its checksum; only the purchase that counts keeps them. */
  readonly body?: string;
  readonly checksum?: string;
}

/** `current` is the purchase whose outcome is the call's; the others were paid, or may have been, for nothing. */
export interface CallHistory {
  readonly current?: Purchase;
  /** By run and number. */
  readonly losses: readonly Purchase[];
}

const RANK: Readonly<Record<CallState, number>> = { intent: 0, failed: 1, unknown: 2, settled: 3 };

/** Merges what two ledgers know of one call. The earliest answer stays; every purchase stays counted. */
export function mergeHistories(a: CallHistory, b: CallHistory): CallHistory {
  const byName = new Map<string, Purchase>();
  for (const purchase of [...purchasesOf(a), ...purchasesOf(b)]) {
    const name = `${purchase.run}:${purchase.n}`;
    const known = byName.get(name);
    byName.set(name, known === undefined || compareKnowledge(purchase, known) > 0 ? purchase : known);
  }
  return historyOf([...byName.values()]);
}

/** The history that these purchases make, no two of one name. */
export function historyOf(purchases: readonly Purchase[]): CallHistory {
  const answered = purchases.filter(({ state, body }) => state === "settled" && body !== undefined).sort(byTime)[0];
  const current =
    answered ??
    purchases
      .filter(({ state, run }) => state !== "settled" && run !== "")
      .sort(byTime)
      .at(-1);
  const losses = purchases
    .filter((one) => one !== current)
    .map(withoutOutcome)
    .sort((one, other) => compareText(one.run, other.run) || one.n - other.n);
  return { ...(current === undefined ? {} : { current }), losses };
}

export function purchasesOf({ current, losses }: CallHistory): readonly Purchase[] {
  return current === undefined ? losses : [current, ...losses];
}

/** Answers that were paid for although another one counts. */
export function paidInVain({ losses }: CallHistory): readonly Purchase[] {
  return losses.filter(({ state }) => state === "settled");
}

function withoutOutcome({ body: _body, checksum: _checksum, returned: _returned, ...rest }: Purchase): Purchase {
  return rest;
}

function byTime(a: Purchase, b: Purchase): number {
  return a.at - b.at || compareText(a.run, b.run) || a.n - b.n;
}

/** More is known of a purchase that has come further; the rest only makes the choice the same from both sides. */
function compareKnowledge(a: Purchase, b: Purchase): number {
  return (
    RANK[a.state] - RANK[b.state] ||
    Number(a.body !== undefined) - Number(b.body !== undefined) ||
    a.count - b.count ||
    (a.usd ?? -1) - (b.usd ?? -1) ||
    a.at - b.at ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
