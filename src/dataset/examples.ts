/** Worked examples for shots, read whole. */
import type { Case } from "../suite/case.ts";
import type { Shots } from "../suite/prompt.ts";

export function readExamples(_from: Shots["from"], _dir: string): Promise<readonly Case[]> {
  throw new Error("not built yet");
}
