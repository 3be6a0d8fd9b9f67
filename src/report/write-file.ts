/** Writes a whole file or nothing: readers never see half of it, whatever ends the process. */
import { open, rename, rm } from "node:fs/promises";
import { storageError } from "./storage-error.ts";

/**
 * Writes `text` as UTF-8 beside `file`, brings it to disk, and puts it in the file's place.
 * @throws {StorageError} naming `file`; what stood there before still stands.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.partial`;
  try {
    const handle = await open(beside, "w");
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (thrown) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw storageError(file, thrown);
  }
}
