/** From a case to messages: a prompt is prepared once (files read, templates parsed, shots loaded) and rendered per case, without I/O. */
import { dirname, resolve } from "node:path";
import { ConfigError, ConfigErrors, toError } from "../errors.ts";
import type { Case } from "./case.ts";
import { didYouMean } from "./closest.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Message } from "./model.ts";
import type { Prompt, PromptTemplate, Shots, TextFile } from "./prompt.ts";
import { chooseShots, type PooledExample, poolOf } from "./shots.ts";
import type { LoadedSuite } from "./suite.ts";
import type { Target } from "./target.ts";
import { fillTemplate, parseTemplate, type Template } from "./template.ts";
import { type Fields, fieldsOf, lookUp, rootOf, valueAsText } from "./variables.ts";

/** A prompt ready to render; made by `preparePrompt`, read by `renderPrompt` only. */
export interface PreparedPrompt {
  readonly target: string;
  /** Absolute path of the suite file, for messages. */
  readonly suiteFile: string;
  /** The suite's data file as its author wrote it, for messages. */
  readonly dataFile?: string;
  readonly how: FunctionPrompt | TemplatePrompt;
}

interface FunctionPrompt {
  readonly kind: "function";
  readonly make: Extract<Prompt, (...given: never[]) => unknown>;
}

interface TemplatePrompt {
  readonly kind: "template";
  readonly system?: Part;
  readonly user: Part;
  readonly shots?: { readonly pool: readonly PooledExample<readonly Message[]>[]; readonly count: number };
  readonly variables: ReadonlyMap<string, string>;
  /** Fields of the input that the templates show or leave out on purpose. */
  readonly known: ReadonlySet<string>;
}

/** One template of a prompt with where it stands, for messages. */
interface Part {
  readonly label: "system" | "user" | "shots.user" | "shots.assistant";
  readonly template: Template;
  /** Absolute path of the file that holds the template. */
  readonly file: string;
}

/** What preparing needs from outside; `readShots` is `readExamples` of the dataset room, handed in because this room may not import it. */
export interface PromptSources {
  readonly suite: LoadedSuite;
  /** Text of a file by absolute path. */
  readonly readText: (path: string) => Promise<string>;
  /** Examples of a reference; relative paths are resolved against `dir`. */
  readonly readShots: (from: Shots["from"], dir: string) => Promise<readonly Case[]>;
}

/**
 * Reads and parses a target's prompt. Line ends of text files become LF and one line end at the end of the file is dropped, so that an
 * editor's or a checkout's habits do not change the prompt.
 *
 * Throws ConfigErrors for templates that do not parse, variables that no template uses and shots that cannot be shown, and ConfigError for
 * files that cannot be read.
 */
export async function preparePrompt(target: Target, sources: PromptSources): Promise<PreparedPrompt> {
  const { suite } = sources;
  const base = {
    target: target.name,
    suiteFile: suite.file,
    ...("kind" in suite.cases ? { dataFile: suite.cases.path } : {}),
  };
  if (typeof target.prompt === "function") return { ...base, how: { kind: "function", make: target.prompt } };
  return { ...base, how: await prepareTemplate(target, target.prompt, sources) };
}

/**
 * The messages of a case: system, then each shot as a user and an assistant message, then the user message. Pure.
 *
 * Throws ConfigError when the case and the prompt do not fit: a name that the input has no field for, a field that no template shows and
 * `ignore` does not list, a value that is null, too few examples, or a prompt function that fails.
 */
export function renderPrompt(prepared: PreparedPrompt, one: Case): readonly Message[] {
  const { how } = prepared;
  if (how.kind === "function") return callFunction(prepared, how, one);
  const fields = fieldsOf(one.input);
  checkFields(prepared, how, one, fields);
  const fill = (part: Part) => fillPart(prepared, part, one, fields, how.variables);
  const messages: Message[] = [];
  if (how.system !== undefined) messages.push({ role: "system", content: fill(how.system) });
  if (how.shots !== undefined) {
    const shown = chooseShots(how.shots.pool, one, how.shots.count);
    if (shown.length < how.shots.count) {
      throw new ConfigError(
        "too-few-shots",
        `target "${prepared.target}" wants ${how.shots.count} shots, and beside ${nameOf(prepared, one)} itself there are only ${shown.length} examples`,
        { place: { file: prepared.suiteFile }, fix: "Add examples or lower shots.count." },
      );
    }
    for (const pair of shown) messages.push(...pair);
  }
  messages.push({ role: "user", content: fill(how.user) });
  return messages;
}

