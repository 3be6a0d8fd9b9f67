/**
 * GSM8K (Cobbe et al., 2021): four models' answers to 1,319 questions, each with the publisher's verdict. The publisher takes
 * what stands behind the last `A:` and compares it with the expected number; an answer without the marker is wrong.
 */
import { describe, expect, it } from "vitest";
import { afterMarker } from "../../src/grade/find-answer.ts";
import { numberMatch } from "../../src/grade/number-match.ts";
import { tryGrader } from "../../src/grade/try-grader.ts";
import { sharedLines } from "./shared-data.ts";

interface Row {
  readonly id: string;
  readonly expected: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly publisher_verdict: Readonly<Record<string, boolean>>;
}

const rows = sharedLines("gsm8k/gsm8k.jsonl") as readonly Row[] | undefined;

/** Share right as published, per cent. */
const PUBLISHED = {
  "gpt3-6b-finetuning": 21.68,
  "gpt3-6b-verification": 39.04,
  "gpt3-175b-finetuning": 34.72,
  "gpt3-175b-verification": 56.25,
} as const;

const grader = numberMatch({ extract: { strict: afterMarker("A:"), lenient: afterMarker("A:") } });

describe("GSM8K", () => {
  it(rows === undefined ? "the data is not there" : "gives the publisher's 4 × 1,319 verdicts", async (ctx) => {
    if (rows === undefined) return ctx.skip("../shared/data/gsm8k is not there");
    const disagreements: string[] = [];
    const right = new Map<string, number>();
    let compared = 0;
    for (const row of rows) {
      for (const [model, text] of Object.entries(row.outputs)) {
        const { strict } = await tryGrader(grader, { text, expected: row.expected });
        const ours = strict.kind === "scored" && strict.score === 1;
        if (ours) right.set(model, (right.get(model) ?? 0) + 1);
        compared += 1;
        if (ours !== row.publisher_verdict[model])
          disagreements.push(`${row.id} ${model}: ${ours}, ${text.slice(-60)}`);
      }
    }
    expect(disagreements).toEqual([]);
    expect(compared).toBe(4 * 1319);
    for (const [model, share] of Object.entries(PUBLISHED)) {
      expect((100 * (right.get(model) ?? 0)) / rows.length).toBeCloseTo(share, 2);
    }
  });
});
