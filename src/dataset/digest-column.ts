/**
 * SHA-256 digests by position. The first lie in memory; of more, all but the newest lie in a scratch file, so that memory does not follow their number.
 * Where no such file can be had, or its disk is full, they stay in memory.
 */
import { openScratchFile, type ScratchFile } from "./scratch-file.ts";

const BYTES = 32;
/** Digests that are written and read at once: 32 KB. */
const BLOCK = 1_024;
/** Blocks in memory before there is a file: of 32,768 digests, 1 MB. */
const MOST_IN_MEMORY = 32;
/** Blocks of the file that are kept once read: several readers walk it side by side. */
const MOST_READ = 8;

export interface DigestColumn {
  readonly size: () => number;
  /** Takes the next one, 64 hex digits. */
  readonly add: (digest: string) => void;
  /** Digests from one 0-based position up to another, hex, one behind the other; throws RangeError beyond the last. */
  readonly between: (from: number, to: number) => string;
  /** Forgets all. */
  readonly clear: () => void;
}

/** @param openScratch asked once, when there are too many for memory */
export function createDigestColumn(openScratch: () => ScratchFile | undefined = openScratchFile): DigestColumn {
  /** Undefined where a block lies in the file. */
  let blocks: (Buffer | undefined)[] = [];
  let scratch: ScratchFile | undefined;
  let refused = false;
  let count = 0;
  const read = new Map<number, Buffer>();

  /** Moves whole blocks to the file; what the disk does not take stays where it is. */
  function moveOut(): void {
    if (refused) return;
    scratch ??= openScratch();
    refused = scratch === undefined;
    try {
      for (const [at, block] of blocks.entries()) {
        if (block === undefined || scratch === undefined) continue;
        scratch.write(block, at * BLOCK * BYTES);
        blocks[at] = undefined;
      }
    } catch {
      refused = true;
    }
  }

  function blockAt(at: number): Buffer {
    const own = blocks[at] ?? read.get(at);
    if (own !== undefined) return own;
    if (scratch === undefined) throw new Error("digests that were moved out have no file");
    const [oldest] = read.keys();
    const reused = read.size < MOST_READ || oldest === undefined ? undefined : read.get(oldest);
    if (reused !== undefined && oldest !== undefined) read.delete(oldest);
    const block = reused ?? Buffer.allocUnsafeSlow(BLOCK * BYTES);
    scratch.read(block, at * BLOCK * BYTES);
    read.set(at, block);
    return block;
  }

  return {
    size: () => count,
    add(digest) {
      if (count % BLOCK === 0) {
        // Block by block once there is a file: before, not until there are many.
        if (blocks.length >= MOST_IN_MEMORY) moveOut();
        blocks.push(Buffer.allocUnsafeSlow(BLOCK * BYTES));
      }
      blocks.at(-1)?.write(digest, (count % BLOCK) * BYTES, BYTES, "hex");
      count++;
    },
    between(from, to) {
      if (from < 0 || to > count) throw new RangeError(`no digests from ${from} to ${to}: there are ${count}`);
      let hex = "";
      for (let at = from; at < to; ) {
        const block = Math.floor(at / BLOCK);
        const end = Math.min(to, (block + 1) * BLOCK);
        hex += blockAt(block).toString("hex", (at % BLOCK) * BYTES, (end - block * BLOCK) * BYTES);
        at = end;
      }
      return hex;
    },
    clear() {
      blocks = [];
      read.clear();
      scratch?.close();
      scratch = undefined;
      refused = false;
      count = 0;
    },
  };
}
