/**
 * The log (WAL) that a killed run leaves beside its ledger. SQLite reads it as far as its checksums hold and drops the rest without a word: right for a torn end,
 * which was never committed; after damage in the middle, answers that were paid for are gone with it.
 * Format: sqlite.org/fileformat2.html#walformat.
 */
import { copyFileSync, readFileSync, statSync } from "node:fs";

const HEAD = 32;
const FRAME_HEAD = 24;
const MAGIC = 0x377f0682;
const FIRST_SALT = 16;
const FRAME_SALT = 8;
/** A log is cut back at 32 MB; one that is far larger is not read through before a run. */
const MOST_BYTES = 256 * 1024 * 1024;

export interface DamagedLog {
  /** Pages that can be read, up to the last that was committed before the damage. */
  readonly read: number;
  /** Pages behind them, written and not to be read any more. */
  readonly lost: number;
}

/** Undefined for a log that is whole, torn at its end, or not there. To be asked before SQLite opens the file. */
export function damagedLog(file: string): DamagedLog | undefined {
  const log = `${file}-wal`;
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= HEAD || size > MOST_BYTES) return undefined;
  // Another process may be writing: what is half there the first time is whole the second.
  const found = damageIn(readFileSync(log));
  return found === undefined ? undefined : damageIn(readFileSync(log));
}

/** Copies the log aside, and says what happened to whom. */
export function tellDamagedLog(file: string, { read, lost }: DamagedLog, now: Date): string {
  const stamp = now
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  const aside = `${file}-wal.damaged-${stamp}`;
  let kept = `its copy is ${aside}`;
  try {
    copyFileSync(`${file}-wal`, aside);
  } catch {
    kept = "it could not be copied";
  }
  return `the log of an earlier run (${file}-wal) is damaged in the middle: ${lost} of its ${read + lost} pages cannot be read, and answers in them are bought again; ${kept}`;
}

export function damageIn(log: Buffer): DamagedLog | undefined {
  const magic = log.readUInt32BE(0);
  const pageSize = log.readUInt32BE(8);
  if ((magic & ~1) >>> 0 !== MAGIC || pageSize < 512) return undefined;
  const frame = FRAME_HEAD + pageSize;
  const frames = Math.floor((log.length - HEAD) / frame);
  const salts = log.subarray(FIRST_SALT, FIRST_SALT + 8);
  const isOurs = (at: number) => salts.equals(log.subarray(at + FRAME_SALT, at + FRAME_SALT + 8));
  const sum = createSum((magic & 1) === 1);
  sum.add(log, 0, 24);
  let committed = 0;
  for (let n = 0; n < frames; n++) {
    const at = HEAD + n * frame;
    sum.add(log, at, 8);
    sum.add(log, at + FRAME_HEAD, pageSize);
    if (isOurs(at) && sum.is(log, at + 16)) {
      if (log.readUInt32BE(at + 4) > 0) committed = n + 1;
      continue;
    }
    // Behind the end stand frames of an earlier round, which have other salts.
    let last = n;
    for (let later = n + 1; later < frames; later++) if (isOurs(HEAD + later * frame)) last = later;
    return last === n ? undefined : { read: committed, lost: last + 1 - committed };
  }
  return undefined;
}

/** The checksum of the format: two sums over pairs of 32-bit words, each on top of those before. */
function createSum(bigEndian: boolean): {
  readonly add: (bytes: Buffer, from: number, length: number) => void;
  readonly is: (bytes: Buffer, at: number) => boolean;
} {
  let [first, second] = [0, 0];
  return {
    add: (bytes, from, length) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset + from, length);
      for (let at = 0; at < length; at += 8) {
        first = (first + view.getUint32(at, !bigEndian) + second) >>> 0;
        second = (second + view.getUint32(at + 4, !bigEndian) + first) >>> 0;
      }
    },
    is: (bytes, at) => bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second,
  };
}
