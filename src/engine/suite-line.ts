/** The line of a suite file that a mistake stands in, where it is found out only when the cases are read. */
import { findLine, type Word } from "../suite/anchor.ts";
import { readTextFile } from "../suite/text-file.ts";

/** @returns `undefined` where the words are not found: the suite puts the value together, or the file that was loaded is gone */
export async function suiteLine(file: string, words: readonly Word[]): Promise<number | undefined> {
  try {
    return findLine(await readTextFile(file), words);
  } catch {
    return undefined;
  }
}
