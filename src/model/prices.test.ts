import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import type { Answer, Failure, FailureCode, RetryClass } from "../suite/completion.ts";
import type { Price } from "../suite/model.ts";
import { checkPrice, costOf, priceOf, stalePrices, usageCost, worstCost } from "./prices.ts";
import { PRICES } from "./prices-table.ts";

const price: Price = {
  inputPerMillion: 1,
  outputPerMillion: 10,
  cachedInputPerMillion: 0.1,
  cacheWritePerMillion: 1.25,
  asOf: "2026-11-01",
  source: "a test",
};
const { cachedInputPerMillion: _, cacheWritePerMillion: __, ...bare } = price;

const answer = (changes: Partial<Answer> = {}): Answer => ({ kind: "answer", text: "", finish: "stop", ...changes });
const failed = (code: FailureCode, retry: RetryClass, status?: number): Failure => ({
  kind: "failure",
  code,
  retry,
  scope: "call",
  message: "",
  ...(status !== undefined && { status }),
});

describe("priceOf", () => {
  it.each<[Parameters<typeof priceOf>[0], string, number | undefined]>([
    ["openai", "gpt-5.4-mini", 0.75],
    ["openai", "gpt-5.4-mini-2026-03-17", 0.75],
    ["openai", "gpt-5.4-nano", 0.2],
    ["openai", "gpt-5.6-luna", 0.2],
    ["anthropic", "claude-haiku-4-5", 1],
    ["anthropic", "claude-haiku-4-5-20251001", 1],
    ["google", "gemini-3.5-flash", 1.5],
    ["openai", "ft:gpt-5.4-mini", undefined],
    ["openai", "ft:gpt-5.4-mini:acme::8x2", undefined],
    ["openai", "ft:gpt-5.4-mini-2026-03-17:acme::8x2", undefined],
    ["openai", "gpt-5.4-mini-turbo", undefined],
    ["openai", "gpt-5.4-mini-2026", undefined],
    ["openai", "claude-haiku-4-5", undefined],
    ["openai", "toString", undefined],
    ["openai", "__proto__", undefined],
    ["openai", "", undefined],
  ])("%s %s", (vendor, id, input) => {
    expect(priceOf(vendor, id)?.inputPerMillion).toBe(input);
  });

  it("has a day and a source in every row, and cached input never dearer than fresh", () => {
    for (const rows of Object.values(PRICES)) {
      for (const row of Object.values(rows)) {
        checkPrice("row", row);
        expect(row.source).not.toBe("");
        expect(row.cachedInputPerMillion ?? 0).toBeLessThan(row.inputPerMillion);
      }
    }
  });
});

