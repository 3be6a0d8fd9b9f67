import { afterAll, describe, expect, it } from "vitest";
import {
  answer,
  failure,
  fakeCases,
  fakeGrader,
  fakeModel,
  fakePlan,
  ledgerFolder,
  scored,
} from "../engine/fakes.test-data.ts";
import type { Look } from "../engine/looks.ts";
import type { RunOutcome } from "../engine/outcome.ts";
import type { Plan, SuitePlan } from "../engine/plan.ts";
import { runCalls } from "../engine/run.ts";
import { simulatedWorld } from "../engine/simulated-world.test-data.ts";
import type { Case } from "../suite/case.ts";
import type { Requirement } from "../suite/requirement.ts";
import { type InLooksOptions, openInLooks } from "./in-looks.ts";
import type { Used } from "./look-in-turn.ts";

const PLANNED = 150;
/** Right answers say "yes"; the grader reads nothing else. */
const yes = fakeGrader({ grade: ({ text }) => scored(text === "yes" ? 1 : 0) });
const disposals: (() => void)[] = [];
afterAll(() => {
  for (const dispose of disposals) dispose();
});

/** The last of every four cases is a dev case. */
const withDev = (index: number): Partial<Case> => (index % 4 === 3 ? { split: "dev" } : {});

function suiteOf(
  reply: (caseId: string) => string,
  {
    requirement = { quality: { atLeast: 0.8 } },
    count = PLANNED,
    over = () => ({}),
    more = {},
  }: {
    readonly requirement?: Requirement;
    readonly count?: number;
    readonly over?: (index: number) => Partial<Case>;
    readonly more?: Parameters<typeof fakeModel>[0];
  } = {},
) {
  const model = fakeModel({ reply: ({ caseId }) => answer(reply(caseId)), ...more });
  const plan = fakePlan({ cases: fakeCases(count, over), models: [model], graders: [yes] });
  const suite: SuitePlan = { ...plan, suite: { ...plan.suite, requirement } };
  return { model, plan: { suites: [suite], leftOut: [] } satisfies Plan };
}

function place() {
  const world = simulatedWorld();
  const folder = ledgerFolder(world);
  disposals.push(folder.dispose);
  const ledger = folder.open();
  const signals = { drain: new AbortController().signal, abort: new AbortController().signal };
  const rounds: { readonly cases: number; readonly before: Used }[] = [];
  /** A run from end to end; keeps the look, as `run` does. */
  async function go(
    plan: Plan,
    { buys = true, maxCalls, ...options }: Partial<InLooksOptions> & { readonly maxCalls?: number } = {},
  ) {
    rounds.length = 0;
    const chosen = { wanted: true, buys, isCompared: () => false, ...options };
    const inLooks = await openInLooks(plan, ledger, world, chosen);
    const call = (round: Plan, before: Used): Promise<RunOutcome> => {
      rounds.push({ cases: round.suites[0]?.cases ?? 0, before });
      const caps = maxCalls === undefined ? {} : { maxCalls: maxCalls - before.calls };
      return world.play(runCalls(round, ledger, { offline: false, signals, ...caps }, world));
    };
    const outcome = await inLooks.ask(plan, buys ? call : undefined);
    const looks: Look[] = [];
    const [found] = await inLooks.evaluate(plan, { onLook: (look) => looks.push(look) });
    for (const look of looks) await ledger.keepLook(look);
    if (found === undefined) throw new Error("no suite was evaluated");
    const { decision } = found.evaluated;
    return { outcome, decision, sequential: decision.sequential, notes: inLooks.notes, notCalled: found.notCalled };
  }
  return { go, rounds };
}

const always = () => "yes";
const atThreshold = (id: string) => (Number(id.slice(1)) % 5 === 0 ? "no" : "yes");

