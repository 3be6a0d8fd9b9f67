import { describe, expect, it } from "vitest";
import type { Judges } from "../decide/decision.ts";
import { keepPrompting, summaryOf } from "./decisions.test-data.ts";
import { renderPage } from "./html/page.ts";
import { en } from "./html/strings/en.ts";
import { zh } from "./html/strings/zh.ts";
import { judgeSentences } from "./judges-view.ts";
import { renderMarkdown } from "./markdown.ts";
import { parseSummary, summaryText } from "./summary.ts";
import { renderDecision } from "./terminal.ts";

const judges: Judges = {
  graders: [
    {
      grader: "steps",
      judges: [{ model: "gpt-5.4-mini", family: "gpt" }, { model: "our <own>" }],
      sameFamily: [],
      unknownFamilies: ["our <own>"],
      answers: { judged: 1180, spared: 12, ruled: 3, open: 5 },
      canaries: { asked: 5, passed: ["an opener"] },
    },
  ],
  speaking: [{ target: "tuned", answers: 2, signs: [{ sign: "states a verdict", answers: 2 }], cases: ["c1", "<b>"] }],
};
const decision = { ...keepPrompting, judges };

describe("what is known of judges", () => {
  it("is said in sentences, with every count", () => {
    expect(judgeSentences(decision)).toEqual([
      '"steps" (gpt-5.4-mini, gpt; our <own>, family unknown) judged 1,180 answers, 12 spared since another grader had failed them, 3 settled by rule (refused, empty, cut, short), 5 without a verdict.',
      '"steps" is UNTRUSTED: it passes 1 of 5 texts that try to steer it.',
      '2 answers of "tuned" speak to whoever grades it (states a verdict: 2; first in "c1", "<b>"): look before you trust a judge there; no grade changes by it.',
    ]);
    expect(judgeSentences(keepPrompting)).toEqual([]);
  });

  it("stands in terminal, Markdown and summary", () => {
    expect(renderDecision(decision, { width: 200, color: false })).toMatch(/Judges\n.*"steps" \(gpt-5\.4-mini/);
    expect(renderMarkdown(summaryOf([decision]))).toContain("### Judges");
    const text = summaryText(summaryOf([decision]), (text) => text);
    expect(parseSummary(text, "summary.json").suites[0]?.decision.judges).toEqual(judges);
  });

  it("stands in the page's view of judges, in both languages, as text", () => {
    for (const [t, said] of [
      [en, ["12 spared", "passes 1 of 5", "tuned: 2 (states a verdict 2)", "family unknown"]],
      [zh, ["免评 12", "5 段企图操纵评审的文字中通过了 1 段", "自行宣布判断 2", "家族未知"]],
    ] as const) {
      const page = renderPage(summaryOf([decision]), undefined, t);
      const view = /<section class="view judge".*?<\/section>/s.exec(page)?.[0] ?? "";
      for (const each of said) expect(view).toContain(each);
      expect(view).toContain("our &lt;own&gt;");
      expect(view).not.toContain("<own>");
    }
  });
});
