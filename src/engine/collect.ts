/** The second pass: walks the plan in order, takes every answer from where it lies, and grades it. Sends nothing. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { costOf } from "../model/prices.ts";
import type { Answer, Completion } from "../suite/completion.ts";
import type { GradeContext, Graded } from "../suite/grade.ts";
import type { NotCalled, TrialRecord } from "../suite/trial.ts";
import type { World } from "../suite/world.ts";
import { Flights } from "./flights.ts";
import { gradeKept, judgeCall, notAsked } from "./judging.ts";
import type { Ledger } from "./ledger.ts";
import type { RunOutcome } from "./outcome.ts";
import type { SuitePlan } from "./plan.ts";
import { keyOf, type Task, tasks } from "./tasks.ts";

export interface CollectOptions {
  /** How the first pass ended: says why a call was not made. */
  readonly outcome?: RunOutcome;
}

/** Other work, such as a signal, gets its turn after so many records. */
const TURN = 64;
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
  const flights = new Flights(world);
  let seen = 0;
  for await (const task of tasks(plan)) {
    const callKey = keyOf(task);
    const completion = await completionOf(plan, task, callKey, ledger, world, flights, options);
    yield recordOf(plan, task, callKey, completion, await gradesOf(plan, task, completion, ledger, world, flights));
    if (++seen % TURN === 0) await nextTurn();
  }
}

function recordOf(
  { suite }: SuitePlan,
  { target, case: one, trial, prompt }: Task,
  callKey: string,
  completion: Completion | NotCalled,
  grades: ReadonlyMap<string, Graded>,
): TrialRecord {
  return {
    suite: suite.name,
    target: target.target.name,
    caseId: one.id,
    caseIndex: one.index,
    fingerprint: one.fingerprint,
    cluster: one.cluster,
    weight: one.weight,
    split: one.split,
    tags: one.tags ?? [],
    trial,
    completion,
    grades,
    cost:
      completion.kind === "not-called"
        ? { known: true, usd: 0 }
        : costOf(completion, target.model.price, prompt.messages),
    callKey,
  };
}

async function completionOf(
  plan: SuitePlan,
  { target, case: one, trial, prompt }: Task,
  key: string,
  ledger: Ledger,
  world: World,
  flights: Flights,
  { outcome }: CollectOptions,
): Promise<Completion | NotCalled> {
  const { model, parameters } = target;
  if (model.answers === "stored") {
    return flights.launch(STORED_TIMEOUT_MS, (signal) =>
      model.complete(
        {
          messages: prompt.messages,
          parameters,
          caseId: one.id,
          trial,
          asker: target.target.name,
          timeoutMs: STORED_TIMEOUT_MS,
          signal,
        },
        world,
      ),
    );
  }
  const stored = ledger.read(key);
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
      return { kind: "not-called", why: whyNotCalled(plan, target.target.name, outcome) };
  }
}

function whyNotCalled({ suite }: SuitePlan, target: string, outcome: RunOutcome | undefined): string {
  const ended = outcome?.endedTargets?.find((one) => one.suite === suite.name && one.target === target);
  if (ended !== undefined) return ended.why;
  return outcome?.stopped === undefined ? "not in the ledger" : `not in the ledger: ${outcome.stopped.message}`;
}

async function gradesOf(
  plan: SuitePlan,
  { case: one }: Task,
  completion: Completion | NotCalled,
  ledger: Ledger,
  world: World,
  flights: Flights,
): Promise<ReadonlyMap<string, Graded>> {
  const grades = new Map<string, Graded>();
  if (completion.kind !== "answer") return grades;
  const answer: Answer = completion;
  for (const planned of plan.graders) {
    const { name } = planned.grader;
    const ask = askLedger(plan, one.id, name, ledger, world, flights);
    grades.set(name, await gradeKept(planned, one, answer, ledger, { ask, world, keep: false }));
  }
  return grades;
}

/** A judge's replies as they lie: in the ledger, or in a recording. */
function askLedger(
  plan: SuitePlan,
  caseId: string,
  asker: string,
  ledger: Ledger,
  world: World,
  flights: Flights,
): GradeContext["ask"] {
  return async (asked, messages, options) => {
    const { key, model, parameters, trial } = judgeCall(plan, asked, messages, options);
    if (model.answers === "stored") {
      return flights.launch(STORED_TIMEOUT_MS, (signal) =>
        model.complete({ messages, parameters, caseId, trial, asker, timeoutMs: STORED_TIMEOUT_MS, signal }, world),
      );
    }
    const stored = ledger.read(key);
    return stored?.kind === "completion" ? stored.completion : notAsked("the judge's reply is not in the ledger");
  };
}
