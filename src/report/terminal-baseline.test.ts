import { describe, expect, it } from "vitest";
import { failedBaseline as result } from "./baseline-result.test-data.ts";
import { baselineText, examText } from "./markdown-baseline.ts";
import { renderBaseline } from "./terminal-baseline.ts";
import { displayWidth } from "./width.ts";

describe("a suite against the baseline", () => {
  it.each([80, 40])("tells what changed first, then lost cases, escaped, in %i columns", (width) => {
    const text = renderBaseline(result, { width, color: false });
    const lines = text.split("\n");
    expect(lines[0]).toBe("THIS PR CHANGES THE EXAM");
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
    expect(text).not.toContain("\u001b");
    expect(lines.some((line) => line.startsWith("::"))).toBe(false);
    const flat = text.replace(/\s+/g, " ");
    for (const said of [
      "FAIL",
      "Moved down:",
      "(5/5 to 0/3)",
      "4.1 points",
      "200 cases compared, in 2 looks of 3 planned with 1, then 3 trials a case.",
      "FAILED: k (5/5 to 1/3)",
    ]) {
      expect(flat).toContain(said);
    }
  });

  it("says that the release may not be compared, also where main may not", () => {
    const noRelease = "No comparison with the release: the grader is another.";
    for (const outcome of ["pass", "no-comparison"] as const) {
      expect(renderBaseline({ ...result, outcome, noRelease }, { width: 80, color: false })).toContain(noRelease);
      expect(baselineText({ ...result, outcome, noRelease })).toContain("with the release");
    }
  });

  it("says the same in Markdown, with nothing active", () => {
    const text = `${examText(result.exam)}\n${baselineText(result)}`;
    expect(text).toContain("THIS PR CHANGES THE EXAM");
    expect(text).toContain("-6.2 points");
    expect(text).not.toContain("<script>");
  });
});
