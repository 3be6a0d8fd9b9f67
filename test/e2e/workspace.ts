/** A user's project in a temporary folder: a suite, its cases, and the stub provider that answers it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Stub, type StubOptions, startStub } from "../../src/stub/provider.ts";
import { type CommandOptions, type Finished, type Running, runCommand, startCommand } from "../command.ts";
import { PLANTED_KEY, refuseKeyIn } from "../planted-key.ts";

export interface Workspace {
  readonly folder: string;
  readonly stub: Stub;
  readonly write: (file: string, text: string) => void;
  readonly read: (file: string) => string;
  readonly run: (args: readonly string[], options?: Partial<CommandOptions>) => Promise<Finished>;
  readonly start: (args: readonly string[], options?: Partial<CommandOptions>) => Running;
  /** The latest run's `summary.json`. */
  readonly summary: () => Summary;
  /** The latest run's `cases.jsonl`. */
  readonly records: () => readonly CaseRecord[];
  /** Throws when the planted key stands in a file that is left. */
  readonly close: () => Promise<void>;
}

/** What tests read of a summary. */
export interface Summary {
  readonly exitCode: number;
  readonly run: {
    readonly id: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly spend: { readonly settledUsd: number; readonly unknownAtMostUsd: number; readonly unpricedCalls: number };
    readonly notices: readonly { readonly code: string; readonly text: string }[];
    readonly stopped?: { readonly reason: string; readonly message: string };
  };
  readonly suites: readonly {
    readonly decision: {
      readonly suite: string;
      readonly looks?: { readonly number: number };
      readonly sequential?: { readonly asked: number; readonly planned: number; readonly callsLeft: number };
      readonly judges?: unknown;
      readonly verdict: { readonly kind: string; readonly reasons: readonly { readonly code: string }[] };
      readonly measures: readonly {
        readonly target: string;
        readonly split: string;
        readonly counts: Readonly<Record<string, number>>;
      }[];
    };
    readonly gate: { readonly outcome: string };
  }[];
}

export interface CaseRecord {
  readonly target: string;
  readonly caseId: string;
  readonly trial: number;
  readonly completion: {
    readonly kind: string;
    readonly text?: string;
    readonly code?: string;
    readonly message?: string;
    readonly finish?: string;
    readonly usage?: Readonly<Record<string, number>>;
    readonly partial?: string;
    readonly bytes?: string;
  };
}

const RUNGS = [
  "instruction",
  "few-shot",
  "reasoning",
  "structured-output",
  "larger-model",
  "decomposition",
  "retry",
  "plateau",
  "caching",
  "batch",
];

/** All that the gates before tuning ask. */
export const STATED = `
  ladder: { ${RUNGS.map((rung) => `"${rung}": { waived: "a test" }`).join(", ")} },
  training: { examples: 300, agreement: 0.9, venue: { name: "own machine", trains: true, dataAllowed: true, servedUntil: "no-end" } },`;

/** A suite that asks the stub: `word N` is expected to come back, as `echo` of the stub does. */
export function suiteText(
  changes: {
    readonly name?: string;
    readonly trials?: number;
    readonly targets?: string;
    readonly graders?: string;
    readonly requirement?: string;
    readonly more?: string;
    readonly model?: string;
  } = {},
): string {
  const price = `{ inputPerMillion: 1, outputPerMillion: 2, asOf: "2026-11-01", source: "test" }`;
  return `
import { anthropic, defineSuite, exactMatch, fake, fineTuned, jsonl, judge, openai, promptOnly, recorded, wholeText } from "gapcheck";
const price = ${price};
const base = ${changes.model ?? `openai("stub-base", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price, maxTokens: 16 })`};
const tuned = openai("stub-tuned", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price, maxTokens: 16 });
export default defineSuite({
  name: "${changes.name ?? "words"}",
  scenario: "format",
  cases: jsonl("../datasets/words.jsonl"),
  targets: ${
    changes.targets ??
    `[
    promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } }),
    fineTuned("tuned", { model: tuned, prompt: { user: "Say {{input}}" }, tunedFrom: base }),
  ]`
  },
  graders: ${changes.graders ?? "[exactMatch()]"},
  trials: ${changes.trials ?? 1},
  requirement: ${changes.requirement ?? "{ quality: { atLeast: 0.8 } }"},
  ${changes.more ?? ""}
});
`;
}

export function caseLines(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const word = `word ${index + 1}`;
    return `${JSON.stringify({ id: `c${String(index + 1).padStart(4, "0")}`, input: word, expected: word })}\n`;
  }).join("");
}

/** The stub's answer to a prompt \`Say X\`: X. */
export function echo(messages: readonly { readonly content: string }[]): string {
  return messages.at(-1)?.content.replace(/^Say /, "") ?? "";
}

export async function openWorkspace(options: {
  readonly cases?: number;
  readonly suite?: string;
  readonly stub?: StubOptions;
}): Promise<Workspace> {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-e2e-"));
  const stub = await startStub({ reply: ({ messages }) => echo(messages), tellKey: true, ...options.stub });
  for (const name of ["evals", "datasets"]) mkdirSync(join(folder, name));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write("datasets/words.jsonl", caseLines(options.cases ?? 40));
  write("evals/words.eval.ts", options.suite ?? suiteText());
  const withEnv = ({ env, cwd = folder, ...more }: Partial<CommandOptions> = {}): CommandOptions => ({
    ...more,
    cwd,
    env: { STUB_OPENAI: stub.openaiBase, STUB_ANTHROPIC: stub.anthropicBase, STUB_KEY: PLANTED_KEY, ...env },
  });
  const latest = () => {
    const runs = readdirSync(join(folder, "reports")).filter((name) => /^\d{4}-/.test(name));
    runs.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    return join(folder, "reports", runs.at(-1) ?? "none");
  };
  return {
    folder,
    stub,
    write,
    read: (file) => readFileSync(join(folder, file), "utf8"),
    run: (args, more) => runCommand(args, withEnv(more)),
    start: (args, more) => startCommand(args, withEnv(more)),
    summary: () => JSON.parse(readFileSync(join(latest(), "summary.json"), "utf8")),
    records: () =>
      readFileSync(join(latest(), "cases.jsonl"), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    close: async () => {
      await stub.close();
      try {
        refuseKeyIn(folder);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
