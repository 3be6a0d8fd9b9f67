/** A case: one input with what is expected of it. */

/** `dev` cases choose the best prompt; `test` cases tell how good it is. */
export type Split = "dev" | "test";

/** A case as its author writes it, in a data file or in the suite. */
export interface Case<Input = unknown, Expected = unknown> {
  /** Unique in the suite, never empty. */
  readonly id: string;
  /** A string, or an object whose fields are the template's variables. */
  readonly input: Input;
  /** What a right answer is; graders that need it say so. */
  readonly expected?: Expected;
  /** What the case shares a source with (a document, a customer, a template). Default: the case stands alone. */
  readonly cluster?: string;
  readonly tags?: readonly string[];
  /** Share of the traffic, relative; default 1. Above 0. */
  readonly weight?: number;
  /** Overrules the split by hash. */
  readonly split?: Split;
}

/** A case as read and checked. */
export interface LoadedCase<Input = unknown, Expected = unknown> extends Case<Input, Expected> {
  /** 0-based position in the dataset. */
  readonly index: number;
  /** Never absent here: the case's own id where none was declared; one for all cases whose inputs are the same. */
  readonly cluster: string;
  /** Id of the first case with the same input, letter case and white space aside; absent for that one, and where there is none. */
  readonly repeats?: string;
  readonly weight: number;
  readonly split: Split;
  /** SHA-256 (hex) of the canonical JSON of `input` and `expected`: changes when the content does, whatever the id. */
  readonly fingerprint: string;
  /** 1-based line of the data file; absent for cases written in the suite. */
  readonly line?: number;
}
