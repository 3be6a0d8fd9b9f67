import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareSets, setMatch } from "./set-match.ts";
import { tryGrader } from "./try-grader.ts";

type Options = NonNullable<Parameters<typeof setMatch>[0]>;

async function f1(
  text: string,
  expected: string | readonly string[],
  options: Omit<Options, "expected"> = {},
): Promise<unknown[]> {
  const { strict, lenient } = await tryGrader(setMatch(options), { text, expected });
  return [strict, lenient].map((grade) => (grade.kind === "scored" ? (grade.flaw ?? grade.score) : grade.kind));
}

describe("setMatch", () => {
  it("tells precision, recall and F1", async () => {
    const { strict } = await tryGrader(setMatch(), { text: "a\nb\nc\nc\n", expected: ["a", "b", "d", "e"] });
    expect(strict).toMatchObject({ score: 4 / 7, parts: { precision: 2 / 3, recall: 2 / 4, f1: 4 / 7, exact: 0 } });
  });

  it("scores what it is told to score", async () => {
    expect(await f1("a\nb", ["a"], { score: "precision" })).toEqual([0.5, 0.5]);
    expect(await f1("a\nb", ["a"], { score: "recall" })).toEqual([1, 1]);
    expect(await f1("b\na\na", ["a", "b"], { score: "exact" })).toEqual([1, 1]);
  });

  it("takes a list however it is written by the lenient form", async () => {
    expect(await f1("The clauses are:\n1. fee\n2. **term**", ["fee", "term"])).toEqual([0, 1]);
    expect(await f1("fee, term", ["fee", "term"])).toEqual([0, 1]);
    expect(await f1('```json\n["fee", "term"]\n```', ["fee", "term"], { items: "json" })).toEqual(["unparsed", 1]);
    expect(await f1('["fee", 3]', ["fee", "3"], { items: "json" })).toEqual([1, 1]);
    expect(await f1("- fee\n- term", ["fee", "term"], { items: "json" })).toEqual(["unparsed", 1]);
    expect(await f1("fee;term", ["fee", "term"], { items: { separator: ";" } })).toEqual([1, 1]);
  });

  it("finds the items of a closed set anywhere by the lenient form", async () => {
    const options = { options: ["fee", "term", "termination"] };
    expect(await f1("I see a fee and a termination clause.", ["fee", "termination"], options)).toEqual([0, 1]);
    expect(await f1("Ａ、Ｃ", ["A", "C"], { options: ["A", "B", "C"] })).toEqual([0, 1]);
  });

  it("knows the empty set", async () => {
    expect(await f1("None.", [])).toEqual([0, 1]);
    expect(await f1("none", [])).toEqual([1, 1]);
    expect(await f1("[]", [], { items: "json" })).toEqual([1, 1]);
    expect(await f1("fee", [])).toEqual([0, 0]);
    expect(await f1("none", ["fee"])).toEqual([0, 0]);
  });

  it("leaves letter case aside when told to", async () => {
    expect(await f1("FEE", ["fee"])).toEqual([0, 0]);
    expect(await f1("FEE", ["fee"], { caseFold: true })).toEqual([1, 1]);
  });

  it("tells mistakes in its options at once", () => {
    expect(() => setMatch({ score: "f2" as "f1" })).toThrow(/score is "f2"/);
    expect(() => setMatch({ items: { separator: "" } })).toThrow(/separator/);
    expect(() => setMatch({ options: ["one"] })).toThrow(/two options/);
  });
});

describe("compareSets", () => {
  const sets = fc.array(fc.constantFrom("a", "b", "c", "d")).map((items) => new Set(items));

  it("has conventions for empty sets", () => {
    const some = new Set(["a"]);
    const none = new Set<string>();
    expect(compareSets(none, none)).toEqual({ precision: 1, recall: 1, f1: 1, exact: 1 });
    expect(compareSets(none, some)).toEqual({ precision: 0, recall: 0, f1: 0, exact: 0 });
    expect(compareSets(some, none)).toEqual({ precision: 0, recall: 1, f1: 0, exact: 0 });
  });

  it("keeps every part in [0, 1], and F1 the harmonic mean", () => {
    fc.assert(
      fc.property(sets, sets, (given, right) => {
        const parts = compareSets(given, right);
        for (const part of Object.values(parts)) expect(part >= 0 && part <= 1).toBe(true);
        const { precision, recall, f1: score } = parts;
        if (precision + recall > 0 && given.size > 0 && right.size > 0) {
          expect(score).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
        }
        expect(parts.exact === 1).toBe(given.symmetricDifference(right).size === 0);
        expect(parts.exact === 1).toBe(score === 1);
      }),
    );
  });
});
