/** What a plan would call and what it would cost at worst, given what the ledger holds. Calls nothing. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { worstCost } from "../model/prices.ts";
import type { World } from "../suite/world.ts";
import type { Ledger } from "./ledger.ts";
import type { Plan, SuitePlan } from "./plan.ts";
import { keyOf, tasks } from "./tasks.ts";

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
}

export interface SuiteEstimate extends CallEstimate {
  readonly suite: string;
  readonly targets: readonly TargetEstimate[];
}

export interface PlanEstimate {
  readonly suites: readonly SuiteEstimate[];
}

/** Other work gets its turn after so many tasks. */
const TURN = 256;

export async function estimatePlan(plan: Plan, ledger: Ledger, _world: World): Promise<PlanEstimate> {
  const suites: SuiteEstimate[] = [];
  for (const suitePlan of plan.suites) suites.push(await estimateSuite(suitePlan, ledger));
  return { suites };
}

async function estimateSuite(plan: SuitePlan, ledger: Ledger): Promise<SuiteEstimate> {
  const asks = plan.graders.flatMap(({ grader }) => grader.asks.map((model) => plan.judges.get(model) ?? model));
  const judges = asks.filter(({ answers }) => answers === "paid").length;
  const byTarget = new Map(plan.targets.map((target) => [target, empty()]));
  let seen = 0;
  for await (const task of tasks(plan)) {
    const sum = byTarget.get(task.target);
    if (sum === undefined) continue;
    sum.calls++;
    sum.judgeCallsAtMost += judges;
    const { model, parameters } = task.target;
    if (model.answers === "stored") sum.stored++;
    else if (ledger.status(keyOf(task))?.state === "settled") sum.inLedger++;
    else {
      sum.toSend++;
      const worst = worstCost(task.prompt.messages, parameters, model.price);
      if (worst.known) sum.worst.usd += worst.usd;
      else sum.worst.unpricedCalls++;
    }
    if (++seen % TURN === 0) await nextTurn();
  }
  const targets = [...byTarget].map(([{ target }, sum]) => ({ target: target.name, ...sum }));
  return { suite: plan.suite.name, ...targets.reduce(add, empty()), targets };
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
