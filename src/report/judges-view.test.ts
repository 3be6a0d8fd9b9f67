import { describe, expect, it } from "vitest";
import type { Judges } from "../decide/decision.ts";
import { keepPrompting, summaryOf } from "./decisions.test-data.ts";
import { renderPage } from "./html/page.ts";
import { sayInChinese } from "./html/sentences/zh-book.ts";
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
      agreement: {
        ...{ labelled: 104, compared: 100, ruled: 3, open: 1, questions: 90, agreed: 91, noLabel: 2, enough: false },
        raw: {
          available: true,
          value: 0.91,
          lower: 0.83,
          upper: 0.95,
          confidence: 0.95,
          n: 100,
          method: "Wilson 95 %",
        },
        kappa: { available: true, value: 0.8123, lower: 0.64, upper: 0.9, confidence: 0.95, n: 100, method: "kappa" },
        byLabel: [{ label: "pass", people: 60, agreed: 58 }],
        byTarget: [{ target: "tuned", compared: 40, agreed: 33 }],
        ...{ lower: 0.667, confidence: 0.95, needed: 0.7 },
      },
    },
    {
      grader: "manners",
      judges: [{ model: "gpt-j", family: "gpt" }],
      sameFamily: [],
      unknownFamilies: [],
      answers: { judged: 1, spared: 0, ruled: 0, open: 0 },
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
      '"steps" agrees with people on 91 of 100 (91.0 %, 95 % interval 83.0 % to 95.0 %), a kappa of 0.81 (95 % interval 0.64 to 0.90): 104 labelled answers, 2 without a label of the judge, 3 settled by rule, 1 not judged; pass 58 of 60, by "tuned" 33 of 40; 0.70 is required, 0.67 is shown with 95 % confidence: it decides nothing.',
      '"manners" (gpt-j, gpt) judged 1 answer.',
      '"manners" was never calibrated: no answers that people labelled (`people`).',
      '2 answers of "tuned" speak to whoever grades it (states a verdict: 2; first in "c1", "<b>"): look before you trust a judge there; no grade changes by it.',
    ]);
    expect(judgeSentences(keepPrompting)).toEqual([]);
  });

  it.each([
    'is graded by "j", of the same family (gpt) as what answers for "a" and "b": judges favour answers of their own kind; take one of another family.',
    ": no agreement with people is required, `people.kappaAtLeast`; its grades are shown but cannot decide.",
    ": agreement with people is not known, since 1 of 101 labelled answers were not judged; its grades are shown but cannot decide.",
    ": agreement with people is not known, since people and judge used one label throughout; its grades are shown but cannot decide.",
    ": agreement with people is a kappa of at least -0.48 with 95 % confidence (1 labelled answer), where 0.60 is required; its grades are shown but cannot decide.",
    " is graded by a model whose own errors are in every figure: a kappa of 1.00 (0.92 to 1.00) with people, 100 labelled answers.",
  ])("is known in Chinese: %s", (rest) => {
    expect(sayInChinese(`"tone"${rest.startsWith("is") ? " " : ""}${rest}`)).toMatch(/^“tone”.*[。]$/);
  });

  it("stands in terminal, Markdown and summary", () => {
    expect(renderDecision(decision, { width: 200, color: false })).toMatch(/Judges\n.*"steps" \(gpt-5\.4-mini/);
    expect(renderMarkdown(summaryOf([decision]))).toContain("### Judges");
    const text = summaryText(summaryOf([decision]), (text) => text);
    expect(parseSummary(text, "summary.json").suites[0]?.decision.judges).toEqual(judges);
  });

  it("stands in the page's view of judges, in both languages, as text", () => {
    for (const [t, said] of [
      [
        en,
        [
          "12 spared",
          "passes 1 of 5",
          "tuned: 2 (states a verdict 2)",
          "family unknown",
          "91 of 100 (91.0\u00a0%)",
          "tuned 33 of 40",
        ],
      ],
      [zh, ["免评 12", "5 段企图操纵评审的文字中通过了 1 段", "自行宣布判断 2", "家族未知", "κ 为 0.81", "要求的 κ"]],
    ] as const) {
      const page = renderPage(summaryOf([decision]), undefined, t);
      const view = /<section class="view judge".*?<\/section>/s.exec(page)?.[0] ?? "";
      for (const each of said) expect(view).toContain(each);
      expect(view).toContain("our &lt;own&gt;");
      expect(view).not.toContain("<own>");
    }
  });
});
