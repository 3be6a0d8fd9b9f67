/** Where a suite's cases come from: a reference, read by `dataset/`. */
import type { Case } from "./case.ts";

/** A JSONL or CSV file; the path is relative to the suite file. `Input` and `Expected` are for the compiler only. */
export interface CaseFile<Input = never, Expected = never> {
  readonly kind: "jsonl" | "csv";
  readonly path: string;
  /** Never set: carries the types of a case to `defineSuite`. */
  readonly types?: { readonly input: Input; readonly expected: Expected };
}

/** Cases of a suite: a file, or the cases themselves. */
export type Cases<Input = never, Expected = never> = CaseFile<Input, Expected> | readonly Case<Input, Expected>[];
