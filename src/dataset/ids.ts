/** Keeps the ids of a dataset apart. */
import { ConfigError, type Place } from "../errors.ts";
import { createTextNumbers } from "./text-numbers.ts";

/** Takes note of an id; returns the mistake when it, or one that people and file systems take for it, was there before. */
export interface IdRegister {
  readonly add: (id: string, index: number, place: Place) => ConfigError | undefined;
}

/** What Unicode has one form of only is spared the search for others. */
const NOT_ASCII = /[\u0080-\uffff]/;

/**
 * Ids are one when they are equal after Unicode NFC and lower-casing. Holds their texts outside of the heap, and no string.
 *
 * @param nameAt how messages name an earlier case by the number given to `add`: `line 7`, `cases[3]`.
 */
export function createIdRegister(nameAt: (index: number) => string): IdRegister {
  const seen = createTextNumbers();
  const indexes: number[] = [];
  return {
    add: (id, index, place) => {
      const known = seen.size();
      const folded = NOT_ASCII.test(id) ? id.normalize("NFC").toLowerCase().normalize("NFC") : id.toLowerCase();
      const earlier = indexes[seen.of(folded)];
      if (seen.size() > known) indexes.push(index);
      if (earlier === undefined) return undefined;
      return new ConfigError("duplicate-id", `the id ${JSON.stringify(id)} is taken by ${nameAt(earlier)}`, {
        place,
        fix: "Give every case an id of its own; upper and lower case and Unicode forms do not tell ids apart.",
      });
    },
  };
}

/** V8 copies shorter parts of a text anyway. */
const SHORTEST_PART = 13;

/** A copy with memory of its own: a part of a line otherwise keeps the whole line alive. */
export function detach(text: string): string {
  if (text.length < SHORTEST_PART) return text;
  return Buffer.from(text, "utf8").toString("utf8");
}
