import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { createObservations } from "./observations.ts";
import {
  decided,
  fineTuned,
  promptOnly,
  rightOf,
  STATED,
  type SuiteParts,
  suiteOf,
  TODAY,
  type Trial,
  tell,
} from "./trials.test-data.ts";

const cost = { quality: { atLeast: 0.9 }, cost: { usdPer1kAtMost: 1 } };

/** 100 right answers of each target; of those of the last, `more` holds. */
function unknown(parts: SuiteParts, more: Partial<Trial>): Decision {
  const suite = suiteOf(parts);
  const observations = createObservations(suite);
  for (const { name } of suite.targets) {
    tell(observations, name, rightOf(100, 100), name === suite.targets.at(-1)?.name ? more : {});
  }
  return decide(observations, { today: TODAY });
}

describe("what would change it, where the need shows the figure of the quality", () => {
  it.each([
    [0.9, "quality: About ", "that it is not met"],
    [0.8, "quality and need satisfied: About ", "that it is met"],
  ])("is told of what is asked: quality of %d, a need of 0.8", (atLeast, begins, shows) => {
    const { verdict } = decided({ requirement: { quality: { atLeast } } }, { plain: rightOf(50, 60) });
    expect(verdict.wouldChange).toHaveLength(2);
    expect(verdict.wouldChange[0]?.startsWith(begins)).toBe(true);
    // $0.40 for 1,000 requests, as made up.
    const more = Number(/About ([\d,]+) /.exec(verdict.wouldChange[0] ?? "")?.[1]?.replace(",", ""));
    const [told = "", usd] =
      /^[\d,]+ more test cases asked of every target cost about \$(.*) at the/.exec(verdict.wouldChange[1] ?? "") ?? [];
    expect(told).toMatch(new RegExp(`^${more.toLocaleString("en")} more`));
    expect(Number(usd)).toBeCloseTo(more * 0.0004, 2);
    expect(verdict.wouldChange[0]).toContain(shows);
  });
});

describe("what would change it, where a figure is not known", () => {
  it("is the price, the time or a right answer, and no number of cases", () => {
    const price = /^It takes the cost of every answer of "plain": give its model a price/;
    expect(unknown({ requirement: cost }, { usd: undefined }).verdict.wouldChange).toEqual([
      expect.stringMatching(price),
    ]);
    const perSuccess = { quality: { atLeast: 0.9 }, cost: { usdPerSuccessAtMost: 0.1 } };
    expect(unknown({ requirement: perSuccess }, { usd: undefined }).verdict.wouldChange).toEqual([
      expect.stringMatching(price),
    ]);
    const latency = { quality: { atLeast: 0.9 }, latency: { p95MsAtMost: 5000 } };
    expect(unknown({ requirement: latency }, { latencyMs: undefined }).verdict.wouldChange).toEqual([
      'It takes the latency of every answer of "plain": record it with the answers.',
    ]);
  });

  it("names the tuned model whose price is unknown", () => {
    const targets = [promptOnly("plain"), fineTuned("tuned")];
    const requirement = { quality: { atLeast: 0.9 }, cost: { usdPer1kAtMost: 0.2 } };
    const { verdict } = unknown({ targets, requirement }, { usd: undefined });
    expect(verdict).toMatchObject({ kind: "INCONCLUSIVE", reasons: [{ code: "undecided" }, {}, {}] });
    expect(verdict.wouldChange).toEqual([expect.stringMatching(/^It takes the cost of every answer of "tuned"/)]);
  });
});

describe("a tuned model that is confirmed beside the right passage in the prompt", () => {
  it("is told with retrieval as the other way", () => {
    const oracle = { ...promptOnly("oracle"), arm: "oracle-context" as const };
    const { verdict } = decided(
      { targets: [promptOnly("plain"), oracle, fineTuned("tuned")] },
      { plain: rightOf(100, 200), oracle: rightOf(199, 200), tuned: rightOf(199, 200) },
    );
    expect(verdict.kind).toBe("CONFIRMED");
    expect(verdict.reasons.at(-1)?.text).toContain("only a stronger prompt (retrieval is one), a stronger model");
    const told = verdict.wouldChange.slice(-2);
    expect(told[0]).toMatch(/^With the right passage in the prompt "oracle" meets what is missed /);
    expect(told[1]).toMatch(/^Build retrieval and add it as a prompt-only target/);
  });
});

describe("tuning that never pays, since a tuned request costs more", () => {
  const economics = { volume: { perMonth: 1000 }, oneOff: { trainingUsd: 1000 } };
  const requirement = { cost: { usdPerSuccessAtMost: 0.0006 }, enough: 0.3 };
  const change = "A tuned model that costs less a request than the prompt would change it; no volume would.";

  it("is not mended by volume, tuned already or not, and what is stated is not told as measured", () => {
    const stated = { ...STATED, scenario: "cost", economics } as const;
    const suite = suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")], requirement, stated });
    const observations = createObservations(suite);
    tell(observations, "plain", rightOf(50, 100));
    tell(observations, "tuned", rightOf(100, 100), { usd: 0.0005 });
    const tuned = decide(observations, { today: TODAY }).verdict;
    expect(tuned).toMatchObject({ kind: "REJECTED", wouldChange: [change] });
    const planned = { ...stated, economics: { ...economics, tunedUsdPer1k: 0.5 } };
    const { verdict } = decided({ requirement, stated: planned }, { plain: rightOf(50, 100) });
    expect(verdict.reasons[0]).toMatchObject({ code: "never-pays" });
    expect(verdict.reasons[0]?.text).toContain(" $0.50 (stated, not measured) against $0.40 (95 % interval ");
    expect(verdict.wouldChange[0]).toBe(change);
  });
});

describe("a sentence of a decision", () => {
  it("names nothing that is not there, whatever is not known", () => {
    const requirements = [
      cost,
      { quality: { atLeast: 0.9 }, cost: { usdPerSuccessAtMost: 0.0006 } },
      { quality: { atLeast: 0.9 }, latency: { p95MsAtMost: 800 }, regression: { tag: "elsewhere" } },
      { quality: { atLeast: 0.95 }, cost: { usdPer1kAtMost: 0.2 }, latency: { p95MsAtMost: 5000 } },
    ] as const;
    const made = fc.record({
      tuned: fc.boolean(),
      requirement: fc.constantFrom(...requirements),
      right: fc.constantFrom([99, 99], [70, 99], [85, 85], [92, 90], [0, 99]),
      usd: fc.constantFrom(undefined, 0.0001, 0.0012),
      latencyMs: fc.constantFrom(undefined, 300),
    });
    const kinds = new Set<string>();
    fc.assert(
      fc.property(made, ({ tuned, requirement, right, usd, latencyMs }) => {
        const targets = tuned ? [promptOnly("plain"), fineTuned("tuned")] : [promptOnly("plain")];
        const observations = createObservations(suiteOf({ targets, requirement }));
        for (const [at, { name }] of targets.entries()) {
          const lacks = at === targets.length - 1 ? { usd, latencyMs } : {};
          tell(observations, name, rightOf(right[at] ?? 0, 99), lacks);
        }
        const { verdict, gaps, warnings, procedure, requirements: results } = decide(observations, { today: TODAY });
        kinds.add(verdict.kind);
        expect(JSON.stringify([verdict, gaps, warnings, procedure, results])).not.toMatch(
          /\b(?:undefined|NaN|Infinity|null)\b/,
        );
      }),
      { seed: 12, numRuns: 100 },
    );
    expect(kinds.size).toBeGreaterThan(3);
  });
});
