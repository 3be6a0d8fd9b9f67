/** From a case to messages: a prompt is prepared once, with I/O, and rendered per case without. */
import { ConfigError } from "../errors.ts";
import { findLine } from "./anchor.ts";
import type { Case } from "./case.ts";
import { ambiguousName, fillPart, nameOf, type Part, type PromptSource, placeOf } from "./fill.ts";
import type { Message } from "./model.ts";
import {
  onlySome,
  type PreparedTemplate,
  type PromptSources,
  prepareTemplate,
  tooFewShots,
} from "./prepare-template.ts";
import { callPromptFunction, type PromptFunction } from "./prompt-function.ts";
import { chooseShots } from "./shots.ts";
import type { Target } from "./target.ts";
import { type Fields, fieldsOf } from "./variables.ts";

/** A prompt ready to render; made by `preparePrompt`, read by `renderPrompt` only. */
export interface PreparedPrompt extends PromptSource {
  readonly how: PreparedTemplate | { readonly kind: "function"; readonly make: PromptFunction };
}

/**
 * Makes a target's prompt ready: reads its text files, parses its templates, loads its shots. Line ends of text files become LF and one
 * line end at the end of the file is dropped, so that an editor's or a checkout's habits do not change the prompt.
 *
 * Throws ConfigErrors for templates that do not parse and for variables that no template uses; ConfigError for files that cannot be read
 * and for shots that cannot be shown.
 */
export async function preparePrompt(target: Target, sources: PromptSources): Promise<PreparedPrompt> {
  const { cases, file, name } = sources.suite;
  const words = [{ quoted: name }, { quoted: target.name }, { key: "prompt" }];
  const line = await sources.readText(file).then(
    (text) => findLine(text, words),
    () => undefined,
  );
  const source: PromptSource = {
    target: target.name,
    suiteFile: file,
    ...(line === undefined ? {} : { line }),
    ...("kind" in cases ? { dataFile: cases.path } : {}),
  };
  if (typeof target.prompt === "function") return { ...source, how: { kind: "function", make: target.prompt } };
  return { ...source, how: await prepareTemplate(source, target.prompt, sources) };
}

/**
 * The messages of a case: system, then each shot as a user and an assistant message, then the user message. Pure.
 *
 * Throws ConfigError when the case and the prompt do not fit: a name that the input has no field for, a field that no template shows and
 * `ignore` does not list, a value that is null, too few examples beside the case itself, or a prompt function that fails.
 */
export function renderPrompt(prepared: PreparedPrompt, one: Case): readonly Message[] {
  const { how } = prepared;
  if (how.kind === "function") return callPromptFunction(prepared, how.make, one);
  const fields = fieldsOf(one.input);
  const fill = (part: Part) => fillPart(prepared, part, one, fields, how.variables);
  const messages: readonly Message[] = [
    ...(how.system === undefined ? [] : [{ role: "system" as const, content: fill(how.system) }]),
    ...shotsFor(prepared, how.shots, one),
    { role: "user", content: fill(how.user) },
  ];
  // After the names: a misspelt one explains the field that nobody shows.
  checkFields(prepared, how, one, fields);
  return messages;
}

function shotsFor(source: PromptSource, shots: PreparedTemplate["shots"], one: Case): readonly Message[] {
  if (shots === undefined) return [];
  const chosen = chooseShots(shots.pool, one, shots.count);
  if (chosen.length === shots.count) return chosen.flat();
  throw tooFewShots(source, shots.count, `beside ${nameOf(source, one)} itself ${onlySome(chosen.length)}`);
}

function checkFields(source: PromptSource, how: PreparedTemplate, one: Case, fields: Fields): void {
  for (const field of fields.keys()) {
    if (how.variables.has(field)) throw ambiguousName(source, one, field, "a variable of the prompt");
    if (how.known.has(field)) continue;
    throw new ConfigError(
      "unused-field",
      `target "${source.target}": no template shows the field "${field}" of ${nameOf(source, one)}`,
      {
        place: placeOf(source, "prompt"),
        fix: `Write {{${field}}} where it belongs, or list "${field}" in the prompt's ignore.`,
      },
    );
  }
}
