/** By which graders a gap may be split: those whose lenient form takes the answer wherever it stands. */
import { describe, expect, it } from "vitest";
import type { Grader } from "../suite/grade.ts";
import type { Model } from "../suite/model.ts";
import { checklist } from "./checklist.ts";
import { choice } from "./choice.ts";
import { custom } from "./custom.ts";
import { exactMatch } from "./exact-match.ts";
import { wholeText } from "./extract.ts";
import { finalAnswer } from "./final-answer.ts";
import { afterMarker } from "./find-answer.ts";
import { jsonEquals } from "./json-equals.ts";
import { jsonSchema } from "./json-schema.ts";
import { judge } from "./judge.ts";
import { numberMatch } from "./number-match.ts";
import { setMatch } from "./set-match.ts";
import { tryGrader } from "./try-grader.ts";

const model: Model = {
  provider: "fake",
  id: "judge",
  account: "fake",
  identity: {},
  parameters: {},
  answers: "stored",
  complete: () => Promise.reject(new Error("not for calling")),
};
const asked = judge({ model, rubric: "Is it right?", labels: { yes: 1, no: 0 } });
const marked = { strict: afterMarker("####"), lenient: afterMarker("####") };
const short = { custom: (text: string) => text.length < 9 };

describe("a grader has two forms, or one that splits no gap", () => {
  it.each<readonly [string, Grader<never, never>, boolean]>([
    ["exactMatch", exactMatch(), true],
    ["exactMatch with one extractor", exactMatch({ extract: { lenient: wholeText() } }), false],
    ["numberMatch", numberMatch(), true],
    ["numberMatch with one extractor", numberMatch({ extract: marked }), false],
    ["choice", choice({ options: ["A", "B"] }), true],
    ["choice with one extractor", choice({ options: ["A", "B"], extract: marked }), false],
    ["setMatch", setMatch(), true],
    ["setMatch with one extractor", setMatch({ extract: marked }), false],
    ["jsonSchema", jsonSchema({ type: "object" }), true],
    ["jsonEquals", jsonEquals(), true],
    ["checklist", checklist({ items: [{ contains: "A" }] }), true],
    ["checklist with a function", checklist({ items: [{ contains: "A" }, short] }), false],
    [
      "checklist with a function that only shows",
      checklist({ items: [{ contains: "A" }, { ...short, required: false, weight: 0 }] }),
      true,
    ],
    ["checklist of what must not stand there", checklist({ items: [{ notContains: "A" }] }), false],
    ["finalAnswer around two forms", finalAnswer(numberMatch(), { marker: "####" }), true],
    ["finalAnswer around one form", finalAnswer(asked, { marker: "####" }), false],
    ["judge", asked, false],
    ["custom", custom("polite", () => true), false],
    ["custom that takes the answer wherever it stands", custom("polite", () => true, { hasForms: true }), true],
  ])("%s", (_, grader, hasForms) => {
    expect(grader.hasForms).toBe(hasForms);
  });

  it("counts a function among those of two forms by what it returns, also behind a mark", async () => {
    const both = custom("both", () => ({
      strict: { kind: "scored" as const, score: 0 },
      lenient: { kind: "scored" as const, score: 1 },
    }));
    expect(await tryGrader(both, { text: "A" })).toMatchObject({ hasForms: true });
    expect(await tryGrader(finalAnswer(both, { marker: "####" }), { text: "A" })).toMatchObject({ hasForms: true });
    expect(
      await tryGrader(
        custom("one", () => true),
        { text: "A" },
      ),
    ).not.toHaveProperty("hasForms");
  });
});
