/** SHA-256 digests by position, 32 bytes each; of many, nearly all lie in a scratch file. */
import { createByteColumn } from "./byte-column.ts";

const BYTES = 32;

export interface DigestColumn {
  readonly size: () => number;
  /** Takes the next one, 64 hex digits. */
  readonly add: (digest: string) => void;
  /** Digests from one 0-based position up to another, hex, one behind the other; throws RangeError beyond the last. */
  readonly between: (from: number, to: number) => string;
  /** Forgets all. */
  readonly clear: () => void;
}

export function createDigestColumn(): DigestColumn {
  const bytes = createByteColumn({ spills: true });
  return {
    size: () => bytes.size() / BYTES,
    add: (digest) => {
      bytes.write(digest, "hex");
    },
    between: (from, to) => bytes.text(from * BYTES, to * BYTES, "hex"),
    clear: bytes.clear,
  };
}
