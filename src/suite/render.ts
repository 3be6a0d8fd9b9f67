/** From a case to messages: a prompt is prepared once (files read, templates parsed) and rendered per case, without I/O. */
import type { Case } from "./case.ts";
import type { Message } from "./model.ts";
import type { Shots } from "./prompt.ts";
import type { LoadedSuite } from "./suite.ts";
import type { Target } from "./target.ts";

/** A prompt ready to render; made by `preparePrompt`, read by `renderPrompt` only. */
export interface PreparedPrompt {
  readonly target: string;
}

/** What preparing needs from outside; `readShots` is `readExamples` of the dataset room, handed in because this room may not import it. */
export interface PromptSources {
  readonly suite: LoadedSuite;
  /** Text of a file by absolute path. */
  readonly readText: (path: string) => Promise<string>;
  /** Examples of a reference; relative paths are resolved against `dir`. */
  readonly readShots: (from: Shots["from"], dir: string) => Promise<readonly Case[]>;
}

export function preparePrompt(_target: Target, _sources: PromptSources): Promise<PreparedPrompt> {
  throw new Error("not built yet");
}

export function renderPrompt(_prepared: PreparedPrompt, _one: Case): readonly Message[] {
  throw new Error("not built yet");
}
