/** Seeded random numbers for resampling. The seed comes from the data, so the same data always give the same answer. */

/** A uniform random number in [0, 1) at every call. */
export type Random = () => number;

/**
 * xoshiro128** (Blackman and Vigna 2021), its state filled from the numbers by a multiplicative hash of their bits.
 * Equal lists give equal sequences on every machine; any other list gives another.
 */
export function randomFrom(values: Iterable<number>): Random {
  const state = hashState(values);
  return () => (nextWord(state) >>> 5) / 2 ** 27 + (nextWord(state) >>> 6) / 2 ** 53;
}

/** A whole number from 0 to below `limit`. */
export function randomIndex(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** One step of xoshiro128**: the next 32-bit word, the four words of the state moved on. */
export function nextWord(state: Uint32Array): number {
  // Read one by one: taking a typed array apart goes through its iterator, which takes longer than all of the rest.
  const a = state[0] ?? 0;
  const b = state[1] ?? 0;
  const c = state[2] ?? 0;
  const d = state[3] ?? 0;
  const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
  const third = c ^ a;
  const fourth = d ^ b;
  state[0] = a ^ fourth;
  state[1] = b ^ third;
  state[2] = third ^ (b << 9);
  state[3] = rotate(fourth, 11);
  return result;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Four words, each mixed (Murmur3's finaliser) from every bit of every value under its own start. */
function hashState(values: Iterable<number>): Uint32Array {
  const state = Uint32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef);
  const bits = new DataView(new ArrayBuffer(8));
  for (const value of values) {
    bits.setFloat64(0, value);
    for (const word of [bits.getUint32(0), bits.getUint32(4)])
      for (let index = 0; index < 4; index++)
        state[index] = mix(Math.imul((state[index] ?? 0) ^ word, 0x9e3779b1) + index);
  }
  return state.map(mix);
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