async function prepareTemplate(
  target: Target,
  prompt: PromptTemplate,
  sources: PromptSources,
): Promise<TemplatePrompt> {
  const mistakes: ConfigError[] = [];
  const parse = (label: Part["label"], source: string, file: string): Part | undefined => {
    const parsed = parseTemplate(source);
    if (parsed.ok) return { label, template: parsed.template, file };
    const { line, column, message, fix } = parsed.mistake;
    const inFile = file !== sources.suite.file;
    const where = inFile ? "" : ` (line ${line} of the text)`;
    mistakes.push(
      new ConfigError(
        "bad-template",
        `target "${target.name}", prompt.${label}: ${message}, column ${column}${where}`,
        {
          place: { file, path: `prompt.${label}`, ...(inFile ? { line } : {}) },
          fix,
        },
      ),
    );
    return undefined;
  };
  const read = async (label: Part["label"], text: string | TextFile | undefined): Promise<Part | undefined> => {
    if (text === undefined) return undefined;
    if (typeof text === "string") return parse(label, text, sources.suite.file);
    const path = resolve(dirname(sources.suite.file), text.path);
    return parse(label, (await sources.readText(path)).replaceAll("\r\n", "\n").replace(/\n$/, ""), path);
  };

  const system = await read("system", prompt.system);
  const user = await read("user", prompt.user);
  const question = prompt.shots?.user === undefined ? user : await read("shots.user", prompt.shots.user);
  const reply =
    prompt.shots === undefined ? undefined : await read("shots.assistant", prompt.shots.assistant ?? "{{expected}}");
  const variables = new Map(Object.entries(prompt.variables ?? {}));
  const parts = [system, user, question, reply].filter((part) => part !== undefined);
  for (const name of variables.keys()) {
    if (mistakes.length > 0 || parts.some(({ template }) => template.names.includes(name))) continue;
    mistakes.push(
      new ConfigError("unused-variable", `target "${target.name}": no template uses the variable "${name}"`, {
        place: { file: sources.suite.file, path: `prompt.variables.${name}` },
        fix: `Write {{${name}}} where its value belongs, or take it out of prompt.variables.`,
      }),
    );
  }
  if (mistakes.length > 0 || user === undefined) throw new ConfigErrors(mistakes);

  const shown = [system, user].flatMap((part) => part?.template.names ?? []).filter((name) => !variables.has(name));
  const shots =
    prompt.shots === undefined || question === undefined || reply === undefined
      ? undefined
      : await prepareShots(target, prompt.shots, { question, reply, variables }, sources);
  return {
    kind: "template",
    user,
    variables,
    known: new Set([...shown.map(rootOf), ...(prompt.ignore ?? [])]),
    ...(system === undefined ? {} : { system }),
    ...(shots === undefined ? {} : { shots }),
  };
}

async function prepareShots(
  target: Target,
  shots: Shots,
  how: { readonly question: Part; readonly reply: Part; readonly variables: ReadonlyMap<string, string> },
  { suite, readShots }: PromptSources,
): Promise<NonNullable<TemplatePrompt["shots"]>> {
  const examples = await readShots(shots.from, dirname(suite.file));
  const source = {
    target: target.name,
    suiteFile: suite.file,
    ...("kind" in shots.from ? { dataFile: shots.from.path } : {}),
  };
  const rendered = examples.map((example) => {
    const fields = fieldsOf(example.input);
    const withAnswer = new Map(fields);
    if (fields.has("expected") && how.reply.template.names.some((name) => rootOf(name) === "expected")) {
      throw ambiguous(source, example, "expected", "what the example expects");
    }
    if (example.expected !== undefined) withAnswer.set("expected", example.expected);
    const shown: readonly Message[] = [
      { role: "user", content: fillPart(source, how.question, example, fields, how.variables) },
      { role: "assistant", content: fillPart(source, how.reply, example, withAnswer, how.variables) },
    ];
    return { example, fingerprint: fingerprintOf(example), shown };
  });
  const pool = poolOf(rendered);
  if (pool.length < shots.count) {
    throw new ConfigError(
      "too-few-shots",
      `target "${target.name}" wants ${shots.count} shots, and there are only ${pool.length} different examples`,
      { place: { file: suite.file, path: "prompt.shots.count" }, fix: "Add examples or lower shots.count." },
    );
  }
  return { pool, count: shots.count };
}

