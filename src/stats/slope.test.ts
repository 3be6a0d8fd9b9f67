import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomFrom } from "./random.ts";
import { slope } from "./slope.ts";
import { mustBeDefined } from "./undefined.ts";

const range = (n: number) => Array.from({ length: n }, (_, index) => index);

describe("slope", () => {
  it("is the least-squares slope, with the jackknife's error", () => {
    // By hand: x 0..9, y = 2x but for the last, which is 10 too high; leaving it out gives exactly 2.
    const x = range(10);
    const y = x.map((value) => 2 * value + (value === 9 ? 10 : 0));
    const { estimate, se, df, n } = mustBeDefined(slope(x, y, 0.95));
    expect(estimate).toBeCloseTo(2 + (4.5 * 10) / 82.5, 12);
    expect(se).toBeGreaterThan(Math.sqrt(0.9) * ((4.5 * 10) / 82.5));
    expect([df, n]).toEqual([9, 10]);
  });

  it("is not defined where nothing can be told", () => {
    const x = range(12);
    const why = (result: ReturnType<typeof slope>) => (result.defined ? "defined" : result.reason);
    expect(
      why(
        slope(
          x,
          x.map(() => 1),
          0.95,
        ),
      ),
    ).toBe("all cases come out alike");
    expect(
      why(
        slope(
          x.map(() => 3),
          x,
          0.95,
        ),
      ),
    ).toBe("all cases lie at one point of the line");
    expect(
      why(
        slope(
          x.slice(0, 9),
          x.slice(0, 9).map((v) => v % 2),
          0.95,
        ),
      ),
    ).toBe("fewer than 10 clusters");
    expect(why(slope(x, x, 0.95))).toBe("all cases lie on the line");
    const lone = x.map((value) => (value === 0 ? 1 : 2));
    expect(
      why(
        slope(
          lone,
          x.map((value) => value % 2),
          0.95,
        ),
      ),
    ).toBe("one cluster alone tells the slope");
  });

  it("counts clusters, not cases: cases told twice change nothing when they share a cluster", () => {
    const cases = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 12,
      maxLength: 40,
    });
    fc.assert(
      fc.property(cases, (list) => {
        const x = list.map(([steps]) => steps);
        const y = list.map(([, right]) => right);
        const once = slope(x, y, 0.95);
        const clusters = [...x, ...x].map((_, index) => String(index % x.length));
        const twice = slope([...x, ...x], [...y, ...y], 0.95, { clusters });
        expect(twice.defined).toBe(once.defined);
        if (!once.defined || !twice.defined) return;
        expect(twice.value.lower).toBeCloseTo(once.value.lower, 9);
        expect(twice.value.upper).toBeCloseTo(once.value.upper, 9);
        expect(twice.value.clusters).toBe(once.value.clusters);
        const weighted = slope(x, y, 0.95, { weights: x.map(() => 3) });
        expect(mustBeDefined(weighted).lower).toBeCloseTo(once.value.lower, 9);
        const shifted = slope(
          x.map((value) => value + 1000),
          y,
          0.95,
        );
        expect(mustBeDefined(shifted).estimate).toBeCloseTo(once.value.estimate, 9);
        const mirrored = slope(
          x,
          y.map((value) => 1 - value),
          0.95,
        );
        expect(mustBeDefined(mirrored).estimate).toBeCloseTo(-once.value.estimate, 9);
      }),
      { numRuns: 60 },
    );
  });

  it("covers: 0/1 scores in clusters, 400 simulated suites", () => {
    const random = randomFrom([5, 8, 13]);
    let covered = 0;
    let told = 0;
    for (let run = 0; run < 400; run++) {
      const x: number[] = [];
      const y: number[] = [];
      const clusters: string[] = [];
      for (let cluster = 0; cluster < 20; cluster++) {
        const lift = 0.3 * (random() - 0.5);
        for (let own = 0; own < 5; own++) {
          const steps = 1 + Math.floor(random() * 4);
          x.push(steps);
          y.push(random() < 0.95 - 0.15 * steps + lift ? 1 : 0);
          clusters.push(String(cluster));
        }
      }
      const result = slope(x, y, 0.95, { clusters });
      if (!result.defined) continue;
      told += 1;
      if (result.value.lower <= -0.15 && result.value.upper >= -0.15) covered += 1;
    }
    expect(told).toBe(400);
    expect(covered / told).toBeGreaterThan(0.92);
  });
});
