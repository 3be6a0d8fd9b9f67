import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countOf,
  formatCount,
  formatDuration,
  formatEstimate,
  formatInterval,
  formatMs,
  formatPoints,
  formatShare,
  formatSpend,
  formatThreshold,
  formatUsd,
  formatUsdAtMost,
  formatValue,
} from "./numbers.ts";

const number = (text: string) => Number(text.replace(/[^\d.eE+-]/g, ""));

describe("formatShare", () => {
  it.each([
    [0.985, "98.5 %"],
    [0, "0.0 %"],
    [1, "100.0 %"],
    [0.9996, "99.96 %"],
    [0.00004, "0.004 %"],
    [0.07, "7.0 %"],
    [0.285, "28.5 %"],
    [1 / 3, "33.3 %"],
    [Number.NaN, "unknown"],
  ])("of %d is %s", (value, text) => {
    expect(formatShare(value)).toBe(text);
  });

  it("never rounds onto a threshold that it does not reach", () => {
    expect(formatShare(0.8996, { apartFrom: 0.9 })).toBe("89.96 %");
    expect(formatShare(0.9, { apartFrom: 0.9 })).toBe("90.0 %");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 999 }),
        (k, n, t) => {
          const value = Math.min(1, k / n);
          const threshold = t / 1000;
          const shown = number(formatShare(value, { apartFrom: threshold })) / 100;
          if (Math.abs(value - threshold) > 1e-7)
            expect(Math.sign(shown - threshold)).toBe(Math.sign(value - threshold));
          if (value < 1 - 1e-7) expect(shown).toBeLessThan(1);
          if (value > 1e-7) expect(shown).toBeGreaterThan(0);
          expect(Math.abs(shown - value)).toBeLessThanOrEqual(0.00051);
        },
      ),
    );
  });
});

describe("formatPoints", () => {
  it.each([
    [0.062, "+6.2 points"],
    [-0.014, "-1.4 points"],
    [0, "0.0 points"],
    [-0, "0.0 points"],
    [-0.0004, "-0.04 points"],
    [0.29, "+29.0 points"],
  ])("of %d is %s", (value, text) => {
    expect(formatPoints(value)).toBe(text);
  });
});

describe("formatUsd", () => {
  it.each([
    [0, "$0.00"],
    [0.39, "$0.39"],
    [0.388, "$0.39"],
    [0.0394731, "$0.0395"],
    [0.0041, "$0.00410"],
    [0.00041, "$0.000410"],
    [0.0999, "$0.0999"],
    [0.09996, "$0.10"],
    [1234.5, "$1,234.50"],
    [1234567, "$1,234,567.00"],
    [-2, "-$2.00"],
    [Number.POSITIVE_INFINITY, "unknown"],
  ])("of %d is %s", (value, text) => {
    expect(formatUsd(value)).toBe(text);
  });

  it("stays on its side of a threshold, and bounds are never rounded down", () => {
    expect(formatUsd(0.504, { apartFrom: 0.5 })).toBe("$0.504");
    expect(formatUsdAtMost(1.424)).toBe("$1.43");
    expect(formatUsdAtMost(1.42)).toBe("$1.42");
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (value) => {
        expect(number(formatUsdAtMost(value))).toBeGreaterThanOrEqual(value * (1 - 1e-9));
        expect(number(formatUsdAtMost(value))).toBeLessThanOrEqual(value * 1.2 + 0.01);
      }),
    );
  });
});

describe("times", () => {
  it.each([
    [3.24, "3.2 ms"],
    [340.4, "340 ms"],
    [999.7, "1.0 s"],
    [1900, "1.9 s"],
    [2500.4, "2.5 s"],
    [125_000, "2 min 5 s"],
  ])("formatMs of %d is %s", (value, text) => {
    expect(formatMs(value)).toBe(text);
  });

  it.each([
    [0, "0 s"],
    [12_400, "12 s"],
    [60_000, "1 min"],
    [3_840_000, "1 h 4 min"],
  ])("formatDuration of %d is %s", (value, text) => {
    expect(formatDuration(value)).toBe(text);
  });

  it("tells apart what lies close to a threshold", () => {
    expect(formatMs(2500.4, { apartFrom: 2500 })).toBe("2.5004 s");
    expect(formatThreshold("at-most", 2500, "ms")).toBe("at most 2.5 s");
  });
});

