import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisRow, intervalRow } from "./interval-row.ts";
import { lines } from "./lines.ts";
import { paretoFront } from "./pareto.ts";
import { percentAt, scaleOver } from "./scale.ts";
import { scatter } from "./scatter.ts";
import { shareRow } from "./share-row.ts";

describe("scaleOver", () => {
  it("ends on round ticks that hold every value", () => {
    expect(scaleOver([-0.02, 0.097], 6)).toMatchObject({ from: -0.02, to: 0.1 });
    expect(scaleOver([3], 5).ticks.length).toBeGreaterThan(1);
  });

  it("holds every value and keeps their order (property)", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const { from, to, at, ticks } = scaleOver(values);
        const slack = (to - from) * 1e-9;
        for (const one of values) {
          expect(one).toBeGreaterThanOrEqual(from - slack);
          expect(one).toBeLessThanOrEqual(to + slack);
        }
        expect(at(Math.min(...values))).toBeLessThanOrEqual(at(Math.max(...values)));
        expect(ticks.length).toBeLessThan(12);
      }),
    );
  });

  it("tells places in per cent", () => {
    expect([percentAt(0), percentAt(1 / 3), percentAt(1)]).toEqual(["0%", "33.33%", "100%"]);
  });
});

describe("paretoFront", () => {
  it("holds exactly what nothing beats in both (property)", () => {
    const spot = fc.record({ name: fc.string(), x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(spot), (spots) => {
        const front = paretoFront(spots);
        const beats = (a: { x: number; y: number }, b: { x: number; y: number }) =>
          a.x <= b.x && a.y >= b.y && (a.x < b.x || a.y > b.y);
        expect(new Set(front)).toEqual(new Set(spots.filter((one) => !spots.some((other) => beats(other, one)))));
        expect(front.map(({ x }) => x)).toEqual(front.map(({ x }) => x).sort((a, b) => a - b));
      }),
    );
  });
});

describe("the drawings", () => {
  const scale = scaleOver([-0.1, 0.1], 4);

  it("draw an interval with its margin and where it was on main", () => {
    const mark = { value: 0.02, lower: -0.03, upper: 0.07, size: "total" } as const;
    expect(
      intervalRow({ scale, mark, limit: -0.03, ghost: 0.05, said: { title: "all <cases>", desc: "+2.0" } }).markup,
    ).toMatchSnapshot();
    expect(
      intervalRow({ scale, mark: { ...mark, size: "part" }, said: { title: "format", desc: "" } }).markup,
    ).toMatchSnapshot();
    expect(axisRow(scale, (tick) => String(tick)).markup).toMatchSnapshot();
  });

  it("draw shares of two arms, told apart by shape", () => {
    const estimate = (value: number) =>
      ({
        available: true,
        value,
        interval: { lower: value - 0.1, upper: value, confidence: 0.95 },
        n: 20,
        unit: "share",
        method: "m",
      }) as const;
    const marks = [
      { estimate: estimate(0.8), arm: "base" },
      { estimate: estimate(0.9), arm: "fresh" },
    ] as const;
    const said = { title: "quality", desc: "80.0 %; 90.0 %" };
    expect(shareRow({ marks, needed: 0.85, said }).markup).toMatchSnapshot();
    expect(shareRow({ marks, ground: "grid", hollow: true, said }).markup).toMatchSnapshot();
  });

  const frame = {
    x: scaleOver([0, 4], 4),
    y: scaleOver([0, 1], 4),
    xText: String,
    yText: String,
    xTitle: "cost",
    yTitle: "right",
    said: { title: "two arms", desc: "a: 1, 0.5" },
  };

  it("draw arms with the line of those that none beats", () => {
    const spots = [
      { name: "a", x: 1, y: 0.5, number: 1, arm: "base" },
      { name: "b", x: 2, y: 0.9, number: 2, arm: "fresh" },
      { name: "c", x: 3, y: 0.7, number: 3, arm: "other" },
    ] as const;
    expect(scatter(frame, spots).markup).toMatchSnapshot();
  });

  it("draw lines with whiskers and a level", () => {
    const drawn = lines(
      { ...frame, y: scaleOver([-1, 1], 4) },
      [
        {
          name: "low",
          points: [
            [1, -1],
            [2, 0.5],
          ],
        },
        { name: "", points: [[1, 0.2]], ranges: [[0.1, 0.3]], dots: true, joined: false },
      ],
      0.5,
    );
    expect(drawn.markup).toMatchSnapshot();
  });
});
