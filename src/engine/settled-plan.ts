/** A suite of which all is bought: told by the keys of its calls alone, without reading a case again. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { UsageTally } from "./expected-cost.ts";
import type { KeptKeys } from "./kept-keys.ts";
import type { Ledger, LedgerWalk } from "./ledger.ts";
import type { PlannedTarget, SuitePlan } from "./plan.ts";

/** Batches looked up before other work gets its turn. */
const TURN = 32;
/** Model ids told of a target: who has two has had a change of model. */
const MOST_IDS = 2;

/**
 * The model ids that a suite's answers came with by target, in plan order, the first two of each; undefined where a call is not settled, or the plan's keys
 * are not kept: who asks walks the cases then.
 *
 * @param tallies are told of answers as long as they want more.
 */
export async function settledPlan(
  plan: SuitePlan,
  ledger: Ledger,
  tallies: ReadonlyMap<PlannedTarget, UsageTally>,
): Promise<ReadonlyMap<PlannedTarget, readonly string[]> | undefined> {
  const { targets, trials, keys } = plan;
  if (keys === undefined || !isOf(keys, plan)) return undefined;
  if (targets.some(({ model }) => model.answers !== "paid")) return undefined;
  const walk = ledger.walk();
  const ids = targets.map((): string[] => []);
  const placeOf = (position: number) => Math.floor(position / trials) % targets.length;
  let position = 0;
  let turn = 0;
  for (const batch of keys.batches()) {
    for (const status of walk.statuses(batch)) {
      if (status?.state !== "settled") return undefined;
      const known = ids[placeOf(position++)];
      const { modelId } = status;
      if (known === undefined || known.length >= MOST_IDS || modelId === undefined) continue;
      if (!known.includes(modelId)) known.push(modelId);
    }
    if (++turn % TURN === 0) await nextTurn();
  }
  // Keys that were dropped tell nothing.
  if (position !== plan.cases * targets.length * trials) return undefined;
  tellAnswers(keys, ledger.walk(), tallies, (at) => targets[placeOf(at)]);
  return new Map(targets.map((target, place) => [target, ids[place] ?? []]));
}

function isOf({ of }: KeptKeys, { targets, trials, cases, selection }: SuitePlan): boolean {
  return selection.caseIds === undefined && of.cases === cases && of.trials === trials && of.targets === targets;
}

/** Tells answers as long as anyone wants more of them; not what was asked, which is of use only where more is to be sent. */
function tellAnswers(
  keys: KeptKeys,
  walk: LedgerWalk,
  tallies: ReadonlyMap<PlannedTarget, UsageTally>,
  targetAt: (position: number) => PlannedTarget | undefined,
): void {
  let position = 0;
  for (const batch of keys.batches()) {
    if ([...tallies.values()].every((tally) => !tally.wants())) return;
    const wanted: { readonly key: string; readonly tally: UsageTally }[] = [];
    for (const key of batch) {
      const target = targetAt(position++);
      const tally = target && tallies.get(target);
      if (tally?.wants() === true) wanted.push({ key, tally });
    }
    for (const [at, stored] of walk.readMany(wanted.map(({ key }) => key)).entries()) {
      if (stored?.kind !== "completion" || stored.completion.kind !== "answer") continue;
      wanted[at]?.tally.answered(stored.completion, []);
    }
  }
}
