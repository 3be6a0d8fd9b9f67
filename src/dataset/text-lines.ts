/** Splits a stream of bytes into lines of text, strictly UTF-8, holding one line at a time. */
import { TextDecoder } from "node:util";
import { ConfigError } from "../errors.ts";

/** Longest line, bytes: a case is read whole, so this bounds memory whatever the file. */
export const LONGEST_LINE = 8 * 1024 * 1024;

export interface TextLine {
  /** Without its LF; a CR before it stays. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** False for a last line without an LF. */
  readonly ended: boolean;
}

const LF = 0x0a;

/**
 * Lines of a byte stream, split at LF. A byte-order mark at the start is dropped. Throws ConfigError, with the line, for text that is not
 * UTF-8 (UTF-16 and UTF-32 are told by name), for NUL bytes, and for a line that is too long.
 *
 * @param file as messages name it.
 * @param longest bytes.
 */
export async function* textLines(
  source: AsyncIterable<Uint8Array>,
  file: string,
  longest = LONGEST_LINE,
): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let parts: Uint8Array[] = [];
  let length = 0;
  let line = 1;

  const take = (last: Uint8Array): string => {
    const whole = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    length = 0;
    return decode(decoder, line === 1 ? withoutMark(whole, file) : whole, file, line);
  };
  for await (const chunk of source) {
    let from = 0;
    while (true) {
      const stop = chunk.indexOf(LF, from);
      const piece = chunk.subarray(from, stop < 0 ? chunk.length : stop);
      if (length + piece.length > longest) throw tooLong(file, line, longest);
      if (stop < 0) {
        // A copy: the stream may use its chunk's memory again.
        if (piece.length > 0) parts.push(Uint8Array.from(piece));
        length += piece.length;
        break;
      }
      yield { text: take(piece), line, ended: true };
      line++;
      from = stop + 1;
    }
  }
  if (length > 0) yield { text: take(new Uint8Array()), line, ended: false };
}

function decode(decoder: TextDecoder, bytes: Uint8Array, file: string, line: number): string {
  if (bytes.includes(0)) {
    throw encodingError(file, line, "holds a NUL byte, so the file looks like UTF-16");
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw encodingError(file, line, "is not UTF-8 (Latin-1, perhaps)", cause);
  }
}

function withoutMark(bytes: Uint8Array, file: string): Uint8Array {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw encodingError(file, 1, "starts with the mark of UTF-16");
  }
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}

function encodingError(file: string, line: number, what: string, cause?: unknown): ConfigError {
  return new ConfigError("not-utf8", `the line ${what}`, {
    place: { file, line },
    fix: "Save the file as UTF-8.",
    cause,
  });
}

function tooLong(file: string, line: number, longest: number): ConfigError {
  return new ConfigError("line-too-long", `the line is longer than ${longest / 2 ** 20} MB`, {
    place: { file, line },
    fix: "Write one case per line; a case of this size is no prompt.",
  });
}
