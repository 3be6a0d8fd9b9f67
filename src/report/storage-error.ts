/** What to tell when a report cannot be written: which file, why, and what to do. What was kept is the run's to tell: the ledger may be on that disk. */
import { StorageError, toError } from "../errors.ts";

const FIX: Readonly<Record<string, string>> = {
  ENOSPC: "Free some space and run again.",
  EDQUOT: "Free some of the disk quota and run again.",
  EACCES: "Make the folder writable and run again.",
  EPERM: "Make the folder writable and run again.",
  EROFS: "The file system is read-only: choose another folder for reports.",
  ENOENT: "The folder is gone: run again.",
  EISDIR: "A folder stands where the file should be: move it away and run again.",
  ENOTDIR: "A file stands where a folder should be: move it away and run again.",
};

/** The code of a system error, such as "ENOSPC"; an empty text for anything else. */
export function codeOf(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
}

/** The error for a file that could not be written; `what` it would have been. */
export function storageError(file: string, thrown: unknown, what = "report"): StorageError {
  if (thrown instanceof StorageError) return thrown;
  const code = codeOf(thrown);
  const said = toError(thrown).message;
  return new StorageError(`The ${what} could not be written: ${said}`, {
    file,
    fix: FIX[code] ?? "Check the disk and run again.",
    cause: thrown,
  });
}
