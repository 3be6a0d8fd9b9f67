import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { Decision } from "../decide/decision.ts";
import {
  chinese,
  confirmed,
  decisions,
  difference,
  fineTuneJustified,
  inconclusive,
  keepPrompting,
  rejected,
  withoutRequirement,
} from "./decisions.test-data.ts";
import { renderDecision } from "./terminal.ts";
import { displayWidth } from "./width.ts";

const at = (decision: Decision, width: number) => renderDecision(decision, { width, color: false });
const linesOf = (decision: Decision, width: number) => at(decision, width).split("\n");
/** Without line breaks and indents, to look for sentences. */
const flat = (text: string) => text.replace(/\s+/g, " ");
const WIDTHS = [40, 50, 60, 72, 80, 100, 120, 200];

/** Where a text begins in a line, in columns. */
const columnIn = (line: string, text: string) => displayWidth(line.slice(0, line.indexOf(text)));

describe("renderDecision", () => {
  it.each(Object.keys(decisions))("%s: no line is wider than the terminal, from 40 to 200 columns", (name) => {
    const decision = decisions[name] ?? keepPrompting;
    for (const width of WIDTHS) {
      for (const line of linesOf(decision, width)) {
        expect(displayWidth(line), `${width}: ${line}`).toBeLessThanOrEqual(width);
        expect(line).toBe(line.trimEnd());
      }
    }
  });

  it.each(Object.keys(decisions))("%s: says the same at every width", (name) => {
    const decision = decisions[name] ?? keepPrompting;
    for (const width of WIDTHS) {
      const text = flat(at(decision, width));
      const dense = text.replaceAll(" ", "");
      for (const { text: reason } of decision.verdict.reasons) expect(dense).toContain(reason.replace(/\s/g, ""));
      for (const change of decision.verdict.wouldChange) expect(dense).toContain(change.replace(/\s/g, ""));
      for (const warning of decision.warnings) expect(text).toContain(warning);
      for (const { results } of decision.requirements) {
        for (const { state } of results) expect(text).toContain(state.replace("_", " "));
      }
    }
  });

  it("begins with the suite and the verdict in words", () => {
    const first = (decision: Decision) => linesOf(decision, 80)[0];
    expect(first(keepPrompting)).toBe(`support-reply${" ".repeat(53)}KEEP PROMPTING`);
    expect(first(confirmed)).toMatch(/^contract-clauses {2,}FINE-TUNE CONFIRMED$/);
    expect(first(rejected)).toMatch(/FINE-TUNE REJECTED$/);
    expect(first(fineTuneJustified)).toMatch(/FINE-TUNING JUSTIFIED$/);
    expect(first(inconclusive)).toMatch(/^tickets · EXAMPLE DATA {2,}INCONCLUSIVE$/);
    expect(at(keepPrompting, 80)).not.toContain("EXAMPLE");
  });

  it("says which of several tuned targets is judged, and how it was chosen", () => {
    const { requirements } = confirmed;
    const more = { ...confirmed, requirements: [...requirements, ...requirements] };
    expect(flat(at(confirmed, 80))).not.toContain("on the same");
    expect(flat(at(more, 80))).toMatch(/chosen on \d+ dev cases · "tuned", best of 2 on the same/);
  });

  it("puts the verdict on its own line when the suite's name leaves no room", () => {
    const lines = linesOf({ ...inconclusive, suite: "a-suite-with-a-rather-long-name" }, 40);
    expect(lines.slice(0, 3)).toEqual(["a-suite-with-a-rather-long-name ·", "EXAMPLE DATA", "INCONCLUSIVE"]);
  });

  it.each([
    ["format-first", "Stay with prompting for now: a cheaper step than fine-tuning comes first."],
    ["cheaper-first", "The prompt falls short, but something cheaper than fine-tuning comes first."],
    ["never-pays", "Fine-tuning does not pay for itself: stay with the prompt, though it falls short."],
    [
      "too-dear",
      "Fine-tuning is expected to cost more a request than is allowed: stay with the prompt, though it falls short.",
    ],
  ] as const)("%s: does not say that prompting is enough", (code, says) => {
    const reasons = [{ code, text: keepPrompting.verdict.reasons[0]?.text ?? "" }];
    const kept = { ...keepPrompting, verdict: { ...keepPrompting.verdict, reasons } };
    expect(at(keepPrompting, 80)).toContain("Prompting is enough");
    expect(at(kept, 80)).not.toContain("Prompting is enough");
    expect(flat(at(kept, 80))).toContain(says);
  });

  it("shows each requirement with value, state, interval, n and what is needed", () => {
    const lines = linesOf(keepPrompting, 80);
    const quality = lines.findIndex((line) => line.startsWith("quality"));
    expect(lines[quality]).toBe("quality          98.5 %  MET            99.0 %  MET            at least 90 %");
    expect(lines[quality + 1]).toBe("  95 % interval  95.7 to 99.5 %, n=200  96.4 to 99.7 %, n=200");
    expect(at(keepPrompting, 80)).toMatch(/cost per 1,000 +\$0\.39 +MET +\$0\.23 +MET +at most \$0\.50/);
  });

  it.each([80, 100])("starts columns at equal offsets, also in Chinese, at %i columns", (width) => {
    const lines = linesOf(chinese, width);
    const head = lines.findIndex((line) => line.includes("best prompt"));
    const at1 = columnIn(lines[head] ?? "", "best prompt");
    const at2 = columnIn(lines[head] ?? "", "fine-tuned");
    const at3 = columnIn(lines[head] ?? "", "needed");
    expect(columnIn(lines[head + 1] ?? "", '"分步提示"')).toBe(at1);
    expect(columnIn(lines[head + 1] ?? "", '"微调模型👩‍🔬"')).toBe(at2);
    const row = lines.find((line) => line.startsWith("质量（严格）")) ?? "";
    expect([columnIn(row, "98.5 %"), columnIn(row, "99.0 %"), columnIn(row, "at least")]).toEqual([at1, at2, at3]);
    const cost = lines.find((line) => line.startsWith("cost")) ?? "";
    expect([columnIn(cost, "$0.39"), columnIn(cost, "$0.23"), columnIn(cost, "at most")]).toEqual([at1, at2, at3]);
  });

  it("stacks the targets where they do not fit side by side", () => {
    const text = at(keepPrompting, 40);
    expect(text).toContain(
      "quality: needed at least 90 %\n  best prompt  98.5 %  MET\n               95.7 to 99.5 %, n=200\n  fine-tuned   99.0 %  MET\n",
    );
  });

  it("draws total, format and ability on one scale, with zero in one column", () => {
    const rows = linesOf(confirmed, 80).filter((line) => /^ {2}(total|format|ability) /.test(line));
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((line) => displayWidth(line.slice(0, line.search(/[│┼]/)))))).toHaveProperty("size", 1);
    expect(rows[0]).toMatch(/total {4}\+12\.5 {2}\+7\.9 to \+17\.1 .*├─*●─*┤$/);
    expect(flat(at(confirmed, 80))).toContain('"tuned" minus "steps", in points, 95 % interval, 200 cases paired');
    expect(flat(at(confirmed, 80))).toContain('"tuned" is shown to be better than "steps".');
    expect(at(rejected, 80)).toContain('format   not split: the grader "judge" has one form');
    expect(flat(at(keepPrompting, 40))).toContain(
      "The smallest true gap that these 200 cases show in 4 runs of 5 is 4.1 points (planned, so without interval).",
    );
  });

  it.each([
    [{ superior: true }, [0.1, 0.05, 0.15], '"tuned" is shown to be better than "steps".'],
    [
      { inferior: true },
      [-0.1, -0.15, -0.05],
      'is shown to be worse than "steps", by more than the margin of 3.0 points.',
    ],
    [{ noninferior: true }, [-0.01, -0.02, -0.001], 'worse than "steps", though by less than the margin'],
    [{}, [-0.03, -0.05, -0.01], "but not shown to be so by more than the margin"],
    [{}, [0.03, 0.01, 0.05], "looks better, but at the level of the verdict"],
    [
      { noninferior: true },
      [0, -0.02, 0.02],
      "is not shown to be better; it is shown not to be worse by 3.0 points or more.",
    ],
    [{}, [0, -0.1, 0.1], 'No difference is shown; that "tuned" is worse by 3.0 points or more is not ruled out.'],
  ])("says what is shown of the gap: %j at %j", (flags, [value = 0, lower = 0, upper = 0], words) => {
    const [gap] = keepPrompting.gaps;
    if (gap === undefined) throw new Error("no gap");
    const none = { superior: false, inferior: false, noninferior: false };
    const shown = { ...gap, ...none, ...flags, total: difference(value, lower, upper, 200) };
    expect(flat(at({ ...keepPrompting, gaps: [shown] }, 80))).toContain(words);
  });

  it("does not say of the gap twice what its block says", () => {
    const advice = keepPrompting.gaps[0]?.advice ?? "";
    const reasons = [
      ...keepPrompting.verdict.reasons,
      { code: "all-met" as const, text: `The gap is +0.5 points. ${advice}` },
    ];
    const both = flat(at({ ...keepPrompting, verdict: { ...keepPrompting.verdict, reasons } }, 80));
    expect(both.split(advice)).toHaveLength(2);
    const only = flat(at({ ...keepPrompting, verdict: { ...keepPrompting.verdict, reasons: reasons.slice(1) } }, 80));
    expect(only).toContain("Why The gap is +0.5 points.");
  });

  it("compares the prompt with what is needed when there is no tuned target", () => {
    const text = at(fineTuneJustified, 80);
    expect(text).not.toContain("fine-tuned");
    expect(text).not.toContain("gap");
    expect(text).toMatch(/quality +69\.6 % +NOT MET +at least 90 %/);
    expect(text).toMatch(/p95 latency +unmeasured +UNDECIDED +at most 2\.5 s\n {2}not blocking/);
    expect(text).toContain("240 test cases in 48 clusters x 1 trial");
  });

  it("tells what is missing, with its bounds, and whether the verdict stands", () => {
    expect(flat(at(keepPrompting, 80))).toContain(
      '2 of 600 answers of "steps" are missing (rate limit): 98.2 % are right with all missing counted wrong, 98.5 % with all counted right.',
    );
    expect(flat(at(keepPrompting, 80))).toContain("The verdict stands whatever the missing answers would have been.");
    const open = flat(at(inconclusive, 80));
    expect(open).toContain("The missing answers could change the verdict.");
    expect(open).toContain("the gap is -7.1 points to +14.3 points");
    expect(open).toContain("has no interval at n=25: order statistics need 59 cases.");
    expect(at(confirmed, 80)).not.toContain("Not measured");
  });

  it("shows what was measured where nothing is required", () => {
    const text = at(withoutRequirement, 80);
    expect(text).toMatch(/right +98\.5 % +99\.0 %/);
    expect(text).not.toContain("needed");
  });

  it("shows more targets than fit in further tables, none left out", () => {
    const third = {
      target: "tuned on 1,000",
      role: "fine-tuned",
      results: keepPrompting.requirements[1]?.results ?? [],
    } as const;
    const text = at({ ...keepPrompting, requirements: [...keepPrompting.requirements, third] }, 80);
    for (const name of ['"steps"', '"tuned"', '"tuned on 1,000"']) expect(text).toContain(name);
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it("colours only when asked, and the colours hide nothing", () => {
    for (const decision of Object.values(decisions)) {
      for (const width of [40, 80]) {
        const colored = renderDecision(decision, { width, color: true });
        expect(at(decision, width)).not.toContain("\x1b");
        expect(colored).toContain("\x1b[1m");
        expect(stripVTControlCharacters(colored)).toBe(at(decision, width));
      }
    }
  });

  it("obeys no text that others wrote", () => {
    const hostile = "\x1b[2J::error::x\u202e##[group]\n\ud800";
    const attacked: Decision = JSON.parse(JSON.stringify(keepPrompting), (_, value) =>
      typeof value === "string" && / |steps|tuned/.test(value) ? hostile + value : value,
    );
    for (const width of [40, 80]) {
      const text = at(attacked, width);
      expect(text).not.toContain("\x1b");
      expect(text).not.toContain("\u202e");
      expect(text).not.toContain("##[");
      expect(text.isWellFormed()).toBe(true);
      for (const line of text.split("\n")) {
        expect(line.trimStart().startsWith("::")).toBe(false);
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });
});
