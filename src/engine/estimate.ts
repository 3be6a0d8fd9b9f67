/** What a plan would call and what it would cost, at worst and as expected, given what the ledger holds. Calls nothing. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { worstCost } from "../model/prices.ts";
import type { Target } from "../suite/target.ts";
import type { World } from "../suite/world.ts";
import { type ExpectedCost, type UsageTally, usageTally } from "./expected-cost.ts";
import type { Ledger } from "./ledger.ts";
import type { Plan, PlannedTarget, SuitePlan } from "./plan.ts";
import { settledPlan } from "./settled-plan.ts";
import { type Task, type TaskPrompt, taskBatches } from "./tasks.ts";

/** Counts of one target, or sums over the targets of a suite. `calls` = `inLedger` + `stored` + `toSend`. */
export interface CallEstimate {
  readonly calls: number;
  readonly inLedger: number;
  /** Answers that lie in recordings. */
  readonly stored: number;
  readonly toSend: number;
  /** Of the calls to send, without judges and without retries. `unpricedCalls` have no known price: `usd` is then only a part. */
  readonly worst: { readonly usd: number; readonly unpricedCalls: number };
  /** Paid calls that graders may make, re-asks not counted; those in the ledger are counted too, since they are not known before the answers. */
  readonly judgeCallsAtMost: number;
}

export interface TargetEstimate extends CallEstimate {
  readonly target: string;
  /** Present where it was asked for. */
  readonly expected?: ExpectedCost;
  /** What its answers in the ledger cost; absent where there are none with known costs, and where nobody asked. */
  readonly costs?: ReturnType<UsageTally["costs"]> & object;
}

export interface SuiteEstimate extends CallEstimate {
  readonly suite: string;
  readonly targets: readonly TargetEstimate[];
}

export interface PlanEstimate {
  readonly suites: readonly SuiteEstimate[];
  /** Model ids that settled answers came with, in plan order, the first two of each target: who has two has had a change of model. */
  readonly returned: ReadonlyMap<Target, readonly string[]>;
}

export interface EstimateOptions {
  /** Also what is to be expected: answers in the ledger are read for it. Default false. */
  readonly expected?: boolean;
}

export async function estimatePlan(
  plan: Plan,
  ledger: Ledger,
  _world: World,
  { expected = false }: EstimateOptions = {},
): Promise<PlanEstimate> {
  const suites: SuiteEstimate[] = [];
  const returned = new Map<Target, string[]>();
  for (const suitePlan of plan.suites) suites.push(await estimateSuite(suitePlan, ledger, { expected, returned }));
  return { suites, returned };
}

async function estimateSuite(
  plan: SuitePlan,
  ledger: Ledger,
  { expected, returned }: { readonly expected: boolean; readonly returned: Map<Target, string[]> },
): Promise<SuiteEstimate> {
  const asks = plan.graders.flatMap(({ grader }) => grader.asks.map((model) => plan.judges.get(model) ?? model));
  const judges = asks.filter(({ answers }) => answers === "paid").length;
  const byTarget = new Map(plan.targets.map((target) => [target, empty()]));
  const ids = new Map(plan.targets.map((target): [PlannedTarget, string[]] => [target, []]));
  for (const [{ target }, list] of ids) returned.set(target, list);
  const tallies = new Map<PlannedTarget, UsageTally>();
  if (expected) {
    for (const one of plan.targets) tallies.set(one, usageTally(plan.suite, one.target, one.model.price));
  }
  const [first] = byTarget.values();
  if (first !== undefined) first.judgeCallsAtMost += canaryCalls(plan);
  const known = await settledPlan(plan, ledger, tallies);
  if (known === undefined) await countCalls(plan, ledger, { judges, byTarget, ids, tallies });
  else {
    const calls = plan.cases * plan.trials;
    for (const [target, sum] of byTarget) {
      sum.calls += calls;
      sum.inLedger += calls;
      sum.judgeCallsAtMost += judges * calls;
      ids.get(target)?.push(...(known.get(target) ?? []));
    }
  }
  const targets = [...byTarget].map(([planned, sum]): TargetEstimate => {
    const tally = tallies.get(planned);
    const costs = tally?.costs();
    return {
      target: planned.target.name,
      ...sum,
      ...(tally === undefined ? {} : { expected: tally.expected(sum.worst.usd) }),
      ...(costs === undefined ? {} : { costs }),
    };
  });
  return { suite: plan.suite.name, ...targets.reduce(add, empty()), targets };
}

