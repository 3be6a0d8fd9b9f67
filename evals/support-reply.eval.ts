/**
 * Format: a reply in four steps (greet, confirm the problem, solution, ask whether it helps), three times a case. That the shop's own policy
 * stands in it is content: measured beside, and not blocking. Answered by the embedded model.
 */
import { checklist, defineSuite, file, fineTuned, jsonl, promptOnly } from "gapcheck";
import { base, tuned } from "./embedded/model.ts";

interface Input {
  message: string;
}
interface Expected {
  reason: string;
  name: string;
  policy: string;
  product?: string;
}

const user = "{{message}}";
const train = jsonl<Input, Expected & { reply: string }>("../datasets/support-reply.train.jsonl");
const shots = { from: train, count: 5, assistant: "{{expected.reply}}" };
const sampled = { temperature: 0.7, maxTokens: 96, seed: 1 };

export default defineSuite({
  name: "support-reply",
  scenario: "format",
  description: "Replies to a customer in four steps; does the format need tuning, and does the content?",
  cases: jsonl<Input, Expected>("../datasets/support-reply.jsonl"),
  targets: [
    promptOnly("plain", { model: base, prompt: { system: "Reply to the customer.", user }, parameters: sampled }),
    promptOnly("steps named", {
      model: base,
      prompt: { system: file("prompts/reply-steps.md"), user },
      parameters: sampled,
    }),
    promptOnly("steps and policy", {
      model: base,
      prompt: { system: file("prompts/reply-policy.md"), user },
      parameters: sampled,
    }),
    promptOnly("steps and five examples", {
      model: base,
      prompt: { system: file("prompts/reply-steps.md"), user, shots },
      parameters: sampled,
    }),
    promptOnly("one line", {
      arm: "short-prompt",
      model: base,
      prompt: { system: "service reply", user },
      parameters: sampled,
    }),
    ...[60, 240, 960].map((size) =>
      fineTuned(`tuned on ${size}`, {
        model: tuned("support-reply", size),
        prompt: { system: "service reply", user },
        parameters: sampled,
        tunedFrom: base,
        trainingExamples: size,
      }),
    ),
  ],
  graders: [
    checklist({
      name: "steps",
      ordered: [
        { name: "greets", pattern: /^\s*(hello|hi|dear|hey|good (day|morning|afternoon|evening)|welcome)\b/i },
        { name: "confirms the problem", pattern: /\b(you|your|the|this|there)\b[^.?!]*[.!]/i },
        // Whether it is the right one is content; here it is a statement more, of three words at least.
        { name: "gives a solution", pattern: /[^.?!\s]+(\s+[^.?!\s]+){2,}\s*[.!]/ },
        { name: "asks", endsWith: "?" },
      ],
    }),
    checklist({
      name: "policy",
      required: false,
      items: [{ name: "holds the policy", contains: "{{expected.policy}}" }],
    }),
  ],
  trials: 3,
  requirement: {
    quality: [
      { grader: "steps", atLeast: 0.9 },
      { grader: "policy", atLeast: 0.8, blocking: false },
    ],
    stability: { allOf: 3, atLeast: 0.85 },
  },
  sweep: {
    from: "steps named",
    instructions: {
      plain: "Reply to the customer.",
      steps: file("prompts/reply-steps.md"),
      policy: file("prompts/reply-policy.md"),
    },
    shots: { none: "none", two: { ...shots, count: 2 }, five: shots },
    parameters: { warm: {}, cool: { temperature: 0.2 } },
  },
  training: {
    data: train,
    agreement: { waived: "the program that writes the examples labels them" },
    venue: { name: "models/tiny/train", trains: true, dataAllowed: true, servedUntil: "no-end" },
  },
  gate: { accept: ["KEEP_PROMPTING", "CONFIRMED", "REJECTED", "FINE_TUNE_JUSTIFIED"], onInconclusive: "pass" },
});
