/** The training sets of the embedded model hold no case of the sealed sets, dev or test, word for word or nearly. */
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { LoadedCase } from "../suite/case.ts";
import { jsonl } from "../suite/references.ts";
import { auditTraining } from "./audit-training.ts";
import { readExamples } from "./examples.ts";

const folder = fileURLToPath(new URL("../../datasets/", import.meta.url));

async function* casesOf(name: string): AsyncGenerator<LoadedCase> {
  for (const [index, one] of (await readExamples(jsonl(`${name}.jsonl`), folder)).entries()) {
    const { id, cluster = id, split = "test" } = one;
    yield { ...one, index, cluster, split, weight: 1, fingerprint: `${index}` };
  }
}

it.each([
  ["intent-routing", 960],
  ["support-reply", 960],
  ["order-extraction", 1536],
  ["product-facts", 1920],
])("%s is tuned on %i examples, all of them clean", async (name, count) => {
  expect(await auditTraining(jsonl(`${name}.train.jsonl`), folder, casesOf(name))).toEqual({
    examples: count,
    clean: count,
    leakedTestCases: [],
    errors: [],
    warnings: [],
  });
});
