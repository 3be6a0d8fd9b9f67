/** Reads a text that an author keeps in a file: UTF-8 only, and the same text on every platform. */
import { readFile } from "node:fs/promises";
import { ConfigError, toError } from "../errors.ts";

/**
 * The text of a file. A byte-order mark is dropped. Throws ConfigError for a file that is missing, unreadable or not UTF-8.
 */
export async function readTextFile(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (thrown) {
    throw new ConfigError("file-unreadable", `cannot read ${path}: ${whyUnreadable(thrown)}`, {
      place: { file: path },
      fix: "Check the path (it is relative to the suite file) and the permissions.",
      cause: thrown,
    });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (thrown) {
    throw new ConfigError("not-utf8", `${path} is not UTF-8`, {
      place: { file: path },
      fix: "Save the file as UTF-8.",
      cause: thrown,
    });
  }
}

/** A line for people about why a file could not be read. */
export function whyUnreadable(thrown: unknown): string {
  const code = (thrown as { readonly code?: unknown } | null)?.code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return toError(thrown).message;
}
