import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLastNumber, readNumber } from "./number-text.ts";

function value(text: string, decimalMark: "." | "," = "."): string | undefined {
  const number = readNumber(text, { decimalMark });
  return number === undefined ? undefined : `${number.value.coefficient}e${number.value.exponent}`;
}

function last(text: string): string {
  const found = findLastNumber(text);
  return found.found ? text.slice(found.number.start, found.number.end) : found.why;
}

describe("readNumber", () => {
  it.each([
    ["1,000", "1e3"],
    ["1000.00", "1e3"],
    [" 1000\n", "1e3"],
    ["$1,000", "1e3"],
    ["-$5", "-5e0"],
    ["$-5", "-5e0"],
    ["US$1,000.50", "10005e-1"],
    ["1,000 USD", "1e3"],
    ["5元", "5e0"],
    ["1.5e3", "15e2"],
    ["1E-2", "1e-2"],
    ["6.02×10^23", "602e21"],
    ["\u22125", "-5e0"],
    ["+7", "7e0"],
    [".5", "5e-1"],
    ["007", "7e0"],
    ["１２３", "123e0"],
    ["1'000'000", "1e6"],
    ["1\u202f000", "1e3"],
    ["9007199254740993", "9007199254740993e0"],
    ["60%", "6e1"],
  ])("reads %j", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    "",
    "1,00",
    "1,0000",
    "10,00,000",
    "1,000,00",
    "1 000",
    "5.",
    "3/4",
    "10:30",
    "3.14.15",
    "--5",
    "-$-5",
    "$5€",
    "1e",
    "five",
    "5 apples",
    "0x10",
    "1,000'000",
    "∞",
    "NaN",
  ])("does not take %j for a number", (text) => {
    expect(value(text)).toBeUndefined();
  });

  it("reads the other decimal mark when told to", () => {
    expect(value("1.234,5", ",")).toBe("12345e-1");
    expect(value("1,234.5", ",")).toBeUndefined();
  });

  it("reads what BigInt reads, grouped or not", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (number) => {
        for (const text of [String(number), number.toLocaleString("en-US")]) {
          const read = readNumber(text);
          expect(read === undefined ? undefined : read.value.coefficient * 10n ** BigInt(read.value.exponent)).toBe(
            number,
          );
        }
      }),
    );
  });
});

describe("findLastNumber", () => {
  it.each([
    ["a 5-3=2", "2"],
    ["it costs $1,000.", "$1,000"],
    ["- 5 apples", "5"],
    ["7 - 5", "5"],
    ["共5个", "5"],
    ["5km", "5"],
    ["the answer is -7.", "-7"],
    ["(\u22124)", "\u22124"],
    ["50% and 3 %", "3 %"],
    ["I have 7 of v1.2.3", "7"],
  ])("of %j is %j", (text, expected) => {
    expect(last(text)).toBe(expected);
  });

  it.each(["B12", "COVID-19", "none", "snake_5"])("finds none in %j", (text) => {
    expect(last(text)).toBe("no number");
  });

  it.each(["total 1,00", "total 1,2345", "at 10:30", "pi is 3.14.15", "or 3/4", "1,2,3"])(
    "makes no guess from the pieces of %j",
    (text) => {
      expect(last(text)).toContain("not well formed");
    },
  );

  it("stays inside any text, and reads what it found", () => {
    const pieces = fc.array(
      fc.constantFrom("1", "23", ",", ".", "-", "$", "%", " ", "e", "×10^", "a", "，", "元", "\ud800"),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          pieces.map((parts) => parts.join("")),
        ),
        (text) => {
          const found = findLastNumber(text);
          if (!found.found) return;
          const { start, end } = found.number;
          expect(0 <= start && start < end && end <= text.length).toBe(true);
          const again = readNumber(text.slice(start, end));
          expect(again?.value).toEqual(found.number.value);
        },
      ),
    );
  });
});
