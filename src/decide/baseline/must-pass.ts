/** Cases that must pass: they are few, and no share of others makes up for one. Each is held against itself in the baseline, or has to pass here. */
import type { BaselineCase, BaselineRole, BaselineSuite, MustPassCase } from "./contract.ts";
import type { SharedCase } from "./exam.ts";
import { type Head, type HeadCase, type HeadPasses, ROLES } from "./head.ts";

/** Fewer trials than this on either side do not tell a failure from bad luck. */
export const FEWEST_TRIALS = 3;

export interface HeldAgainst {
  /** Cases on both sides with the same content; empty where nothing is compared. */
  readonly shared: readonly SharedCase[];
  /** Absent where nothing is compared. */
  readonly base?: BaselineSuite;
  /** A further look may come: what one answer or two show is asked again then. */
  readonly more: boolean;
}

type Told = Pick<MustPassCase, "state" | "why">;

/** Every case that must pass, for each deciding target that the baseline has it of; one that it has of none for the target that would be put to work. */
export function mustPass(head: Head, { shared, base, more }: HeldAgainst): MustPassCase[] {
  const critical = head.cases.filter((one) => one.critical);
  if (critical.length === 0) return [];
  const before = new Map(shared.map((one) => [one.head.id, one.base]));
  const known = new Set(base?.cases.map(({ id }) => id));
  return critical.flatMap((one) =>
    ROLES.flatMap((role): MustPassCase[] => {
      const now = one[role];
      if (now === undefined) return [];
      const own = passesIn(before.get(one.id), role);
      const told = { id: one.id, role, base: own ?? ([0, 0] as const), head: [now.passes, now.known] as const };
      if (own !== undefined) return [{ ...told, ...against(own, now, head.trials) }];
      if (role !== head.atWork) return [];
      return [{ ...told, ...byItself(whatIsNew(one, before, known, base), now, { trials: head.trials, more }) }];
    }),
  );
}

const passesIn = (of: BaselineCase | undefined, role: BaselineRole) => of?.[role];

/**
 * Fails where the case passed all of 3 or more trials in the baseline and more than half of 3 or more trials now fail (2 of 3, 3 of 5): a case that
 * passes 19 of 20 times fails so by chance in 0.7 % of all runs with 3 trials, in 0.1 % with 5. Missing answers are bounds: it fails where it does even
 * with all of them passed, passes where it does even with all of them failed, and is open between.
 */
function against(before: readonly [number, number], { passes, known }: HeadPasses, trials: number): Told {
  const failed = known - passes;
  const missing = trials - known;
  if (failed === 0 && missing === 0) return { state: "pass", why: "it passes" };
  if (before[0] < before[1]) return { state: "open", why: "it did not always pass in the baseline" };
  if (before[1] >= FEWEST_TRIALS && trials >= FEWEST_TRIALS) {
    if (failed * 2 > trials) return { state: "fail", why: "it always passed, and mostly fails now" };
    if ((failed + missing) * 2 <= trials) return { state: "pass", why: "it passes more often than not" };
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
function byItself(
  what: string,
  { passes, known }: HeadPasses,
  { trials, more }: { readonly trials: number; readonly more: boolean },
): Told {
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
  const stands = passes < known ? "must pass and failed" : "must pass and is not shown to";
  return `The case "${open.id}" ${stands}: ${open.why}.`;
}