describe("costOf", () => {
  it("adds fresh, cached and written input and the output, each at its rate", () => {
    const usage = { input: 1_000, output: 100, cachedInput: 600, cacheWriteInput: 300, reasoning: 90 };
    // 100 x 1 + 600 x 0.1 + 300 x 1.25 + 100 x 10, by the million.
    expect(costOf(answer({ usage }), price)).toEqual({ known: true, usd: (100 + 60 + 375 + 1_000) / 1e6 });
  });

  it("marks a figure for which a rate had to be guessed", () => {
    expect(usageCost({ input: 10, output: 0, cachedInput: 5 }, bare)).toEqual({
      known: true,
      usd: 10 / 1e6,
      estimated: true,
    });
    expect(usageCost({ input: 10, output: 1 }, bare)).toEqual({ known: true, usd: 20 / 1e6 });
  });

  it("takes the rates of long contexts for the whole of a long call", () => {
    const long = { ...price, longContext: { above: 100, inputPerMillion: 2, outputPerMillion: 20 } };
    expect(usageCost({ input: 100, output: 1 }, long)).toEqual({ known: true, usd: 110 / 1e6 });
    expect(usageCost({ input: 101, output: 1 }, long)).toEqual({ known: true, usd: 222 / 1e6 });
  });

  it("is unknown without a price, without usage, and with usage that contradicts itself", () => {
    expect(costOf(answer({ usage: { input: 1, output: 1 } }), undefined)).toMatchObject({ known: false });
    expect(costOf(answer(), price)).toMatchObject({ known: false });
    expect(usageCost({ input: 1, output: 1, cachedInput: 2 }, price)).toMatchObject({ known: false });
    expect(usageCost({ input: Number.NaN, output: 1 }, price)).toMatchObject({ known: false });
  });

  it("is estimated, and says so, from the length of prompt and answer", () => {
    const cost = costOf(answer({ text: "12345678" }), price, [{ role: "user", content: "1234" }]);
    expect(cost).toEqual({ known: true, usd: (1 + 2 * 10) / 1e6, estimated: true });
  });

  it("is nothing for a free model, also without usage", () => {
    const free = { inputPerMillion: 0, outputPerMillion: 0, asOf: "2026-01-01", source: "free" };
    expect(costOf(answer({ text: "x" }), free)).toEqual({ known: true, usd: 0 });
    expect(costOf(failed("threw", "final"), free)).toEqual({ known: true, usd: 0 });
  });

  it.each<[Failure, boolean]>([
    [failed("rate-limited", "never-sent", 429), true],
    [failed("unreachable", "never-sent"), true],
    [failed("bad-request", "final", 400), true],
    [failed("key-missing", "final"), true],
    [failed("not-recorded", "final"), true],
    [failed("timeout", "maybe-paid"), false],
    [failed("server-error", "maybe-paid", 500), false],
    [failed("aborted", "maybe-paid"), false],
    [failed("not-an-answer", "final", 200), false],
    [failed("not-an-answer", "final"), false],
    [failed("too-large", "final", 200), false],
    // Code of the model's own ended: what it had sent by then, nobody knows.
    [failed("threw", "final"), false],
  ])("of %o", (completion, free) => {
    expect(costOf(completion, price).known).toBe(free);
    if (free) expect(costOf(completion, price)).toEqual({ known: true, usd: 0 });
  });
});

describe("worstCost", () => {
  it("counts a byte as a token, and the longest answer", () => {
    const cost = worstCost([{ role: "user", content: "您好" }], { maxTokens: 100 }, bare);
    expect(cost).toEqual({ known: true, usd: (6 + 32 + 100 * 10) / 1e6 });
  });

  it("is unknown without a price", () => {
    expect(worstCost([], {}, undefined)).toMatchObject({ known: false });
  });

  it("is never less than what the call turns out to cost", () => {
    const long = { ...price, longContext: { above: 500, inputPerMillion: 2, outputPerMillion: 15 } };
    fc.assert(
      fc.property(
        fc.string({ maxLength: 1_000, unit: "grapheme" }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 4_000 }),
        fc.constantFrom(price, bare, long),
        (content, share, cached, maxTokens, one) => {
          const input = Math.max(1, Math.floor(share * Buffer.byteLength(content)));
          const usage = { input, output: maxTokens, cachedInput: Math.floor(input * cached) };
          const spent = usageCost(usage, one);
          const worst = worstCost([{ role: "user", content }], { maxTokens }, one);
          expect(worst.known && spent.known && worst.usd >= spent.usd).toBe(true);
        },
      ),
    );
  });
});

describe("stalePrices", () => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  it("warns of the oldest price in use after 90 days, not before", () => {
    const free = { ...bare, inputPerMillion: 0, outputPerMillion: 0, asOf: "2020-01-01" };
    const prices = [{ ...price, asOf: "2026-10-01" }, { ...price, asOf: "2026-08-01" }, free];
    expect(stalePrices(prices, day("2026-10-30"))).toBeUndefined();
    expect(stalePrices(prices, day("2026-10-31"))).toContain("91 days old (2026-08-01)");
  });

  it("says nothing where no price is in use", () => {
    expect(stalePrices([], day("2030-01-01"))).toBeUndefined();
  });
});

describe("checkPrice", () => {
  it.each([
    [{ inputPerMillion: -1 }],
    [{ outputPerMillion: Number.NaN }],
    [{ cachedInputPerMillion: Number.POSITIVE_INFINITY }],
    [{ asOf: "yesterday" }],
    [{ longContext: { above: 1, inputPerMillion: -1, outputPerMillion: 1 } }],
  ])("refuses %o", (wrong) => {
    expect(() => checkPrice("m", { ...price, ...wrong })).toThrow(ConfigError);
  });
});
