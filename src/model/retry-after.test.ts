import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDuration, retryAfterMs } from "./retry-after.ts";

const NOW = new Date("2026-11-24T12:00:00Z");

function wait(headers: Readonly<Record<string, string>>): number | undefined {
  return retryAfterMs((name) => headers[name], NOW);
}

describe("retryAfterMs", () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ["nothing", {}, undefined],
    ["seconds", { "retry-after": "7" }, 7_000],
    ["zero", { "retry-after": "0" }, 0],
    ["decimals", { "retry-after": "0.25" }, 250],
    ["seconds with blanks", { "retry-after": " 2 " }, 2_000],
    ["a long time", { "retry-after": "259200" }, 259_200_000],
    ["less than nothing", { "retry-after": "-5" }, 0],
    ["a date", { "retry-after": "Tue, 24 Nov 2026 12:01:30 GMT" }, 90_000],
    ["a date of the old form", { "retry-after": "Tuesday, 24-Nov-26 12:00:05 GMT" }, 5_000],
    ["a date that is past", { "retry-after": "Tue, 24 Nov 2026 11:00:00 GMT" }, 0],
    [
      "a date by the provider's clock, whatever ours says",
      { "retry-after": "Fri, 01 Jan 2100 00:00:07 GMT", date: "Fri, 01 Jan 2100 00:00:00 GMT" },
      7_000,
    ],
    [
      "a date where the provider's clock tells nothing",
      { "retry-after": "Tue, 24 Nov 2026 12:00:03 GMT", date: "now" },
      3_000,
    ],
    [
      "a reset by the provider's clock",
      { "anthropic-ratelimit-tokens-reset": "2100-01-01T00:00:20Z", date: "Fri, 01 Jan 2100 00:00:00 GMT" },
      20_000,
    ],
    ["milliseconds before seconds", { "retry-after-ms": "120", "retry-after": "9" }, 120],
    ["seconds where the milliseconds make no sense", { "retry-after-ms": "soon", "retry-after": "9" }, 9_000],
    ["words", { "retry-after": "later" }, undefined],
    ["not a number", { "retry-after": "NaN" }, undefined],
    ["a reset", { "x-ratelimit-reset-requests": "120ms" }, 120],
    [
      "the reset of the limit that is used up",
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "6m0s",
        "x-ratelimit-remaining-tokens": "400",
        "x-ratelimit-reset-tokens": "1s",
      },
      360_000,
    ],
    [
      "the latest of two that are used up",
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "2s",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "5s",
      },
      5_000,
    ],
    [
      "the earliest where neither says that it is",
      { "x-ratelimit-reset-requests": "8s", "x-ratelimit-reset-tokens": "3s" },
      3_000,
    ],
    ["a reset as a time", { "anthropic-ratelimit-tokens-reset": "2026-11-24T12:00:20Z" }, 20_000],
    ["Retry-After before a reset", { "retry-after": "1", "x-ratelimit-reset-requests": "6m0s" }, 1_000],
  ])("%s", (_, headers, expected) => {
    expect(wait(headers)).toBe(expected);
  });

  it("is a finite number of at least 0, or undefined, whatever the headers hold", () => {
    const names = [
      "date",
      "retry-after",
      "retry-after-ms",
      "x-ratelimit-reset-tokens",
      "anthropic-ratelimit-requests-reset",
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (headers) => {
        const ms = wait(headers);
        expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});

describe("readDuration", () => {
  it("reads what it would write", () => {
    const part = fc.integer({ min: 0, max: 59 });
    fc.assert(
      fc.property(part, part, part, fc.integer({ min: 0, max: 999 }), (hours, minutes, seconds, milliseconds) => {
        const text = `${hours}h${minutes}m${seconds}s${milliseconds}ms`;
        expect(readDuration(text)).toBe(((hours * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds);
      }),
    );
  });

  it.each([
    ["1m", 60_000],
    ["1ms", 1],
    ["1h2m3.5s", 3_723_500],
    ["1d", 86_400_000],
    ["", undefined],
    ["ms", undefined],
    ["1x", undefined],
  ])("%s", (text, expected) => {
    expect(readDuration(text)).toBe(expected);
  });
});
