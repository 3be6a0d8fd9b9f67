/** The second pass: walks the plan in order, takes every answer from where it lies, and grades it. Sends nothing. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type SpeakingDetector, speakingDetector } from "../grade/speaks-to-grader.ts";
import { costOf } from "../model/prices.ts";
import type { LoadedCase } from "../suite/case.ts";
import type { Answer, Completion } from "../suite/completion.ts";
import type { Canary, GradeContext, Graded, Grader } from "../suite/grade.ts";
import type { Model, ModelRequest } from "../suite/model.ts";
import type { NotCalled, TrialRecord } from "../suite/trial.ts";
import { valueAsText } from "../suite/variables.ts";
import type { World } from "../suite/world.ts";
import { canaryAnswers, type LabelledTask, labelledAnswers } from "./canary-answers.ts";
import { Flights } from "./flights.ts";
import { gradeBy } from "./grade-answer.ts";
import { gradeKept, type JudgeCall, judgeCall, notAsked } from "./judging.ts";
import type { Ledger, Stored } from "./ledger.ts";
import type { RunOutcome } from "./outcome.ts";
import type { PlannedGrader, SuitePlan } from "./plan.ts";
import { gradeByAll } from "./spared.ts";
import { type Task, taskBatches } from "./tasks.ts";

export interface CollectOptions {
  /** How the first pass ended: says why a call was not made. */
  readonly outcome?: RunOutcome;
  /** Told of every question to a judge and what came of it, kept grades apart: those ask nobody. */
  readonly onJudged?: (question: JudgeQuestion, reply: Completion) => void;
  /** Asks also for grades that are kept, so that all questions are told. Default false. */
  readonly anew?: boolean;
  /** What a judge said where the ledger does not know. */
  readonly elseSaid?: (question: JudgeQuestion) => Completion | undefined;
}

/** A question to a judge, with what it is about. */
export interface JudgeQuestion extends JudgeCall {
  readonly grader: string;
  /** The judge as the grader names it. */
  readonly asked: Model;
  readonly caseId: string;
  /** Text of the answer that is judged. */
  readonly judged: string;
}

const NO_TAGS: readonly string[] = [];
const NO_GRADES: ReadonlyMap<string, Graded> = new Map();

/** A recording answers at once; one that does not is broken. */
const STORED_TIMEOUT_MS = 60_000;

/**
 * One record per planned trial, in plan order: by case, then target, then trial, whatever order the answers came in. A pure function of plan
 * and ledger. Throws StorageError or ConfigError when the ledger cannot be read or the dataset changed.
 */
export async function* collect(
  plan: SuitePlan,
  ledger: Ledger,
  world: World,
  options: CollectOptions = {},
): AsyncGenerator<TrialRecord> {
  const collector = new Collector(plan, ledger, world, options);
  const walk = ledger.walk();
  try {
    for await (const batch of taskBatches(plan)) {
      const paid = batch.filter(({ target }) => target.model.answers === "paid");
      const stored = walk.readMany(paid.map(({ key }) => key));
      const byTask = new Map(paid.map((task, index) => [task, stored[index]]));
      for (const task of batch) yield await collector.record(task, byTask.get(task));
      // Other work, such as a signal, gets its turn.
      await nextTurn();
    }
  } finally {
    collector.close();
  }
}

/** A canary's grade. */
export interface CanaryGrade {
  readonly grader: Grader;
  readonly canary: Canary;
  readonly graded: Graded;
}

/** What judges say of their canaries, by what is stored; ungraded where nothing is. Sends nothing. */
export async function* collectCanaries(
  plan: SuitePlan,
  ledger: Ledger,
  world: World,
  options: CollectOptions = {},
): AsyncGenerator<CanaryGrade> {
  const collector = new Collector(plan, ledger, world, options);
  try {
    for await (const { planned, case: one, canary, answer } of canaryAnswers(plan)) {
      yield { grader: planned.grader, canary, graded: await collector.grade(planned, one, answer) };
    }
  } finally {
    collector.close();
  }
}

/** A judge's grade of an answer that a person labelled. */
export interface LabelledGrade extends Pick<LabelledTask, "label" | "target"> {
  readonly grader: Grader;
  /** Of question and reference: answers to one question share it. */
  readonly fingerprint: string;
  readonly graded: Graded;
}

/** What judges say of answers that people labelled, by what is stored; ungraded where nothing is. Sends nothing. */
export async function* collectLabelled(
  plan: SuitePlan,
  ledger: Ledger,
  world: World,
  options: CollectOptions = {},
): AsyncGenerator<LabelledGrade> {
  const collector = new Collector(plan, ledger, world, options);
  try {
    for (const { planned, case: one, answer, label, target } of labelledAnswers(plan)) {
      const graded = await collector.grade(planned, one, answer);
      const { grader } = planned;
      yield { grader, fingerprint: one.fingerprint, graded, label, ...(target === undefined ? {} : { target }) };
    }
  } finally {
    collector.close();
  }
}

