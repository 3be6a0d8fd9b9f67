/**
 * Knowledge: facts of 40 invented products that only the tuning data holds. A third of the questions is about products that do not exist: to say
 * so is right there, and no answer elsewhere. The arm with the sheet is given the right passage each time, as a perfect retrieval would: it tells
 * whether the facts are what is missing, and does not compete.
 * Answered by the embedded model.
 */
import { custom, defineSuite, fineTuned, jsonl, promptOnly } from "gapcheck";
import { type Expected, fact } from "./embedded/fact.ts";
import { base, tuned } from "./embedded/model.ts";

interface Input {
  question: string;
  sheet: string;
}
const ignore = ["sheet"] as const;
const user = "{{question}}";
const train = jsonl<Input, Expected>("../datasets/product-facts.train.jsonl");
const honest = "If you do not know, say: I do not know.";
const greedy = { temperature: 0, maxTokens: 24 };

export default defineSuite({
  name: "product-facts",
  scenario: "knowledge",
  description: "Answers questions about products: from memory, or from a passage in the prompt?",
  cases: jsonl<Input, Expected>("../datasets/product-facts.jsonl"),
  unanswerable: "unknown",
  targets: [
    promptOnly("from memory", {
      model: base,
      prompt: { system: "Answer the question.", user, ignore },
      parameters: greedy,
    }),
    promptOnly("from memory, may decline", {
      model: base,
      prompt: { system: `Answer the question. ${honest}`, user, ignore },
      parameters: greedy,
    }),
    promptOnly("three examples, may decline", {
      model: base,
      prompt: {
        system: `Answer the question. ${honest}`,
        user,
        ignore,
        shots: { from: train, count: 3, assistant: "{{expected.answer}}" },
      },
      parameters: greedy,
    }),
    promptOnly("one line", {
      arm: "short-prompt",
      model: base,
      prompt: { system: "product facts", user, ignore },
      parameters: greedy,
    }),
    promptOnly("from the sheet", {
      arm: "oracle-context",
      model: base,
      prompt: { system: `Answer from the facts. ${honest}`, user: "{{sheet}} {{question}}" },
      parameters: greedy,
    }),
    ...[240, 480, 1920].map((size) =>
      fineTuned(`tuned on ${size}`, {
        model: tuned("product-facts", size),
        prompt: { system: "product facts", user, ignore },
        parameters: greedy,
        tunedFrom: base,
        trainingExamples: size,
      }),
    ),
  ],
  graders: [custom<Input, Expected>("fact", fact, { needsExpected: true })],
  requirement: { quality: { atLeast: 0.8 } },
  training: {
    data: train,
    agreement: { waived: "the program that writes the examples labels them" },
    venue: { name: "models/tiny/train", trains: true, dataAllowed: true, servedUntil: "no-end" },
  },
  gate: { accept: ["KEEP_PROMPTING", "CONFIRMED", "REJECTED", "FINE_TUNE_JUSTIFIED"], onInconclusive: "pass" },
});
