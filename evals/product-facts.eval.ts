/**
 * Knowledge: facts of 40 invented products that only the tuning data holds. A third of the questions is about products that do not exist: to say
 * so is right there, and no answer elsewhere. The arm with the sheet is given the right passage each time, as a perfect retrieval would: it tells
 * whether the facts are what is missing, and does not compete.
 * Answered by the embedded model.
 */
import { custom, defineSuite, fineTuned, type Grade, type Graded, jsonl, promptOnly, type Subject } from "gapcheck";
import { base, tuned } from "./embedded/model.ts";

interface Input {
  question: string;
  sheet: string;
}
interface Expected {
  answer: string;
  known: boolean;
}

const ignore = ["sheet"] as const;
const user = "{{question}}";
const train = jsonl<Input, Expected>("../datasets/product-facts.train.jsonl");
const honest = "If you do not know, say: I do not know.";
const greedy = { temperature: 0, maxTokens: 24 };

/** Right, wrong or declined: "I do not know." is right where nothing is known, and declines an answer where something is. */
function fact({ text, case: { expected } }: Subject<Input, Expected>): Graded {
  const said = plain(text);
  if (expected === undefined) {
    return inBoth({ kind: "ungraded", reason: "missing-expected", why: "the case expects nothing" });
  }
  const declines = /^i (do not|don't) know\b/.test(said);
  if (declines && expected.known) return inBoth({ kind: "declined", why: "says that it does not know" });
  const answer = text.trim();
  const right = plain(expected.answer);
  return {
    strict: { kind: "scored", score: said === right ? 1 : 0, answer },
    // The same statement among others is right in content.
    lenient: { kind: "scored", score: said.includes(right) ? 1 : 0, answer },
  };
}

function inBoth(grade: Grade): Graded {
  return { strict: grade, lenient: grade };
}

/** In lower case, without space and full stop at the ends. */
function plain(text: string): string {
  return text.trim().replace(/\.$/, "").toLowerCase();
}

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
  graders: [custom("fact", fact, { needsExpected: true })],
  requirement: { quality: { atLeast: 0.8 } },
  training: {
    data: train,
    agreement: { waived: "the program that writes the examples labels them" },
    venue: { name: "models/tiny/train", trains: true, dataAllowed: true, servedUntil: "no-end" },
  },
  gate: { accept: ["KEEP_PROMPTING", "CONFIRMED", "REJECTED", "FINE_TUNE_JUSTIFIED"], onInconclusive: "pass" },
});
