/** The criteria of a suite's gate, one by one: where a check runs red, a reader wants to know which of them did it. */
import type { BaselineResult, MustPassCase } from "./baseline/contract.ts";
import { isUndecided } from "./baseline/must-pass.ts";
import type { Criterion, CriterionAnchor, CriterionState } from "./criteria-contract.ts";
import type { Decision, GateResult, RequirementKey, RequirementResult, RequirementState } from "./decision.ts";
import { percentAsWritten } from "./in-words.ts";
import { putToWork } from "./put-to-work.ts";

const STATE: Readonly<Record<RequirementState, CriterionState>> = {
  MET: "pass",
  // The verdict keeps prompting there, by policy.
  AT_THRESHOLD: "pass",
  NOT_MET: "fail",
  UNDECIDED: "inconclusive",
};

const KEYS: Readonly<Record<RequirementKey, string>> = {
  quality: "quality",
  stability: "stability",
  cost: "cost",
  "cost-per-success": "cost",
  latency: "latency",
  need: "enough",
};

/**
 * The verdict first, then each blocking requirement as the target meets it that the verdict would put to work: the tuned one where there is one
 * (unless the verdict is to keep prompting), else the best prompt. Never all green where the gate is not: the verdict is among them. Never red
 * where the gate passes: what a policy lets pass is `waived`. With a baseline, each comparison and each case that must pass is one more.
 */
export function criteriaOf(decision: Decision, gate: GateResult, baseline?: BaselineResult): readonly Criterion[] {
  const { suite } = decision;
  const top: CriterionAnchor = { quoted: suite };
  const verdict: Criterion = { suite, name: "verdict", state: gate.outcome, why: gate.why, anchors: [top] };
  const target = putToWork(decision);
  const results = decision.requirements.find((one) => one.target === target)?.results ?? [];
  return [
    verdict,
    ...results
      .filter(({ blocking }) => blocking)
      .map((result) => ({
        suite,
        name: `${result.label}, ${neededOf(result)}`,
        state: lenientTo(gate, STATE[result.state]),
        why: `"${target ?? ""}": ${result.why}`,
        anchors: [top, { key: "requirement" }, { key: KEYS[result.key] }],
      })),
    ...(baseline === undefined ? [] : comparedCriteria(suite, gate, baseline)),
  ];
}

const ROLES = { prompt: "best prompt", tuned: "fine-tuned" } as const;
const AGAINST = { main: "main", release: "the release" } as const;

function comparedCriteria(suite: string, gate: GateResult, baseline: BaselineResult): Criterion[] {
  const anchors: readonly CriterionAnchor[] = [{ quoted: suite }, { key: "gate" }];
  const one = (name: string, state: CriterionState, why: string): Criterion => ({
    suite,
    name,
    state: lenientTo(gate, state),
    why,
    anchors,
  });
  const { noRelease } = baseline;
  const unheld = noRelease === undefined ? [] : [one("no drop against the release", "no-comparison", noRelease)];
  const held = baseline.mustPass.map((own) =>
    one(`case ${own.id} must pass, ${ROLES[own.role]}`, stateOfCase(own), own.why),
  );
  if (baseline.outcome === "no-comparison") {
    return [one("no drop against main", "no-comparison", baseline.why), ...held, ...unheld];
  }
  return [
    ...baseline.comparisons.map(({ role, against, state, why }) =>
      one(`no drop of the ${ROLES[role]} against ${AGAINST[against]}`, state, why),
    ),
    ...held,
    ...unheld,
  ];
}

/** One that was flaky in the baseline decides nothing: it is shown with its reason, as what is let pass. */
function stateOfCase(own: MustPassCase): CriterionState {
  if (own.state !== "open") return own.state;
  return isUndecided(own) ? "inconclusive" : "waived";
}

function lenientTo({ outcome }: GateResult, state: CriterionState): CriterionState {
  return outcome === "pass" && state !== "pass" ? "waived" : state;
}

function neededOf({ direction, threshold, unit }: RequirementResult): string {
  const words = direction === "at-least" ? "at least" : "at most";
  if (unit === "share") return `${words} ${percentAsWritten(threshold)}`;
  if (unit === "usd-per-1k") return `${words} $${threshold} per 1,000`;
  if (unit === "usd") return `${words} $${threshold}`;
  return unit === "ms" ? `${words} ${threshold} ms` : `${words} ${threshold}`;
}
