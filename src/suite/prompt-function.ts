/** Prompts that are functions: called with a copy of the input, and trusted with nothing they return. */
import { ConfigError, toError } from "../errors.ts";
import type { Case } from "./case.ts";
import { nameOf, type PromptSource, placeOf } from "./fill.ts";
import type { Message } from "./model.ts";
import type { Prompt } from "./prompt.ts";
import { runUserCode } from "./user-code.ts";

export type PromptFunction = Extract<Prompt, (...given: never[]) => unknown>;

const ROLES: ReadonlySet<unknown> = new Set(["system", "user", "assistant"]);

/** The messages that the function makes of a case's id and input. Throws ConfigError when it fails or returns something else. */
export function callPromptFunction(source: PromptSource, make: PromptFunction, one: Case): readonly Message[] {
  const failure = (what: string, fix: string, cause?: unknown) =>
    new ConfigError(
      "bad-prompt-function",
      `target "${source.target}": the prompt function ${what} for ${nameOf(source, one)}`,
      { place: placeOf(source, "prompt"), fix, cause },
    );
  let made: unknown;
  try {
    // A copy: what the function changes in it must not reach other targets or the graders.
    const given = { id: one.id, input: structuredClone(one.input) };
    made = runUserCode(
      () => `the prompt function of "${source.target}" on ${nameOf(source, one)}`,
      () => make(given),
    );
  } catch (thrown) {
    throw failure(`failed (${toError(thrown).message})`, "Mend the function, or the case that it cannot take.", thrown);
  }
  if (!Array.isArray(made) || made.length === 0) {
    throw failure("returned no messages", "Return an array (not a promise) of { role, content }, with one at least.");
  }
  return made.map((message: Partial<Message> | null, index) => {
    if (message === null || !isMessage(message)) {
      throw failure(
        `returned no message at [${index}]`,
        'Each message is { role: "system" | "user" | "assistant", content: "…" }.',
      );
    }
    return { role: message.role, content: message.content };
  });
}

function isMessage(value: Partial<Message> | undefined): value is Message {
  return ROLES.has(value?.role) && typeof value?.content === "string";
}
