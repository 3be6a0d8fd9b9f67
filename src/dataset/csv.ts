/** Reads CSV: a header with the names of a case's fields, one case a record. */
import { CsvError, parse } from "csv-parse";
import { ConfigError } from "../errors.ts";
import { didYouMean } from "../suite/closest.ts";
import type { JsonValue } from "../suite/json.ts";
import { blankLine } from "./jsonl.ts";
import type { Row } from "./row.ts";
import { LONGEST_LINE, textBlocks } from "./text-lines.ts";

const COLUMNS = ["id", "input", "expected", "cluster", "tags", "weight", "split"] as const;
const FIELD = "input.";
/** UTF-16 units a write. */
const CHUNK = 16_384;

/**
 * Rows of a CSV file (RFC 4180: commas, quotes doubled inside quotes), as many at a time as are read at once. The header names `id`, `input`, `expected`, `cluster`, `tags`,
 * `weight` and `split` in any order; `input.<field>` columns build an object instead of `input`. Tags are separated by `;`. An empty cell means
 * absent, except under `input.<field>`, where it is an empty text. Every other cell is a text as it stands.
 *
 * Throws ConfigError with the line on which the record starts: unknown, repeated or missing columns, ragged records, quotes that do not
 * close, a blank line before a record; the rows before it come first.
 */
