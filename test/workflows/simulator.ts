/**
 * Plays a workflow as GitHub does: what starts it, the order of jobs by `needs`, conditions with their status functions, steps with outcome and conclusion,
 * outputs, results. Everything that stands in the file is read by GitHub's parser and evaluated by its evaluator; what is done for a step is told by who plays
 * it. A key that is not known here is an error, so that nothing of a file is passed by. Rules: docs.github.com, "Workflow syntax", "Contexts" (`steps`, `needs`),
 * "Status check functions"; github.com/actions/runner, StepsRunner.
 */
import { matchesGlob } from "node:path";
import { type Asked, holds, listAt, tableAt, textAt, textsAt, type Value } from "./expressions.ts";
import type { Conditions, Node, ParsedWorkflow } from "./readers.ts";

export type Result = "success" | "failure" | "cancelled" | "skipped";

type Texts = { readonly [name: string]: string };

export interface Step {
  readonly job: string;
  /** Of the job, by scope. */
  readonly permissions: Texts;
  readonly id: string;
  /** Its position in the job, from 0. */
  readonly at: number;
  readonly name: string;
  /** An action or a script. */
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with: Texts;
  /** Of workflow, job and step, the innermost last. */
  readonly env: Texts;
}

export interface StepEnd {
  readonly outcome: Exclude<Result, "skipped">;
  readonly outputs?: Texts;
}

export interface PlayedStep extends Step {
  readonly outcome: Result;
  /** The outcome, but for `continue-on-error`. */
  readonly conclusion: Result;
}

export interface PlayedJob {
  readonly result: Result;
  readonly outputs: Texts;
  readonly steps: readonly PlayedStep[];
}

export interface Played {
  /** Absent where the event does not start the workflow. */
  readonly jobs?: ReadonlyMap<string, PlayedJob>;
  readonly group: string;
  readonly cancelsInProgress: boolean;
}

export interface Happening {
  readonly event: string;
  /** The base branch of a pull request, the branch of a push. */
  readonly branch?: string;
  /** Paths that the change touches. */
  readonly changed: readonly string[];
  /** The activity, such as `opened`. */
  readonly type?: string;
  /** Of `workflow_run`: the name of the workflow that ran. */
  readonly workflow?: string;
  readonly contexts: { readonly github: Value; readonly secrets: Texts };
}

export type Perform = (step: Step) => Promise<StepEnd>;

const WORKFLOW_KEYS = ["name", "on", "permissions", "concurrency", "env", "jobs"];
const JOB_KEYS = [
  "name",
  "needs",
  "if",
  "runs-on",
  "timeout-minutes",
  "permissions",
  "environment",
  "env",
  "outputs",
  "steps",
];
const STEP_KEYS = ["id", "name", "if", "uses", "with", "run", "shell", "env", "continue-on-error", "timeout-minutes"];

function known(node: ReadonlyMap<string, Node>, keys: readonly string[]): void {
  for (const key of node.keys()) if (!keys.includes(key)) throw new Error(`"${key}" is not simulated`);
}

export async function play(workflow: ParsedWorkflow, happening: Happening, perform: Perform): Promise<Played> {
  const root = tableAt(workflow.root);
  known(root, WORKFLOW_KEYS);
  const asked: Asked = { contexts: happening.contexts };
  const concurrency = root.get("concurrency");
  const group = concurrency?.kind === "table" ? concurrency.entries.get("group") : concurrency;
  const cancels = concurrency?.kind === "table" ? concurrency.entries.get("cancel-in-progress") : undefined;
  const told = {
    group: await textAt(group, asked),
    cancelsInProgress: (await textAt(cancels, asked)) === "true",
  };
  if (!starts(workflow, happening)) return told;
  const env = await textsAt(root.get("env"), asked);
  const jobs = new Map<string, PlayedJob>();
  const all = tableAt(root.get("jobs"));
  // A job waits for those that it needs; GitHub's parser has refused cycles and names that are not there.
  const order: string[] = [];
  const visit = (id: string) => {
    if (order.includes(id)) return;
    for (const need of needsOf(all, id)) visit(need);
    order.push(id);
  };
  for (const id of all.keys()) visit(id);
  for (const id of order) {
    const conditions = workflow.conditions.get(id);
    if (conditions === undefined) throw new Error(`no conditions of ${id}`);
    const before = ancestors(all, id).map((one) => jobs.get(one)?.result);
    const cancelled = [...jobs.values()].some(({ result }) => result === "cancelled");
    const needs = Object.fromEntries(
      needsOf(all, id).map((one) => [
        one,
        { result: jobs.get(one)?.result ?? "", outputs: jobs.get(one)?.outputs ?? {} },
      ]),
    );
    const contexts = { ...happening.contexts, needs };
    const status = {
      success: !cancelled && before.every((result) => result === "success"),
      failure: !cancelled && before.includes("failure"),
      cancelled,
    };
    const runs = await holds(conditions.job, { contexts, status });
    const none: PlayedJob = { result: "skipped", outputs: {}, steps: [] };
    jobs.set(id, runs ? await playJob(id, tableAt(all.get(id)), { conditions, contexts, env, perform }) : none);
  }
  return { ...told, jobs };
}

