/** The plan of a further look, and what several rounds of calls come to together. */
import { narrowPlan } from "../engine/narrow.ts";
import type { RunOutcome } from "../engine/outcome.ts";
import type { Plan } from "../engine/plan.ts";

/** The suites of a plan that are looked at, each with the trials of its look. */
export function withTrials(plan: Plan, trials: ReadonlyMap<string, number>): Plan {
  return narrowPlan(plan, new Map([...trials].map(([suite, own]) => [suite, { trials: own }])));
}

/**
 * Two rounds of one run as one outcome, where the second is of some suites only (`mergeOutcomes` takes rounds that each hold the one before): what the second found in the ledger because the first had bought it counts once.
 * @param before the plan of the first round for the suites of the second
 */
export function together(first: RunOutcome, second: RunOutcome, before: Plan): RunOutcome {
  const calls = (stored: boolean) =>
    before.suites.reduce((total, { targets, cases, trials }) => {
      const own = targets.filter(({ model }) => (model.answers === "stored") === stored);
      return total + own.length * cases * trials;
    }, 0);
  const [paidAgain, storedAgain] = [calls(false), calls(true)];
  const a = first.counts;
  const b = second.counts;
  const judges = addJudges(first.judgeCalls, second.judgeCalls);
  const ended = [...(first.endedTargets ?? []), ...(second.endedTargets ?? [])];
  const texts = new Set(first.notices.map(({ text }) => text));
  return {
    counts: {
      planned: a.planned + b.planned - paidAgain - storedAgain,
      fromLedger: a.fromLedger + Math.max(0, b.fromLedger - paidAgain),
      stored: a.stored + Math.max(0, b.stored - storedAgain),
      sent: a.sent + b.sent,
      answered: a.answered + b.answered,
      failed: a.failed + b.failed,
      retried: a.retried + b.retried,
      maybePaidTwice: a.maybePaidTwice + b.maybePaidTwice,
    },
    spend: {
      settledUsd: first.spend.settledUsd + second.spend.settledUsd,
      unknownAtMostUsd: first.spend.unknownAtMostUsd + second.spend.unknownAtMostUsd,
      unpricedCalls: first.spend.unpricedCalls + second.spend.unpricedCalls,
    },
    notices: [...first.notices, ...second.notices.filter(({ text }) => !texts.has(text))],
    ...(second.stopped === undefined ? {} : { stopped: second.stopped }),
    wallMs: first.wallMs + second.wallMs,
    ...(judges === undefined ? {} : { judgeCalls: judges }),
    ...(ended.length === 0 ? {} : { endedTargets: ended }),
  };
}

function addJudges(a: RunOutcome["judgeCalls"], b: RunOutcome["judgeCalls"]): RunOutcome["judgeCalls"] {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    fromLedger: a.fromLedger + b.fromLedger,
    sent: a.sent + b.sent,
    answered: a.answered + b.answered,
    failed: a.failed + b.failed,
    retried: a.retried + b.retried,
    maybePaidTwice: a.maybePaidTwice + b.maybePaidTwice,
  };
}
