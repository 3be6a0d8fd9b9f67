/** Lines of an exported ledger, whatever their bytes: a damaged one must not hide those after it. */
import { createReadStream } from "node:fs";

/** Answers have 8 MB at most, and JSON writes some of their bytes as six. */
const LONGEST_LINE = 128 * 1024 * 1024;
const LF = 0x0a;

export interface FileLine {
  /** Bytes that are no UTF-8 become U+FFFD, and the checksum tells; undefined for a line that is longer than any export's. */
  readonly text: string | undefined;
  /** 1-based. */
  readonly line: number;
}

/** Throws what the system says of a file that cannot be read. */
export async function* fileLines(file: string, longest = LONGEST_LINE): AsyncGenerator<FileLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let line = 1;
  const text = (): string | undefined => (length > longest ? undefined : Buffer.concat(parts).toString("utf8"));
  const add = (piece: Buffer): void => {
    length += piece.length;
    if (length > longest) parts = [];
    else if (piece.length > 0) parts.push(piece);
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let stop = chunk.indexOf(LF); stop >= 0; stop = chunk.indexOf(LF, from)) {
      add(chunk.subarray(from, stop));
      yield { text: text(), line };
      [parts, length, line, from] = [[], 0, line + 1, stop + 1];
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield { text: text(), line };
}
