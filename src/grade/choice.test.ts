import { describe, expect, it } from "vitest";
import { choice } from "./choice.ts";
import { between } from "./find-answer.ts";
import { tryGrader } from "./try-grader.ts";

type Options = Parameters<typeof choice>[0];

async function grades(options: Omit<Options, "expected">, text: string, expected: string): Promise<unknown[]> {
  const { strict, lenient } = await tryGrader(choice(options), { text, expected });
  return [strict, lenient].map((grade) => (grade.kind === "scored" ? (grade.flaw ?? grade.score) : grade.kind));
}

const letters = { options: ["A", "B", "C", "D"] };

describe("choice", () => {
  it("takes an option alone by the strict form, the only one that occurs by the lenient", async () => {
    expect(await grades(letters, "B", "B")).toEqual([1, 1]);
    expect(await grades(letters, "B", "C")).toEqual([0, 0]);
    expect(await grades(letters, "The answer is B.", "B")).toEqual(["unparsed", 1]);
    expect(await grades(letters, "A, no, B", "B")).toEqual(["unparsed", "unparsed"]);
    expect(await grades(letters, "no idea", "B")).toEqual(["unparsed", "unparsed"]);
  });

  it("cannot be gamed by naming every option", async () => {
    const text = "Conclusion: (B). Eliminated: (A), (C), (D)";
    expect(await grades(letters, text, "D")).toEqual(["unparsed", "unparsed"]);
  });

  it("demands a wrapper when told to", async () => {
    const wrapped = { ...letters, boundaries: "none" as const, extract: { strict: between("[答]", "<eoa>") } };
    expect(await grades(wrapped, "[答]B<eoa>", "B")).toEqual([1, 1]);
    expect(await grades(wrapped, "B<eoa>", "B")).toEqual(["unparsed", 1]);
    expect(await grades(wrapped, "[答]E<eoa>", "B")).toEqual(["unparsed", "unparsed"]);
  });

  it("leaves letter case aside by the lenient form where that is safe", async () => {
    const labels = { options: ["Billing", "Refund"] };
    expect(await grades(labels, "billing", "Billing")).toEqual(["unparsed", 1]);
    expect(await grades({ ...labels, caseFold: true }, "billing", "Billing")).toEqual([1, 1]);
    expect(await grades({ ...labels, caseFold: false }, "billing", "Billing")).toEqual(["unparsed", "unparsed"]);
    expect(await grades({ options: ["I", "you"] }, "you, i guess", "you")).toEqual(["unparsed", 1]);
    expect(await grades(letters, "it is a guess", "A")).toEqual(["unparsed", "unparsed"]);
  });

  it("reads options in full width, in the answer, among the options and in what is expected", async () => {
    expect(await grades(letters, "Ｂ", "B")).toEqual([1, 1]);
    expect(await grades(letters, "Ｃ", "B")).toEqual([0, 0]);
    expect(await grades(letters, "答案是Ｂ。", "B")).toEqual(["unparsed", 1]);
    expect(await grades(letters, "（Ｂ）", "B")).toEqual(["unparsed", 1]);
    expect(await grades(letters, "ＡＢ", "B")).toEqual(["unparsed", "unparsed"]);
    expect(await grades(letters, "Ａ，不对，Ｂ", "B")).toEqual(["unparsed", "unparsed"]);
    expect(await grades(letters, "B", "Ｂ")).toEqual([1, 1]);
    expect(await grades({ options: ["Ａ", "Ｂ"] }, "it is B", "Ｂ")).toEqual(["unparsed", 1]);
    expect(await grades({ options: ["Billing", "Refund"] }, "ｂｉｌｌｉｎｇ", "Billing")).toEqual(["unparsed", 1]);
    expect(await grades({ options: ["x2", "x²"] }, "x²", "x2")).toEqual([0, 0]);
  });

  it("cannot tell when the expected answer is none of the options", async () => {
    expect(await grades(letters, "B", "E")).toEqual(["ungraded", "ungraded"]);
  });

  it("tells mistakes in its options at once", () => {
    expect(() => choice({ options: ["A"] })).toThrow(/two options/);
    expect(() => choice({ options: ["A", "A "] })).toThrow(/twice/);
    expect(() => choice({ options: ["A", "Ａ"] })).toThrow(/twice/);
    expect(() => choice({ options: ["A", " "] })).toThrow(/empty/);
    expect(() => choice({ options: ["A", "B"], boundaries: "words" as "word" })).toThrow(/boundaries/);
  });
});