describe("a suite that is asked look by look", () => {
  it("stops when the verdict is given, having asked all dev cases and some test cases in another order than the file's", async () => {
    const { go, rounds } = place();
    const { plan, model } = suiteOf(always, { over: withDev });
    const { decision, sequential, outcome, notCalled } = await go(plan);
    expect(decision.verdict.kind).toBe("KEEP_PROMPTING");
    const { asked = 0 } = sequential ?? {};
    expect(sequential).toMatchObject({ planned: 113, settled: true, callsLeft: 113 - asked });
    expect(asked).toBeLessThan(80);
    expect(decision.cases).toMatchObject({ dev: 37, test: asked });
    expect(model.asked).toHaveLength(37 + asked);
    expect(outcome?.counts).toMatchObject({ planned: 37 + asked, sent: 37 + asked, answered: 37 + asked });
    expect(notCalled).toBe(0);
    expect(rounds.map(({ cases }) => cases)[0]).toBe(37 + 30);
    const positions = model.asked.flatMap(({ caseId }) => {
      const at = Number(caseId.slice(1));
      return at % 4 === 3 ? [] : [at];
    });
    expect(Math.max(...positions)).toBeGreaterThan(PLANNED / 2);
  });

  it("says the same again, for who may buy and for who may not, and buys nothing for it", async () => {
    const { go } = place();
    const { plan, model } = suiteOf(always);
    const first = await go(plan);
    const bought = model.asked.length;
    expect((await go(plan)).decision).toEqual(first.decision);
    expect((await go(plan, { wanted: false, buys: false })).decision).toEqual(first.decision);
    expect(model.asked).toHaveLength(bought);
  });

  it("goes to the end where nothing can be shown, with bounds that hold at every look", async () => {
    const { go } = place();
    const { plan, model } = suiteOf(atThreshold);
    const { decision, sequential } = await go(plan);
    expect(decision.verdict.kind).toBe("INCONCLUSIVE");
    expect(sequential).toMatchObject({ asked: PLANNED, planned: PLANNED, callsLeft: 0, settled: false });
    expect(model.asked).toHaveLength(PLANNED);
    const [quality] = decision.requirements[0]?.results ?? [];
    expect(quality?.bounds?.method).toContain("at the last look");
  });

  it("never takes back that it looked: the rest is bought, and judged as the last of the looks", async () => {
    const { go } = place();
    const { plan, model } = suiteOf(always);
    const stopped = await go(plan);
    const whole = await go(plan, { wanted: false });
    expect(model.asked).toHaveLength(PLANNED);
    expect(whole.sequential).toMatchObject({ asked: PLANNED, planned: PLANNED, settled: true });
    expect(whole.decision.warnings[0]).toContain("looked at before all were in");
    expect((await go(plan)).decision).toEqual(stopped.decision);
  });

  it("is not stopped early once a run without --sequential has looked, and says why", async () => {
    const { go } = place();
    const { plan, model } = suiteOf(always);
    const whole = await go(plan, { wanted: false });
    expect(whole.sequential).toBeUndefined();
    const later = await go(plan);
    expect(later.decision).toEqual(whole.decision);
    expect(later.notes).toEqual([expect.stringContaining('"target 0" were looked at before')]);
    expect(model.asked).toHaveLength(PLANNED);
  });

  it("stops where a cap stops it, and goes on from there", async () => {
    const { go } = place();
    const { plan, model } = suiteOf(atThreshold);
    const capped = await go(plan, { maxCalls: 35 });
    expect(capped.outcome?.stopped?.reason).toBe("budget");
    expect(capped.decision.verdict.kind).toBe("INCONCLUSIVE");
    expect(capped.sequential?.settled).toBe(false);
    expect(model.asked).toHaveLength(35);
    const stored = await go(plan, { wanted: false, buys: false });
    expect(stored.sequential).toEqual(capped.sequential);
    expect(stored.notCalled).toBe(capped.notCalled);
    await go(plan);
    expect(model.asked).toHaveLength(PLANNED);
  });

  it("tells each round what the rounds before used up", async () => {
    const { go, rounds } = place();
    const { plan } = suiteOf(atThreshold);
    await go(plan);
    expect(rounds.slice(0, 3).map(({ cases, before }) => [cases, before.calls])).toEqual([
      [30, 0],
      [40, 30],
      [50, 40],
    ]);
    expect(rounds[2]?.before.usd).toBeCloseTo(40 * 20e-6, 9);
  });

  it("asks the rest in one go when a target can no longer be asked", async () => {
    const { go, rounds } = place();
    const gone = failure("unknown-model", { scope: "target" });
    const { plan } = suiteOf(always, { more: { reply: () => gone } });
    await go(plan);
    expect(rounds.map(({ cases }) => cases)).toEqual([30, PLANNED]);
  });
});

describe("a suite that was to be stopped early is asked at once, and says why,", () => {
  it.each([
    ["its answers are recorded", { more: { answers: "stored" } }, {}],
    ["have weights", { over: (index: number) => ({ weight: 1 + (index % 2) }) }, {}],
    ["have clusters", { over: (index: number) => ({ cluster: `c${index % 50}` }) }, {}],
    ["it has 30 test cases", { count: 30 }, {}],
    ["states no requirement", { requirement: {} }, {}],
    ["held against the baseline", {}, { isCompared: () => true }],
  ] as const)("where %s", async (why, suite, options) => {
    const { go, rounds } = place();
    const { plan } = suiteOf(always, suite);
    const { notes, sequential } = await go(plan, options);
    expect(notes).toEqual([expect.stringContaining(why)]);
    expect(sequential).toBeUndefined();
    expect(rounds).toHaveLength(1);
  });
});
