import { describe, expect, it } from "vitest";
import { choice } from "./choice.ts";
import { custom } from "./custom.ts";
import { exactMatch } from "./exact-match.ts";
import { finalAnswer } from "./final-answer.ts";
import { numberMatch } from "./number-match.ts";
import { tryGrader } from "./try-grader.ts";

function shown(graded: Awaited<ReturnType<typeof tryGrader>>): unknown[] {
  return [graded.strict, graded.lenient].map((grade) =>
    grade.kind === "scored" ? (grade.flaw ?? grade.score) : grade.kind,
  );
}

describe("finalAnswer", () => {
  it("grades what stands behind the reasoning", async () => {
    const grader = finalAnswer(numberMatch(), { marker: "####" });
    expect(shown(await tryGrader(grader, { text: "3 + 4 = 7\n#### 7", expected: "7" }))).toEqual([1, 1]);
    expect(shown(await tryGrader(grader, { text: "#### 5, no:\n#### 7 apples", expected: "7" }))).toEqual([
      "unparsed",
      1,
    ]);
    expect(shown(await tryGrader(grader, { text: "it is 7", expected: "7" }))).toEqual(["unparsed", 1]);
    expect(shown(await tryGrader(grader, { text: "7 ####", expected: "7" }))).toEqual(["empty", "empty"]);
  });

  it("takes an option from the conclusion only", async () => {
    const grader = finalAnswer(choice({ options: ["A", "B"] }), { marker: ["Answer:", "答案："] });
    expect(shown(await tryGrader(grader, { text: "A? No.\nAnswer: B", expected: "B" }))).toEqual([1, 1]);
    expect(shown(await tryGrader(grader, { text: "A 不对。答案：B", expected: "B" }))).toEqual([1, 1]);
  });

  it("takes a text without a closing tag as one without reasoning, unless the tag was opened", async () => {
    const grader = finalAnswer(exactMatch());
    expect(shown(await tryGrader(grader, { text: "<think>5?</think>\n7", expected: "7" }))).toEqual([1, 1]);
    expect(shown(await tryGrader(grader, { text: "7", expected: "7" }))).toEqual([1, 1]);
    expect(shown(await tryGrader(grader, { text: "<think>7", expected: "7" }))).toEqual(["unparsed", "unparsed"]);
    const demanding = finalAnswer(exactMatch(), { whenMissing: "unparsed" });
    expect(shown(await tryGrader(demanding, { text: "7", expected: "7" }))).toEqual(["unparsed", 1]);
  });

  it("keeps the inner grader's own name and rules", async () => {
    const grader = finalAnswer(exactMatch({ name: "city", required: false, passAt: 0.5, cut: "grade" }));
    expect(grader).toMatchObject({ name: "city", required: false, passAt: 0.5, needsExpected: true });
    const cut = await tryGrader(grader, { text: "</think>x", expected: "x", finish: "length" });
    expect(shown(cut)).toEqual([1, 1]);
    const strict = await tryGrader(finalAnswer(exactMatch()), { text: "</think>x", expected: "x", finish: "length" });
    expect(shown(strict)).toEqual(["cut", "cut"]);
    expect(finalAnswer(exactMatch()).args).not.toEqual(finalAnswer(exactMatch({ caseFold: true })).args);
  });

  it("tells mistakes in its options at once", () => {
    expect(() => finalAnswer(exactMatch(), { marker: "" })).toThrow(/marker is empty/);
    expect(() => finalAnswer(exactMatch(), { marker: [] })).toThrow(/marker is empty/);
    expect(() => finalAnswer({} as ReturnType<typeof exactMatch>)).toThrow(/no grader/);
  });
});

describe("custom", () => {
  it("takes a boolean, a score, a grade, or both forms", async () => {
    expect(
      shown(
        await tryGrader(
          custom("a", ({ text }) => text === "x"),
          { text: "x" },
        ),
      ),
    ).toEqual([1, 1]);
    expect(
      shown(
        await tryGrader(
          custom("a", async () => 0.25),
          { text: "x" },
        ),
      ),
    ).toEqual([0.25, 0.25]);
    expect(
      shown(
        await tryGrader(
          custom("a", () => ({ kind: "declined" })),
          { text: "x" },
        ),
      ),
    ).toEqual(["declined", "declined"]);
    const both = custom("a", () => ({ strict: { kind: "scored", score: 0 }, lenient: { kind: "scored", score: 1 } }));
    expect(shown(await tryGrader(both, { text: "x" }))).toEqual([0, 1]);
  });

  it.each([Number.NaN, 2, -1, "pass", undefined, null, {}, { kind: "scored", score: 3 }])(
    "throws for %j",
    async (result) => {
      const grader = custom("a", () => result as never);
      await expect(tryGrader(grader, { text: "x" })).rejects.toThrow();
    },
  );

  it("tells mistakes at once, and stands in the key by its source", () => {
    expect(() => custom("a", Math.max as never)).toThrow(/source/);
    expect(() => custom("", () => true)).toThrow(/name is empty/);
    expect(() => custom("a", "x" as never)).toThrow(/no function/);
    expect(custom("a", () => true).args).not.toEqual(custom("a", () => false).args);
  });
});
