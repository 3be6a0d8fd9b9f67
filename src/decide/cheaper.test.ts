import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Price } from "../suite/model.ts";
import type { Requirement } from "../suite/requirement.ts";
import type { Suite } from "../suite/suite.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { observe, type Told } from "./instruments/told.test-data.ts";
import { model, promptOnly, STATED, TODAY } from "./trials.test-data.ts";

const PRICE: Price = {
  inputPerMillion: 1,
  cachedInputPerMillion: 0.1,
  outputPerMillion: 2,
  asOf: "2026-11-01",
  source: "contract",
  cacheMinimumTokens: 1024,
  batchDiscount: 0.5,
};
/** $2.00 of shared beginning and $0.42 of the rest for 1,000 requests; from the cache $0.62, in batches $1.21, in both $0.31. */
const INPUT = 2400;
const OUTPUT = 10;
const SHARED = 2000;
const perRequest = ({ inputPerMillion, outputPerMillion }: Price) =>
  (INPUT * inputPerMillion + OUTPUT * outputPerMillion) / 1e6;

interface Given {
  readonly price?: Partial<Price>;
  readonly without?: readonly (keyof Price)[];
  readonly limit?: number;
  readonly requirement?: Requirement;
  readonly ladder?: Suite["ladder"];
  readonly right?: number;
  readonly cachedInput?: number;
  readonly n?: number;
}

/** A prompt that misses its price, with economics by which tuning pays, so that only a cheaper way stands before it. */
function decided({
  price = {},
  without = [],
  limit = 1,
  requirement,
  ladder,
  right = 100,
  cachedInput,
  n = 200,
}: Given): Decision {
  const own: Price = { ...PRICE, ...price };
  const kept = Object.fromEntries(
    Object.entries(own).filter(([key]) => !without.includes(key as keyof Price)),
  ) as unknown as Price;
  const { caching: _, batch: __, ...asked } = STATED.ladder ?? {};
  const told = Array.from(
    { length: n },
    (_, index): Told => ({
      target: "plain",
      index,
      outcome: index % 100 < right ? "right" : "wrong",
      usd: perRequest(own) * (1 + 0.01 * ((index % 3) - 1)),
      // What comes after the shared part differs from its first character on.
      prompt: `${"x".repeat(SHARED)}${String.fromCharCode(97 + (index % 20)).repeat(INPUT - SHARED)}`,
      usage: { input: INPUT, output: OUTPUT, ...(cachedInput === undefined ? {} : { cachedInput }) },
    }),
  );
  const observations = observe(
    {
      targets: [promptOnly("plain", { ...model("base"), price: kept })],
      requirement: requirement ?? { quality: { atLeast: 0.8 }, cost: { usdPer1kAtMost: limit } },
      stated: {
        ...STATED,
        ladder: { ...asked, ...ladder },
        scenario: "cost",
        economics: { volume: { perMonth: 1e7 }, tunedUsdPer1k: 0.1 },
      },
    },
    told,
  );
  return decide(observations, { today: TODAY });
}

const waived = { waived: "made up" };
const texts = ({ verdict }: Decision) => verdict.reasons.map(({ text }) => text).join(" ");

