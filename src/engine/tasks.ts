/** The plan as single calls, in plan order: case by case, each with all targets, each with all trials. One case at a time is in memory. */
import type { LoadedCase } from "../suite/case.ts";
import { deepFreeze } from "../suite/deep-freeze.ts";
import type { Message } from "../suite/model.ts";
import { callKey, promptText } from "./keys.ts";
import { LEDGER_BATCH } from "./ledger-statements.ts";
import { type PlannedTarget, type SuitePlan, selectedBlocks, selectedCases } from "./plan.ts";

/** One trial of a target on a case. */
export class Task {
  readonly target: PlannedTarget;
  readonly case: LoadedCase;
  /** 1-based. */
  readonly trial: number;
  /** Shared by the trials of a case; rendered when it is first asked for. */
  readonly prompt: TaskPrompt;
  #key: string | undefined;

  constructor(target: PlannedTarget, one: LoadedCase, trial: number, prompt: TaskPrompt, key?: string) {
    this.target = target;
    this.case = one;
    this.trial = trial;
    this.prompt = prompt;
    this.#key = key;
  }

  /** Key of its call. */
  get key(): string {
    this.#key ??= callKey(this.target.identity, this.prompt.text, this.trial);
    return this.#key;
  }
}

export class TaskPrompt {
  readonly #render: () => readonly Message[];
  #messages: readonly Message[] | undefined;
  #text: string | undefined;

  constructor(render: () => readonly Message[]) {
    this.#render = render;
  }

  get messages(): readonly Message[] {
    this.#messages ??= this.#render();
    return this.#messages;
  }

  /** Canonical, for keys. */
  get text(): string {
    this.#text ??= promptText(this.messages);
    return this.#text;
  }
}

/** Number of tasks of a suite. */
export function countTasks({ cases, targets, trials }: Pick<SuitePlan, "cases" | "targets" | "trials">): number {
  return cases * targets.length * trials;
}

/** Streams a suite's tasks. Cases are frozen: a grader that changes one must fail, and not change what the next one sees. */
export async function* tasks(plan: SuitePlan): AsyncGenerator<Task> {
  for await (const one of selectedCases(plan)) yield* tasksOf(plan, one);
}

/** The same tasks, so many at a time that one look into the ledger serves them all. */
export async function* taskBatches(plan: SuitePlan): AsyncGenerator<readonly Task[]> {
  let batch: Task[] = [];
  for await (const block of selectedBlocks(plan)) {
    for (const one of block) {
      for (const task of tasksOf(plan, one)) {
        batch.push(task);
        if (batch.length < LEDGER_BATCH) continue;
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

function* tasksOf({ targets, trials, keys }: SuitePlan, one: LoadedCase): Generator<Task> {
  deepFreeze(one);
  for (const target of targets) {
    const prompt = new TaskPrompt(() => target.render(one));
    for (let trial = 1; trial <= trials; trial++) {
      yield new Task(target, one, trial, prompt, keys?.at(target, one.index, trial));
    }
  }
}
