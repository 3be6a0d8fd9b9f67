import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf, drawAxis, drawBar, scaleFor } from "./interval-bar.ts";
import { displayWidth } from "./width.ts";

const bar = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 0.5, noNaN: true }),
    fc.double({ min: 0, max: 0.5, noNaN: true }),
  )
  .map(([value, below, above]) => ({ value, lower: Math.max(-1, value - below), upper: Math.min(1, value + above) }));

describe("drawBar", () => {
  it("puts point, ends, zero and margin where they belong", () => {
    const scale = scaleFor([{ value: 0, lower: -0.05, upper: 0.05 }], [-0.1, 0.1], 21);
    expect(drawBar({ value: 0.02, lower: -0.05, upper: 0.05 }, 0.1, scale)).toBe("┊    ├────┼─●──┤     ");
    expect(drawBar({ value: 0.05, lower: 0.02, upper: 0.09 }, 0.1, scale)).toBe("┊         │ ├──●───┤ ");
    expect(drawBar({ value: -0.08, lower: -0.1, upper: -0.05 }, 0.08, scale)).toBe("├─●──┤    │          ");
  });

  it("is as wide as its scale, in order, and shows zero inside exactly when the interval holds it", () => {
    fc.assert(
      fc.property(
        fc.array(bar, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0.01, max: 0.2, noNaN: true }),
        fc.integer({ min: 20, max: 60 }),
        (bars, margin, columns) => {
          const scale = scaleFor(bars, [0, -margin], columns);
          for (const one of bars) {
            const text = drawBar(one, margin, scale);
            expect(displayWidth(text)).toBe(columns);
            expect(text.match(/●/g)).toHaveLength(1);
            expect(columnOf(one.lower, scale)).toBeLessThanOrEqual(columnOf(one.value, scale));
            expect(columnOf(one.value, scale)).toBeLessThanOrEqual(columnOf(one.upper, scale));
            if (text.includes("│")) expect(one.lower > 0 || one.upper < 0).toBe(true);
          }
        },
      ),
    );
  });

  it("draws a scale for a single point", () => {
    const scale = scaleFor([{ value: 0, lower: 0, upper: 0 }], [0], 20);
    expect(drawBar({ value: 0, lower: 0, upper: 0 }, 0, scale)).toContain("●");
  });
});

describe("drawAxis", () => {
  it("names the margin under its mark, moves it left where it would meet zero, or leaves it out", () => {
    const scale = scaleFor([{ value: 0, lower: -0.1, upper: 0.1 }], [0], 21);
    expect(drawAxis(0.05, "-5.0", scale)).toBe("   -5.0   0");
    expect(drawAxis(0.01, "-1.0", scale)).toBe("     -1.0 0");
    expect(drawAxis(0.01, "margin of -1.0", scale)).toBe("          0");
    expect(drawAxis(0.01, "margin of -1.0", scale, 6)).toBe(" margin of -1.0 0");
  });
});
