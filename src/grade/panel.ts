/** How the votes of a panel become one decision: by strict majority of all members, whatever their order. */
import type { UngradedReason } from "../suite/grade.ts";

export type Vote =
  | { readonly kind: "label"; readonly label: string; readonly why: string; readonly quote?: string }
  | { readonly kind: "cannot-tell" | "unparsed" | "no-evidence" | "failed"; readonly why: string };

export type PanelDecision =
  | {
      readonly kind: "label";
      readonly label: string;
      readonly agreement: number;
      readonly why: string;
      /** Of a panel of one. */
      readonly quote?: string;
    }
  | { readonly kind: "ungraded"; readonly reason: UngradedReason; readonly why: string };

const REASONS: Readonly<Record<Exclude<Vote["kind"], "label">, UngradedReason>> = {
  "cannot-tell": "judge-cannot-tell",
  unparsed: "judge-unparsed",
  "no-evidence": "judge-no-evidence",
  failed: "judge-failed",
};

/**
 * Decides by more than half of all members, those without a verdict included; a panel of one is its only member. The decision
 * does not depend on the order of the votes.
 */
export function decidePanel(votes: readonly Vote[]): PanelDecision {
  const outcomes = new Map<string, Vote[]>();
  for (const vote of votes) {
    const key = vote.kind === "label" ? `label ${vote.label}` : vote.kind;
    outcomes.set(key, [...(outcomes.get(key) ?? []), vote]);
  }
  for (const group of outcomes.values()) {
    const [vote] = group;
    if (vote === undefined || group.length * 2 <= votes.length) continue;
    const why = votes.length === 1 ? vote.why : `${group.length} of ${votes.length} judges`;
    if (vote.kind === "label") {
      const quote = votes.length === 1 ? vote.quote : undefined;
      const agreement = group.length / votes.length;
      return { kind: "label", label: vote.label, agreement, why, ...(quote === undefined ? {} : { quote }) };
    }
    return { kind: "ungraded", reason: REASONS[vote.kind], why: why === "" ? vote.kind : why };
  }
  const counts = [...outcomes].map(([key, group]) => `${group.length} × ${key.replace("label ", "")}`).sort();
  return { kind: "ungraded", reason: "no-majority", why: `${votes.length} judges: ${counts.join(", ")}` };
}
