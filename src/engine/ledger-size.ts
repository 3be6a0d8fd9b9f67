/** What a ledger holds and what it cost. */
import type { DatabaseSync } from "node:sqlite";
import type { CallState } from "./ledger-statements.ts";

/**
 * US dollars: between `settledUsd`, which was surely paid, and that plus `unknownAtMostUsd`. `unpricedCalls` come on top: nobody knows their price.
 * `paidTwice` are answers that were paid for although another one counts, `goneAnswers` those that were pruned or found damaged and not bought again,
 * and `lostCalls` requests that brought nothing; all are in the sums.
 */
export interface LedgerSpend {
  readonly settledUsd: number;
  readonly unknownAtMostUsd: number;
  readonly unpricedCalls: number;
  readonly paidTwice: number;
  readonly goneAnswers: number;
  readonly lostCalls: number;
}

export interface ModelSize {
  /** As it was asked. */
  readonly model: string;
  /** Rows; 0 where all were pruned and only their cost is known. */
  readonly calls: number;
  /** Of answers and failures. */
  readonly bytes: number;
  readonly spend: LedgerSpend;
}

export interface LedgerSize {
  readonly calls: Readonly<Record<CallState, number>>;
  /** Most bytes first. */
  readonly models: readonly ModelSize[];
  readonly grades: number;
  /** Bytes of answers and judgements; the file is larger. */
  readonly bytes: number;
  readonly runs: number;
  readonly spend: LedgerSpend;
}

const NOTHING: LedgerSpend = {
  settledUsd: 0,
  unknownAtMostUsd: 0,
  unpricedCalls: 0,
  paidTwice: 0,
  goneAnswers: 0,
  lostCalls: 0,
};

/** One row a model: what its calls cost, and what its lost purchases cost. */
const BY_MODEL = `SELECT model, sum(calls) AS calls, sum(bytes) AS bytes, sum(paid) AS settledUsd, sum(worst) AS unknownAtMostUsd,
  sum(unpriced) AS unpricedCalls, sum(twice) AS paidTwice,
  sum(gone) AS goneAnswers, sum(lost) AS lostCalls FROM (
  SELECT model, count(*) AS calls, sum(coalesce(length(CAST(body AS BLOB)), 0)) AS bytes,
    sum(usd) FILTER (WHERE state = 'settled') AS paid,
    sum(worst_usd) FILTER (WHERE state IN ('intent', 'unknown')) AS worst,
    count(*) FILTER (WHERE state = 'settled' AND usd IS NULL OR state IN ('intent', 'unknown') AND worst_usd IS NULL) AS unpriced,
    0 AS twice, 0 AS gone, 0 AS lost FROM calls GROUP BY model
  UNION ALL
  SELECT model, 0, 0, sum(usd) FILTER (WHERE state = 'settled'), sum(usd) FILTER (WHERE state IN ('intent', 'unknown')),
    sum(count) FILTER (WHERE usd IS NULL AND state <> 'failed'), sum(count) FILTER (WHERE state = 'settled'), 0,
    sum(count) FILTER (WHERE state IN ('intent', 'unknown')) FROM losses GROUP BY model
  UNION ALL
  -- Of the answers of one call that do not count, one is no second one where none counts.
  SELECT model, 0, 0, 0, 0, 0, -count(*), count(*), 0 FROM (SELECT min(model) AS model FROM losses WHERE state = 'settled'
    AND NOT EXISTS (SELECT 1 FROM calls WHERE calls.key = losses.key AND calls.state = 'settled') GROUP BY key) GROUP BY model
) GROUP BY model ORDER BY bytes DESC, model`;

export function ledgerSize(db: DatabaseSync): LedgerSize {
  const calls: Record<CallState, number> = { intent: 0, settled: 0, failed: 0, unknown: 0 };
  for (const state of ["intent", "settled", "failed", "unknown"] as const) {
    calls[state] = Number(db.prepare("SELECT count(*) AS n FROM calls WHERE state = ?").get(state)?.n ?? 0);
  }
  const models = db
    .prepare(BY_MODEL)
    .all()
    .map(({ model, calls: rows, bytes, ...spend }): ModelSize => {
      const of = (name: keyof LedgerSpend): number => Number(spend[name] ?? 0);
      return {
        model: String(model),
        calls: Number(rows),
        bytes: Number(bytes),
        spend: {
          settledUsd: of("settledUsd"),
          unknownAtMostUsd: of("unknownAtMostUsd"),
          unpricedCalls: of("unpricedCalls"),
          paidTwice: of("paidTwice"),
          goneAnswers: of("goneAnswers"),
          lostCalls: of("lostCalls"),
        },
      };
    });
  const grades = db.prepare("SELECT count(*) AS n, sum(length(CAST(body AS BLOB))) AS bytes FROM grades").get();
  return {
    calls,
    models,
    grades: Number(grades?.n ?? 0),
    bytes: models.reduce((sum, { bytes }) => sum + bytes, 0) + Number(grades?.bytes ?? 0),
    runs: Number(db.prepare("SELECT count(*) AS n FROM runs").get()?.n ?? 0),
    spend: models.map(({ spend }) => spend).reduce(added, NOTHING),
  };
}

function added(a: LedgerSpend, b: LedgerSpend): LedgerSpend {
  return {
    settledUsd: a.settledUsd + b.settledUsd,
    unknownAtMostUsd: a.unknownAtMostUsd + b.unknownAtMostUsd,
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
    paidTwice: a.paidTwice + b.paidTwice,
    goneAnswers: a.goneAnswers + b.goneAnswers,
    lostCalls: a.lostCalls + b.lostCalls,
  };
}
