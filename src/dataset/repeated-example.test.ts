import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRepeatedExamples } from "./repeated-example.ts";

const found = (examples: readonly unknown[], input: unknown): readonly string[] =>
  createRepeatedExamples(examples.map((example, index) => ({ id: `t${index}`, input: example })))(input).map(
    ({ id }) => id,
  );
const questions = ["What does the Selko printer cost?", "Where is the Dunet soundbar built?"];
const sheet = "The brown Dunet soundbar is built in Berlin and its weight is one kilo.";

describe("an example that a case repeats", () => {
  it("is found where the case brings a field that no example has, and the other way about", () => {
    const bare = questions.map((question) => ({ question }));
    const rich = questions.map((question) => ({ question, sheet }));
    expect(found(bare, { question: "what does  the SELKO printer cost?", sheet })).toEqual(["t0"]);
    expect(found(rich, { question: questions[1] })).toEqual(["t1"]);
    expect(found(bare, { question: "What does the Selko kettle cost?", sheet })).toEqual([]);
  });

  it("is every one that has the common fields, whatever else it has", () => {
    const notes = ["a", "b"].map((note) => ({ question: questions[0], note }));
    expect(found([...notes, { question: questions[1], note: "c" }], { question: questions[0], sheet })).toEqual([
      "t0",
      "t1",
    ]);
    expect(found([{ question: questions[0] }, questions[0]], { question: questions[0] })).toEqual(["t0", "t1"]);
  });

  it("is none for a common field that is the same in all, nor for fields with other names and texts", () => {
    const examples = Array.from({ length: 40 }, (_, at) => ({ prompt: `question number ${at}`, language: "en" }));
    expect(found(examples, { text: "something else", language: "en" })).toEqual([]);
    expect(found(examples, { other: "question number 7" })).toEqual([]);
    expect(found([{ prompt: questions[0] }], { question: questions[0] })).toEqual(["t0"]);
  });

  it("is the same whatever fields only the cases or only the examples have", () => {
    const text = fc.string({ minLength: 1, maxLength: 12 });
    const field = fc.constantFrom("a", "sheet", "z");
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), text, field, text, (known, asked, name, more) => {
        const bare = known.map((question) => ({ question }));
        const plain = found(bare, { question: asked });
        expect(found(bare, { question: asked, [name]: more })).toEqual(plain);
        const rich = known.map((question) => ({ question, [name]: more }));
        expect(found(rich, { question: asked })).toEqual(plain);
        expect(found(bare, { question: known[0], [name]: more })).toContain("t0");
      }),
      { seed: 4 },
    );
  });
});
