/**
 * Keys of a plan's calls as they were worked out when its cases were first read, 32 bytes each. Later passes look them up: to write and hash every prompt
 * again is most of their work. They hold for as long as the plan, whose every pass proves that the cases are the same still.
 */
import { LEDGER_BATCH } from "./ledger-statements.ts";

const BYTES = 32;
/** A multiple of what is looked up at once. */
const CHUNK = 32 * LEDGER_BATCH;
/** 8 MB; of a plan with more calls none are kept. */
const MOST = 262_144;

export interface KeptKeys {
  /** Targets in the order of the plan, each with all its trials, of the first cases of the dataset. */
  readonly of: { readonly targets: readonly object[]; readonly trials: number; readonly cases: number };
  /** Key of the call of a target (one of the plan's own) on the case at a 0-based position, 64 hex digits; undefined where it is not kept. `trial` is 1-based. */
  readonly at: (target: object, index: number, trial: number) => string | undefined;
  /** All keys in plan order, as many at a time as are looked up at once. */
  readonly batches: () => Generator<readonly string[]>;
  /** Keeps none any more: who asks for one works it out. */
  readonly drop: () => void;
}

export interface KeyKeeper {
  /** Takes the next key in plan order; false when there are too many, for which nothing is kept. */
  readonly add: (key: string) => boolean;
  readonly kept: () => KeptKeys | undefined;
}

export function keepKeys(targets: readonly object[], trials: number): KeyKeeper {
  let chunks: Buffer[] = [];
  let count = 0;
  const places = new Map(targets.map((target, place) => [target, place]));
  const read = (from: number, to: number): string =>
    chunks[Math.floor(from / CHUNK)]?.toString("hex", (from % CHUNK) * BYTES, ((from % CHUNK) + to - from) * BYTES) ??
    "";
  return {
    add(key) {
      if (count >= MOST) {
        chunks = [];
        return false;
      }
      if (count % CHUNK === 0) chunks.push(Buffer.allocUnsafeSlow(CHUNK * BYTES));
      chunks.at(-1)?.write(key, (count % CHUNK) * BYTES, BYTES, "hex");
      count++;
      return true;
    },
    kept() {
      if (count === 0 || chunks.length === 0) return undefined;
      return {
        of: { targets, trials, cases: count / targets.length / trials },
        at: (target, index, trial) => {
          const place = places.get(target);
          if (place === undefined || trial > trials) return undefined;
          const position = (index * targets.length + place) * trials + trial - 1;
          return position < count ? read(position, position + 1) : undefined;
        },
        drop: () => {
          chunks = [];
          count = 0;
        },
        *batches() {
          for (let from = 0; from < count; from += LEDGER_BATCH) {
            const some = Math.min(LEDGER_BATCH, count - from);
            const hex = read(from, from + some);
            yield Array.from({ length: some }, (_, at) => hex.slice(2 * BYTES * at, 2 * BYTES * (at + 1)));
          }
        },
      };
    },
  };
}
