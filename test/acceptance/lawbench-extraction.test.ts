/**
 * LawBench (Fei et al., 2023), tasks 1-2 (exam choice) and 2-4 (topic, 20 labels): 500 outputs a run. The publisher's rule for
 * both: right if exactly one option occurs anywhere in the output, and it is the answer; abstained if none occurs. The lenient
 * form of `choice` with boundaries "none" is that rule; the strict form demands `[…]X<eoa>` and nothing else.
 */
import { describe, expect, it } from "vitest";
import { choice } from "../../src/grade/choice.ts";
import { between } from "../../src/grade/find-answer.ts";
import { tryGrader } from "../../src/grade/try-grader.ts";
import { sharedJson, sharedLines } from "./shared-data.ts";

interface Row {
  readonly expected: string;
  readonly outputs: Readonly<Record<string, string>>;
}

const tasks = sharedJson("lawbench/tasks.json") as
  | Readonly<Record<"1-2" | "2-4", { readonly options: readonly string[] }>>
  | undefined;

/** Score by the publisher's rule, and outputs in the demanded form, by run. */
const SCORES = {
  "1-2": {
    "GPT4/zero_shot": 0.552,
    "GPT4/one_shot": 0.548,
    "ziya-llama-13b/zero_shot": 0.3,
    "ziya-llama-13b/one_shot": 0.28,
    "chatlaw-13b/zero_shot": 0.284,
    "baichuan-7b/zero_shot": 0.018,
    "wisdom-interrogatory-7b/zero_shot": 0.154,
  },
  "2-4": {
    "GPT4/zero_shot": 0.44,
    "GPT4/one_shot": 0.444,
    "ziya-llama-13b/zero_shot": 0.246,
    "ziya-llama-13b/one_shot": 0.252,
    "chatlaw-13b/zero_shot": 0.276,
    "baichuan-7b/zero_shot": 0.028,
    "wisdom-interrogatory-7b/zero_shot": 0.21,
  },
} as const;

const IN_FORM = {
  "1-2": { "GPT4/zero_shot": 493, "ziya-llama-13b/zero_shot": 57, "ziya-llama-13b/one_shot": 481 },
  "2-4": { "GPT4/zero_shot": 489, "ziya-llama-13b/zero_shot": 23, "ziya-llama-13b/one_shot": 0 },
} as const;

const WRAPPER = { "1-2": "[正确答案]", "2-4": "[类别]" } as const;

interface Tally {
  readonly lenientScore: number;
  readonly strictScore: number;
  readonly inForm: number;
}

async function tally(
  task: "1-2" | "2-4",
  rows: readonly Row[],
  run: string,
  options: readonly string[],
): Promise<Tally> {
  const grader = choice({ options, boundaries: "none", extract: { strict: between(WRAPPER[task], "<eoa>") } });
  let lenientScore = 0;
  let strictScore = 0;
  let inForm = 0;
  for (const row of rows) {
    const { strict, lenient } = await tryGrader(grader, { text: row.outputs[run] ?? "", expected: row.expected });
    if (strict.kind !== "scored" || lenient.kind !== "scored") throw new Error("every output is scored");
    lenientScore += lenient.score / rows.length;
    strictScore += strict.score / rows.length;
    if (strict.flaw === undefined) inForm += 1;
  }
  return { lenientScore, strictScore, inForm };
}

describe.each(["1-2", "2-4"] as const)("LawBench %s", (task) => {
  const rows = sharedLines(`lawbench/task_${task}.jsonl`) as readonly Row[] | undefined;
  const options = tasks?.[task].options;

  it(
    rows === undefined ? "the data is not there" : "reproduces the published scores by the lenient form",
    async (ctx) => {
      if (rows === undefined || options === undefined) return ctx.skip("../shared/data/lawbench is not there");
      expect(rows.length).toBe(500);
      for (const [run, score] of Object.entries(SCORES[task])) {
        const { lenientScore } = await tally(task, rows, run, options);
        expect(Math.abs(lenientScore - score), `${run}: ${lenientScore}`).toBeLessThan(1e-9);
      }
    },
  );

  it(rows === undefined ? "the data is still not there" : "tells how many obey the demanded form", async (ctx) => {
    if (rows === undefined || options === undefined) return ctx.skip("../shared/data/lawbench is not there");
    for (const [run, count] of Object.entries(IN_FORM[task])) {
      const { inForm, strictScore, lenientScore } = await tally(task, rows, run, options);
      expect(inForm, run).toBe(count);
      expect(strictScore).toBeLessThanOrEqual(inForm / rows.length);
      expect(strictScore).toBeLessThanOrEqual(lenientScore);
    }
  });
});
