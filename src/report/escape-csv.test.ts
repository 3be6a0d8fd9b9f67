import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCell } from "./escape-csv.ts";

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", "'", " ", "a", "＝"))
    .map((parts) => parts.join("")),
);

describe("csvCell", () => {
  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["＝1", "'＝1"],
    ["plain", "plain"],
    ['say "x", y', '"say ""x"", y"'],
    [" =1", "' =1"],
    ["", ""],
  ])("writes %j as %j", (cell, written) => {
    expect(csvCell(cell).replace(/^"'(.*)"$/s, "'$1")).toBe(written);
  });

  it("keeps numbers as numbers", () => {
    expect(csvCell(-1.5)).toBe("-1.5");
    expect(csvCell(Number.NaN)).toBe("");
  });

  it("comes back as it was, but for the apostrophe before a formula", () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const rows: unknown = parse(`${csvCell(first)},${csvCell(second)},x\n`, { record_delimiter: "\n" });
        const cells = (rows as string[][])[0] ?? [];
        expect(cells).toHaveLength(3);
        for (const [index, source] of [first, second].entries()) {
          const cell = cells[index] ?? "";
          expect([source.toWellFormed(), `'${source.toWellFormed()}`]).toContain(cell);
          expect(cell).not.toMatch(/^[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u);
        }
      }),
    );
  });
});
