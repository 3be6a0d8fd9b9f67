/** What is asked of a tuned model beside the requirement: what it must not break, its recipe, its retirement, its own prompt. */
import { describe, expect, it } from "vitest";
import type { Economics } from "../suite/economics.ts";
import type { GatePolicy, Requirement } from "../suite/requirement.ts";
import type { Target } from "../suite/target.ts";
import type { TrainingAudit } from "../suite/training.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { createObservations } from "./observations.ts";
import { fineTuned, promptOnly, record, STATED, suiteOf, TODAY } from "./trials.test-data.ts";

const requirement: Requirement = { quality: { atLeast: 0.8 }, regression: { tag: "elsewhere" } };

/** Shares right on the task and, for 200 further cases, elsewhere. */
function decided(
  targets: readonly Target[],
  rates: Readonly<Record<string, readonly [number, number]>>,
  given = requirement,
  { audit, gate = {}, economics }: { audit?: TrainingAudit; gate?: GatePolicy; economics?: Economics | undefined } = {},
): Decision {
  const stated = { ...STATED, scenario: "format", ...(economics === undefined ? {} : { economics }) } as const;
  const suite = suiteOf({ targets, requirement: given, gate, stated });
  const observations = createObservations(suite);
  for (let index = 0; index < 500; index++) {
    const elsewhere = index >= 300;
    for (const { name } of targets) {
      const rate = rates[name]?.[elsewhere ? 1 : 0] ?? 0;
      const outcome = (index * 37) % 100 < 100 * rate ? "right" : "wrong";
      const many = targets.filter(({ role }) => role === "fine-tuned").length > 1;
      const told = record(suite, {
        target: name,
        index,
        trial: 1,
        outcome,
        split: many && index % 3 === 0 ? "dev" : "test",
      });
      observations.add({ ...told, tags: elsewhere ? ["elsewhere"] : [] });
    }
  }
  return decide(observations, { today: TODAY, ...(audit === undefined ? {} : { audit }) });
}

const both = [promptOnly("plain"), fineTuned("tuned")];

describe("test cases that the model was tuned on", () => {
  const read = (leaked: number, gate = {}) => {
    const leakedTestCases = Array.from({ length: leaked }, (_, at) => `case ${at}`);
    const audit = { examples: 400, clean: 400 - leaked, leakedTestCases, errors: [], warnings: [] };
    return decided(both, { plain: [0.6, 0.95], tuned: [0.95, 0.95] }, requirement, { audit, gate }).verdict;
  };

  it.each([
    [1, '1 of 500 test cases stands among the training examples, word for word or nearly ("case 0"): '],
    [6, 'nearly (the first are "case 0", "case 1", "case 2", "case 3" and "case 4"): '],
  ])("give no verdict, however few: %d", (leaked, told) => {
    expect(read(0).kind).toBe("CONFIRMED");
    const verdict = read(leaked, { maxMissing: 0.05 });
    expect(verdict.kind).toBe("INCONCLUSIVE");
    expect(verdict.reasons[0]).toMatchObject({ code: "leaked-test", text: expect.stringContaining(told) });
    expect(verdict.wouldChange).toEqual([
      "Take those test cases out of the suite, or those examples out of the training data and train again.",
    ]);
  });
});

