/** What the page says of all cases of a suite in figures of its own, however few of them it holds. */
import type { CaseLine } from "./case-lines.ts";
import { isUnstable, tallyOf } from "./client/case-outcome.js";
import type { ArmTotals, PageArm, PageCase, PageTotals } from "./page-data.ts";

export interface GrowingTotals {
  /** Takes the grades of one answer. */
  readonly addGrades: (record: Pick<CaseLine, "grades">) => void;
  /** Takes a case with all of its trials. @param pair the arms that are compared at first, by position */
  readonly addCase: (
    one: Pick<PageCase, "split" | "arms">,
    pair: { readonly base: number; readonly fresh: number },
  ) => void;
  readonly finished: () => PageTotals;
}

/** @param arms how many */
export function createTotals(arms: number): GrowingTotals {
  const graded = new Map<string, { asked: number; open: number }>();
  const byArm = Array.from({ length: arms }, () => ({ always: 0, mixed: 0, never: 0, open: 0 }));
  let cases = 0;
  let unstable = 0;
  let unstableInBoth = 0;
  return {
    addGrades({ grades }) {
      for (const { grader, strict } of grades) {
        if (strict.kind === "spared") continue;
        const tally = graded.get(grader) ?? { asked: 0, open: 0 };
        graded.set(grader, tally);
        tally.asked += 1;
        if (strict.kind === "ungraded") tally.open += 1;
      }
    },
    addCase(one, { base, fresh }) {
      cases += 1;
      if (one.split !== "test") return;
      for (const [at, totals] of byArm.entries()) totals[agreement(one.arms[at])] += 1;
      const pair = [...new Set([base, fresh])].map((at) => isUnstable(one.arms[at]));
      if (pair.includes(true)) unstable += 1;
      if (!pair.includes(false)) unstableInBoth += 1;
    },
    finished: () => ({ cases, arms: byArm, unstable, unstableInBoth, graded }),
  };
}

function agreement(arm: PageArm | undefined): keyof ArmTotals {
  const { passed, known } = tallyOf(arm);
  if (known === 0) return "open";
  if (passed === known) return "always";
  return passed === 0 ? "never" : "mixed";
}
