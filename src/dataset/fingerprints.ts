/** Fingerprints of the cases as the first pass saw them, 32 bytes each: later passes look them up instead of hashing again. */
const BYTES = 32;
const FIRST_ROOM = 256;

export interface Fingerprints {
  /** Keeps the next one, hex. */
  readonly add: (fingerprint: string) => void;
  /** That of the case at a 0-based position, hex. */
  readonly at: (index: number) => string;
}

export function createFingerprints(): Fingerprints {
  let kept = Buffer.alloc(FIRST_ROOM * BYTES);
  let count = 0;
  return {
    add(fingerprint) {
      if ((count + 1) * BYTES > kept.length) kept = Buffer.concat([kept, Buffer.alloc(kept.length)]);
      kept.write(fingerprint, count * BYTES, BYTES, "hex");
      count++;
    },
    at(index) {
      if (index >= count) throw new RangeError(`no fingerprint at ${index}: there are ${count}`);
      return kept.toString("hex", index * BYTES, (index + 1) * BYTES);
    },
  };
}
