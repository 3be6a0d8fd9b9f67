/** Makes a template prompt ready: files read, templates parsed, shots loaded and rendered once. */
import { dirname, resolve } from "node:path";
import { ConfigError, ConfigErrors } from "../errors.ts";
import type { Case } from "./case.ts";
import { ambiguousName, fillPart, type Part, type PromptSource, placeOf } from "./fill.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Message } from "./model.ts";
import type { PromptTemplate, Shots, TextFile } from "./prompt.ts";
import { type PooledExample, poolOf } from "./shots.ts";
import type { LoadedSuite } from "./suite.ts";
import { parseTemplate } from "./template.ts";
import { fieldsOf, rootOf } from "./variables.ts";

/** What preparing needs from outside; `readShots` is `readExamples` of the dataset room, handed in because this room may not import it. */
export interface PromptSources {
  readonly suite: LoadedSuite;
  /** Text of a file by absolute path (`readTextFile`). */
  readonly readText: (path: string) => Promise<string>;
  /** Examples of a reference; relative paths are resolved against `dir`. */
  readonly readShots: (from: Shots["from"], dir: string) => Promise<readonly Case[]>;
}

export interface PreparedTemplate {
  readonly kind: "template";
  readonly system?: Part;
  readonly user: Part;
  readonly shots?: { readonly pool: readonly PooledExample<readonly Message[]>[]; readonly count: number };
  readonly variables: ReadonlyMap<string, string>;
  /** Fields of the input that the templates show or leave out on purpose. */
  readonly known: ReadonlySet<string>;
}

/** Throws ConfigErrors for templates that do not parse and variables that no template uses, ConfigError for files and shots. */
export async function prepareTemplate(
  source: PromptSource,
  prompt: PromptTemplate,
  sources: PromptSources,
): Promise<PreparedTemplate> {
  const mistakes: ConfigError[] = [];
  const read = (label: Part["label"], text: string | TextFile) => readPart(source, label, text, sources, mistakes);
  const system = prompt.system === undefined ? undefined : await read("system", prompt.system);
  const user = await read("user", prompt.user);
  const question = prompt.shots?.user === undefined ? user : await read("shots.user", prompt.shots.user);
  const reply =
    prompt.shots === undefined ? undefined : await read("shots.assistant", prompt.shots.assistant ?? "{{expected}}");
  const variables = new Map(Object.entries(prompt.variables ?? {}));
  if (mistakes.length === 0) {
    const used = new Set([system, user, question, reply].flatMap((part) => part?.template.names ?? []));
    for (const name of variables.keys()) if (!used.has(name)) mistakes.push(unusedVariable(source, name));
  }
  if (mistakes.length > 0 || user === undefined) throw new ConfigErrors(mistakes);

  const shown = [system, user].flatMap((part) => part?.template.names ?? []).filter((name) => !variables.has(name));
  const shots =
    prompt.shots === undefined || question === undefined || reply === undefined
      ? undefined
      : await prepareShots(source, prompt.shots, { question, reply, variables }, sources);
  return {
    kind: "template",
    user,
    variables,
    known: new Set([...shown.map(rootOf), ...(prompt.ignore ?? [])]),
    ...(system === undefined ? {} : { system }),
    ...(shots === undefined ? {} : { shots }),
  };
}

async function readPart(
  source: PromptSource,
  label: Part["label"],
  text: string | TextFile,
  sources: PromptSources,
  mistakes: ConfigError[],
): Promise<Part | undefined> {
  const file = typeof text === "string" ? source.suiteFile : resolve(dirname(source.suiteFile), text.path);
  const parsed = parseTemplate(typeof text === "string" ? text : withoutHabits(await sources.readText(file)));
  if (parsed.ok) return { label, template: parsed.template, file };
  const { line, column, message, fix } = parsed.mistake;
  const own = typeof text === "string";
  const where = own ? `line ${line} of the text, column ${column}` : `column ${column}`;
  mistakes.push(
    new ConfigError("bad-template", `target "${source.target}", prompt.${label}: ${message} (${where})`, {
      place: { ...placeOf(source, `prompt.${label}`, file), ...(own ? {} : { line }) },
      fix,
    }),
  );
  return undefined;
}

/** Line ends become LF and one line end at the end goes, so that an editor's or a checkout's habits do not change the prompt. */
function withoutHabits(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/\n$/, "");
}

function unusedVariable(source: PromptSource, name: string): ConfigError {
  return new ConfigError("unused-variable", `target "${source.target}": no template uses the variable "${name}"`, {
    place: placeOf(source, `prompt.variables.${name}`),
    fix: `Write {{${name}}} where its value belongs, or take it out of prompt.variables.`,
  });
}

async function prepareShots(
  { dataFile: _, ...own }: PromptSource,
  shots: Shots,
  how: { readonly question: Part; readonly reply: Part; readonly variables: ReadonlyMap<string, string> },
  { readShots }: PromptSources,
): Promise<NonNullable<PreparedTemplate["shots"]>> {
  const source: PromptSource = { ...own, ...("kind" in shots.from ? { dataFile: shots.from.path } : {}) };
  const showsExpected = how.reply.template.names.some((name) => rootOf(name) === "expected");
  const examples = (await readShots(shots.from, dirname(own.suiteFile))).map((example) => {
    const fields = fieldsOf(example.input);
    if (showsExpected && fields.has("expected")) {
      throw ambiguousName(source, example, "expected", "what the example expects");
    }
    const withAnswer = new Map(fields);
    if (example.expected !== undefined) withAnswer.set("expected", example.expected);
    const shown: readonly Message[] = [
      { role: "user", content: fillPart(source, how.question, example, fields, how.variables) },
      { role: "assistant", content: fillPart(source, how.reply, example, withAnswer, how.variables) },
    ];
    return { example, fingerprint: fingerprintOf(example), shown };
  });
  const pool = poolOf(examples);
  const different = new Set(pool.map(({ question }) => question)).size;
  if (different < shots.count) throw tooFewShots(source, shots.count, onlySome(different));
  return { pool, count: shots.count };
}

/** "there is only 1", "there are only 3 different ones": letter case and white space make no other example. */
export function onlySome(count: number): string {
  if (count === 0) return "there are none";
  return count === 1 ? "there is only 1" : `there are only ${count} different ones`;
}

/** The error for more shots than there are examples. */
export function tooFewShots(source: PromptSource, count: number, what: string): ConfigError {
  return new ConfigError("too-few-shots", `target "${source.target}" is to show ${count} examples, and ${what}`, {
    place: placeOf(source, "prompt.shots.count"),
    fix: "Add examples, or lower shots.count.",
  });
}
