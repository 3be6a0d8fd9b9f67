/** Keeps the ids of a dataset apart. */
import { ConfigError, type Place } from "../errors.ts";

/** Takes note of an id; returns the mistake when it, or one that people and file systems take for it, was there before. */
export interface IdRegister {
  readonly add: (id: string, index: number, place: Place) => ConfigError | undefined;
}

/**
 * Ids are one when they are equal after Unicode NFC and lower-casing. Holds one entry an id.
 *
 * @param nameAt how messages name an earlier case by the number given to `add`: `line 7`, `cases[3]`.
 */
export function createIdRegister(nameAt: (index: number) => string): IdRegister {
  const seen = new Map<string, number>();
  /** Ids whose folded form differs from them, so that messages can quote them. */
  const written = new Map<number, string>();
  return {
    add: (id, index, place) => {
      const folded = id.normalize("NFC").toLowerCase().normalize("NFC");
      const earlier = seen.get(folded);
      if (earlier === undefined) {
        seen.set(detach(folded), index);
        if (folded !== id) written.set(index, detach(id));
        return undefined;
      }
      const other = written.get(earlier) ?? folded;
      const message =
        other === id
          ? `the id ${JSON.stringify(id)} is already that of ${nameAt(earlier)}`
          : `the id ${JSON.stringify(id)} differs from ${JSON.stringify(other)} (${nameAt(earlier)}) only by case or Unicode form`;
      return new ConfigError("duplicate-id", message, { place, fix: "Give every case an id of its own." });
    },
  };
}

/** A copy with memory of its own: a part of a line otherwise keeps the whole line alive. */
export function detach(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
