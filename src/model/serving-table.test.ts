import { describe, expect, it } from "vitest";
import type { Model } from "../suite/model.ts";
import { anthropicIn } from "./anthropic.ts";
import { openaiIn } from "./openai.ts";
import { BATCH_DISCOUNTS, batchDiscountOf, CACHE_MINIMUMS, cacheMinimumOf } from "./serving-table.ts";

const price = { inputPerMillion: 1, outputPerMillion: 2, asOf: "2026-11-01", source: "contract" };
const minimum = (model: Model) => cacheMinimumOf(model)?.value;

describe("cache minimum", () => {
  it("goes by vendor and by the family of the model's id", () => {
    expect(minimum(openaiIn({}, "gpt-5.4-mini"))).toBe(1024);
    expect(minimum(anthropicIn({}, "claude-haiku-4-5-20251001"))).toBe(4096);
    expect(minimum(anthropicIn({}, "claude-sonnet-4-6"))).toBe(2048);
    expect(minimum(anthropicIn({}, "claude-sonnet-4-5"))).toBe(1024);
  });

  it("is unknown for a family that is not in the table, and for servers of other people", () => {
    expect(minimum(anthropicIn({}, "claude-opus-4-55"))).toBeUndefined();
    expect(minimum(openaiIn({}, "gpt-5.4-mini", { baseUrl: "http://127.0.0.1:8080/v1" }))).toBeUndefined();
    expect(batchDiscountOf(openaiIn({}, "gpt-5.4-mini", { baseUrl: "http://127.0.0.1:8080/v1" }))).toBeUndefined();
  });

  it("is overruled by the suite, wherever the model is served", () => {
    const own = openaiIn({}, "x", {
      baseUrl: "http://127.0.0.1:8080/v1",
      price: { ...price, cacheMinimumTokens: 256, batchDiscount: 0.25 },
    });
    expect(cacheMinimumOf(own)).toEqual({ value: 256, source: "stated by the suite" });
    expect(batchDiscountOf(own)?.value).toBe(0.25);
  });

  it("refuses figures of the suite that are none", () => {
    const wrong = (more: object) => () => openaiIn({}, "x", { price: { ...price, ...more } });
    expect(wrong({ cacheMinimumTokens: -1 })).toThrow(/cacheMinimumTokens is -1/);
    expect(wrong({ batchDiscount: 50 })).toThrow(/batchDiscount is 50/);
  });
});

describe("the table", () => {
  it("dates and sources every row", () => {
    const rows = [
      ...Object.values(CACHE_MINIMUMS).flatMap((table) => Object.values(table)),
      ...Object.values(BATCH_DISCOUNTS),
    ];
    for (const { asOf, source } of rows) {
      expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(source).not.toBe("");
    }
  });
});
