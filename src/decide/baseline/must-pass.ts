/** Cases that must pass, each held against itself: they are few, and no share of others makes up for one. */
import type { MustPassCase } from "./contract.ts";
import type { SharedCase } from "./exam.ts";
import { ROLES } from "./head.ts";

/** Fewer trials than this on either side do not tell a failure from bad luck. */
export const FEWEST_TRIALS = 3;

/**
 * Fails where the case passed all of 3 or more trials in the baseline and more than half of 3 or more trials now fail (2 of 3, 3 of 5): a case that
 * passes 19 of 20 times fails so by chance in 0.7 % of all runs with 3 trials, in 0.1 % with 5. Missing answers are bounds: it fails where it does even
 * with all of them passed, passes where it does even with all of them failed, and is open between.
 *
 * @param trials that were planned of each case
 */
export function mustPass(shared: readonly SharedCase[], trials: number): MustPassCase[] {
  return shared
    .filter(({ head }) => head.critical)
    .flatMap(({ head, base }) =>
      ROLES.flatMap((role): MustPassCase[] => {
        const now = head[role];
        const before = base[role];
        if (now === undefined || before === undefined) return [];
        const told = { id: head.id, role, base: before, head: [now.passes, now.known] as const };
        const failed = now.known - now.passes;
        const missing = trials - now.known;
        if (failed === 0 && missing === 0) return [{ ...told, state: "pass", why: "it passes" }];
        if (before[0] < before[1]) return [{ ...told, state: "open", why: "it did not always pass in the baseline" }];
        if (before[1] >= FEWEST_TRIALS && trials >= FEWEST_TRIALS) {
          if (failed * 2 > trials) return [{ ...told, state: "fail", why: "it always passed, and mostly fails now" }];
          if ((failed + missing) * 2 <= trials) {
            return [{ ...told, state: "pass", why: "it passes more often than not" }];
          }
        }
        if (missing > 0) {
          return [{ ...told, state: "open", why: `${missing} of its ${trials} answers are missing` }];
        }
        if (before[1] < FEWEST_TRIALS) {
          return [{ ...told, state: "open", why: `the baseline has fewer than ${FEWEST_TRIALS} trials of it` }];
        }
        return [{ ...told, state: "open", why: `it takes ${FEWEST_TRIALS} trials to tell a failure from bad luck` }];
      }),
    );
}

/** Open, and may yet fail: one that was flaky in the baseline never fails alone, whatever its answers. */
export function isUndecided({ state, base: [passes, trials] }: MustPassCase): boolean {
  return state === "open" && passes === trials;
}