function needsOf(jobs: ReadonlyMap<string, Node>, id: string): readonly string[] {
  return listAt(tableAt(jobs.get(id)).get("needs")).flatMap((node) =>
    node.kind === "value" ? [String(node.value)] : [],
  );
}

function ancestors(jobs: ReadonlyMap<string, Node>, id: string): readonly string[] {
  return [...new Set(needsOf(jobs, id).flatMap((one) => [one, ...ancestors(jobs, one)]))];
}

function starts({ events }: ParsedWorkflow, { event, branch = "", changed, type, workflow }: Happening): boolean {
  const filters = events[event];
  if (filters === undefined) return false;
  return Object.entries(filters).every(([filter, values]) => {
    const fits = (text: string) => values.some((pattern) => matchesGlob(text, pattern));
    switch (filter) {
      case "branches":
        return fits(branch);
      case "paths":
        return changed.some(fits);
      case "paths-ignore":
        return !changed.every(fits);
      case "types":
        return values.includes(type ?? "");
      case "workflows":
        return values.includes(workflow ?? "");
      default:
        throw new Error(`the filter "${filter}" is not simulated`);
    }
  });
}

interface JobPlay {
  readonly conditions: Conditions;
  readonly contexts: { readonly [context: string]: Value };
  /** Of the workflow. */
  readonly env: Texts;
  readonly perform: Perform;
}

async function playJob(id: string, job: ReadonlyMap<string, Node>, given: JobPlay): Promise<PlayedJob> {
  known(job, JOB_KEYS);
  const { conditions, perform } = given;
  const permissions = await textsAt(job.get("permissions"), given);
  const env = { ...given.env, ...(await textsAt(job.get("env"), given)) };
  const steps: { [id: string]: Value } = {};
  const played: PlayedStep[] = [];
  let result: Exclude<Result, "skipped"> = "success";
  for (const [at, node] of listAt(job.get("steps")).entries()) {
    const step = tableAt(node);
    known(step, STEP_KEYS);
    const own = conditions.steps[at];
    if (own === undefined) throw new Error(`no condition of step ${at} of ${id}`);
    const contexts = { ...given.contexts, env, steps: { ...steps }, job: { status: result }, runner: { os: "Linux" } };
    const stepEnv = { ...env, ...(await textsAt(step.get("env"), { contexts })) };
    const asked: Asked = { contexts: { ...contexts, env: stepEnv } };
    const [uses, run, shell] = ["uses", "run", "shell"].map((key) => step.get(key));
    const told: Step = {
      ...{ job: id, permissions, id: own.id, at, env: stepEnv },
      name: await textAt(step.get("name"), asked),
      ...(uses === undefined ? {} : { uses: await textAt(uses, asked) }),
      ...(run === undefined ? {} : { run: await textAt(run, asked) }),
      ...(shell === undefined ? {} : { shell: await textAt(shell, asked) }),
      with: await textsAt(step.get("with"), asked),
    };
    const status = { success: result === "success", failure: result === "failure", cancelled: result === "cancelled" };
    const end: { readonly outcome: Result; readonly outputs?: Texts } = (await holds(own.condition, {
      ...asked,
      status,
    }))
      ? await perform(told)
      : { outcome: "skipped" };
    const goesOn = (await textAt(step.get("continue-on-error"), asked)) === "true";
    const conclusion = end.outcome === "failure" && goesOn ? "success" : end.outcome;
    steps[own.id] = { outcome: end.outcome, conclusion, outputs: end.outputs ?? {} };
    played.push({ ...told, outcome: end.outcome, conclusion });
    // A cancel stays; else the first failure does.
    if (conclusion === "cancelled" || (conclusion === "failure" && result === "success")) result = conclusion;
  }
  const outputs = await textsAt(job.get("outputs"), { contexts: { ...given.contexts, env, steps } });
  return { result, outputs, steps: played };
}
