/** The outcomes of the rounds of one run as one, as if it had made all calls in one go. */
import type { Notice, RunCounts, RunOutcome } from "./outcome.ts";

type Judged = NonNullable<RunOutcome["judgeCalls"]>;

const JUDGED = ["fromLedger", "sent", "answered", "failed", "retried", "maybePaidTwice"] as const;

/**
 * @param rounds in their order, one or more. A call of an earlier round that a later one finds in the ledger counts once: as answered by the round
 * that bought it.
 * @param planned different calls of all rounds together; default the largest round's, which is right where each round holds the one before.
 */
export function mergeOutcomes(rounds: readonly RunOutcome[], planned?: number): RunOutcome {
  const last = rounds.at(-1);
  if (last === undefined) throw new Error("a run has one round at least");
  const total = planned ?? Math.max(...rounds.map(({ counts }) => counts.planned));
  const sum = (pick: (counts: RunCounts) => number) => rounds.reduce((all, { counts }) => all + pick(counts), 0);
  const answered = sum((counts) => counts.answered);
  const judged = rounds.flatMap(({ judgeCalls }) => (judgeCalls === undefined ? [] : [judgeCalls]));
  const ended = new Map(
    rounds.flatMap(({ endedTargets = [] }) => endedTargets.map((one) => [`${one.suite}\n${one.target}`, one] as const)),
  );
  return {
    counts: {
      planned: total,
      // The last round saw what earlier ones bought as lying in the ledger.
      fromLedger: Math.max(
        0,
        Math.min(
          sum((counts) => counts.fromLedger),
          total - last.counts.stored - answered - last.counts.failed,
        ),
      ),
      stored: Math.max(...rounds.map(({ counts }) => counts.stored)),
      sent: sum((counts) => counts.sent),
      answered,
      failed: last.counts.failed,
      retried: sum((counts) => counts.retried),
      maybePaidTwice: sum((counts) => counts.maybePaidTwice),
    },
    spend: {
      settledUsd: rounds.reduce((all, { spend }) => all + spend.settledUsd, 0),
      unknownAtMostUsd: rounds.reduce((all, { spend }) => all + spend.unknownAtMostUsd, 0),
      unpricedCalls: rounds.reduce((all, { spend }) => all + spend.unpricedCalls, 0),
    },
    notices: different(rounds.flatMap(({ notices }) => notices)),
    ...(last.stopped === undefined ? {} : { stopped: last.stopped }),
    wallMs: rounds.reduce((all, { wallMs }) => all + wallMs, 0),
    ...(judged.length === 0 ? {} : { judgeCalls: judgedTogether(judged) }),
    ...(ended.size === 0 ? {} : { endedTargets: [...ended.values()] }),
  };
}

function judgedTogether(judged: readonly Judged[]): Judged {
  const sum = (name: (typeof JUDGED)[number]) => judged.reduce((all, one) => all + one[name], 0);
  const [fromLedger, sent, answered, failed, retried, maybePaidTwice] = JUDGED.map(sum);
  const [first] = judged;
  return {
    fromLedger: Math.min(fromLedger ?? 0, first?.fromLedger ?? 0),
    sent: sent ?? 0,
    answered: answered ?? 0,
    failed: judged.at(-1)?.failed ?? failed ?? 0,
    retried: retried ?? 0,
    maybePaidTwice: maybePaidTwice ?? 0,
  };
}

function different(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map((notice) => [`${notice.level}\n${notice.code}\n${notice.text}`, notice])).values()];
}
