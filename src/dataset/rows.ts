/** Where rows come from: a data file, opened anew for each pass, or cases written in the suite. */
import { type FileHandle, open } from "node:fs/promises";
import { resolve } from "node:path";
import { ConfigError, type Place } from "../errors.ts";
import type { Case } from "../suite/case.ts";
import type { CaseFile } from "../suite/cases.ts";
import { whyUnreadable } from "../suite/text-file.ts";
import { readJsonl } from "./jsonl.ts";
import { jsonProblem } from "./plain-json.ts";
import type { Row } from "./row.ts";

export interface RowSource {
  /** Absolute path; absent for cases written in the suite. */
  readonly file?: string;
  /**
   * Rows in order, as many at a time as are read at once. Throws ConfigError for a file that cannot be read, or that is not the one which the first
   * pass read.
   */
  readonly blocks: () => AsyncGenerator<readonly Row[]>;
  /** Bytes of the data file as the first pass found it; absent before, and for cases written in the suite. */
  readonly bytes: () => number | undefined;
  /** Throws as `blocks` does for a file that is not the one which the first pass read, without reading it. */
  readonly checkSame: () => Promise<void>;
  /** Where a row stands; `index` is 0-based. */
  readonly placeOf: (row: Row, index: number) => Place;
  /** How a message names a case; the number is its line, or its 0-based index where there are no lines. */
  readonly nameAt: (number: number) => string;
}

/**
 * @param dir folder that relative paths start from.
 * @param suiteFile for messages about cases written in the suite.
 */
export function rowSource(
  from: CaseFile<unknown, unknown> | readonly Case[],
  dir: string,
  suiteFile?: string,
): RowSource {
  return "kind" in from ? fileRows(from, dir) : inlineRows(from, suiteFile);
}

function inlineRows(cases: readonly Case[], suiteFile: string | undefined): RowSource {
  const placeOf = (_row: Row, index: number): Place => ({
    ...(suiteFile === undefined ? {} : { file: suiteFile }),
    path: `cases[${index}]`,
  });
  return {
    placeOf,
    nameAt: (index) => `cases[${index}]`,
    bytes: () => undefined,
    checkSame: async () => {},
    async *blocks() {
      const rows: Row[] = [];
      for (const [index, one] of cases.entries()) {
        const row = { value: one };
        for (const field of ["input", "expected"] as const) {
          if (typeof one !== "object" || one === null || one[field] === undefined) continue;
          const problem = jsonProblem(one[field]);
          if (problem === undefined) continue;
          yield rows;
          throw new ConfigError("not-json", `${field}: ${problem}`, {
            place: placeOf(row, index),
            fix: "Write what JSON can hold: texts, numbers, booleans, null, lists and plain objects.",
          });
        }
        rows.push(row);
      }
      yield rows;
    },
  };
}

function fileRows({ kind, path }: CaseFile<unknown, unknown>, dir: string): RowSource {
  const file = resolve(dir, path);
  let first: string | undefined;
  let bytes: number | undefined;
  const checkSame = async (handle: FileHandle) => {
    const { size, mtimeNs, ino } = await handle.stat({ bigint: true });
    const stamp = `${size} ${mtimeNs} ${ino}`;
    first ??= stamp;
    bytes ??= Number(size);
    if (stamp === first) return;
    throw new ConfigError("data-changed", "the data file changed while the command was running", {
      place: { file },
      fix: "Let the file rest, then run again: what is answered already is kept.",
    });
  };
  return {
    file,
    placeOf: ({ line }) => (line === undefined ? { file } : { file, line }),
    nameAt: (line) => `line ${line}`,
    bytes: () => bytes,
    async checkSame() {
      await using handle = await openFile(file, path, dir);
      await checkSame(handle);
    },
    async *blocks() {
      await using handle = await openFile(file, path, dir);
      await checkSame(handle);
      // Its parser is loaded only where there is something to parse.
      const read = kind === "csv" ? (await import("./csv.ts")).readCsv : readJsonl;
      yield* read(handle.createReadStream({ autoClose: false }), file);
      await checkSame(handle);
    },
  };
}

async function openFile(file: string, path: string, dir: string): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  let problem: string;
  try {
    handle = await open(file, "r");
    const stat = await handle.stat();
    if (stat.isFile()) return handle;
    problem = stat.isDirectory() ? "it is a folder" : "it is no regular file";
  } catch (thrown) {
    problem = whyUnreadable(thrown);
  }
  await handle?.close();
  throw new ConfigError("file-unreadable", `cannot read ${path}: ${problem}`, {
    place: { file },
    fix: `Check the path, which is relative to ${dir}.`,
  });
}
