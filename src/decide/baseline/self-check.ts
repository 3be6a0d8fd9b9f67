/** Main against itself: the trials of each case are dealt into two halves, again and again, and the rule is asked whether one is down on the other. */
import { randomFrom, randomIndex } from "../../stats/random.ts";
import type { BaselineRole } from "./contract.ts";
import { dropTest } from "./drop-test.ts";
import { type Head, ROLES } from "./head.ts";
import { levelsAt } from "./looks.ts";

const DEALS = 200;

/** `alarms` of `deals` were called a drop, at the level of a single look. */
export interface SelfCheck {
  readonly suite: string;
  readonly trials: number;
  readonly roles: readonly {
    readonly role: BaselineRole;
    readonly cases: number;
    /** Cases whose trials disagree: the others cannot raise an alarm. */
    readonly flaky: number;
    readonly deals: number;
    readonly alarms: number;
    readonly level: number;
  }[];
}

/** Takes two trials or more, of cases without a missing answer; `roles` is empty for fewer. The deals are seeded by the data. */
export function selfCheck({ identity, cases, trials, observations }: Head): SelfCheck {
  const half = Math.floor(trials / 2);
  const told = { suite: identity.suite, trials };
  if (half < 1) return { ...told, roles: [] };
  const level = levelsAt(1, 1, 0.05).fail;
  const roles = ROLES.flatMap((role) => {
    const whole = cases.flatMap(({ slot, [role]: own }) =>
      own !== undefined && own.known === trials ? [{ slot, passes: own.passes }] : [],
    );
    if (whole.length === 0) return [];
    const random = randomFrom([trials, whole.length, ...whole.map(({ passes }) => passes)]);
    const frame = observations.frame(whole.map(({ slot }) => slot));
    let alarms = 0;
    for (let deal = 0; deal < DEALS; deal++) {
      const fresh: number[] = [];
      const base: number[] = [];
      for (const { passes } of whole) {
        let left = passes;
        let first = 0;
        for (let drawn = 0; drawn < half; drawn++) {
          if (randomIndex(random, trials - drawn) < left) {
            left -= 1;
            first += 1;
          }
        }
        let second = 0;
        for (let drawn = 0; drawn < half; drawn++) {
          if (randomIndex(random, trials - half - drawn) < left) {
            left -= 1;
            second += 1;
          }
        }
        base.push(first / half);
        fresh.push(second / half);
      }
      if (dropTest({ fresh, base, ...frame }, false) < level) alarms += 1;
    }
    const flaky = whole.filter(({ passes }) => passes > 0 && passes < trials).length;
    return [{ role, cases: whole.length, flaky, deals: DEALS, alarms, level }];
  });
  return { ...told, roles };
}
