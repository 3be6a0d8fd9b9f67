/** A prompt: what turns a case into messages. Declared here, rendered by `render.ts`. */
import type { Case } from "./case.ts";
import type { CaseFile } from "./cases.ts";
import type { Message } from "./model.ts";

/** A text kept in a file of its own; the path is relative to the suite file. */
export interface TextFile {
  readonly kind: "file";
  readonly path: string;
}

/** Worked examples put before the question. k shots are always the first k of one order per case, so sets are nested. */
export interface Shots {
  /** Examples, each with `input` and `expected`; never the case itself (told by content). */
  readonly from: CaseFile<unknown, unknown> | readonly Case<unknown, unknown>[];
  /** How many, 1 or more. */
  readonly count: number;
  /** Template of an example's question; default: the prompt's own `user`. */
  readonly user?: string;
  /** Template of an example's answer; variables of the input and `{{expected}}`. Default `{{expected}}`. */
  readonly assistant?: string;
}

export interface PromptTemplate {
  readonly system?: string | TextFile;
  readonly user: string | TextFile;
  readonly shots?: Shots;
  /** Values the author sets for every case, beside the fields of the input. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Fields of the input that this prompt leaves out on purpose; any other field that no template names is an error. */
  readonly ignore?: readonly string[];
}

/** A template, or a function from a case (without its `expected`) to messages. */
export type Prompt = PromptTemplate | ((given: { readonly id: string; readonly input: unknown }) => readonly Message[]);
