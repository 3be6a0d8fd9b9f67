/** Stand-ins for what the engine is given: models, graders, cases and plans. For tests. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case, LoadedCase } from "../suite/case.ts";
import type { Answer, Completion, Failure } from "../suite/completion.ts";
import { fingerprintOf } from "../suite/fingerprint.ts";
import type { Graded, Grader } from "../suite/grade.ts";
import type { Message, Model, ModelRequest, Price } from "../suite/model.ts";
import type { LoadedSuite } from "../suite/suite.ts";
import type { TrialRecord } from "../suite/trial.ts";
import type { World } from "../suite/world.ts";
import { collect } from "./collect.ts";
import { callIdentity, effectiveParameters } from "./keys.ts";
import { type Ledger, type LedgerOptions, openLedger } from "./ledger.ts";
import type { RunOutcome } from "./outcome.ts";
import { type PlannedTarget, plannedGrader, type SuitePlan } from "./plan.ts";
import { type RunOptions, runCalls } from "./run.ts";
import type { SimulatedWorld } from "./simulated-world.test-data.ts";

/** A dollar per million tokens in, two out. */
export const price: Price = { inputPerMillion: 1, outputPerMillion: 2, asOf: "2026-01-01", source: "test" };

export function answer(text: string, over: Partial<Answer> = {}): Answer {
  return { kind: "answer", text, finish: "stop", usage: { input: 10, output: 5 }, ...over };
}

export function failure(code: Failure["code"], over: Partial<Failure> = {}): Failure {
  return { kind: "failure", code, retry: "final", scope: "call", message: `it failed: ${code}`, ...over };
}

export const refused = (over: Partial<Failure> = {}): Failure =>
  failure("rate-limited", { retry: "never-sent", status: 429, ...over });
export const lost = (over: Partial<Failure> = {}): Failure => failure("timeout", { retry: "maybe-paid", ...over });

type Reply = (request: ModelRequest, world: World) => Completion | Promise<Completion>;

/** A model that keeps what it was asked. By default it answers "ok" at once. */
export interface FakeModel extends Model {
  readonly asked: ModelRequest[];
}

export function fakeModel(over: Partial<Model> & { readonly reply?: Reply } = {}): FakeModel {
  const { reply = () => answer("ok"), id = "fake-1", ...rest } = over;
  const asked: ModelRequest[] = [];
  return {
    provider: "fake",
    id,
    account: "fake",
    identity: { provider: "fake", id },
    parameters: {},
    answers: "paid",
    price,
    complete: async (request, world) => {
      asked.push(request);
      return reply(request, world);
    },
    ...rest,
    asked,
  };
}

export function scored(score: number): Graded {
  const grade = { kind: "scored", score } as const;
  return { strict: grade, lenient: grade };
}

/** A full score, for graders that only look. */
export const notRejected = (_: unknown): Graded => scored(1);

export function fakeGrader(over: Partial<Grader> = {}): Grader {
  return {
    name: "fake grader",
    kind: "fake",
    version: 1,
    args: {},
    needsExpected: false,
    hasForms: false,
    required: true,
    passAt: 1,
    asks: [],
    grade: () => scored(1),
    ...over,
  };
}

/** A judge that passes what its model answers "pass" to. */
export function fakeJudge(model: Model, over: Partial<Grader> = {}): Grader {
  return fakeGrader({
    name: "judge",
    kind: "judge",
    asks: [model],
    grade: async ({ text }, { ask }) => {
      const reply = await ask(model, [{ role: "user", content: `judge: ${text}` }]);
      if (reply.kind === "answer") return scored(reply.text === "pass" ? 1 : 0);
      const grade = { kind: "ungraded", reason: "judge-failed", why: reply.message } as const;
      return { strict: grade, lenient: grade };
    },
    ...over,
  });
}

export function fakeCases(count: number, over: (index: number) => Partial<Case> = () => ({})): LoadedCase[] {
  return Array.from({ length: count }, (_, index) => {
    const one = { id: `c${index}`, input: `question ${index}`, expected: `answer ${index}`, ...over(index) };
    return { index, cluster: one.id, weight: 1, split: "test", fingerprint: fingerprintOf(one), ...one };
  });
}

