/**
 * What is kept of a finished sweep: who won, and how its prompts are known again. No figure is kept: those are read anew from the answers in the
 * ledger, so that they stay a function of suite and ledger.
 */
import { createHash, hash } from "node:crypto";
import { graderIdentity } from "./keys.ts";
import { type SuitePlan, selectedCases } from "./plan.ts";
import { tasks } from "./tasks.ts";

export interface FinishedSweep {
  readonly suite: string;
  /** Hash of all that the race depends on: another space, dev case or grader is another one. */
  readonly space: string;
  /** Names of the prompts of the race, the incumbent first. */
  readonly prompts: readonly string[];
  readonly winner: string;
  /** Hash of the winner's calls on dev, by which it is known whatever it is called. */
  readonly winnerCalls: string;
  /** Dev cases that the last two have, the first of `raceOrder`. */
  readonly cases: number;
  /** The best but for the incumbent. */
  readonly challenger: string;
  readonly challengerCalls: string;
}

/** Ids of the dev cases in the order of the race: by hash, so that a file that is sorted by kind gives every kind early. */
export async function raceOrder(plan: SuitePlan): Promise<readonly string[]> {
  const ids: { readonly id: string; readonly place: string }[] = [];
  for await (const { id, split } of selectedCases(plan)) {
    if (split === "dev") ids.push({ id, place: hash("sha256", `race:${id}`, "hex") });
  }
  return ids.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ id }) => id);
}

/** By name of the target, the hash of all its calls on dev cases: equal where two targets ask the same of the same model. */
export async function devCalls(plan: SuitePlan): Promise<ReadonlyMap<string, string>> {
  const digests = new Map(plan.targets.map(({ target }) => [target.name, createHash("sha256")]));
  for await (const task of tasks({ ...plan, trials: 1 })) {
    if (task.case.split === "dev") digests.get(task.target.target.name)?.update(`${task.key}\n`);
  }
  return new Map([...digests].map(([name, digest]) => [name, digest.digest("hex")]));
}

/** @param calls of the prompts of the race (`devCalls`), the incumbent first */
export async function spaceHash(plan: SuitePlan, calls: readonly string[]): Promise<string> {
  const digest = createHash("sha256");
  const { graders, judges } = plan;
  for (const { grader } of graders) {
    const asks = grader.asks.map((model) => judges.get(model) ?? model);
    digest.update(`${JSON.stringify([grader.name, grader.required, graderIdentity({ ...grader, asks })])}\n`);
  }
  for await (const { split, fingerprint } of selectedCases(plan))
    if (split === "dev") digest.update(`${fingerprint}\n`);
  const [incumbent, ...others] = calls;
  digest.update(JSON.stringify([incumbent, others.toSorted()]));
  return digest.digest("hex");
}
