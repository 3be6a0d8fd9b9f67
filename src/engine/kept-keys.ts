/**
 * Keys of a plan's calls as they were worked out when its cases were first read. Later passes look them up: to write and hash every prompt again is most of
 * their work. They hold for as long as the plan, whose every pass proves that the cases are the same still.
 */
import { createDigestColumn } from "../dataset/digest-column.ts";
import { LEDGER_BATCH } from "./ledger-statements.ts";

/** Hex digits of a key. */
const DIGITS = 64;

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
  /** Takes the next key in plan order. */
  readonly add: (key: string) => void;
  /** Undefined where there is none. */
  readonly kept: () => KeptKeys | undefined;
}

export function keepKeys(targets: readonly object[], trials: number): KeyKeeper {
  const column = createDigestColumn();
  const places = new Map(targets.map((target, place) => [target, place]));
  return {
    add: column.add,
    kept() {
      if (column.size() === 0) return undefined;
      return {
        of: { targets, trials, cases: column.size() / targets.length / trials },
        at: (target, index, trial) => {
          const place = places.get(target);
          if (place === undefined || trial > trials) return undefined;
          const position = (index * targets.length + place) * trials + trial - 1;
          return position < column.size() ? column.between(position, position + 1) : undefined;
        },
        drop: column.clear,
        *batches() {
          for (let from = 0; from < column.size(); from += LEDGER_BATCH) {
            const some = Math.min(LEDGER_BATCH, column.size() - from);
            const hex = column.between(from, from + some);
            yield Array.from({ length: some }, (_, at) => hex.slice(DIGITS * at, DIGITS * (at + 1)));
          }
        },
      };
    },
  };
}
