/** The gate of a verdict, held together with the comparison with the baseline: what is worse of the two decides. */
import type { GatePolicy } from "../../suite/requirement.ts";
import type { GateResult } from "../decision.ts";
import { exitOf } from "../gate.ts";
import type { BaselineResult } from "./contract.ts";

const ORDER = ["fail", "incomplete", "cannot-measure", "no-comparison", "inconclusive", "pass"] as const;

/**
 * @param strict whether a comparison that cannot be made counts (exit code 2): in CI a gate that cannot see must not be green
 */
export function gateWithBaseline(
  gate: GateResult,
  baseline: BaselineResult,
  policy: GatePolicy,
  strict: boolean,
): GateResult {
  const outcome = outcomeOf(baseline, policy, strict);
  if (ORDER.indexOf(outcome) >= ORDER.indexOf(gate.outcome)) {
    const passes = gate.outcome === "pass" && baseline.why !== "";
    return passes ? { ...gate, why: `${gate.why} ${baseline.why}`.trim() } : gate;
  }
  return { ...gate, outcome, exitCode: exitOf(outcome), why: baseline.why };
}

function outcomeOf(
  { outcome }: BaselineResult,
  { onInconclusive }: GatePolicy,
  strict: boolean,
): GateResult["outcome"] {
  if (outcome === "no-comparison") return strict ? "no-comparison" : "pass";
  return outcome === "inconclusive" && onInconclusive === "pass" ? "pass" : outcome;
}