describe("cases that tuning must not break", () => {
  it.each([
    [0.95, "CONFIRMED", "tuned-meets-and-better"],
    [0.6, "REJECTED", "tuned-regresses"],
    [0.93, "INCONCLUSIVE", "regression-open"],
  ] as const)("right elsewhere in %d where the prompt is in 0.95: %s", (rate, kind, code) => {
    const { verdict, cases, regression } = decided(both, { plain: [0.6, 0.95], tuned: [0.95, rate] });
    expect(verdict.kind).toBe(kind);
    expect(verdict.reasons[0]?.code).toBe(code);
    expect(cases).toMatchObject({ test: 300, total: 300 });
    expect(regression).toMatchObject({ available: true, n: 200 });
  });

  it("leave a verdict open where the suite asks for them and there are none", () => {
    const other = { ...requirement, regression: { tag: "elsewhere still" } };
    const { verdict } = decided(both, { plain: [0.6, 0.6], tuned: [0.95, 0.95] }, other);
    expect(verdict).toMatchObject({ kind: "INCONCLUSIVE", reasons: [{ code: "regression-open" }, {}, {}] });
    expect(verdict.reasons[0]?.text).toContain("Nothing is known of what");
  });

  it("count in no other figure", () => {
    const with_ = decided(both, { plain: [0.6, 0.1], tuned: [0.95, 0.1] });
    const other = decided(both, { plain: [0.6, 0.9], tuned: [0.95, 0.9] });
    expect(with_.measures).toEqual(other.measures);
    expect(with_.measures[0]?.counts).toMatchObject({ planned: 300, missing: 0 });
  });
});

describe("a recipe", () => {
  const seeds = (n: number) => [
    promptOnly("plain"),
    ...Array.from({ length: n }, (_, seed) => fineTuned(`seed ${seed + 1}`, { recipe: "r1" })),
  ];
  const rates = { plain: [0.6, 1], "seed 1": [0.9, 1], "seed 2": [0.8, 1], "seed 3": [0.85, 1] } as const;

  it("is claimed from three seeds on, with the spread of the seeds in its interval", () => {
    const [claim] = decided(seeds(3), rates).recipes ?? [];
    expect(claim).toMatchObject({ recipe: "r1", targets: ["seed 1", "seed 2", "seed 3"], gap: { available: true } });
    expect(claim?.seedSd).toBeGreaterThan(0.03);
    const single = decided(seeds(1), rates).gaps[0]?.total;
    if (claim?.gap.available !== true || single?.available !== true) throw new Error("no gap");
    expect(claim.gap.upper - claim.gap.lower).toBeGreaterThan(single.upper - single.lower);
    expect(claim.gap.value).toBeCloseTo(0.25, 1);
  });

  it.each<readonly [string, number, Readonly<Record<string, readonly [number, number]>>, string, object]>([
    [
      "of the recipe where every seed does what the prompt does not",
      3,
      { plain: [0.6, 1], "seed 1": [0.95, 1], "seed 2": [0.9, 1], "seed 3": [0.92, 1] },
      "CONFIRMED",
      { of: "recipe", recipe: "r1", seeds: 3 },
    ],
    [
      "of the checkpoint where another seed is not shown to",
      3,
      { plain: [0.6, 1], "seed 1": [0.95, 1], "seed 2": [0.8, 1], "seed 3": [0.92, 1] },
      "CONFIRMED",
      { of: "checkpoint", target: "seed 1", recipe: "r1", seeds: 3 },
    ],
    [
      "of the checkpoint where there are two seeds",
      2,
      { plain: [0.6, 1], "seed 1": [0.95, 1], "seed 2": [0.9, 1] },
      "CONFIRMED",
      { of: "checkpoint", target: "seed 1", recipe: "r1", seeds: 2 },
    ],
    [
      "of the recipe where every seed misses",
      3,
      { plain: [0.6, 1], "seed 1": [0.65, 1], "seed 2": [0.64, 1], "seed 3": [0.63, 1] },
      "REJECTED",
      { of: "recipe", recipe: "r1", seeds: 3 },
    ],
  ])("is what the verdict says: %s", (_, n, given, kind, claim) => {
    const { verdict } = decided(seeds(n), given);
    expect(verdict).toMatchObject({ kind, claim });
    expect(Object.keys(verdict.claim ?? {}).sort()).toEqual(Object.keys(claim).sort());
    const of = claim as { of: string };
    expect(verdict.reasons.some(({ text }) => text.startsWith("This is said of the checkpoint"))).toBe(
      of.of === "checkpoint",
    );
  });

  it("is no matter to what confirms and rejects nothing, and a model without one is a checkpoint", () => {
    expect(decided(both, { plain: [0.95, 1], tuned: [0.95, 1] }).verdict.claim).toBeUndefined();
    const { verdict } = decided(both, { plain: [0.6, 1], tuned: [0.95, 1] });
    expect(verdict.claim).toEqual({ of: "checkpoint", target: "tuned" });
  });

  it("is not claimed from two", () => {
    expect(decided(seeds(2), rates).recipes).toMatchObject([
      { gap: { available: false, why: expect.stringContaining("3 seeds") } },
    ]);
    expect(decided(both, { plain: [0.6, 1], tuned: [0.9, 1] }).recipes).toBeUndefined();
  });
});