export async function* readCsv(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<readonly Row[]> {
  let header: readonly string[] | undefined;
  let blank: number | undefined;
  const rowOf = ({ cells, line }: Cells): Row | undefined => {
    if (header === undefined) {
      header = checkHeader(cells, file);
      return undefined;
    }
    if (cells.length === 1 && cells[0]?.trim() === "") {
      blank ??= line;
      return undefined;
    }
    if (blank !== undefined) throw blankLine(file, blank);
    return { value: toCase(header, cells, { file, line }), line };
  };
  for await (const block of records(source, file)) {
    const rows: Row[] = [];
    let failure: { readonly thrown: unknown } | undefined;
    try {
      for (const record of block) {
        const row = rowOf(record);
        if (row !== undefined) rows.push(row);
      }
    } catch (thrown) {
      failure = { thrown };
    }
    if (rows.length > 0) yield rows;
    if (failure !== undefined) throw failure.thrown;
  }
}

interface Cells {
  readonly cells: readonly string[];
  /** 1-based line on which the record starts. */
  readonly line: number;
}

/**
 * Records in order, each before any error behind it: the parser's own stream would drop what it holds when it fails, and which mistake is told
 * would depend on how the bytes were cut.
 */
async function* records(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<readonly Cells[]> {
  let ready: Cells[] = [];
  let line = 1;
  const parser = parse({
    record_delimiter: ["\r\n", "\n"],
    relax_column_count: true,
    max_record_size: LONGEST_LINE,
    on_record: (cells: readonly string[]) => {
      ready.push({ cells, line });
      // Every LF inside a record stands inside a quoted cell and is kept there.
      line += 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
      return null;
    },
  });
  // Told by the callbacks below.
  parser.on("error", () => {});
  const feed = (chunk: string | undefined) =>
    new Promise<Error | undefined>((resolve) => {
      const done = (error?: Error | null) => resolve(error ?? undefined);
      if (chunk === undefined) parser.resume().end(done);
      else parser.write(chunk, done);
    });
  for await (const chunk of textChunks(source, file)) {
    const error = await feed(chunk);
    yield ready;
    ready = [];
    if (error !== undefined) throw csvMistake(error, file, line);
  }
  const error = await feed(undefined);
  yield ready;
  if (error !== undefined) throw csvMistake(error, file, line);
}

/** Lines of checked UTF-8, joined again: one write to the parser for many of them. What comes before an error is given first. */
async function* textChunks(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  let chunk = "";
  let failure: { readonly thrown: unknown } | undefined;
  try {
    for await (const { texts, ended } of textBlocks(source, file)) {
      chunk += texts.join("\n");
      if (ended) chunk += "\n";
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = "";
    }
  } catch (thrown) {
    failure = { thrown };
  }
  if (chunk !== "") yield chunk;
  if (failure !== undefined) throw failure.thrown;
}

function checkHeader(header: readonly string[], file: string): readonly string[] {
  const place = { file, line: 1 };
  const seen = new Set<string>();
  for (const name of header) {
    if (seen.has(name)) {
      throw new ConfigError("csv-header", `the column "${name}" is there twice`, { place, fix: "Keep one of them." });
    }
    seen.add(name);
    const known = COLUMNS.some((column) => column === name) || (name.startsWith(FIELD) && name.length > FIELD.length);
    if (known) continue;
    throw new ConfigError("csv-header", `there is no column "${name}".${didYouMean(name, [...COLUMNS, FIELD])}`, {
      place,
      fix: `Columns are ${COLUMNS.join(", ")} and ${FIELD}<field>, separated by commas and without blanks.`,
    });
  }
  const hasFields = header.some((name) => name.startsWith(FIELD));
  if (hasFields && seen.has("input")) {
    throw new ConfigError("csv-header", `both "input" and "${FIELD}<field>" columns`, {
      place,
      fix: "Use one input column, or one column for each field.",
    });
  }
  for (const needed of hasFields ? ["id"] : ["id", "input"]) {
    if (seen.has(needed)) continue;
    throw new ConfigError("csv-header", `the column "${needed}" is missing`, {
      place,
      fix: `Start the file with a header line such as ${COLUMNS.join(",")}.`,
    });
  }
  return header;
}

function toCase(
  header: readonly string[],
  record: readonly string[],
  place: { readonly file: string; readonly line: number },
): JsonValue {
  if (record.length !== header.length) {
    throw new ConfigError("csv-ragged", `the header has ${header.length} columns, this record ${record.length}`, {
      place,
      fix: "Fill in the missing cells, or put a cell that holds commas or quotes into quotes.",
    });
  }
  const one: Record<string, JsonValue> = Object.create(null);
  const fields: Record<string, JsonValue> = Object.create(null);
  for (const [index, name] of header.entries()) {
    const cell = record[index] ?? "";
    if (name.startsWith(FIELD)) {
      fields[name.slice(FIELD.length)] = cell;
      one.input = fields;
    } else if (name === "input" && cell === "") {
      throw new ConfigError("bad-input", "the cell of input is empty", {
        place,
        fix: 'Give the case an input; an empty text on purpose needs JSONL ("input": "").',
      });
    } else if (cell !== "" || name === "id") one[name] = cellValue(name, cell);
  }
  return one;
}

function cellValue(name: string, cell: string): JsonValue {
  if (name === "tags") {
    const tags = cell.split(";").map((tag) => tag.trim());
    return tags.filter((tag) => tag !== "");
  }
  // What is no number stays a text, and is refused as a weight with the other fields' mistakes.
  return name === "weight" && /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
}

function csvMistake(thrown: Error, file: string, line: number): Error {
  if (!(thrown instanceof CsvError)) return thrown;
  const place = { file, line };
  switch (thrown.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return new ConfigError("csv-quote", "a quote that opens in this record is never closed", {
        place,
        fix: 'Close the quote; a quote inside a quoted cell is doubled ("").',
        cause: thrown,
      });
    case "CSV_MAX_RECORD_SIZE":
      return new ConfigError("line-too-long", `the record is longer than ${LONGEST_LINE / 2 ** 20} MB`, {
        place,
        fix: "Look for a quote that is not closed; a case of this size is no prompt.",
        cause: thrown,
      });
    default:
      return new ConfigError("csv-quote", "a quote in the middle of a cell", {
        place,
        fix: 'Put the whole cell into quotes and double the quotes inside ("").',
        cause: thrown,
      });
  }
}
