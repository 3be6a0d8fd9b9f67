/** Fills one template of a prompt with one case's values; what does not fit is an error that names target, template, file and case. */
import { ConfigError, type Place } from "../errors.ts";
import type { Case } from "./case.ts";
import { didYouMean } from "./closest.ts";
import { fillTemplate, type Template } from "./template.ts";
import { type Fields, lookUp, rootOf, valueAsText } from "./variables.ts";

/** One template of a prompt with where it stands, for messages. */
export interface Part {
  readonly label: "system" | "user" | "shots.user" | "shots.assistant";
  readonly template: Template;
  /** Absolute path of the file that holds the template. */
  readonly file: string;
}

/** Whose prompt it is, for messages. */
export interface PromptSource {
  readonly target: string;
  /** Absolute path of the suite file. */
  readonly suiteFile: string;
  /** Line of the suite file on which the target's prompt stands, where it was found. */
  readonly line?: number;
  /** The data file as its author wrote it; absent for cases written in the suite. */
  readonly dataFile?: string;
}

/** Where a mistake in the prompt stands: a template in a file has a place of its own, the rest is in the suite. */
export function placeOf(source: PromptSource, path: string, file = source.suiteFile): Place {
  return { file, path, ...(source.line === undefined || file !== source.suiteFile ? {} : { line: source.line }) };
}

/** `case "c7" (cases.jsonl, line 7)`. */
export function nameOf({ dataFile }: PromptSource, one: Case & { readonly line?: number }): string {
  const where = [dataFile, one.line === undefined ? undefined : `line ${one.line}`].filter(
    (part) => part !== undefined,
  );
  return `case "${one.id}"${where.length === 0 ? "" : ` (${where.join(", ")})`}`;
}

/** The text of a template for a case. Throws ConfigError for a name that stands for nothing or for null. */
export function fillPart(
  source: PromptSource,
  part: Part,
  one: Case,
  fields: Fields,
  variables: ReadonlyMap<string, string>,
): string {
  return fillTemplate(part.template, (name) => {
    const own = variables.get(name);
    if (own !== undefined) return own;
    const found = lookUp(fields, name);
    if (!found.found) throw missingName(source, part, one, name, [...found.offered, ...variables.keys()]);
    const text = valueAsText(found.value);
    if (text !== undefined) return text;
    throw new ConfigError(
      "empty-value",
      `${whereIs(source, part, name)} is ${String(found.value)} in ${nameOf(source, one)}`,
      {
        place: placeOf(source, `prompt.${part.label}`, part.file),
        fix: 'Give the field a value; an empty text is written as "".',
      },
    );
  });
}

/** The error for a name that stands for two things. */
export function ambiguousName(source: PromptSource, one: Case, name: string, other: string): ConfigError {
  return new ConfigError(
    "ambiguous-name",
    `target "${source.target}": {{${name}}} could be the field of ${nameOf(source, one)} or ${other}`,
    { place: placeOf(source, "prompt"), fix: "Rename one of them." },
  );
}

function missingName(
  source: PromptSource,
  part: Part,
  one: Case,
  name: string,
  offered: readonly string[],
): ConfigError {
  const there = offered.length === 0 ? "which has no fields" : `which has: ${offered.join(", ")}`;
  const leaks = rootOf(name) === "expected" && part.label !== "shots.assistant";
  return new ConfigError(
    "missing-name",
    `${whereIs(source, part, name)} names nothing in ${nameOf(source, one)}, ${there}.${didYouMean(name, offered)}`,
    {
      place: placeOf(source, `prompt.${part.label}`, part.file),
      fix: leaks
        ? "What is expected is never shown to a target: take the name out of the template."
        : "Correct the name, or add the field to the case.",
    },
  );
}

function whereIs(source: PromptSource, part: Part, name: string): string {
  return `target "${source.target}", prompt.${part.label}: {{${name}}}`;
}
