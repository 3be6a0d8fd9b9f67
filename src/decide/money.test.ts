import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Economics } from "../suite/economics.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import type { MoneyFound } from "./money-contract.ts";
import { createObservations } from "./observations.ts";
import { fineTuned, promptOnly, record, STATED, suiteOf, TODAY } from "./trials.test-data.ts";

const both = [promptOnly("plain"), fineTuned("tuned", { trainingCostUsd: 9 })];

/** $0.40 per 1,000 by the prompt and $0.20 tuned, both right in 90 of 100. */
function decided(
  economics: Economics | undefined,
  { targets = both, rates = {} as Readonly<Record<string, number>>, jitter = 0 } = {},
): Decision {
  const stated = { ...STATED, scenario: "cost" as const, ...(economics === undefined ? {} : { economics }) };
  const requirement = { quality: { atLeast: 0.8 }, cost: { usdPer1kAtMost: 0.3 } };
  const suite = suiteOf({ targets, stated, requirement });
  const observations = createObservations(suite);
  for (let index = 0; index < 200; index++) {
    for (const { name } of targets) {
      const outcome = (index * 37) % 100 < 100 * (rates[name] ?? 0.95) ? "right" : "wrong";
      const usd = (name === "tuned" ? 0.0002 : 0.0004) * (1 + jitter * ((index % 3) - 1));
      observations.add(record(suite, { target: name, index, trial: 1, outcome, split: "test", usd }));
    }
  }
  return decide(observations, { today: TODAY });
}

function found({ money }: Decision): MoneyFound {
  if (money?.available !== true) throw new Error(money === undefined ? "no money" : money.why);
  return money;
}

const perMonth = (volume: number): Economics => ({
  volume: { perMonth: volume },
  oneOff: { trainingUsd: 1000, labels: { count: 100, usdEach: 1 }, engineering: { hours: 10, usdPerHour: 90 } },
});

describe("money", () => {
  it("is a plain sum: $2,000 once, $0.20 saved per 1,000", () => {
    // 1 million requests a month save $200: ten months.
    const money = found(decided(perMonth(1_000_000)));
    expect(money.oneOff.totalUsd).toBe(2000);
    expect(
      money.volumes.map(({ volume, breakEvenMonth }) => [volume, breakEvenMonth.available && breakEvenMonth.month]),
    ).toEqual([
      ["low", false],
      ["base", 10],
      ["high", 5],
    ]);
    expect(money.volumes[1]?.balance.at(-1)).toBeCloseTo(12 * 200 - 2000, 6);
    expect(money.standing).toBe("volume-sensitive");
    expect(money.breakEvenVolume.value).toMatchObject({ available: true });
    if (money.breakEvenVolume.value.available) expect(money.breakEvenVolume.value.perMonth).toBeCloseTo(833_333.3, 0);
  });

  it.each([
    [10_000_000, "pays", "CONFIRMED", "tuned-meets-and-better"],
    [1_000_000, "volume-sensitive", "INCONCLUSIVE", "tuned-money-open"],
    [10_000, "never", "REJECTED", "tuned-never-pays"],
  ] as const)("at %d requests a month %s: %s", (volume, standing, kind, code) => {
    const decision = decided(perMonth(volume));
    expect(found(decision).standing).toBe(standing);
    expect(decision.verdict.kind).toBe(kind);
    expect(decision.verdict.reasons[0]?.code).toBe(code);
  });

  it("is not asked where quality is missed: people decide what that is worth", () => {
    const decision = decided(perMonth(10_000), { rates: { plain: 0.5 } });
    expect(decision.verdict.kind).toBe("CONFIRMED");
    expect(found(decision).usdPerExtraSuccess.available).toBe(true);
  });

  it("before tuning asks for what is not stated, and takes the stated price", () => {
    const targets = [promptOnly("plain")];
    expect(decided(undefined, { targets }).verdict.reasons[0]?.code).toBe("money-unknown");
    expect(decided(perMonth(10_000_000), { targets }).verdict.reasons[0]?.code).toBe("money-unknown");
    const priced = (volume: number) => decided({ ...perMonth(volume), tunedUsdPer1k: 0.2 }, { targets }).verdict;
    expect(priced(10_000_000).kind).toBe("FINE_TUNE_JUSTIFIED");
    expect(priced(1_000_000).reasons[0]?.code).toBe("money-unknown");
    expect(priced(1_000)).toMatchObject({ kind: "KEEP_PROMPTING" });
  });

  it("tells when costs leave the answer open", () => {
    const edge = found(decided(perMonth(1_667_000), { jitter: 0.9 }));
    expect(edge.ends.available && edge.ends.worst !== edge.ends.best).toBe(true);
    expect(edge.firm).toBe(false);
  });

  it("pays no later at a larger volume, a lower fixed cost and a smaller growth of neither", () => {
    const month = (economics: Economics) => {
      const at = found(decided(economics)).volumes[1]?.staysPositiveFrom;
      return at?.available === true ? at.month : Number.POSITIVE_INFINITY;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e8 }),
        fc.integer({ min: 0, max: 1e8 }),
        fc.integer({ min: 0, max: 1e5 }),
        (volume, more, hosting) => {
          const of = (perMonth: number, usd: number): Economics => ({
            volume: { perMonth },
            oneOff: { trainingUsd: 500 },
            hosting: { usdPerHour: usd / 1000, hoursPerMonth: 100 },
          });
          expect(month(of(volume + more, hosting))).toBeLessThanOrEqual(month(of(volume, hosting)));
          expect(month(of(volume, hosting / 2))).toBeLessThanOrEqual(month(of(volume, hosting)));
        },
      ),
      { seed: 3, numRuns: 40 },
    );
  });

  it("warns of a hosting price older than 90 days", () => {
    const hosting = (asOf: string) =>
      decided({ ...perMonth(1e6), hosting: { usdPerHour: 4, asOf } }).warnings.join(" ");
    expect(hosting("2026-07-01")).toMatch(/hosting price is of 2026-07-01, 146 days old/);
    expect(hosting("2026-11-01")).not.toMatch(/hosting price/);
  });
});
