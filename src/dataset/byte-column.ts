/**
 * Bytes one behind the other, outside of the heap, in blocks: what grows by doubling holds three times as much for a moment, and leaves holes behind. A
 * column may spill: beyond a size, all but its newest block lies in a scratch file, so that memory does not follow the column. Where no such file
 * can be had, or its disk is full, it stays in memory.
 */
import { openScratchFile, type ScratchFile } from "./scratch-file.ts";

const BLOCK = 32 * 1024;
/** Doubled, it comes to a block. */
const FIRST_ROOM = 256;
/** Blocks that a column which spills keeps in memory before there is a file: 1 MB. */
const MOST_IN_MEMORY = 32;
/** Blocks of the file that are kept once read: several readers walk it side by side. */
const MOST_READ = 8;

/** What a text is kept in: hex digits by the half byte, else its units by one byte or two. */
export type ByteEncoding = "hex" | "latin1" | "utf16le";

export interface ByteColumn {
  readonly size: () => number;
  readonly append: (bytes: Uint8Array) => void;
  /** Appends a text; returns how many bytes it took. */
  readonly write: (text: string, encoding: ByteEncoding) => number;
  /** Bytes from one 0-based position up to another, to be looked at before the next call; throws RangeError beyond the last. */
  readonly between: (from: number, to: number) => Buffer;
  /** The same bytes as text. */
  readonly text: (from: number, to: number, encoding: ByteEncoding) => string;
  /** Forgets all. */
  readonly clear: () => void;
}

export interface ByteColumnOptions {
  /** Whether it goes to a file when there is much. Who asks for bytes here and there keeps them in memory. Default false. */
  readonly spills?: boolean;
  /** Asked once, when there is too much for memory. */
  readonly openScratch?: () => ScratchFile | undefined;
}

export function createByteColumn({
  spills = false,
  openScratch = openScratchFile,
}: ByteColumnOptions = {}): ByteColumn {
  /** Undefined where a block lies in the file. All but the last are whole. */
  let blocks: (Buffer | undefined)[] = [];
  let scratch: ScratchFile | undefined;
  let staysInMemory = !spills;
  let size = 0;
  const read = new Map<number, Buffer>();

  /** Moves whole blocks to the file; what the disk does not take stays where it is. */
  function moveOut(): void {
    scratch ??= openScratch();
    if (scratch === undefined) staysInMemory = true;
    try {
      for (const [at, block] of blocks.entries()) {
        if (block === undefined || scratch === undefined) continue;
        scratch.write(block, at * BLOCK);
        blocks[at] = undefined;
      }
    } catch {
      staysInMemory = true;
    }
  }

  /** The block in which byte `size` has its place, with room for so many more bytes, or for as many as a block takes. */
  function openBlock(more: number): Buffer {
    const at = Math.floor(size / BLOCK);
    const wanted = Math.min(BLOCK, (size % BLOCK) + more);
    const last = blocks[at];
    if (last !== undefined && last.length >= wanted) return last;
    if (last === undefined && at >= MOST_IN_MEMORY && !staysInMemory) moveOut();
    let room = at > 0 ? BLOCK : (last?.length ?? FIRST_ROOM);
    while (room < wanted) room *= 2;
    const block = Buffer.allocUnsafeSlow(room);
    last?.copy(block);
    blocks[at] = block;
    return block;
  }

  function blockAt(at: number): Buffer {
    const own = blocks[at] ?? read.get(at);
    if (own !== undefined) return own;
    if (scratch === undefined) throw new Error("bytes that were moved out have no file");
    const [oldest] = read.keys();
    const full = read.size >= MOST_READ && oldest !== undefined;
    const block = (full ? read.get(oldest) : undefined) ?? Buffer.allocUnsafeSlow(BLOCK);
    if (full) read.delete(oldest);
    scratch.read(block, at * BLOCK);
    read.set(at, block);
    return block;
  }

  function append(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const block = openBlock(bytes.length - done);
      const from = size % BLOCK;
      const some = Math.min(bytes.length - done, BLOCK - from);
      block.set(bytes.subarray(done, done + some), from);
      size += some;
      done += some;
    }
  }

  /** The block in which all of some bytes lie; undefined where they lie in several, or are none. */
  function blockOf(from: number, to: number): number | undefined {
    if (!(from >= 0 && from <= to && to <= size)) {
      throw new RangeError(`no bytes from ${from} to ${to}: there are ${size}`);
    }
    const first = Math.floor(from / BLOCK);
    return from < to && to <= (first + 1) * BLOCK ? first : undefined;
  }

  function between(from: number, to: number): Buffer {
    const own = blockOf(from, to);
    if (own !== undefined) return blockAt(own).subarray(from % BLOCK, to - own * BLOCK);
    const all = Buffer.allocUnsafeSlow(to - from);
    for (let at = from; at < to; ) {
      const block = Math.floor(at / BLOCK);
      const end = Math.min(to, (block + 1) * BLOCK);
      blockAt(block).copy(all, at - from, at % BLOCK, end - block * BLOCK);
      at = end;
    }
    return all;
  }

  return {
    size: () => size,
    append,
    between,
    // Without a view of the bytes where they lie in one block: to make one takes longer than the text.
    write(text, encoding) {
      const bytes = bytesOf(text, encoding);
      const from = size % BLOCK;
      if (from + bytes > BLOCK) append(Buffer.from(text, encoding));
      else if (bytes > 0) {
        openBlock(bytes).write(text, from, bytes, encoding);
        size += bytes;
      }
      return bytes;
    },
    text(from, to, encoding) {
      const own = blockOf(from, to);
      if (own === undefined) return between(from, to).toString(encoding);
      return blockAt(own).toString(encoding, from % BLOCK, to - own * BLOCK);
    },
    clear() {
      blocks = [];
      read.clear();
      scratch?.close();
      scratch = undefined;
      staysInMemory = !spills;
      size = 0;
    },
  };
}

function bytesOf(text: string, encoding: ByteEncoding): number {
  if (encoding === "hex") return text.length / 2;
  return encoding === "latin1" ? text.length : 2 * text.length;
}
