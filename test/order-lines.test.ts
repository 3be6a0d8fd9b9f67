/** The grader `lines` of the embedded suite `order-extraction`. */
import { expect, it } from "vitest";
import { lines } from "../evals/embedded/order-lines.ts";

const order = {
  city: "Rome",
  items: [
    { product: "ladder", quantity: 1 },
    { product: "red headset", quantity: 3 },
  ],
};
const graded = async (text: string) => {
  const { strict } = await lines.grade(
    {
      text,
      case: { id: "order-1", input: {}, expected: order },
      answer: { kind: "answer", text, finish: "stop", latencyMs: 1 },
    },
    { ask: async () => Promise.reject(new Error("asks nobody")), signal: new AbortController().signal },
  );
  return strict.kind === "scored" ? { score: strict.score, parts: strict.parts, flaw: strict.flaw } : strict;
};
const answer = (...items: readonly (readonly [number, string])[]) =>
  JSON.stringify({ items: items.map(([quantity, product]) => ({ product, quantity })), city: "Oslo" });

it.each([
  ["all, in another order", answer([3, "red headset"], [1, "ladder"]), 1, 1],
  ["one of two", answer([1, "ladder"]), 1 / 2, 1],
  ["another quantity and one too many", answer([2, "ladder"], [3, "red headset"], [1, "lamp"]), 1 / 2, 1 / 3],
  ["nothing", answer(), 0, 0],
])("tells recall and precision: %s", async (_, text, recall, precision) => {
  const f1 = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
  const { score, parts } = { parts: undefined, score: undefined, ...(await graded(text)) };
  expect(parts).toMatchObject({ recall, precision });
  expect(score).toBeCloseTo(f1, 12);
});

it("finds no line in what is no such JSON, and is not required", async () => {
  for (const text of ["one ladder", '{"items": "ladder"}', '{"city": "Rome"}', "null"]) {
    expect(await graded(text)).toMatchObject({ score: 0, flaw: "unparsed" });
  }
  expect(lines).toMatchObject({ kind: "set-match", required: false });
});