describe("counts, thresholds and intervals", () => {
  it.each([
    [0.0394731, 0.0393255, 0.0396205, "usd-per-1k", "$0.0395", "$0.0393 to $0.0396"],
    [244.6, 243.7, 245.5, "tokens", "245 tokens", "244 to 246 tokens"],
    [-210.0004, -210.0008, -210.0001, "tokens", "-210.0004 tokens", "-210.0008 to -210.0001 tokens"],
    [0.713, 0.652, 0.766, "share", "71.3 %", "65.2 to 76.6 %"],
    [0, 0, 0.016, "share", "0.0 %", "0.0 to 1.6 %"],
  ] as const)(
    "show %f beside its interval in digits that tell them apart",
    (value, lower, upper, unit, figure, range) => {
      const interval = { lower, upper, confidence: 0.95 };
      expect(formatEstimate({ value, unit, interval })).toEqual({ figure, range });
    },
  );

  it("have separators and units", () => {
    expect(formatCount(9300)).toBe("9,300");
    expect(formatCount(1234567)).toBe("1,234,567");
    expect(countOf(1, "case")).toBe("1 case");
    expect(countOf(0, "case")).toBe("0 cases");
    expect(formatThreshold("at-least", 0.9, "share")).toBe("at least 90 %");
    expect(formatThreshold("at-least", 0.875, "share")).toBe("at least 87.5 %");
    expect(formatThreshold("at-most", 0.5, "usd-per-1k")).toBe("at most $0.50");
    expect(formatThreshold("at-least", 0.8, "score")).toBe("at least 0.8 of 1");
    expect(formatValue(812.4, "tokens")).toBe("812 tokens");
    expect(formatValue(12.25, "tokens")).toBe("12.3 tokens");
    expect(formatValue(1, "tokens")).toBe("1 token");
    expect(formatValue(0.0042, "tokens")).toBe("0.004 tokens");
    expect(formatValue(0, "tokens")).toBe("0 tokens");
  });

  it("name the unit once where both ends have the same", () => {
    expect(formatInterval(0.957, 0.995, "share")).toBe("95.7 to 99.5 %");
    expect(formatInterval(0.37, 0.41, "usd-per-1k")).toBe("$0.37 to $0.41");
    expect(formatInterval(820, 1200, "ms")).toBe("820 ms to 1.2 s");
    expect(formatInterval(0.39962, 0.40021, "usd-per-1k")).toBe("$0.3996 to $0.4002");
    expect(formatInterval(0.23, 0.23, "usd-per-1k")).toBe("$0.23");
    expect(formatInterval(0.1, 0.2, "score")).toBe("0.100 to 0.200 of 1");
  });
});

describe("formatSpend", () => {
  it("says what is known, what may be, and what nobody can tell", () => {
    const spend = { settledUsd: 0.84, unknownAtMostUsd: 0, unpricedCalls: 0 };
    expect(formatSpend(spend)).toBe("$0.84");
    expect(formatSpend({ ...spend, unknownAtMostUsd: 0.3601 })).toBe("$0.84 to $1.21");
    expect(formatSpend({ ...spend, unpricedCalls: 12 })).toBe("at least $0.84 (12 calls without a known price)");
    expect(formatSpend({ ...spend, settledUsd: 0, unpricedCalls: 1 })).toBe("unknown (1 call without a known price)");
  });
});

describe("a threshold", () => {
  it.each([
    [1450, "ms", "at most 1.45 s"],
    [2549, "ms", "at most 2.549 s"],
    [0.8555, "share", "at most 85.55 %"],
    [0.57, "share", "at most 57 %"],
    [0.125, "usd-per-1k", "at most $0.125"],
    [0.5, "usd-per-1k", "at most $0.50"],
    [1.5e-7, "usd-per-1k", "at most $0.00000015"],
    [2500, "ms", "at most 2.5 s"],
  ] as const)("of %d %s is written as its author wrote it", (value, unit, text) => {
    expect(formatThreshold("at-most", value, unit)).toBe(text);
  });
});
