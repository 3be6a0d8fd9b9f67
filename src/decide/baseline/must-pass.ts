/** Cases that must pass: they are few, and no share of others makes up for one. Each is held against itself in the baseline, or has to pass here. */
import type { BaselineCase, BaselineRole, BaselineSuite, MustPassCase } from "./contract.ts";
import type { SharedCase } from "./exam.ts";
import { type Head, type HeadCase, type HeadPasses, ROLES } from "./head.ts";
import { lostMarks } from "./must-pass-marks.ts";

/** Fewer trials than this on either side do not tell a failure from bad luck. */
export const FEWEST_TRIALS = 3;

export interface HeldAgainst {
  /** Cases on both sides with the same content; empty where nothing is compared. */
  readonly shared: readonly SharedCase[];
  /** Absent where nothing is compared. */
  readonly base?: BaselineSuite;
  /** The baseline whose marks hold, also where nothing is compared; absent where there is none. */
  readonly marks?: BaselineSuite;
  /** A further look may come: what one answer or two show is asked again then. */
  readonly more: boolean;
}

interface Asked {
  /** Trials of each case at this look. */
  readonly trials: number;
  readonly more: boolean;
}

type Told = Pick<MustPassCase, "state" | "why">;

/** Every case that must pass or had to, for each deciding target that the baseline has it of; one that it has of none for the target that would be put to work. */
export function mustPass(head: Head, { shared, base, marks, more }: HeldAgainst): MustPassCase[] {
  const { lost, gone } = marks === undefined ? { lost: [], gone: [] } : lostMarks(head.cases, marks);
  const still = new Set(lost.map(({ id }) => id));
  const critical = head.cases.filter((one) => one.critical || still.has(one.id));
  const before = new Map(shared.map((one) => [one.head.id, one.base]));
  const known = new Set(base?.cases.map(({ id }) => id));
  const held = critical.flatMap((one) =>
    ROLES.flatMap((role): MustPassCase[] => {
      const now = one[role];
      if (now === undefined) return [];
      const own = passesIn(before.get(one.id), role);
      const told = { id: one.id, role, base: own ?? ([0, 0] as const), head: [now.passes, now.known] as const };
      if (own !== undefined) return [{ ...told, ...against(own, now, { trials: head.trials, more }) }];
      if (role !== head.atWork) return [];
      return [{ ...told, ...byItself(whatIsNew(one, before, known, base), now, { trials: head.trials, more }) }];
    }),
  );
  return [...held, ...gone.flatMap((one) => missed(one, head))];
}

/** No answer of it can come, so that no look is taken for it; only a baseline written without it lets go of it. */
function missed(one: BaselineCase, head: Head): MustPassCase[] {
  return ROLES.flatMap((role): MustPassCase[] => {
    const own = one[role];
    if (own === undefined || head[role] === undefined) return [];
    return [{ id: one.id, role, base: own, head: [0, 0], state: "open", why: GONE }];
  });
}

const GONE =
  "it had to pass and is gone; where that is meant, write the baseline anew in this change (gapcheck baseline --update)";

const passesIn = (of: BaselineCase | undefined, role: BaselineRole) => of?.[role];

/**
 * Fails where the case passed all of 3 or more trials in the baseline and more than half of 3 or more trials now fail (2 of 3, 3 of 5): a case that
 * passes 19 of 20 times fails so by chance in 0.7 % of all runs with 3 trials, in 0.1 % with 5. Missing answers are bounds: it fails where it does even
 * with all of them passed, passes where it does even with all of them failed, and is open between. Where fewer than 3 are asked now and no further look
 * comes, it fails by all of them: asking less than main did settles no failure.
 */
function against(before: readonly [number, number], { passes, known }: HeadPasses, { trials, more }: Asked): Told {
  const failed = known - passes;
  const missing = trials - known;
  if (failed === 0 && missing === 0) return { state: "pass", why: "it passes" };
  if (before[0] < before[1]) return { state: "open", why: "it did not always pass in the baseline" };
  if (before[1] >= FEWEST_TRIALS && trials >= FEWEST_TRIALS) {
    if (failed * 2 > trials) return { state: "fail", why: "it always passed, and mostly fails now" };
    if ((failed + missing) * 2 <= trials) return { state: "pass", why: "it passes more often than not" };
  }
  if (before[1] >= FEWEST_TRIALS && trials < FEWEST_TRIALS && failed === trials && !more) {
    const asked = trials === 1 ? "the one answer that is asked now" : `all ${trials} answers that are asked now`;
    return { state: "fail", why: `it always passed, and fails in ${asked}` };
  }
  if (missing > 0) return { state: "open", why: isMissing(missing, trials) };
  if (before[1] < FEWEST_TRIALS) {
    return { state: "open", why: `the baseline has fewer than ${FEWEST_TRIALS} trials of it` };
  }
  return { state: "open", why: NEEDS_MORE };
}

const isMissing = (missing: number, trials: number) => `${missing} of its ${trials} answers are missing`;
const NEEDS_MORE = `it takes ${FEWEST_TRIALS} trials to tell a failure from bad luck`;

/**
 * Without a past to be held against, it has to pass here: it fails where more than half of 3 or more trials fail, and, where no further look comes, by all of
 * fewer: who asks a single answer of each case lets a single answer decide. Missing answers are bounds, as above.
 */
function byItself(what: string, { passes, known }: HeadPasses, { trials, more }: Asked): Told {
  const failed = known - passes;
  const missing = trials - known;
  if (failed === 0 && missing === 0) return { state: "pass", why: "it passes" };
  const fails: Told = { state: "fail", why: `${what}, and it fails` };
  if (trials >= FEWEST_TRIALS) {
    if (failed * 2 > trials) return fails;
    if ((failed + missing) * 2 <= trials) return { state: "pass", why: "it passes more often than not" };
  } else if (failed === trials && !more) return fails;
  return { state: "open", why: missing > 0 ? isMissing(missing, trials) : NEEDS_MORE };
}

function whatIsNew(
  { id }: HeadCase,
  before: ReadonlyMap<string, BaselineCase>,
  known: ReadonlySet<string>,
  base: BaselineSuite | undefined,
): string {
  if (base === undefined || before.has(id)) return "the baseline has no answers to hold it against";
  return known.has(id) ? "it was changed" : "it is new";
}

/** Open, and may yet fail: one that was flaky in the baseline never fails alone, whatever its answers. */
export function isUndecided({ state, base: [passes, trials] }: MustPassCase): boolean {
  return state === "open" && passes === trials;
}

/** Whether another look could settle it. */
export function mayTurn(one: MustPassCase): boolean {
  return isUndecided(one) && one.why !== GONE;
}

/** What the first of them that failed says of the whole; undefined where none did. */
export function failedCase(list: readonly MustPassCase[]): string | undefined {
  const failed = list.find(({ state }) => state === "fail");
  if (failed === undefined) return undefined;
  const [passes, trials] = failed.head;
  return `The case "${failed.id}" must pass: ${failed.why} (${passes} of ${trials}).`;
}

/** What the first that is not settled says, for too few trials or for want of answers: it is asked again like anything else that is open. */
export function openCase(list: readonly MustPassCase[]): string | undefined {
  const open = list.find(isUndecided);
  if (open === undefined) return undefined;
  const [passes, known] = open.head;
  if (open.why === GONE) return `The case "${open.id}" is not shown to pass: ${GONE}.`;
  const stands = passes < known ? "must pass and failed" : "must pass and is not shown to";
  return `The case "${open.id}" ${stands}: ${open.why}.`;
}
