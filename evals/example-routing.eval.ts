/**
 * An example, answered by a recording that was written by hand: it shows what a suite looks like and what a verdict reads like, and says
 * nothing about any model. Customer messages are sorted into five topics; the answer has to read `<topic>…</topic>`.
 */
import { between, choice, defineSuite, file, fineTuned, jsonl, onlyOption, promptOnly, recorded } from "gapcheck";

const topics = ["refund", "delivery", "login", "invoice", "cancel"];

/** US dollars per million tokens, invented for the example. */
const price = { inputPerMillion: 0.75, outputPerMillion: 4.5, asOf: "2026-11-01", source: "invented for the example" };
const tunedPrice = { ...price, inputPerMillion: 1.5, outputPerMillion: 9 };

const recording = "../datasets/example-routing.recording.jsonl";
const base = recorded(recording, { target: "with definitions", price });

export default defineSuite({
  name: "example-routing",
  scenario: "format",
  description: "Sorts a customer's message into one of five topics, in the form `<topic>…</topic>`.",
  example: true,
  cases: jsonl<{ message: string }, string>("../datasets/example-routing.jsonl"),
  targets: [
    promptOnly("one line", {
      model: recorded(recording, { target: "one line", price }),
      prompt: { system: "Which topic is this about?", user: "{{message}}" },
    }),
    promptOnly("with definitions", {
      model: base,
      prompt: { system: file("prompts/routing.md"), user: "{{message}}" },
    }),
    fineTuned("tuned", {
      model: recorded(recording, { target: "tuned", price: tunedPrice }),
      prompt: { user: "{{message}}" },
      tunedFrom: base,
      trainingExamples: 300,
      trainingCostUsd: 9,
    }),
  ],
  graders: [
    choice({
      options: topics,
      extract: { strict: between("<topic>", "</topic>"), lenient: onlyOption(topics, { caseFold: true }) },
    }),
  ],
  trials: 2,
  requirement: {
    quality: { atLeast: 0.85 },
    stability: { allOf: 2, atLeast: 0.8 },
    cost: { usdPer1kAtMost: 0.5 },
    enough: 0.8,
  },
});
