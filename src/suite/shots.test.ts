import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Case } from "./case.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { questionOf } from "./same-question.ts";
import { chooseShots, poolOf } from "./shots.ts";

const example = (input: unknown, expected: unknown = "y"): Case => ({ id: "unused", input, expected });
const poolFrom = (examples: readonly Case[]) =>
  poolOf(examples.map((one) => ({ example: one, fingerprint: fingerprintOf(one), shown: one.input })));
const texts = fc.uniqueArray(fc.string(), { minLength: 3, maxLength: 30, selector: questionOf });

describe("chooseShots", () => {
  it("nests: k shots are the first k of k + 1", () => {
    fc.assert(
      fc.property(texts, fc.string(), (inputs, id) => {
        const pool = poolFrom(inputs.map((input) => example(input)));
        const all = chooseShots(pool, { id, input: { none: true } }, inputs.length);
        expect(new Set(all)).toEqual(new Set(inputs));
        for (let count = 1; count < all.length; count++) {
          expect(chooseShots(pool, { id, input: { none: true } }, count)).toEqual(all.slice(0, count));
        }
      }),
    );
  });

  it("does not depend on the order of the examples, nor on other cases", () => {
    fc.assert(
      fc.property(texts, fc.string(), fc.integer({ min: 1, max: 5 }), (inputs, id, count) => {
        const forward = poolFrom(inputs.map((input) => example(input)));
        const backward = poolFrom(inputs.toReversed().map((input) => example(input)));
        const one = { id, input: 1 };
        const first = chooseShots(forward, one, count);
        chooseShots(forward, { id: `${id}!`, input: 2 }, count);
        expect(chooseShots(forward, one, count)).toEqual(first);
        expect(chooseShots(backward, one, count)).toEqual(first);
      }),
    );
  });

  it("never shows the case in other clothes, nor one question twice", () => {
    const clothes = ["  WORD4 ", "word4", "\n Word4", "ｗｏｒｄ４", "word 4"];
    const pool = poolFrom([...clothes.map((input) => example(input)), example("word5"), example(" Word5", "z")]);
    expect(chooseShots(pool, { id: "c", input: "word4" }, 9).map(questionOf).sort()).toEqual(['"word 4"', '"word5"']);
    expect(chooseShots(pool, { id: "c", input: { text: "word4" } }, 9)).toHaveLength(3);
    const variants = fc.array(fc.constantFrom("a", "A", " a ", "b", "B", "c", "ｃ", "d"), { maxLength: 12 });
    fc.assert(
      fc.property(variants, fc.string(), fc.integer({ min: 1, max: 5 }), (inputs, id, count) => {
        const many = poolFrom(inputs.map((input, at) => example(input, at)));
        const all = chooseShots(many, { id, input: "A" }, inputs.length + 1);
        const questions = all.map(questionOf);
        expect(new Set(questions).size).toBe(questions.length);
        expect(new Set(questions)).toEqual(new Set(inputs.map(questionOf).filter((one) => one !== '"a"')));
        expect(chooseShots(many, { id, input: "A" }, count)).toEqual(all.slice(0, count));
      }),
    );
  });

  it("never shows the case itself, told by content whatever its id and key order", () => {
    const pool = poolFrom([
      example({ a: 1, b: 2 }),
      example({ a: 1, b: 3 }),
      example({ a: 1, b: 2 }, "another answer"),
    ]);
    expect(chooseShots(pool, { id: "c", input: { b: 2, a: 1 } }, 3)).toEqual([{ a: 1, b: 3 }]);
    fc.assert(
      fc.property(texts, fc.nat(), (inputs, pick) => {
        const own = inputs[pick % inputs.length] ?? "";
        const chosen = chooseShots(
          poolFrom(inputs.map((input) => example(input))),
          { id: "c", input: own },
          inputs.length,
        );
        expect(chosen).not.toContain(own);
        expect(chosen).toHaveLength(inputs.length - 1);
      }),
    );
  });

  it("takes an example that is there twice once", () => {
    expect(poolFrom([example("a"), example("b"), example("a")])).toHaveLength(2);
  });

  it("spreads the examples over the cases", () => {
    const pool = poolFrom(Array.from({ length: 10 }, (_, index) => example(`example ${index}`)));
    const counts = new Map<unknown, number>();
    for (let index = 0; index < 5_000; index++) {
      const [first] = chooseShots(pool, { id: `case-${index}`, input: "" }, 1);
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    // Each is first for a tenth of the cases: six standard deviations of a binomial.
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(6 * Math.sqrt(5_000 * 0.1 * 0.9));
    expect(counts.size).toBe(10);
  });

  it("is pinned: other shots are other calls, paid again", () => {
    const pool = poolFrom(["a", "b", "c", "d", "e"].map((input) => example(input)));
    expect(chooseShots(pool, { id: "case-1", input: "x" }, 5)).toEqual(["a", "c", "e", "b", "d"]);
  });
});