describe("a price that is missed", () => {
  it.each<readonly [string, Given, string, string, RegExp]>([
    [
      "caching closes it",
      { limit: 1 },
      "KEEP_PROMPTING",
      "cheaper-first",
      /from the provider's cache, the same prompt meets the price: \$0\.62\d per 1,000 \(95 % interval \$0\.6\d+ to \$0\.6\d+, 200 cases\) \(at most \$0\.6\d with 95 % confidence, \$1\.00 allowed.*It holds as long as about 79 % of the requests/,
    ],
    [
      "a batch closes it, where caching is waived",
      { limit: 1.3, ladder: { caching: waived } },
      "KEEP_PROMPTING",
      "cheaper-first",
      /in batches, the same prompt meets the price: \$1\.21\d? per 1,000/,
    ],
    [
      "only both together close it",
      { limit: 0.4 },
      "KEEP_PROMPTING",
      "cheaper-first",
      /from the cache and in batches, the same prompt meets the price: \$0\.31/,
    ],
    [
      "nothing closes it",
      { limit: 0.2 },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
      /misses the price still: \$0\.62.*misses the price still: \$1\.21.*misses the price still: \$0\.31/,
    ],
    [
      "all of it waived",
      { ladder: { caching: waived, batch: waived } },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
      /Waived as cheaper ways: caching and batch\./,
    ],
    [
      "no caching minimum is known",
      { without: ["cacheMinimumTokens"], limit: 0.4 },
      "INCONCLUSIVE",
      "cheaper-open",
      /What the same prompt would cost from the provider's cache is not known: no caching minimum is known/,
    ],
    [
      "no rate for cached tokens",
      { without: ["cachedInputPerMillion"], limit: 0.4 },
      "INCONCLUSIVE",
      "cheaper-open",
      /the price has no rate for cached tokens/,
    ],
    [
      "no batch discount is known",
      { without: ["batchDiscount"], limit: 0.4 },
      "INCONCLUSIVE",
      "cheaper-open",
      /in batches is not known: no batch discount is known/,
    ],
    [
      "a known way is enough where another is not known",
      { without: ["batchDiscount"], limit: 1 },
      "KEEP_PROMPTING",
      "cheaper-first",
      /from the provider's cache/,
    ],
    [
      "the shared beginning is too short for the cache",
      { price: { cacheMinimumTokens: 4096, batchDiscount: 0 } },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
      /Caching saves nothing here: the shared beginning is below 4,096 tokens\. A batch saves nothing here/,
    ],
    [
      "what was measured came from the cache already",
      { cachedInput: 2000, price: { batchDiscount: 0 } },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
      /Caching saves nothing here: the measured cost holds cached tokens already/,
    ],
    [
      "answers may not wait for a batch",
      { requirement: { cost: { usdPer1kAtMost: 1.3 }, latency: { p95MsAtMost: 2000 } }, ladder: { caching: waived } },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
      /Waived as cheaper ways: caching\./,
    ],
    [
      "quality is missed too, which no cheaper price closes",
      { right: 50 },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
      /No cheaper way is known/,
    ],
    [
      "a limit for each right answer, which a batch closes",
      {
        requirement: { cost: { usdPerSuccessAtMost: 0.0016 }, enough: 0.7 },
        right: 80,
        n: 2000,
        ladder: { caching: waived },
      },
      "KEEP_PROMPTING",
      "cheaper-first",
      /in batches, the same prompt meets the price: \$0\.00151 a right answer \(95 % interval \$0\.00148 to \$0\.00155, 2,000 cases\) \(at most \$0\.00154 with/,
    ],
    [
      "too close to tell",
      { limit: 1.21, ladder: { caching: waived } },
      "INCONCLUSIVE",
      "cheaper-open",
      /Whether the same prompt served in batches meets the price is not settled: \$1\.2099 per 1,000/,
    ],
  ])("%s", (_, given, kind, code, text) => {
    const decision = decided(given);
    expect(texts(decision)).toMatch(text);
    expect(decision.verdict).toMatchObject({ kind });
    expect(decision.verdict.reasons[0]?.code).toBe(code);
  });

  it("says how to go on where a way is not known", () => {
    const { verdict } = decided({ without: ["cacheMinimumTokens", "batchDiscount"], limit: 0.2 });
    expect(verdict.wouldChange[0]).toContain("waive `ladder.caching` with the reason");
    expect(verdict.wouldChange[0]).toContain("waive `ladder.batch` with the reason");
  });

  it("never calls for tuning while caching, a batch or both would close it, or nobody knows", () => {
    const optional = (key: keyof Price) => fc.option(fc.constant(key), { nil: undefined, freq: 4 });
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 2.3, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0, 0.25, 0.5),
        fc.constantFrom(100, 1024, 4096),
        fc.tuple(optional("cacheMinimumTokens"), optional("cachedInputPerMillion"), optional("batchDiscount")),
        (limit, cachedInputPerMillion, batchDiscount, cacheMinimumTokens, absent) => {
          const without = absent.filter((key) => key !== undefined);
          const price = { cachedInputPerMillion, batchDiscount, cacheMinimumTokens };
          const { verdict } = decided({ limit, price, without, n: 60 });
          seen.add(verdict.kind);
          if (verdict.kind !== "FINE_TUNE_JUSTIFIED") return;
          expect(without).toEqual([]);
          const plain = perRequest(PRICE) * 1000;
          const caches = SHARED >= cacheMinimumTokens;
          const cached = caches ? plain - (SHARED * (1 - cachedInputPerMillion)) / 1000 : plain;
          expect(Math.min(plain, cached) * (1 - batchDiscount)).toBeGreaterThan(limit);
        },
      ),
      { seed: 41, numRuns: 150 },
    );
    expect([...seen].sort()).toEqual(["FINE_TUNE_JUSTIFIED", "INCONCLUSIVE", "KEEP_PROMPTING"]);
  });
});
