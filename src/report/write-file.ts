/** Writes a whole file or nothing: readers never see half of it, whatever ends the process. */
import { open, rename, rm } from "node:fs/promises";
import { ConfigError, ConfigErrors } from "../errors.ts";
import { codeOf, storageError } from "./storage-error.ts";

/** Characters that are written at once. */
const CHUNK = 256 * 1024;

/**
 * Writes `text` as UTF-8 beside `file`, brings it to disk, and puts it in the file's place.
 * @throws {StorageError} naming `file`; what stood there before still stands.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeWholeLines(file, [text], { end: "" });
}

export interface LinesOptions {
  /** Of each line; default a line feed. */
  readonly end?: string;
  /** What the file is, for errors; default "report". */
  readonly what?: string;
}

/**
 * As `writeWhole`, for a text that comes in lines; never held as a whole.
 * @throws {StorageError} naming `file`, and the ConfigError(s) that `lines` throws; what stood there before still stands.
 */
export async function writeWholeLines(
  file: string,
  lines: Iterable<string>,
  { end = "\n", what = "report" }: LinesOptions = {},
): Promise<void> {
  const beside = `${file}.${process.pid}.partial`;
  try {
    const handle = await open(beside, "w");
    try {
      let waiting = "";
      for (const line of lines) {
        if (line.length >= CHUNK) {
          await handle.writeFile(waiting, "utf8");
          waiting = "";
          for (const piece of inChunks(line)) await handle.writeFile(piece, "utf8");
          waiting = end;
          continue;
        }
        waiting += line + end;
        if (waiting.length < CHUNK) continue;
        await handle.writeFile(waiting, "utf8");
        waiting = "";
      }
      await handle.writeFile(waiting, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (thrown) {
    await rm(beside, { force: true }).catch(() => undefined);
    // What `lines` threw is not the disk's.
    if (thrown instanceof ConfigError || thrown instanceof ConfigErrors || codeOf(thrown) === "") throw thrown;
    throw storageError(file, thrown, what);
  }
}

/** A long text in parts, none of which ends within a pair of surrogates. */
function* inChunks(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const to = from + CHUNK;
    const last = text.charCodeAt(to - 1);
    const cut = last >= 0xd800 && last < 0xdc00 ? to - 1 : to;
    yield text.slice(from, cut);
    from = cut;
  }
}
