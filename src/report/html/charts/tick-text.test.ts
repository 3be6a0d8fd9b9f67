import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaleOver } from "./scale.ts";
import { tickText, timeUnit } from "./tick-text.ts";

const texts = (values: readonly number[], style = {}) => {
  const { ticks } = scaleOver(values, 5);
  return ticks.map(tickText(ticks, style));
};

describe("tickText", () => {
  it("tells small and close ticks apart, with as many digits each", () => {
    expect(texts([0, 0.08])).toEqual(["0.00", "0.02", "0.04", "0.06", "0.08"]);
    expect(texts([0.9991, 0.9999], { times: 100, after: " %" })).toEqual([
      "99.90 %",
      "99.92 %",
      "99.94 %",
      "99.96 %",
      "99.98 %",
      "100.00 %",
    ]);
    expect(texts([-0.0025, 0.005], { times: 100, signed: true })).toEqual([
      "-0.4",
      "-0.2",
      "0.0",
      "+0.2",
      "+0.4",
      "+0.6",
    ]);
    expect(texts([0, 4_800], { before: "$" })).toEqual(["$0", "$1,000", "$2,000", "$3,000", "$4,000", "$5,000"]);
  });

  it("never says the same of two ticks, nor anything but the tick (property)", () => {
    const value = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (values) => {
        const { ticks, from, to } = scaleOver(values);
        fc.pre(to - from > 1e-9);
        const said = ticks.map(tickText(ticks));
        expect(new Set(said).size).toBe(ticks.length);
        for (const [at, tick] of ticks.entries()) {
          expect(Math.abs(Number(said[at]?.replaceAll(",", "")) - tick)).toBeLessThanOrEqual((to - from) * 1e-3);
        }
      }),
    );
  });

  it("takes the unit in which times are read", () => {
    expect([0.3, 999, 1_000, 119_000, 120_000].map((ms) => timeUnit(ms).unit)).toEqual(["ms", "ms", "s", "s", "min"]);
  });
});
