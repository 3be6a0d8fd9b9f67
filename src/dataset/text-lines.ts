/** Splits a stream of bytes into lines of text, strictly UTF-8, holding one piece of the stream, or one line, at a time. */
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

/** Lines that follow each other, one at least. */
export interface TextBlock {
  readonly texts: readonly string[];
  /** That of the first, 1-based. */
  readonly line: number;
  /** False where the last has no LF. */
  readonly ended: boolean;
}

const LF = 0x0a;

/** Lines of a byte stream as `textBlocks` reads them, one by one. */
export async function* textLines(
  source: AsyncIterable<Uint8Array>,
  file: string,
  longest = LONGEST_LINE,
): AsyncGenerator<TextLine> {
  for await (const { texts, line, ended } of textBlocks(source, file, longest)) {
    for (const [at, text] of texts.entries()) {
      yield { text, line: line + at, ended: ended || at < texts.length - 1 };
    }
  }
}

/**
 * Lines of a byte stream, split at LF: as many at a time as a piece of the stream brings to their end, since a step of a stream costs more than a
 * line. A byte-order mark at the start is dropped. Throws ConfigError, with the line, for text that is not UTF-8 (UTF-16 and UTF-32 are told by
 * name), for NUL bytes, and for a line that is too long; the lines before it come first.
 *
 * @param file as messages name it.
 * @param longest bytes.
 */
export async function* textBlocks(
  source: AsyncIterable<Uint8Array>,
  file: string,
  longest = LONGEST_LINE,
): AsyncGenerator<TextBlock> {
  const splitter = new Splitter(file, longest);
  for await (const chunk of source) {
    const texts: string[] = [];
    const { line } = splitter;
    let failure: { readonly thrown: unknown } | undefined;
    try {
      splitter.add(chunk, texts);
    } catch (thrown) {
      failure = { thrown };
    }
    if (texts.length > 0) yield { texts, line, ended: true };
    if (failure !== undefined) throw failure.thrown;
  }
  const { line } = splitter;
  const last = splitter.end();
  if (last !== undefined) yield { texts: [last], line, ended: false };
}

class Splitter {
  /** Of the next line, 1-based. */
  line = 1;
  readonly #file: string;
  readonly #longest: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** What is there of a line that has not ended. */
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(file: string, longest: number) {
    this.#file = file;
    this.#longest = longest;
  }

  /** Adds to `texts` the lines that end in a piece. */
  add(chunk: Uint8Array, texts: string[]): void {
    const first = chunk.indexOf(LF);
    if (first < 0) {
      this.#keep(chunk);
      return;
    }
    texts.push(this.#take(chunk.subarray(0, first)));
    const last = chunk.lastIndexOf(LF);
    if (last > first) this.#addWhole(chunk.subarray(first + 1, last), texts);
    this.#keep(chunk.subarray(last + 1));
  }

  /** The last line, where there is one without LF. */
  end(): string | undefined {
    return this.#length === 0 ? undefined : this.#take(new Uint8Array());
  }

  /** Lines that stand in one piece, without the last LF: decoded in one go, and where that fails one by one, for the line of the mistake. */
  #addWhole(bytes: Uint8Array, texts: string[]): void {
    if (bytes.length <= this.#longest && !bytes.includes(0)) {
      let text: string | undefined;
      try {
        text = this.#decoder.decode(bytes);
      } catch {
        // Not UTF-8: told below.
      }
      if (text !== undefined) {
        const lines = text.split("\n");
        for (const one of lines) texts.push(one);
        this.line += lines.length;
        return;
      }
    }
    for (let from = 0; ; ) {
      const stop = bytes.indexOf(LF, from);
      texts.push(this.#take(bytes.subarray(from, stop < 0 ? bytes.length : stop)));
      if (stop < 0) return;
      from = stop + 1;
    }
  }

  #take(last: Uint8Array): string {
    if (this.#length + last.length > this.#longest) throw tooLong(this.#file, this.line, this.#longest);
    const whole = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#length = 0;
    const bytes = this.line === 1 ? withoutMark(whole, this.#file) : whole;
    const text = decode(this.#decoder, bytes, this.#file, this.line);
    this.line++;
    return text;
  }

  #keep(piece: Uint8Array): void {
    if (this.#length + piece.length > this.#longest) throw tooLong(this.#file, this.line, this.#longest);
    // A copy: the stream may use its chunk's memory again.
    if (piece.length > 0) this.#parts.push(Uint8Array.from(piece));
    this.#length += piece.length;
  }
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