describe("a tuned model that ends", () => {
  const ends = [promptOnly("plain"), fineTuned("tuned", { retiresOn: "2026-12-01" })];
  const plain: Requirement = { quality: { atLeast: 0.8 }, margin: 0.1 };

  it("is replaced by a prompt only where that is shown to be no worse", () => {
    const far = decided(ends, { plain: [0.6, 1], tuned: [0.95, 1] }, plain);
    expect(far.verdict.reasons.map(({ text }) => text).join(" ")).toContain(
      "That the prompt may take its place is not shown.",
    );
    expect(far.gaps[0]?.replaceable).toBe(false);
    const near = decided(ends, { plain: [0.95, 1], tuned: [0.95, 1] }, plain);
    expect(near.gaps[0]?.replaceable).toBe(true);
  });
});

describe("the day on which a tuned model ends", () => {
  const right = { plain: [0.6, 1], tuned: [0.95, 1] } as const;
  const suite = { quality: { atLeast: 0.8 }, margin: 0.1 };
  const judged = (retiresOn: string, economics?: Economics) => {
    return decided([promptOnly("plain"), fineTuned("tuned", { retiresOn })], right, suite, { economics }).verdict;
  };
  const volume = { perMonth: 1000 };
  const refresh = { everyMonths: 4, usd: 10 };

  it.each<readonly [string, Economics | undefined, string]>([
    ["2026-11-01", undefined, "the 12 months of the horizon"],
    ["2027-01-14", undefined, "the 12 months of the horizon"],
    ["2027-11-01", { volume }, "the 12 months of the horizon"],
    ["2027-01-14", { volume, horizonMonths: 3 }, "the 3 months of the horizon"],
    ["2027-03-01", { volume, refresh }, "the 4 months to the next refresh"],
  ])("%s with %j: no verdict recommends what ends", (day, economics, before) => {
    const { kind, reasons } = judged(day, economics);
    expect(kind).toBe("INCONCLUSIVE");
    expect(reasons[0]).toMatchObject({
      code: "retires",
      text: `"tuned" would be confirmed, but it ends on ${day}, before the end of ${before}: no verdict recommends what ends.`,
    });
  });

  it.each<readonly [string, Economics | undefined]>([
    ["2027-12-01", undefined],
    ["2027-01-14", { volume, horizonMonths: 1 }],
    ["2027-04-01", { volume, refresh }],
  ])("%s with %j: is told beside the confirmation", (day, economics) => {
    const { kind, reasons } = judged(day, economics);
    expect(kind).toBe("CONFIRMED");
    expect(reasons.map(({ text }) => text)).toContain(`"tuned" is served until ${day}.`);
  });
});

it("tells what tuning did from what shortening did", () => {
  const targets = [promptOnly("long"), { ...promptOnly("short"), arm: "short-prompt" as const }, fineTuned("tuned")];
  const { gaps } = decided(
    targets,
    { long: [0.7, 1], short: [0.3, 1], tuned: [0.9, 1] },
    { quality: { atLeast: 0.8 } },
  );
  expect(gaps.map(({ base, tuned }) => [base, tuned])).toEqual([
    ["long", "tuned"],
    ["short", "tuned"],
  ]);
});
