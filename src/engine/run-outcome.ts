/** Sums a run up: counts, spend as an interval, and what there is to tell. */
import type { Account } from "./account.ts";
import type { Breaker } from "./breaker.ts";
import type { Ledger } from "./ledger.ts";
import type { ModelIdWatch } from "./model-id.ts";
import type { RunOutcome } from "./outcome.ts";
import type { RunState } from "./run-state.ts";

export interface OutcomeParts {
  readonly state: RunState;
  readonly ledger: Pick<Ledger, "damaged" | "file" | "notes">;
  readonly accounts: readonly Account[];
  readonly targets: readonly {
    readonly suite: string;
    readonly target: string;
    readonly breaker: Breaker;
    readonly ids: ModelIdWatch;
  }[];
  readonly judges: readonly { readonly judge: string; readonly breaker: Breaker }[];
  readonly planned: number;
  readonly stored: number;
  /** Whether a grader asks a paid model. */
  readonly judged: boolean;
  /** Answers that could not be written, and what they cost. */
  readonly lost: { readonly lost: number; readonly usd: number };
  readonly wallMs: number;
}

export function composeOutcome(parts: OutcomeParts): RunOutcome {
  const { state, planned, stored, judged, wallMs } = parts;
  const endedTargets = parts.targets.flatMap(({ suite, target, breaker: { end } }) =>
    end === undefined ? [] : [{ suite, target, ...end }],
  );
  tellOf(parts);
  return {
    counts: { planned, stored, ...state.target },
    spend: {
      settledUsd: state.settledUsd,
      unknownAtMostUsd: state.unknownUsd,
      unpricedCalls: state.unpricedCalls,
    },
    notices: state.notices.list(),
    ...(state.stopped === undefined ? {} : { stopped: state.stopped }),
    wallMs,
    ...(judged && { judgeCalls: { ...state.judge } }),
    ...(endedTargets.length > 0 && { endedTargets }),
  };
}

function tellOf(parts: OutcomeParts): void {
  const { notices, target, judge, againUsd } = parts.state;
  for (const { suite, target: name, breaker } of parts.targets) {
    const { end } = breaker;
    if (end !== undefined)
      notices.tell("error", end.code, `${suite}: the calls of "${name}" were given up: ${end.why}`);
  }
  for (const { judge: name, breaker } of parts.judges) {
    const { end } = breaker;
    if (end !== undefined) notices.tell("error", end.code, `the calls of the judge ${name} were given up: ${end.why}`);
  }
  for (const { name, gate } of parts.accounts) {
    const { times, ms } = gate.history;
    if (times === 0) continue;
    notices.tell("note", "rate-limited", `${name}: waited ${Math.ceil(ms / 1_000)} s in all, as the provider asked`);
  }
  const held = parts.accounts.find((account) => account.held);
  if (held !== undefined) {
    const text = `the system lets few files be open: at most ${held.limiter.most} calls at once per account (ulimit -n raises it)`;
    notices.tell("note", "open-files", text);
  }
  for (const { suite, target: name, ids } of parts.targets) {
    if (ids.finding !== undefined) notices.tell("warning", "model-id-changed", `${suite}, "${name}": ${ids.finding}`);
  }
  const again = target.maybePaidTwice + judge.maybePaidTwice;
  if (again > 0) {
    const calls = again === 1 ? "1 call of an earlier run was" : `${again} calls of earlier runs were`;
    const usd = Number(againUsd.toPrecision(2));
    const cost = usd > 0 ? ` (what was sent before cost $${usd} at most, and counts there)` : "";
    notices.tell("note", "ledger", `${calls} sent without an answer on record, and had to be bought again${cost}`);
  }
  for (const text of parts.ledger.notes) notices.tell("warning", "ledger", text);
  const damaged = parts.ledger.damaged();
  if (damaged > 0) notices.tell("warning", "ledger", `${damaged} damaged rows of ${parts.ledger.file} were set aside`);
  const { lost, usd } = parts.lost;
  if (lost > 0) {
    notices.tell("error", "storage", `${lost} answers (about $${usd.toFixed(4)}) could not be written and are lost`);
  }
}
