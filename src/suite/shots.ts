/**
 * Which worked examples a case is shown. The order of the examples is a function of the case's id and of the examples' content alone: it
 * is the same under any limit, shuffling or number of shards, and k shots are always the first k of it.
 */
import type { Case } from "./case.ts";
import { sha256 } from "./fingerprint.ts";
import { questionOf } from "./same-question.ts";

/** An example with what choosing needs to know of it; `Shown` is what the caller wants back. */
export interface PooledExample<Shown> {
  readonly shown: Shown;
  /** What the example asks: letter case, white space and Unicode forms make no other question. */
  readonly question: string;
  readonly fingerprint: string;
  readonly seed: Seed;
}

type Seed = readonly [number, number];

/** Prepares examples to choose from; of examples with equal content only the first stays. */
export function poolOf<Shown>(
  examples: Iterable<{ readonly example: Case; readonly fingerprint: string; readonly shown: Shown }>,
): readonly PooledExample<Shown>[] {
  const pool = new Map<string, PooledExample<Shown>>();
  for (const { example, fingerprint, shown } of examples) {
    if (pool.has(fingerprint)) continue;
    pool.set(fingerprint, { shown, fingerprint, question: questionOf(example.input), seed: seedOf(fingerprint) });
  }
  return [...pool.values()];
}

/**
 * The first `count` examples of the case's order, best first, without those that ask what the case itself asks; of several that ask the same only
 * the first. Fewer come back when the pool holds fewer.
 */
export function chooseShots<Shown>(
  pool: readonly PooledExample<Shown>[],
  one: Pick<Case, "id" | "input">,
  count: number,
): readonly Shown[] {
  const seed = seedOf(sha256(`shots:${one.id}`));
  let question: string | undefined;
  const chosen: { readonly rank: Rank; readonly question: string; readonly shown: Shown }[] = [];
  for (const candidate of pool) {
    const high = highOf(seed, candidate.seed);
    const last = chosen[count - 1];
    // Most are told apart by their first half alone, and nothing has to be made for them.
    if (last !== undefined && high > last.rank.high) continue;
    const rank = { high, low: lowOf(seed, candidate.seed), fingerprint: candidate.fingerprint };
    if (last !== undefined && !isBefore(rank, last.rank)) continue;
    question ??= questionOf(one.input);
    if (candidate.question === question) continue;
    const same = chosen.findIndex((earlier) => earlier.question === candidate.question);
    const before = chosen[same]?.rank;
    if (before !== undefined) {
      if (isBefore(before, rank)) continue;
      chosen.splice(same, 1);
    }
    let place = chosen.length;
    for (; place > 0; place--) {
      const before = chosen[place - 1];
      if (before === undefined || isBefore(before.rank, rank)) break;
    }
    chosen.splice(place, 0, { rank, question: candidate.question, shown: candidate.shown });
    if (chosen.length > count) chosen.pop();
  }
  return chosen.map(({ shown }) => shown);
}

interface Rank {
  readonly high: number;
  readonly low: number;
  readonly fingerprint: string;
}

function highOf(seed: Seed, own: Seed): number {
  return mix(mix(seed[0] ^ own[0]) ^ seed[1]);
}

function lowOf(seed: Seed, own: Seed): number {
  return mix(mix(seed[1] ^ own[1]) ^ own[0]);
}

function isBefore(a: Rank, b: Rank): boolean {
  if (a.high !== b.high) return a.high < b.high;
  if (a.low !== b.low) return a.low < b.low;
  return a.fingerprint < b.fingerprint;
}

/** The first 64 bits of a SHA-256: hashing every pair anew would dominate a run of many cases over many examples. */
function seedOf(hex: string): Seed {
  return [Number.parseInt(hex.slice(0, 8), 16) | 0, Number.parseInt(hex.slice(8, 16), 16) | 0];
}

/** Bijective mixing of 32 bits (finalizer of MurmurHash3, Appleby 2011), unsigned. */
function mix(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
