/** The gate of a verdict, held together with the comparison with the baseline: what is worse of the two decides. */
import type { GatePolicy } from "../../suite/requirement.ts";
import type { GateResult } from "../decision.ts";
import { exitOf } from "../gate.ts";
import type { BaselineResult } from "./contract.ts";
import { failedCase, openCase } from "./must-pass.ts";

const ORDER = ["fail", "incomplete", "cannot-measure", "no-comparison", "inconclusive", "pass"] as const;

/**
 * @param strict whether a comparison that cannot be made, with main or with the release, counts (exit code 2): in CI a gate that cannot see must not be green
 */
export function gateWithBaseline(
  gate: GateResult,
  baseline: BaselineResult,
  policy: GatePolicy,
  strict: boolean,
): GateResult {
  const { outcome, why } = standOf(baseline, policy, strict);
  if (!isWorse(outcome, gate.outcome)) {
    const passes = gate.outcome === "pass" && why !== "";
    return passes ? { ...gate, why: `${gate.why} ${why}`.trim() } : gate;
  }
  return { ...gate, outcome, exitCode: exitOf(outcome), why };
}

function isWorse(one: GateResult["outcome"], other: GateResult["outcome"]): boolean {
  return ORDER.indexOf(one) < ORDER.indexOf(other);
}

function standOf(
  { outcome, why, noRelease, mustPass }: BaselineResult,
  { onInconclusive }: GatePolicy,
  strict: boolean,
): Pick<GateResult, "outcome" | "why"> {
  // Where nothing is compared the cases that must pass are held all the same; elsewhere the outcome holds them.
  const failing = outcome === "no-comparison" ? failedCase(mustPass) : undefined;
  if (failing !== undefined) return { outcome: "fail", why: failing };
  const open = outcome === "no-comparison" && !strict && onInconclusive !== "pass" ? openCase(mustPass) : undefined;
  if (open !== undefined) return { outcome: "inconclusive", why: open };
  const main = mainOutcome(outcome, onInconclusive, strict);
  if (strict && noRelease !== undefined && isWorse("no-comparison", main)) {
    return { outcome: "no-comparison", why: noRelease };
  }
  return { outcome: main, why };
}

function mainOutcome(
  outcome: BaselineResult["outcome"],
  onInconclusive: GatePolicy["onInconclusive"],
  strict: boolean,
): GateResult["outcome"] {
  if (outcome === "no-comparison") return strict ? "no-comparison" : "pass";
  return outcome === "inconclusive" && onInconclusive === "pass" ? "pass" : outcome;
}
