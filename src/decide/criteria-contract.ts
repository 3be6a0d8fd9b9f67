/** What a gate holds a suite against, each as a check of its own: the contract between `decide/` and whoever shows checks (annotations, JUnit, Vitest). */
import type { GateResult } from "./decision.ts";

/** `waived`: not met, and the policy of the gate lets the suite pass all the same. */
export type CriterionState = GateResult["outcome"] | "waived";

/** Leads to the criterion's line in the suite file: names in quotes and keys, outermost first. */
export type CriterionAnchor = { readonly quoted: string } | { readonly key: string };

export interface Criterion {
  readonly suite: string;
  /** Unique within the suite, the same from run to run: `verdict`, `quality (steps) at least 90 %`. */
  readonly name: string;
  readonly state: CriterionState;
  /** One or more sentences, with numbers. */
  readonly why: string;
  readonly anchors: readonly CriterionAnchor[];
}
