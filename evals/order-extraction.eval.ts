/**
 * Reasoning: one to four things are ordered, then up to two changes of mind; the answer is the final order as JSON. The tags `steps-1` to
 * `steps-6` say how many steps a case takes. Answered by the embedded model.
 */
import { defineSuite, file, fineTuned, jsonEquals, jsonl, jsonSchema, promptOnly } from "gapcheck";
import { base, tuned } from "./embedded/model.ts";
import { type Expected, lines } from "./embedded/order-lines.ts";

interface Input {
  message: string;
}
const user = "{{message}}";
const system = file("prompts/order.md");
const train = jsonl<Input, Expected & { reply: string }>("../datasets/order-extraction.train.jsonl");
/** Examples show the reply as the model was trained to write it, with a space after colon and comma: `{{expected}}` would be compact JSON. */
const shots = { from: train, assistant: "{{expected.reply}}" };
const greedy = { temperature: 0, maxTokens: 128 };

const schema = {
  type: "object",
  additionalProperties: false,
  required: ["items", "city"],
  properties: {
    city: { type: "string" },
    items: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["product", "quantity"],
        properties: { product: { type: "string" }, quantity: { type: "integer", minimum: 1 } },
      },
    },
  },
} as const;

export default defineSuite({
  name: "order-extraction",
  scenario: "reasoning",
  description: "Turns an order with changes of mind into the final order as JSON.",
  cases: jsonl<Input, Expected>("../datasets/order-extraction.jsonl"),
  targets: [
    promptOnly("keys named", { model: base, prompt: { system, user }, parameters: greedy }),
    promptOnly("three examples", {
      model: base,
      prompt: { system, user, shots: { ...shots, count: 3 } },
      parameters: greedy,
    }),
    promptOnly("six examples", {
      model: base,
      prompt: { system, user, shots: { ...shots, count: 6 } },
      parameters: greedy,
    }),
    promptOnly("one line", {
      arm: "short-prompt",
      model: base,
      prompt: { system: "order", user },
      parameters: greedy,
    }),
    ...[96, 384, 1536].map((size) =>
      fineTuned(`tuned on ${size}`, {
        model: tuned("order-extraction", size),
        prompt: { system: "order", user },
        parameters: greedy,
        tunedFrom: base,
        trainingExamples: size,
      }),
    ),
  ],
  graders: [jsonSchema(schema, { name: "schema" }), jsonEquals({ name: "final order" }), lines],
  requirement: { quality: { atLeast: 0.7 } },
  training: {
    data: train,
    agreement: { waived: "the program that writes the examples labels them" },
    venue: { name: "models/tiny/train", trains: true, dataAllowed: true, servedUntil: "no-end" },
  },
  gate: { accept: ["KEEP_PROMPTING", "CONFIRMED", "REJECTED", "FINE_TUNE_JUSTIFIED"], onInconclusive: "pass" },
});
