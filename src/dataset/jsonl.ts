/** Reads JSONL: one JSON value a line. */
import { ConfigError } from "../errors.ts";
import { parseJson } from "../suite/json-text.ts";
import type { Row } from "./row.ts";
import { textLines } from "./text-lines.ts";

/**
 * Rows of a JSONL file. CRLF, a byte-order mark, a last line without an end and blank lines at the end are fine; a blank line before a row
 * is an error, for it is where a row got lost. Throws ConfigError with the line (and the column, for JSON) of the first mistake.
 */
export async function* readJsonl(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Row> {
  let blank: number | undefined;
  for await (const { text, line } of textLines(source, file)) {
    if (text.trim() === "") {
      blank ??= line;
      continue;
    }
    if (blank !== undefined) throw blankLine(file, blank);
    const parsed = parseJson(text);
    if (!parsed.ok) {
      const { code, message, fix, offset } = parsed.mistake;
      throw new ConfigError(code, `${message} (column ${offset + 1})`, { place: { file, line }, fix });
    }
    yield { value: parsed.value, line };
  }
}

/** The error for a blank line that rows follow. */
export function blankLine(file: string, line: number): ConfigError {
  return new ConfigError("blank-line", "a blank line between the cases", {
    place: { file, line },
    fix: "Take the line out, or put back the case that belongs there.",
  });
}
