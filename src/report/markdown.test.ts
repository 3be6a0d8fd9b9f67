import { describe, expect, it } from "vitest";
import {
  chinese,
  confirmed,
  decisions,
  fineTuneJustified,
  inconclusive,
  keepPrompting,
  summaryOf,
} from "./decisions.test-data.ts";
import { renderMarkdown } from "./markdown.ts";
import type { Summary } from "./summary.ts";

const of = (...list: Parameters<typeof summaryOf>[0]) => renderMarkdown(summaryOf(list));

describe("renderMarkdown", () => {
  it("says the verdict first, then the one number", () => {
    const lines = of(keepPrompting).split("\n");
    const suite = lines.indexOf("## support-reply: KEEP PROMPTING");
    expect(lines.slice(0, 3)).toEqual(["# gapcheck", "", "Result: **exit code 0: pass**"]);
    expect(lines[suite + 2]).toBe("**Prompting is enough: do not pay for fine-tuning.**");
    expect(lines[suite + 4]).toBe(
      '**Gap, "tuned" minus "steps": +0.5 points (95 % interval -1.4 to +2.5, 200 cases paired).**',
    );
    expect(of(fineTuneJustified)).toContain(
      '**quality of "plain": 69.6 % (95 % interval 62.0 to 76.2 %, 240 cases); needed at least 90 %.**',
    );
  });

  it("labels example data wherever the suite is named", () => {
    expect(of(inconclusive)).toContain("## tickets: INCONCLUSIVE (example data)");
    expect(of(inconclusive, confirmed)).toContain("| tickets (example data) | **INCONCLUSIVE** |");
    expect(of(keepPrompting)).not.toContain("example data");
  });

  it("has a table of suites only where there are several", () => {
    expect(of(keepPrompting)).not.toContain("| suite | verdict |");
    expect(of(keepPrompting, confirmed)).toContain("| contract-clauses | **FINE-TUNE CONFIRMED** |");
  });

  it("shows requirements, gap, choice, figures, items, answers and provenance", () => {
    const text = of(keepPrompting);
    expect(text).toContain("| quality | at least 90 % | `tuned` | 99.0 % (96.4 to 99.7 %), n=200 | - | **MET** |");
    expect(text).toContain("| of it format | +0.4 points | -0.2 to +1.1 points | 200 cases |");
    expect(text).toContain("| `steps`, chosen | 99.0 % (94.6 to 99.8 %), n=100 | 98.5 % (95.5 to 100.0 %), n=200 |");
    expect(text).toContain("of which about 1.8 points may be the luck of the best of 3");
    expect(text).toContain("| pass^2: all 2 of 2 right |");
    expect(text).toContain("| steps | greets | 100.0 %: 598 of 598 answers |");
    expect(text).toContain("| `steps` | 200 test | 600 | 589 | 9 | 0 | 0 | 0 | 3 | 2 | rate limit | 98.2 to 98.5 % |");
    expect(text).toContain("- grader `steps`: checklist version 1, arguments `77ab01cd`");
    expect(text).toContain('openai "gpt-5.4-mini", returned "gpt-5.4-mini"; price of 2026-11-01 (price list)');
    expect(text).toContain("- cost: &#36;0.84 to &#36;0.86");
    expect(text).toContain("- warning: 2 calls were given up after the rate limit.");
  });

  it("shows the bounds that decide, and advice", () => {
    const [first] = keepPrompting.requirements;
    const [result] = first?.results ?? [];
    if (first === undefined || result === undefined) throw new Error("no requirement");
    const bounds = { lower: 0.8996, confidence: 0.95, method: "Clopper-Pearson" };
    const open = {
      ...result,
      state: "UNDECIDED" as const,
      bounds,
      advice: { additionalCases: 40, text: "40 more cases would do" },
    };
    const text = of({ ...keepPrompting, requirements: [{ ...first, results: [open] }] });
    expect(text).toContain(
      "at least 89.96 %; each at 95 %, Clopper-Pearson | **UNDECIDED** | It is MET. 40 more cases would do. |",
    );
  });

  it("shows each bound at its own confidence where Holm asks for more of one", () => {
    const [first] = keepPrompting.requirements;
    const [result] = first?.results ?? [];
    if (first === undefined || result === undefined) throw new Error("no requirement");
    const bounds = { lower: 0.661, upper: 0.769, confidence: 0.95, notMetConfidence: 0.975, method: "Clopper-Pearson" };
    const missed = { ...result, state: "NOT_MET" as const, bounds };
    const spent = { ...missed, direction: "at-most" as const };
    const text = of({ ...keepPrompting, requirements: [{ ...first, results: [missed, spent] }] });
    expect(text).toContain("at least 66.1 % at 95 %, at most 76.9 % at 97.5 %; Clopper-Pearson | **NOT MET** |");
    expect(text).toContain("at least 66.1 % at 97.5 %, at most 76.9 % at 95 %; Clopper-Pearson | **NOT MET** |");
  });

  it("is the same for the same data but for its last section", () => {
    const one = summaryOf(Object.values(decisions));
    const two: Summary = { ...one, run: { ...one.run, id: "2027-01-01T00-00-00Z", wallMs: 1 } };
    const upToRun = (summary: Summary) => renderMarkdown(summary).split("## This run")[0];
    expect(upToRun(two)).toBe(upToRun(one));
    expect(renderMarkdown(two)).not.toBe(renderMarkdown(one));
    expect(renderMarkdown(structuredClone(one))).toBe(renderMarkdown(one));
  });

  it("keeps every table in shape and no mark-up of others, whatever they wrote", () => {
    const hostile = "|`<img src=x onerror=y>` ![p](https://e.com/p) @team #77 <!-- \\| \n## head\x1b[2J ";
    const codes =
      /^[A-Z_]{3,}$|^(best|prompt-only|fine-tuned|test|dev|share|usd.*|ms|score|tokens|only|at-least|at-most|pass|warning)$/;
    const plain = summaryOf([chinese, inconclusive]);
    const attacked: Summary = JSON.parse(JSON.stringify(plain), (_, value) =>
      typeof value !== "string" || codes.test(value) || !/[ 一-鿿]|steps|tuned/.test(value) ? value : hostile + value,
    );
    const text = renderMarkdown(attacked);
    const shape = (markdown: string) => markdown.split("\n").map((line) => /^(#+ |\||- |$)?/.exec(line)?.[0]);
    expect(shape(text)).toEqual(shape(renderMarkdown(plain)));
    for (const table of text.split("\n\n").filter((block) => block.startsWith("|"))) {
      expect(new Set(table.split("\n").map((line) => line.split("|").length)).size).toBe(1);
    }
    const outside = text.replace(/(?<![\\`])(`+)(?!`).*?[^`]\1(?!`)/g, "");
    expect(outside).not.toMatch(/<img|<!--|!\[|@team|#77|https:\/\//);
    expect(text).not.toContain("\x1b");
  });
});
