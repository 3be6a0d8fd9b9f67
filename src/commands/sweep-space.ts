/** The prompts of a suite's space, ready to be raced, and what an earlier race says to a verdict. */
import { createObservations, type Observations } from "../decide/observations.ts";
import type { SweepEvidence } from "../decide/sweep-contract.ts";
import { plateauOfSweep } from "../decide/sweep-figures.ts";
import { collect } from "../engine/collect.ts";
import type { Ledger } from "../engine/ledger.ts";
import { narrowSuite } from "../engine/narrow.ts";
import { createPlan, type SuitePlan } from "../engine/plan.ts";
import { devCalls, raceOrder, spaceHash } from "../engine/sweeps.ts";
import { sweepRungs, sweepTargets } from "../suite/sweep.ts";
import type { World } from "../suite/world.ts";

export interface Space {
  /** All prompts of the race: the incumbent first, then those of the axes, each different one once. */
  readonly plan: SuitePlan;
  /** In the order of the plan. */
  readonly prompts: readonly string[];
  /** By name, the hash of the calls on dev; those that are the same as an earlier one too. */
  readonly calls: ReadonlyMap<string, string>;
  /** The same of the prompt-only targets that the suite declares: they may be prompts of the space under other names. */
  readonly declared: ReadonlyMap<string, string>;
  /** Ids of the dev cases, in the order of the race. */
  readonly order: readonly string[];
  /** What all of it depends on. */
  readonly hash: string;
}

/**
 * Plans the space of a suite; `undefined` where it declares none. Throws ConfigError(s) for prompts that do not fit the cases.
 * @param trials of each prompt on each case
 */
export async function planSpace(suitePlan: SuitePlan, world: World): Promise<Space | undefined> {
  const { suite, trials } = suitePlan;
  const from = suite.targets.find(({ name }) => name === suite.sweep?.from);
  if (suite.sweep === undefined || from === undefined) return undefined;
  const targets = [from, ...sweepTargets(suite)];
  const [plan] = (await createPlan([{ ...suite, targets }], { trials }, world)).suites;
  if (plan === undefined) return undefined;
  const calls = await devCalls(plan);
  const first = new Map<string | undefined, string>();
  for (const { name } of targets) if (!first.has(calls.get(name))) first.set(calls.get(name), name);
  const prompts = [...first.values()];
  return {
    plan: narrowSuite(plan, { targets: prompts }),
    prompts,
    calls,
    declared: await declaredCalls(suitePlan, world),
    order: await raceOrder(plan),
    hash: await spaceHash(plan, [...first.keys()].map(String)),
  };
}

/** Everything that the ledger holds of a part of a plan. */
export async function observe(part: SuitePlan, ledger: Ledger, world: World): Promise<Observations> {
  const targets = part.targets.map(({ target }) => target);
  const observations = createObservations({ ...part.suite, targets, trials: part.trials });
  for await (const record of collect(part, ledger, world)) observations.add(record);
  return observations;
}

/** What the last finished sweep says to the verdict of a suite; `undefined` where there is none, or of another space, other cases or graders. */
export async function sweepEvidence(
  suitePlan: SuitePlan,
  ledger: Ledger,
  world: World,
): Promise<SweepEvidence | undefined> {
  const { suite } = suitePlan;
  const kept = suite.sweep === undefined ? undefined : ledger.sweep(suite.name);
  const space = kept === undefined ? undefined : await planSpace(suitePlan, world);
  if (suite.sweep === undefined || kept === undefined || space === undefined || kept.space !== space.hash)
    return undefined;
  const { declared } = space;
  const raced = new Set(space.prompts.map((name) => space.calls.get(name)));
  const [incumbent = ""] = space.prompts;
  const caseIds = new Set(space.order.slice(0, kept.cases));
  // By its calls: a target that was pasted since may have taken its name.
  const challenger = space.prompts.find((name) => space.calls.get(name) === kept.challengerCalls);
  if (challenger === undefined) return undefined;
  const part = narrowSuite(space.plan, { targets: [incumbent, challenger], caseIds });
  const observations = await observe(part, ledger, world);
  const plateau = plateauOfSweep(observations, { challenger, incumbent, prompts: space.prompts.length });
  return {
    rungs: sweepRungs(suite.sweep),
    winner: kept.winner,
    winnerDeclared: [...declared.values()].includes(kept.winnerCalls),
    members: [...declared].flatMap(([name, calls]) => (raced.has(calls) ? [name] : [])),
    ...(plateau === undefined ? {} : { plateau: { ...plateau, last: kept.challenger } }),
  };
}

/** The dev calls of the prompt-only targets that the suite declares. */
async function declaredCalls({ suite, trials }: SuitePlan, world: World): Promise<ReadonlyMap<string, string>> {
  const targets = suite.targets.filter(({ role, arm }) => role === "prompt-only" && arm !== "oracle-context");
  const [plan] = (await createPlan([{ ...suite, targets }], { trials }, world)).suites;
  return plan === undefined ? new Map() : devCalls(plan);
}
