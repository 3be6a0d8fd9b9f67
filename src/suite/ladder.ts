/** The ladder of prompting: what is to be tried before anybody pays for tuning. Each rung is tried by targets or waived with a reason. */
import type { Scenario } from "./suite.ts";

export const RUNGS = [
  "instruction",
  "few-shot",
  "reasoning",
  "retrieval",
  "structured-output",
  "larger-model",
  "decomposition",
  "retry",
] as const;

export type Rung = (typeof RUNGS)[number];

/** Left out on purpose, with the reason in words. */
export interface Waived {
  readonly waived: string;
}

/**
 * By rung, the names of the prompt-only targets that try it, or why it is waived. `plateau` may be waived too: that the last
 * prompt tried gained next to nothing over the ones before it. So may `caching` and `batch`, which are worked out from prices where a price alone
 * is missed: that the same prompt would be cheap enough with its beginning from the provider's cache, or in batches that are answered later.
 */
export type Ladder = { readonly [Step in Rung]?: readonly string[] | Waived } & {
  readonly plateau?: Waived;
  readonly caching?: Waived;
  readonly batch?: Waived;
};

/** Rungs that a scenario asks for: retrieval where knowledge is at stake, structured output where format is. */
export function rungsOf(scenario: Scenario): readonly Rung[] {
  return RUNGS.filter((rung) => {
    if (rung === "retrieval") return scenario === "knowledge";
    return rung === "structured-output" ? scenario === "format" : true;
  });
}

/** In words, for sentences. */
export const RUNG_WORDS: Readonly<Record<Rung, string>> = {
  instruction: "a rewritten instruction",
  "few-shot": "examples in the prompt",
  reasoning: "room to reason before the answer",
  retrieval: "the right passages in the prompt",
  "structured-output": "structured output or constrained decoding",
  "larger-model": "a larger or newer model",
  decomposition: "the task in several calls",
  retry: "a validator with another try",
};

export function isWaived(step: readonly string[] | number | Waived | undefined): step is Waived {
  return typeof step === "object" && !Array.isArray(step);
}
