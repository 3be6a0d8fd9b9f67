import { describe, expect, it } from "vitest";
import {
  counted,
  dollars,
  duration,
  figureBeside,
  listed,
  percent,
  percentAsWritten,
  points,
  requiredFigure,
  whole,
} from "./in-words.ts";

describe("figures in words", () => {
  it.each([
    [0.9846, "98.5 %"],
    [1, "100 %"],
    [0, "0 %"],
    [0.99996, "99.996 %"],
    [0.0003, "0.03 %"],
    [0.5, "50.0 %"],
  ])("a share of %d is %s: all and nothing are said only of all and nothing", (share, words) => {
    expect(percent(share)).toBe(words);
  });

  it.each([
    [0.005, "+0.5 points"],
    [-0.0312, "-3.1 points"],
    [0, "0.0 points"],
    [-0.0001, "0.0 points"],
  ])("a difference of %d is %s", (difference, words) => {
    expect(points(difference)).toBe(words);
  });

  it.each([
    [0.39, "$0.39"],
    [0.0042, "$0.00420"],
    [12.5, "$12.50"],
    [0, "$0.00"],
    [0.0394731, "$0.0395"],
    [0.09996, "$0.10"],
  ])("money of %d is %s", (usd, words) => {
    expect(dollars(usd)).toBe(words);
  });

  it("times change their unit at a second", () => {
    expect([850, 999.4, 1000, 1904].map(duration)).toEqual(["850 ms", "999 ms", "1.0 s", "1.9 s"]);
  });

  it("a figure never reads like the threshold that it misses", () => {
    expect(figureBeside(0.89996, 0.9, "share")).toBe("89.996 %");
    expect(figureBeside(0.9, 0.9, "share")).toBe("90.0 %");
    expect(figureBeside(0.5004, 0.5, "usd-per-1k")).toBe("$0.5004");
    expect(figureBeside(2503, 2500, "ms")).toBe("2.503 s");
    expect(figureBeside(0.93, 0.9, "share")).toBe("93.0 %");
  });

  it("a threshold reads as it was written", () => {
    expect(requiredFigure(0.9, "share")).toBe("90 %");
    expect(requiredFigure(0.985, "share")).toBe("98.5 %");
    expect(requiredFigure(2500, "ms")).toBe("2.5 s");
    expect(requiredFigure(800, "ms")).toBe("800 ms");
    expect(requiredFigure(0.5, "usd-per-1k")).toBe("$0.50");
    expect(requiredFigure(0.0025, "usd-per-1k")).toBe("$0.0025");
  });

  it("counts and lists", () => {
    expect([counted(1, "case"), counted(1200, "case")]).toEqual(["1 case", "1,200 cases"]);
    expect(whole(1234567)).toBe("1,234,567");
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
  });

  it("never writes a threshold below all as all", () => {
    expect(percentAsWritten(0.9999999)).toBe("99.99999 %");
    expect(percentAsWritten(1e-9)).toBe("1e-7 %");
    expect(percentAsWritten(1 - 1e-16)).toBe("just under 100 %");
    expect(percentAsWritten(1)).toBe("100 %");
    expect(percentAsWritten(0.985)).toBe("98.5 %");
  });
});
