/** The embedded model and its tuned adapters, as the four suites use them. */
import { local, type Model, type Price } from "gapcheck";

const BASE = "../models/tiny/base.f16.gguf";

/**
 * It runs on your processor and costs nothing. So that a suite about cost has something to weigh, its tokens are given an assumed price; that
 * of a tuned model is twice as high, as hosted tuned models often are.
 */
const assumed: Price = {
  inputPerMillion: 0.15,
  outputPerMillion: 0.6,
  asOf: "2026-11-01",
  source: "assumed for the example",
};

export const base: Model = local(BASE, { price: assumed });

/** The base with the adapter of a task, tuned on so many examples. */
export function tuned(task: string, examples: number): Model {
  return local(BASE, {
    adapters: `../models/tiny/${task}-${examples}.lora.gguf`,
    price: { ...assumed, inputPerMillion: 0.3, outputPerMillion: 1.2 },
  });
}