class Collector {
  readonly #plan: SuitePlan;
  readonly #ledger: Ledger;
  readonly #world: World;
  readonly #options: CollectOptions;
  readonly #flights: Flights;
  readonly #detector: SpeakingDetector | undefined;

  constructor(plan: SuitePlan, ledger: Ledger, world: World, options: CollectOptions) {
    this.#plan = plan;
    this.#ledger = ledger;
    this.#world = world;
    this.#options = options;
    this.#flights = new Flights(world);
    this.#detector = speakingDetector(plan.graders.map(({ grader }) => grader));
  }

  /** `stored`: what the ledger holds of the task's call. */
  async record(task: Task, stored: Stored | undefined): Promise<TrialRecord> {
    const { target, case: one, trial, prompt, key: callKey } = task;
    const completion = await this.#completionOf(task, stored);
    const { price } = target.model;
    return {
      suite: this.#plan.suite.name,
      target: target.target.name,
      caseId: one.id,
      caseIndex: one.index,
      fingerprint: one.fingerprint,
      cluster: one.cluster,
      ...(one.repeats === undefined ? {} : { repeats: one.repeats }),
      weight: one.weight,
      split: one.split,
      tags: one.tags ?? NO_TAGS,
      trial,
      messages: prompt.messages,
      ...(one.expected === undefined ? {} : { expected: one.expected }),
      completion,
      grades: await this.#gradesOf(one, completion),
      ...this.#speaks(one, completion),
      cost: completion.kind === "not-called" ? { known: true, usd: 0 } : costOf(completion, price, prompt.messages),
      callKey,
    };
  }

  close(): void {
    this.#flights.close();
  }

  async #completionOf(
    { target, case: one, trial, prompt }: Task,
    stored: Stored | undefined,
  ): Promise<Completion | NotCalled> {
    const { model, parameters } = target;
    const asker = target.target.name;
    if (model.answers === "stored") {
      return this.#replay(model, { messages: prompt.messages, parameters, caseId: one.id, trial, asker });
    }
    switch (stored?.kind) {
      case "completion":
        return stored.completion;
      case "in-flight":
        return {
          kind: "failure",
          code: "aborted",
          retry: "maybe-paid",
          scope: "call",
          message: "it was sent, but the run ended before its answer came; run again",
        };
      case "damaged":
        return { kind: "not-called", why: "its row in the ledger is damaged; run again to buy it anew" };
      case undefined:
        return { kind: "not-called", why: this.#whyNotCalled(asker) };
    }
  }

  #whyNotCalled(target: string): string {
    const { name } = this.#plan.suite;
    const { outcome } = this.#options;
    const ended = outcome?.endedTargets?.find((one) => one.suite === name && one.target === target);
    if (ended !== undefined) return ended.why;
    const stopped = outcome?.stopped;
    return stopped === undefined ? "not in the ledger" : `not in the ledger: ${stopped.message}`;
  }

  async #gradesOf(one: LoadedCase, completion: Completion | NotCalled): Promise<ReadonlyMap<string, Graded>> {
    if (completion.kind !== "answer") return NO_GRADES;
    return gradeByAll(this.#plan, completion, (planned) => this.grade(planned, one, completion));
  }

  #speaks({ input }: LoadedCase, completion: Completion | NotCalled): Pick<TrialRecord, "speaks"> {
    if (this.#detector === undefined || completion.kind !== "answer") return {};
    const speaks = this.#detector.signsOf(completion.text, valueAsText(input) ?? "");
    return speaks.length === 0 ? {} : { speaks };
  }

  grade(planned: PlannedGrader, one: LoadedCase, answer: Answer): Promise<Graded> {
    const { grader } = planned;
    const options = { ask: this.#ask(one.id, grader.name, answer.text), world: this.#world, keep: false };
    return this.#options.anew
      ? gradeBy(grader, one, answer, options)
      : gradeKept(planned, one, answer, this.#ledger, options);
  }

  /** A judge's replies as they lie: in the ledger, or in a recording. */
  #ask(caseId: string, asker: string, judged: string): GradeContext["ask"] {
    return async (asked, messages, options) => {
      const question = { ...judgeCall(this.#plan, asked, messages, options), grader: asker, asked, caseId, judged };
      const reply = await this.#replyTo(question);
      this.#options.onJudged?.(question, reply);
      return reply;
    };
  }

  async #replyTo(question: JudgeQuestion): Promise<Completion> {
    const { model, key, grader } = question;
    if (model.answers === "stored") return this.#replay(model, { ...question, asker: grader });
    const stored = this.#ledger.read(key);
    if (stored?.kind === "completion") return stored.completion;
    return this.#options.elseSaid?.(question) ?? notAsked("the judge's reply is not in the ledger");
  }

  #replay(model: Model, request: Omit<ModelRequest, "timeoutMs" | "signal">): Promise<Completion> {
    const timeoutMs = STORED_TIMEOUT_MS;
    return this.#flights.launch(timeoutMs, (signal) => model.complete({ ...request, timeoutMs, signal }, this.#world));
  }
}