export interface FakePlan {
  readonly name?: string;
  readonly cases?: readonly LoadedCase[];
  readonly models?: readonly Model[];
  readonly graders?: readonly Grader[];
  readonly trials?: number;
  readonly limit?: number;
  /** Default: the case's input as the user's message. */
  readonly render?: (one: Case) => readonly Message[];
}

export function fakePlan({
  name = "suite",
  cases = fakeCases(3),
  models = [fakeModel()],
  graders = [],
  trials = 1,
  limit,
  render = (one) => [{ role: "user", content: String(one.input) }],
}: FakePlan = {}): SuitePlan {
  const targets = models.map((model, index): PlannedTarget => {
    const parameters = effectiveParameters(model);
    const target = {
      name: `target ${index}`,
      role: "prompt-only",
      model,
      prompt: { user: "" },
      parameters: {},
    } as const;
    return { target, model, parameters, identity: callIdentity(model, parameters), render };
  });
  const suite: LoadedSuite = {
    name,
    file: `/nowhere/${name}.eval.ts`,
    scenario: "knowledge",
    example: false,
    cases,
    targets: targets.map(({ target }) => target),
    graders,
    requirement: {},
    trials,
    devShare: 0.5,
    gate: {},
  };
  return {
    suite,
    dataset: {
      count: cases.length,
      counts: { dev: 0, test: cases.length, clusters: cases.length, testClusters: cases.length },
      fingerprint: "none",
      fingerprintAt: (index) => cases[index]?.fingerprint ?? "",
      splitAt: (index) => cases[index]?.split ?? "test",
      cases: async function* () {
        yield* cases;
      },
      blocks: async function* () {
        yield cases;
      },
    },
    targets,
    graders: graders.map((grader) => plannedGrader(grader, new Map())),
    judges: new Map(),
    trials,
    selection: limit === undefined ? {} : { limit },
    cases: Math.min(cases.length, limit ?? cases.length),
  };
}

/** A ledger in a new folder; `dispose` closes what was opened and removes the folder. */
export function ledgerFolder(world: Pick<World, "now">) {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-engine-"));
  const file = join(folder, "ledger.sqlite");
  const opened: Ledger[] = [];
  return {
    file,
    open: (over: Partial<LedgerOptions> = {}): Ledger => {
      const ledger = openLedger({ file, redact: (text) => text, world, syncs: false, ...over });
      opened.push(ledger);
      return ledger;
    },
    dispose: () => {
      for (const ledger of opened) ledger.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface Played {
  readonly outcome: RunOutcome;
  readonly records: readonly TrialRecord[];
}

/** Both passes over the plans, on the simulated clock. */
export async function play(
  plans: readonly SuitePlan[],
  ledger: Ledger,
  world: SimulatedWorld,
  options: Partial<RunOptions> = {},
): Promise<Played> {
  const signals = { drain: new AbortController().signal, abort: new AbortController().signal };
  const plan = { suites: plans, leftOut: [] };
  const outcome = await world.play(runCalls(plan, ledger, { offline: false, signals, ...options }, world));
  return { outcome, records: await world.play(recordsOf(plans, ledger, world, outcome)) };
}

export async function recordsOf(
  plans: readonly SuitePlan[],
  ledger: Ledger,
  world: World,
  outcome?: RunOutcome,
): Promise<readonly TrialRecord[]> {
  const records: TrialRecord[] = [];
  for (const one of plans) {
    for await (const record of collect(one, ledger, world, outcome === undefined ? {} : { outcome }))
      records.push(record);
  }
  return records;
}

/** What a record holds, in a word: the text of the answer, the code of the failure, or why there was no call. */
export function heldBy({ completion }: TrialRecord): string {
  if (completion.kind === "answer") return completion.text;
  return completion.kind === "failure" ? completion.code : completion.why;
}

export async function allOf<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const one of stream) list.push(one);
  return list;
}
