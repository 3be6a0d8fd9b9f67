import { describe, expect, it } from "vitest";
import { renderSweep, roundText, type SweepView } from "./sweep-view.ts";
import { displayWidth } from "./width.ts";

const figure = (value: number, n: number) =>
  ({
    available: true,
    value,
    n,
    unit: "share",
    method: "",
    interval: { lower: 0.4, upper: 0.99, confidence: 0.95 },
  }) as const;
const round = {
  round: 1,
  prompts: 12,
  cases: 30,
  best: "合同条款 · 五个例子",
  incumbent: "plain",
  bestOnDev: figure(0.9, 30),
  incumbentOnDev: figure(0.7, 30),
  leftOut: ["x\n::error::y"],
};
const view: SweepView = {
  suite: "contracts",
  from: "plain",
  prompts: 12,
  devCases: 60,
  rounds: [round],
  winner: "合同条款 · 五个例子",
  winnerOnDev: figure(0.9, 60),
  winnerOnTest: figure(0.85, 120),
  fromOnTest: { available: false, why: "no answer" },
  gainOnTest: { available: false, why: "no test case was answered under both prompts" },
  code: 'promptOnly("x", {\n  model: base,\n  prompt: { user: "\\u202e\u202e and a line that is longer than forty columns" },\n}),',
};

describe("a race on a terminal", () => {
  it.each([40, 80])("fits %d columns but for the code, which is whole, and obeys nobody", (width) => {
    const text = renderSweep(view, { width, color: false });
    const [told = "", code = ""] = text.split("targets:\n\n");
    for (const line of told.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(told).toContain('Left out  "x\\n::error::y": too many');
    expect(told.replace(/\s+/g, " ")).toContain('"plain" not known: no answer');
    expect(code.split("\n")).toHaveLength(5);
    expect(code).toContain("\\u202e\\u202e and a line that is longer than forty columns");
  });

  it("says what the suite calls the winner, or that nothing did better", () => {
    const { code: _, ...rest } = view;
    const look = { width: 80, color: false };
    expect(renderSweep({ ...rest, declaredAs: "five" }, look)).toContain('which the suite declares as "five"');
    expect(renderSweep({ ...rest, winner: "plain" }, look)).toContain('"plain", the incumbent: nothing that was tried');
    expect(roundText("s", round)).toMatch(
      /^s: round 1, 12 prompts on 30 dev cases: .* leads with 90.0 %, the incumbent has 70/,
    );
    expect(roundText("s", { ...round, best: "plain" })).toMatch(/: "plain", the incumbent, leads with 90.0 %$/);
  });
});
