/** What a recording holds of judges: every question that the plan's graders ask about the answers that are there, once. */

import { promptHash } from "../model/prompt-hash.ts";
import type { ReplyHead } from "../model/recorded-head.ts";
import type { RecordedReply } from "../model/recorded-line.ts";
import type { Recording } from "../model/recording.ts";
import { judgedHash } from "../model/replayed-reply.ts";
import type { Completion } from "../suite/completion.ts";
import type { Model } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { collect, collectCanaries, collectLabelled, type JudgeQuestion } from "./collect.ts";
import type { Ledger } from "./ledger.ts";
import type { SuitePlan } from "./plan.ts";
import type { Asked } from "./recordable.ts";

/** A question to a judge; `trial` is the attempt. */
export interface AskedReply extends Asked {
  readonly judged: string;
}

/** One judge of one grader. */
export interface AskedJudge {
  readonly head: ReplyHead;
  /** By case (by code unit), then judged answer, then attempt. */
  readonly asked: readonly AskedReply[];
}

export interface AskedJudges {
  /** By grader, then name of the judge. */
  readonly judges: readonly AskedJudge[];
  /** Whether every answer was there to be asked about. */
  readonly complete: boolean;
}

/**
 * What the paid judges of the plan are asked. All graders ask anew, without being kept: a second attempt is asked for where the first
 * reply, from the ledger or else from `before`, held no verdict. About 400 bytes a question are held, and no text.
 */
export async function askedOfJudges(
  plan: SuitePlan,
  { ledger, world, before }: { readonly ledger: Ledger; readonly world: World; readonly before: Recording | undefined },
): Promise<AskedJudges> {
  const judges = paidJudges(plan);
  if (judges.length === 0) return { judges: [], complete: false };
  const found = new Map<PaidJudge, { parameters: ReplyHead["parameters"]; readonly byKey: Map<string, AskedReply> }>();
  const whose = ({ grader, asked }: JudgeQuestion): PaidJudge | undefined =>
    judges.find((one) => one.grader === grader && one.declared === asked);
  const onJudged = (question: JudgeQuestion): void => {
    const judge = whose(question);
    if (judge === undefined) return;
    const { caseId, trial, key, messages, judged, parameters } = question;
    const known = found.get(judge) ?? { parameters, byKey: new Map<string, AskedReply>() };
    found.set(judge, known);
    // One question about several cases stands under the first, whatever their order.
    if ((known.byKey.get(key)?.caseId ?? caseId) < caseId) return;
    known.byKey.set(key, { caseId, trial, key, prompt: promptHash(messages), judged: judgedHash(judged) });
  };
  const elseSaid = (question: JudgeQuestion): Completion | undefined => {
    const judge = whose(question);
    const { messages, trial } = question;
    const line =
      judge && before?.replies.find({ grader: judge.grader, judge: judge.name, prompt: promptHash(messages), trial });
    return line && saidIn(line);
  };
  let complete = true;
  for await (const { completion } of collect(plan, ledger, world, { anew: true, onJudged, elseSaid })) {
    const there = completion.kind === "answer" || (completion.kind === "failure" && completion.retry === "final");
    if (!there) complete = false;
  }
  // What was not asked of a canary is not missed.
  const onCanary = (question: JudgeQuestion, reply: Completion): void => {
    if (reply.kind === "answer") onJudged(question);
  };
  for await (const _ of collectCanaries(plan, ledger, world, { anew: true, onJudged: onCanary, elseSaid })) {
    // The same.
  }
  for await (const _ of collectLabelled(plan, ledger, world, { anew: true, onJudged: onCanary, elseSaid })) {
    // The same.
  }
  const asked = [...found]
    .map(([judge, { parameters, byKey }]) => ({
      head: headOf(judge, parameters),
      asked: [...byKey.values()].sort(inReplyOrder),
    }))
    .sort((a, b) => compare(a.head.grader, b.head.grader) || compare(a.head.judge, b.head.judge));
  return { judges: asked, complete };
}

interface PaidJudge {
  readonly grader: string;
  readonly name: string;
  /** As the grader asks it. */
  readonly declared: Model;
  /** With its paths resolved. */
  readonly model: Model;
}

function paidJudges({ graders, judges }: SuitePlan): readonly PaidJudge[] {
  return graders.flatMap(({ grader }) => {
    const names = new Map<string, number>();
    return grader.asks.flatMap((declared) => {
      const model = judges.get(declared) ?? declared;
      const times = (names.get(model.id) ?? 0) + 1;
      names.set(model.id, times);
      const name = times === 1 ? model.id : `${model.id} (${times})`;
      return model.answers === "paid" ? [{ grader: grader.name, name, declared, model }] : [];
    });
  });
}

function headOf({ grader, name, model }: PaidJudge, parameters: ReplyHead["parameters"]): ReplyHead {
  const { provider, id, identity, price } = model;
  const own = model.parameters;
  return { grader, judge: name, provider, model: id, identity, own, parameters, ...(price !== undefined && { price }) };
}

function saidIn({ text, finish, failure }: RecordedReply): Completion {
  if (failure === undefined) return { kind: "answer", text, finish };
  return { kind: "failure", ...failure, retry: "final", scope: "call" };
}

/** The order of replies in a file. */
export function inReplyOrder(a: AskedReply, b: AskedReply): number {
  return compare(a.caseId, b.caseId) || compare(a.judged, b.judged) || a.trial - b.trial || compare(a.prompt, b.prompt);
}

/** By code unit, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
