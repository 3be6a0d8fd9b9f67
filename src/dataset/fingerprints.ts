/** Fingerprints of the cases as the first pass saw them: later passes look them up instead of hashing again. */
import { createDigestColumn } from "./digest-column.ts";

export interface Fingerprints {
  /** Keeps the next one, hex. */
  readonly add: (fingerprint: string) => void;
  /** That of the case at a 0-based position, hex; throws RangeError where there is none. */
  readonly at: (index: number) => string;
}

export function createFingerprints(): Fingerprints {
  const kept = createDigestColumn();
  return { add: kept.add, at: (index) => kept.between(index, index + 1) };
}