type Source = Pick<PreparedPrompt, "target" | "suiteFile" | "dataFile">;

/** "case "c7" (cases.jsonl, line 7)". */
function nameOf({ dataFile }: Source, one: Case & { readonly line?: number }): string {
  const where = [dataFile, one.line === undefined ? undefined : `line ${one.line}`].filter(
    (part) => part !== undefined,
  );
  return `case "${one.id}"${where.length === 0 ? "" : ` (${where.join(", ")})`}`;
}

function checkFields(prepared: PreparedPrompt, how: TemplatePrompt, one: Case, fields: Fields): void {
  for (const field of fields.keys()) {
    if (how.variables.has(field)) throw ambiguous(prepared, one, field, "a variable of the prompt");
    if (how.known.has(field)) continue;
    throw new ConfigError(
      "unused-field",
      `target "${prepared.target}": no template shows the field "${field}" of ${nameOf(prepared, one)}`,
      {
        place: { file: prepared.suiteFile, path: "prompt" },
        fix: `Write {{${field}}} where it belongs, or list "${field}" in the prompt's ignore.`,
      },
    );
  }
}

function ambiguous(source: Source, one: Case, name: string, other: string): ConfigError {
  return new ConfigError(
    "ambiguous-name",
    `target "${source.target}": {{${name}}} could be the field of ${nameOf(source, one)} or ${other}`,
    { place: { file: source.suiteFile, path: "prompt" }, fix: "Rename one of them." },
  );
}

function fillPart(
  source: Source,
  part: Part,
  one: Case,
  fields: Fields,
  variables: ReadonlyMap<string, string>,
): string {
  return fillTemplate(part.template, (name) => {
    const own = variables.get(name);
    if (own !== undefined) return own;
    const found = lookUp(fields, name);
    const where = `target "${source.target}", prompt.${part.label}: {{${name}}}`;
    const place = { file: part.file, path: `prompt.${part.label}` };
    if (!found.found) {
      const offered = [...found.offered, ...variables.keys()];
      const leak = rootOf(name) === "expected" && !part.label.startsWith("shots.assistant");
      throw new ConfigError(
        "missing-name",
        `${where} names nothing in ${nameOf(source, one)}; there ${offered.length === 0 ? "are no fields" : `is: ${offered.join(", ")}`}.${didYouMean(name, offered)}`,
        {
          place,
          fix: leak
            ? "What is expected is never shown to a target; take the name out of the template."
            : "Correct the name, or add the field to the case.",
        },
      );
    }
    const text = valueAsText(found.value);
    if (text === undefined) {
      throw new ConfigError("empty-value", `${where} is ${String(found.value)} in ${nameOf(source, one)}`, {
        place,
        fix: 'Give the field a value; an empty text is written as "".',
      });
    }
    return text;
  });
}

const ROLES: ReadonlySet<unknown> = new Set(["system", "user", "assistant"]);

function callFunction(prepared: PreparedPrompt, { make }: FunctionPrompt, one: Case): readonly Message[] {
  const fail = (message: string, fix: string, cause?: unknown) =>
    new ConfigError(
      "bad-prompt-function",
      `target "${prepared.target}": the prompt function ${message} for ${nameOf(prepared, one)}`,
      {
        place: { file: prepared.suiteFile, path: "prompt" },
        fix,
        cause,
      },
    );
  let made: unknown;
  try {
    // A copy: what the function changes in it must not reach other targets or the graders.
    made = make({ id: one.id, input: structuredClone(one.input) });
  } catch (thrown) {
    throw fail(`failed (${toError(thrown).message})`, "Mend the function, or the case that it cannot take.", thrown);
  }
  if (!Array.isArray(made) || made.length === 0) {
    throw fail("returned no messages", "Return an array of { role, content } with at least one message.");
  }
  return made.map((message: Partial<Message> | null, index) => {
    if (!ROLES.has(message?.role) || typeof message?.content !== "string") {
      throw fail(
        `returned no message at [${index}]`,
        'Each message is { role: "system" | "user" | "assistant", content: "…" }.',
      );
    }
    return { role: message.role as Message["role"], content: message.content };
  });
}
