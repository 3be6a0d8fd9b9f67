import { describe, expect, it } from "vitest";
import { table, tableWidth } from "./table.ts";
import { displayWidth } from "./width.ts";

describe("table", () => {
  it("starts columns at equal offsets in any script", () => {
    const rows = [
      ["质量", "98.5 %", "end"],
      ["quality", "9 %", "end"],
      ["👩‍🔬", "100.0 %", "end"],
    ];
    const lines = table([{}, {}, {}], rows);
    expect(lines.map((line) => displayWidth(line.slice(0, line.indexOf("end"))))).toEqual([18, 18, 18]);
    expect(tableWidth([{}, {}, {}], rows)).toBe(21);
  });

  it("aligns to the right, paints after measuring, and trims line ends", () => {
    const bold = (text: string) => `<${text}>`;
    const lines = table(
      [{}, { align: "right" }, {}],
      [
        [[{ text: "a", paint: bold }], "1", "x"],
        ["bcd", "1,000"],
      ],
    );
    expect(lines).toEqual(["<a>        1  x", "bcd  1,000"]);
  });

  it("cuts what is wider than a column may be", () => {
    expect(table([{ most: 5 }, {}], [["abcdefgh", "x"]])).toEqual(["abcd…  x"]);
    expect(table([{}], [["a"], []], { indent: 2 })).toEqual(["  a", ""]);
  });
});
