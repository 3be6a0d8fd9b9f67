import { describe, expect, it } from "vitest";
import type { Requirement } from "../suite/requirement.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { createObservations } from "./observations.ts";
import { decided, fineTuned, promptOnly, record, seeded, suiteOf, TODAY } from "./trials.test-data.ts";

const plain = [promptOnly("plain")];
const both = [...plain, fineTuned("tuned")];

describe("error rates of verdicts, simulated", () => {
  function share(runs: number, seed: number, kind: string, make: (random: () => number) => Decision): number {
    const random = seeded(seed);
    let hits = 0;
    for (let run = 0; run < runs; run++) if (make(random).verdict.kind === kind) hits += 1;
    return hits / runs;
  }
  const letters = (random: () => number, n: number, rate: number) =>
    Array.from({ length: n }, () => (random() < rate ? "+" : "-"));

  it("fine-tuning is called for in at most 5 % of the runs where every requirement is just met", () => {
    const five: Requirement = {
      quality: [0.9, 0.9].map((atLeast) => ({ atLeast })),
      enough: 0.9,
      latency: { p95MsAtMost: 950 },
      cost: { usdPer1kAtMost: 0.5 },
    };
    const rate = share(300, 31, "FINE_TUNE_JUSTIFIED", (random) => {
      const suite = suiteOf({ targets: plain, requirement: five });
      const observations = createObservations(suite);
      for (let index = 0; index < 100; index++) {
        const outcome = random() < 0.9 ? "right" : "wrong";
        observations.add(
          record(suite, { target: "plain", index, outcome, latencyMs: random() * 1000, usd: random() / 1000 }),
        );
      }
      return decide(observations, { today: TODAY });
    });
    expect(rate).toBeLessThan(0.088);
  });

  it("a fine-tune that changes nothing is confirmed in at most 5 % of the runs", () => {
    const rate = share(200, 32, "CONFIRMED", (random) =>
      decided(
        { targets: both, requirement: { quality: { atLeast: 0.8 }, enough: 0.5 } },
        {
          plain: letters(random, 100, 0.72),
          tuned: letters(random, 100, 0.72),
        },
      ),
    );
    expect(rate).toBeLessThan(0.05);
  });

  it("a prompt ten points short of its requirement is kept in at most 5 % of the runs", () => {
    const rate = share(200, 33, "KEEP_PROMPTING", (random) =>
      decided({ targets: plain, requirement: { quality: { atLeast: 0.9 } } }, { plain: letters(random, 100, 0.8) }),
    );
    expect(rate).toBeLessThan(0.05);
  });

  it("a clear case is decided", () => {
    const kept = share(50, 34, "KEEP_PROMPTING", (random) =>
      decided({ targets: plain, requirement: { quality: { atLeast: 0.8 } } }, { plain: letters(random, 200, 0.93) }),
    );
    const justified = share(50, 35, "FINE_TUNE_JUSTIFIED", (random) =>
      decided({ targets: plain, requirement: { quality: { atLeast: 0.8 } } }, { plain: letters(random, 200, 0.65) }),
    );
    expect(Math.min(kept, justified)).toBeGreaterThan(0.95);
  });
});
