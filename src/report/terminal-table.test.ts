import { describe, expect, it } from "vitest";
import type { Comparison } from "./decision-view.ts";
import { palette } from "./paint.ts";
import { comparisonLines } from "./terminal-table.ts";

const comparison: Comparison = {
  columns: [
    { target: "short", role: "best prompt" },
    { target: "tuned", role: "fine-tuned" },
  ],
  rows: [
    {
      label: "declined where an answer was asked",
      notes: ["a note"],
      needed: "",
      confidence: 0.95,
      cells: [
        { value: "4.2 %", interval: "2.3 to 7.5 %", n: 240 },
        { value: "0.8 %", interval: "0.2 to 3.0 %", n: 240 },
      ],
    },
  ],
};

describe("comparisonLines", () => {
  it("reads a label of two lines whole before its interval", () => {
    expect(comparisonLines(comparison, 80, palette(false))).toEqual([
      "                          best prompt          fine-tuned",
      '                          "short"              "tuned"',
      "declined where an answer  4.2 %                0.8 %",
      "was asked",
      "  95 % interval           2.3 to 7.5 %, n=240  0.2 to 3.0 %, n=240",
      "  a note",
    ]);
  });
});
