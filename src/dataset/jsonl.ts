/** Reads JSONL: one JSON value a line. */
import { ConfigError } from "../errors.ts";
import { parseJson } from "../suite/json-text.ts";
import type { Row } from "./row.ts";
import { type TextBlock, textBlocks } from "./text-lines.ts";

/**
 * Rows of a JSONL file, as many at a time as are read at once. CRLF, a byte-order mark, a last line without an end and blank lines at the end are
 * fine; a blank line before a row is an error, for it is where a row got lost. Throws ConfigError with the line (and the column, for JSON) of the
 * first mistake; the rows before it come first.
 */
export async function* readJsonl(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<readonly Row[]> {
  const reader = new Reader(file);
  for await (const block of textBlocks(source, file)) {
    const rows: Row[] = [];
    const mistake = reader.add(block, rows);
    if (rows.length > 0) yield rows;
    if (mistake !== undefined) throw mistake;
  }
}

class Reader {
  readonly #file: string;
  /** The first of the blank lines that no row has followed yet. */
  #blank: number | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Adds the rows of a block to `rows`, up to the first mistake, which it returns. */
  add({ texts, line: first }: TextBlock, rows: Row[]): ConfigError | undefined {
    for (let at = 0; at < texts.length; at++) {
      const text = texts[at] ?? "";
      const line = first + at;
      if (text[0] !== "{" && text.trim() === "") {
        this.#blank ??= line;
        continue;
      }
      if (this.#blank !== undefined) return blankLine(this.#file, this.#blank);
      const parsed = parseJson(text);
      if (!parsed.ok) {
        const { code, message, fix, offset } = parsed.mistake;
        return new ConfigError(code, `${message} (column ${offset + 1})`, { place: { file: this.#file, line }, fix });
      }
      rows.push({ value: parsed.value, line });
    }
    return undefined;
  }
}

/** The error for a blank line that rows follow. */
export function blankLine(file: string, line: number): ConfigError {
  return new ConfigError("blank-line", "a blank line between the cases", {
    place: { file, line },
    fix: "Take the line out, or put back the case that belongs there.",
  });
}
