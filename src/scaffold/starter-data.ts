/** Cases of the first suite: short messages to a shop, to be sorted by who should answer. Made up for the example, by pattern. */

export const LABELS = ["billing", "delivery", "technical", "other"] as const;

export type Label = (typeof LABELS)[number];

interface Phrasing {
  readonly label: Label;
  readonly openings: readonly string[];
  readonly details: readonly string[];
}

const PHRASINGS: readonly Phrasing[] = [
  {
    label: "billing",
    openings: [
      "My card was charged twice",
      "The invoice shows the wrong amount",
      "I need a receipt",
      "Please refund me",
    ],
    details: ["for the May order.", "and nobody answers.", "since last week.", "for two chairs."],
  },
  {
    label: "delivery",
    openings: [
      "My parcel has not arrived",
      "The courier left it outside",
      "Where is my order",
      "It came to an old address",
    ],
    details: ["after ten days.", "and it rained.", "that I placed on Monday?", "although I changed it."],
  },
  {
    label: "technical",
    openings: ["The app closes by itself", "I cannot log in", "The device does not charge", "The page stays white"],
    details: ["after the update.", "with the right password.", "with any cable.", "on my phone."],
  },
  {
    label: "other",
    openings: ["Do you hire in spring", "Thank you for the help", "May I visit your shop", "Can I reuse your photos"],
    details: ["or in autumn?", "last Friday!", "with a school class?", "in our newsletter?"],
  },
];

export interface StarterCase {
  readonly id: string;
  readonly message: string;
  readonly label: Label;
}

/** Sixteen cases a label, each opening with each detail. */
export const STARTER_CASES: readonly StarterCase[] = PHRASINGS.flatMap(({ label, openings, details }) =>
  openings.flatMap((opening, first) =>
    details.map((detail, second) => ({
      id: `${label}-${first * details.length + second + 1}`,
      message: `${opening} ${detail}`,
      label,
    })),
  ),
);

/** The dataset as JSONL. */
export function starterDataset(): string {
  return STARTER_CASES.map(
    ({ id, message, label }) => `${JSON.stringify({ id, input: { message }, expected: label })}\n`,
  ).join("");
}

/**
 * Answers made up for the example, as a recording: the plain prompt chats and confuses labels, the prompt with definitions
 * seldom does, and so does the tuned model.
 */
export function starterRecording(): string {
  const next = (label: Label) => LABELS[(LABELS.indexOf(label) + 1) % LABELS.length] ?? label;
  const lines = STARTER_CASES.flatMap(({ id, label }, at) => [
    {
      case: id,
      target: "plain",
      text: at % 3 === 0 ? `I would say this is ${label}.` : at % 5 === 0 ? next(label) : label,
    },
    { case: id, target: "definitions", text: at % 31 === 17 ? next(label) : label },
    { case: id, target: "tuned", text: at % 29 === 11 ? next(label) : label },
  ]);
  return lines
    .map(
      (line) =>
        `${JSON.stringify({ ...line, usage: { input: line.target === "definitions" ? 96 : 24, output: 3 }, latencyMs: 400 })}\n`,
    )
    .join("");
}
