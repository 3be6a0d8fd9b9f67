/**
 * Cost: a long prompt with definitions and five or fifteen examples against one short line after tuning. Answered by the embedded model; prices are
 * assumed.
 */
import { choice, defineSuite, file, fineTuned, jsonl, promptOnly } from "gapcheck";
import { base, tuned } from "./embedded/model.ts";

interface Input {
  message: string;
}

const labels = ["delivery_delay", "billing_error", "login_problem", "cancel_order", "refund_status"];
const user = "{{message}}";
const definitions = file("prompts/intents.md");
const oneLine = { system: "intent", user };

/**
 * One example a label: the five that the long prompts show. Shots have an order for each case, so what the report calls the same in every prompt
 * ends before the first of them; a prompt with the five in one order would have more to cache.
 */
const examples = [
  {
    input: {
      message: "Hello. I ordered a red kettle two weeks ago and it has not come. The order number is 58213. Thank you.",
    },
    expected: "delivery_delay",
  },
  {
    input: { message: "My name is Paul. You took the money for the lamp twice. I am very upset about this." },
    expected: "billing_error",
  },
  {
    input: { message: "I cannot log in, the page says that my password is wrong. It is urgent. Regards, Tina" },
    expected: "login_problem",
  },
  {
    input: { message: "Good morning. Please stop the order of the blue tent, I do not need it any more." },
    expected: "cancel_order",
  },
  {
    input: { message: "I returned the headset last month and still wait for my money. The order is A7714." },
    expected: "refund_status",
  },
].map((example, index) => ({ id: `example-${index + 1}`, ...example }));

/** Those five and two more a label, the first of the tuning set: about 830 of the 1,024 tokens that the model reads. */
const fifteen = [
  ...examples,
  ...[
    [
      "Good day. You know, you promised the monitor by Saturday and it is not here. Every hour counts. I am losing my patience.",
      "delivery_delay",
    ],
    [
      "Here is my problem: I was charged two times for my yellow keyboard. This is very urgent. I will tell everyone about this.",
      "billing_error",
    ],
    ["I have the order number 1064. The site does not let me in any more...", "login_problem"],
    ["Hold the order of the juicer and cancel it. I like your shop. The reference number is 6253.", "cancel_order"],
    [
      "My order was cancelled but I did not get the money back. See order 44532. Please be quick. It would be kind of you.",
      "refund_status",
    ],
    ["The package has vanished on the way to Tokyo. I am not happy.", "delivery_delay"],
    [
      "The name is Paul. You took too much money from my account. I am very upset. I need help right now.",
      "billing_error",
    ],
    ["Dear sir or madam! It says account not found when I sign in. This is very urgent. Yours, Olga", "login_problem"],
    [
      "Dear team. So it seems that I ordered two times by mistake please stop one order. As soon as possible please. The order number is A52086. I will tell everyone about this.",
      "cancel_order",
    ],
    ["Good morning. The red pillow went back to you but the money is still with you.", "refund_status"],
  ].map(([message = "", expected = ""], index) => ({ id: `more-${index + 1}`, input: { message }, expected })),
];

const shots = { from: examples, count: examples.length };
const greedy = { temperature: 0, maxTokens: 12 };

export default defineSuite({
  name: "intent-routing",
  scenario: "cost",
  description: "Sorts a customer's message by one of five reasons: a long prompt, or one short line after tuning?",
  cases: jsonl<Input, string>("../datasets/intent-routing.jsonl"),
  targets: [
    promptOnly("labels", {
      model: base,
      prompt: { system: `Classify the message by intent. Use one of: ${labels.join(", ")}.`, user },
      parameters: greedy,
    }),
    promptOnly("definitions", { model: base, prompt: { system: definitions, user }, parameters: greedy }),
    promptOnly("five examples", {
      model: base,
      prompt: { system: `Classify the message by intent. Use one of: ${labels.join(", ")}.`, user, shots },
      parameters: greedy,
    }),
    promptOnly("definitions and five examples", {
      model: base,
      prompt: { system: definitions, user, shots },
      parameters: greedy,
    }),
    promptOnly("definitions and fifteen examples", {
      model: base,
      prompt: { system: definitions, user, shots: { from: fifteen, count: fifteen.length } },
      parameters: greedy,
    }),
    promptOnly("one line", { arm: "short-prompt", model: base, prompt: oneLine, parameters: greedy }),
    ...[60, 240, 960].map((size) =>
      fineTuned(`tuned on ${size}`, {
        model: tuned("intent-routing", size),
        prompt: oneLine,
        parameters: greedy,
        tunedFrom: base,
        trainingExamples: size,
      }),
    ),
  ],
  graders: [choice({ options: labels })],
  requirement: { quality: { atLeast: 0.8 }, cost: { usdPer1kAtMost: 0.03 } },
  economics: {
    volume: { perMonth: 20_000_000, growth: 0.02 },
    oneOff: {
      trainingUsd: 10,
      labels: { count: 960, usdEach: 0.5, checked: 0.1 },
      engineering: { hours: 40, usdPerHour: 80 },
    },
    refresh: { everyMonths: 6, usd: 800 },
  },
  training: {
    data: jsonl("../datasets/intent-routing.train.jsonl"),
    agreement: { waived: "the program that writes the examples labels them" },
    venue: { name: "models/tiny/train", trains: true, dataAllowed: true, servedUntil: "no-end" },
  },
  gate: { accept: ["KEEP_PROMPTING", "CONFIRMED", "REJECTED", "FINE_TUNE_JUSTIFIED"], onInconclusive: "pass" },
});
