/** Expressions of workflows, by GitHub's own evaluator (`@actions/expressions`). */
import { load, type Node } from "./readers.ts";

export type Value = string | number | boolean | null | { readonly [key: string]: Value };

/** Of what a condition may ask beside its contexts. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

interface Evaluated {
  readonly kind: number;
  readonly value?: string | number | boolean;
  coerceString(): string;
}

interface Library {
  readonly Lexer: new (text: string) => { lex(): { readonly tokens: unknown } };
  readonly Parser: new (
    tokens: unknown,
    contexts: readonly string[],
    functions: readonly unknown[],
  ) => { parse(): unknown };
  readonly Evaluator: new (
    expression: unknown,
    context: unknown,
    functions: ReadonlyMap<string, unknown>,
  ) => { evaluate(): Evaluated };
  readonly data: {
    readonly Dictionary: new (...pairs: readonly { readonly key: string; readonly value: unknown }[]) => unknown;
    readonly StringData: new (text: string) => unknown;
    readonly NumberData: new (value: number) => unknown;
    readonly BooleanData: new (value: boolean) => unknown;
    readonly Null: new () => unknown;
  };
}

/** Every context that GitHub has; which may be asked where, its parser has checked. One that is not given is empty. */
const CONTEXTS = [
  "github",
  "env",
  "vars",
  "secrets",
  "needs",
  "steps",
  "job",
  "runner",
  "inputs",
  "strategy",
  "matrix",
];

export interface Asked {
  readonly contexts: { readonly [context: string]: Value };
  /** In conditions alone. */
  readonly status?: Status;
}

async function evaluate(text: string, { contexts, status }: Asked): Promise<Evaluated> {
  const { Lexer, Parser, Evaluator, data } = await load<Library>("@actions/expressions");
  const dataOf = (value: Value): unknown => {
    if (value === null) return new data.Null();
    if (typeof value === "string") return new data.StringData(value);
    if (typeof value === "number") return new data.NumberData(value);
    if (typeof value === "boolean") return new data.BooleanData(value);
    return new data.Dictionary(...Object.entries(value).map(([key, one]) => ({ key, value: dataOf(one) })));
  };
  const functions = Object.entries({ always: status === undefined ? undefined : true, ...status }).flatMap(
    ([name, value]) =>
      value === undefined ? [] : [{ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }],
  );
  const { tokens } = new Lexer(text).lex();
  const parsed = new Parser(tokens, CONTEXTS, functions).parse();
  const whole = Object.fromEntries(CONTEXTS.map((name) => [name, contexts[name] ?? {}]));
  return new Evaluator(parsed, dataOf(whole), new Map(functions.map((one) => [one.name, one]))).evaluate();
}

/** Whether a condition holds; what counts as true is the evaluator's to say. */
export async function holds(condition: string, asked: Asked): Promise<boolean> {
  return (await evaluate(`!!(${condition})`, asked)).value === true;
}

/** What stands at a node, expressions put in: text, as the runner hands it on; absent nodes are empty. */
export async function textAt(node: Node | undefined, asked: Asked): Promise<string> {
  if (node === undefined) return "";
  if (node.kind === "value") return node.value === null ? "" : String(node.value);
  if (node.kind === "expression") return (await evaluate(node.text, asked)).coerceString();
  throw new Error("a list or a table stands where a text must");
}

/** A table of texts. */
export async function textsAt(node: Node | undefined, asked: Asked): Promise<{ readonly [key: string]: string }> {
  const entries = await Promise.all(
    [...tableAt(node)].map(async ([key, value]) => [key, await textAt(value, asked)] as const),
  );
  return Object.fromEntries(entries);
}

/** Empty where there is none. */
export function tableAt(node: Node | undefined): ReadonlyMap<string, Node> {
  if (node === undefined || (node.kind === "value" && node.value === null)) return new Map();
  if (node.kind === "table") return node.entries;
  throw new Error("a table is wanted");
}

/** A list, or what stands for a list of one. */
export function listAt(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === "list" ? node.items : [node];
}
