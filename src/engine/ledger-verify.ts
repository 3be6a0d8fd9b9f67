/** Reads a whole ledger and proves every row. Changes nothing. */
import type { DatabaseSync } from "node:sqlite";
import { toError } from "../errors.ts";
import { isCorrupt } from "./ledger-schema.ts";
import { checksumOf, costSealOf, KEY_BYTES } from "./ledger-statements.ts";

export interface DamagedRow {
  readonly kind: "call" | "grade" | "loss" | "look" | "sweep";
  /** Hex digits; of a look or a sweep, its number in the file. */
  readonly key: string;
  /** `key`: not 64 hex digits; `missing`: an answer without text; `checksum`: not the text that was written for this key; `cost`: not what was written, or no amount; `json`: no JSON; `lost`: a look that could not be read when it was carried here. */
  readonly why: "key" | "missing" | "checksum" | "cost" | "json" | "lost";
}

export interface Verified {
  /** Rows that were read. */
  readonly rows: number;
  readonly damaged: readonly DamagedRow[];
  /** What SQLite finds wrong with the file, in its words; empty for a file that is whole. */
  readonly problems: readonly string[];
}

const MOST_TOLD = 20;
const HEX_DIGITS = 2 * KEY_BYTES;

/** Each gives kind, key as hex digits, what the checksum stands for besides the body, state, body and checksum. */
const TABLES = [
  "SELECT 'call' AS kind, lower(hex(key)) AS key, lower(hex(key)) AS seal, state, body, checksum, usd, worst_usd, cost_seal FROM calls",
  "SELECT 'grade' AS kind, lower(hex(key)) AS key, lower(hex(key)) AS seal, 'settled' AS state, body, checksum FROM grades",
  "SELECT 'loss' AS kind, lower(hex(key)) AS key, '' AS seal, 'failed' AS state, NULL AS body, NULL AS checksum, usd FROM losses",
  "SELECT 'look' AS kind, CAST(id AS TEXT) AS key, 'look' AS seal, 'settled' AS state, body, checksum FROM looks",
  "SELECT 'sweep' AS kind, CAST(rowid AS TEXT) AS key, 'sweep:' || suite AS seal, 'settled' AS state, body, checksum FROM sweeps",
];

export function verifyLedger(db: DatabaseSync): Verified {
  const damaged: DamagedRow[] = [];
  const problems: string[] = [];
  let rows = 0;
  const check = (work: () => void): void => {
    try {
      work();
    } catch (thrown) {
      if (!isCorrupt(thrown)) throw thrown;
      problems.push(toError(thrown).message);
    }
  };
  for (const sql of TABLES) {
    check(() => {
      for (const row of db.prepare(sql).iterate()) {
        rows++;
        const why = defectOf(row);
        if (why !== undefined) damaged.push({ kind: row.kind as DamagedRow["kind"], key: String(row.key), why });
      }
    });
  }
  check(() => {
    for (const { integrity_check: told } of db.prepare(`PRAGMA integrity_check(${MOST_TOLD})`).all()) {
      if (told !== "ok") problems.push(String(told));
    }
  });
  return { rows, damaged, problems: [...new Set(problems)] };
}

function defectOf(row: Readonly<Record<string, unknown>>): DamagedRow["why"] | undefined {
  const { kind, key, seal, state, body, checksum } = row;
  if (kind !== "look" && kind !== "sweep" && String(key).length !== HEX_DIGITS) return "key";
  if (body === null && state === "settled") return "missing";
  const text = String(body);
  if (body !== null && checksum !== checksumOf(String(seal), text)) return "checksum";
  if (!isCostWhole(row)) return "cost";
  if (body === null) return undefined;
  try {
    const body: { readonly lost?: unknown } | null = JSON.parse(text);
    return kind === "look" && body?.lost !== undefined ? "lost" : undefined;
  } catch {
    return "json";
  }
}

function isCostWhole({
  key,
  state,
  usd = null,
  worst_usd: worst = null,
  cost_seal: seal = null,
}: Readonly<Record<string, unknown>>): boolean {
  if (![usd, worst].every((one) => one === null || (typeof one === "number" && one >= 0 && Number.isFinite(one))))
    return false;
  return state !== "settled" || seal === null || seal === costSealOf(String(key), usd as number | null);
}