interface Counting {
  /** Judges that are paid, one call each an answer. */
  readonly judges: number;
  readonly byTarget: ReadonlyMap<PlannedTarget, Sum>;
  readonly ids: ReadonlyMap<PlannedTarget, string[]>;
  /** Empty where nothing is expected. */
  readonly tallies: ReadonlyMap<PlannedTarget, UsageTally>;
}

/** Counts call by call. */
async function countCalls(
  plan: SuitePlan,
  ledger: Ledger,
  { judges, byTarget, ids, tallies }: Counting,
): Promise<void> {
  const walk = ledger.walk();
  for await (const batch of taskBatches(plan)) {
    const paid = batch.filter(({ target }) => target.model.answers === "paid");
    const settled = walk
      .statuses(paid.map(({ key }) => key))
      .map((status) => (status?.state === "settled" ? status : undefined));
    for (const { target } of batch) {
      const sum = byTarget.get(target);
      if (sum === undefined) continue;
      sum.calls++;
      sum.judgeCallsAtMost += judges;
      if (target.model.answers === "stored") sum.stored++;
    }
    for (const [index, { target, prompt }] of paid.entries()) {
      const sum = byTarget.get(target);
      const status = settled[index];
      if (sum !== undefined) countPaid(sum, target, prompt, status !== undefined);
      if (status !== undefined) addId(ids.get(target), status.modelId);
    }
    if (tallies.size > 0) {
      tell(
        paid,
        settled.map((status) => status !== undefined),
        tallies,
        ledger,
      );
    }
    await nextTurn();
  }
}

/** Calls by which judges are tried and measured, re-asks not counted. */
function canaryCalls({ graders, judges }: SuitePlan): number {
  const calls = graders.map(({ people, grader: { canaries = [], asks } }) => {
    const paid = asks.filter((model) => (judges.get(model) ?? model).answers === "paid").length;
    return (canaries.length + people.length) * paid;
  });
  return calls.reduce((sum, count) => sum + count, 0);
}

/** Tells the tallies of one batch: prompts that are to be sent, and answers that are there, as long as more are wanted. */
function tell(
  paid: readonly Task[],
  settled: readonly boolean[],
  tallies: ReadonlyMap<PlannedTarget, UsageTally>,
  ledger: Ledger,
): void {
  const wanted: Task[] = [];
  for (const [index, task] of paid.entries()) {
    const tally = tallies.get(task.target);
    if (settled[index] !== true) tally?.toSend(task.prompt.messages);
    else if (tally?.wants() === true) wanted.push(task);
  }
  if (wanted.length === 0) return;
  for (const [index, stored] of ledger.readMany(wanted.map(({ key }) => key)).entries()) {
    const task = wanted[index];
    if (task === undefined || stored?.kind !== "completion" || stored.completion.kind !== "answer") continue;
    tallies.get(task.target)?.answered(stored.completion, task.prompt.messages);
  }
}

function addId(ids: string[] | undefined, id: string | undefined): void {
  if (ids !== undefined && ids.length < 2 && id !== undefined && !ids.includes(id)) ids.push(id);
}

function countPaid(sum: Sum, { model, parameters }: PlannedTarget, prompt: TaskPrompt, settled: boolean): void {
  if (settled) {
    sum.inLedger++;
    return;
  }
  sum.toSend++;
  const worst = worstCost(prompt.messages, parameters, model.price);
  if (worst.known) sum.worst.usd += worst.usd;
  else sum.worst.unpricedCalls++;
}

type Sum = {
  -readonly [name in keyof CallEstimate]: name extends "worst" ? { usd: number; unpricedCalls: number } : number;
};

function empty(): Sum {
  return { calls: 0, inLedger: 0, stored: 0, toSend: 0, worst: { usd: 0, unpricedCalls: 0 }, judgeCallsAtMost: 0 };
}

function add(a: Sum, b: CallEstimate): Sum {
  return {
    calls: a.calls + b.calls,
    inLedger: a.inLedger + b.inLedger,
    stored: a.stored + b.stored,
    toSend: a.toSend + b.toSend,
    worst: { usd: a.worst.usd + b.worst.usd, unpricedCalls: a.worst.unpricedCalls + b.worst.unpricedCalls },
    judgeCallsAtMost: a.judgeCallsAtMost + b.judgeCallsAtMost,
  };
}
