/** What a recording's file holds of judges after `gapcheck record`: their replies to what is asked now, and those that nobody asked about now. */
import { isDeepStrictEqual } from "node:util";
import type { ReplyHead } from "../model/recorded-head.ts";
import type { RecordedReply } from "../model/recorded-line.ts";
import type { Recording } from "../model/recording.ts";
import { countIn, lineOf, type Tally } from "./compose-recording.ts";
import type { Ledger } from "./ledger.ts";
import { hadOf } from "./recordable.ts";
import { type AskedJudge, type AskedReply, inReplyOrder } from "./recordable-replies.ts";

/** A judge's part of the file. */
export interface ReplySection {
  readonly head: ReplyHead;
  /** By case, then judged answer, then attempt; to be read once. */
  readonly replies: Iterable<RecordedReply>;
}

export interface ReplyComposition {
  /** By grader, then judge. */
  readonly sections: readonly ReplySection[];
  readonly tallies: readonly Tally[];
}

/**
 * @param whole whether all answers of the suite were asked about: what the file holds beyond is then left out, else it stays
 * @param before what the file holds now; what the ledger lacks is taken from it where judge, parameters and question are the same
 */
export function composeReplies(
  judges: readonly AskedJudge[],
  {
    ledger,
    before,
    whole,
  }: { readonly ledger: Ledger; readonly before: Recording | undefined; readonly whole: boolean },
): ReplyComposition {
  const tallies: Tally[] = [];
  const sections = judges.map(({ head, asked }): ReplySection => {
    const target = `${head.judge}", judge of "${head.grader}`;
    const tally: Tally = { target, asked: 0, answers: 0, failures: 0, kept: 0, dropped: 0, lacking: [] };
    tallies.push(tally);
    const old = sameJudge(head, before) ? before : undefined;
    return { head, replies: freshReplies(head, asked, { ledger, old, before, whole, tally }) };
  });
  for (const head of before?.replyHeads ?? []) {
    const fresh = judges.some((one) => one.head.grader === head.grader && one.head.judge === head.judge);
    if (before !== undefined && !fresh) sections.push({ head, replies: oldReplies(head, before) });
  }
  const place = ({ head: { grader, judge } }: ReplySection): string => `${grader}\n${judge}`;
  sections.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  return { sections, tallies };
}

function sameJudge(fresh: ReplyHead, before: Recording | undefined): boolean {
  const old = before?.replyHeads.find(({ grader, judge }) => grader === fresh.grader && judge === fresh.judge);
  const plain = ({ identity, parameters }: ReplyHead): unknown => JSON.parse(JSON.stringify({ identity, parameters }));
  return old !== undefined && isDeepStrictEqual(plain(fresh), plain(old));
}

function* freshReplies(
  head: ReplyHead,
  asked: readonly AskedReply[],
  from: {
    readonly ledger: Ledger;
    readonly old: Recording | undefined;
    readonly before: Recording | undefined;
    readonly whole: boolean;
    readonly tally: Tally;
  },
): Generator<RecordedReply> {
  const { ledger, old, before, whole, tally } = from;
  const { grader, judge } = head;
  const fresh = new Set(asked.map(questionOf));
  const stays: AskedReply[] = [];
  for (const reply of before === undefined ? [] : repliesOf(head, before)) {
    if (fresh.has(questionOf(reply))) continue;
    if (whole || old === undefined) tally.dropped++;
    else stays.push(reply);
  }
  const hads = hadOf(asked, ledger);
  for (const one of [...asked, ...stays].sort(inReplyOrder)) {
    const { caseId, trial, prompt, judged } = one;
    const known = old?.replies.find({ grader, judge, prompt, trial });
    if (!fresh.has(questionOf(one))) {
      if (known !== undefined) yield known;
      continue;
    }
    tally.asked++;
    // In the order of what was asked.
    const had = hads.next().value?.[1];
    const line =
      had?.kind === "had"
        ? { ...lineOf(undefined, one, had.completion, had.date), prompt, grader, judge, judged }
        : known;
    if (line === undefined) {
      tally.lacking.push({ caseId, trial, why: had?.kind === "lacking" ? had.why : "not in the ledger" });
      continue;
    }
    if (had?.kind !== "had") tally.kept++;
    countIn(tally, line);
    yield line;
  }
}

/** A judge's replies as they stand in a file. */
function* oldReplies(head: ReplyHead, before: Recording): Generator<RecordedReply> {
  const { grader, judge } = head;
  for (const { prompt, trial } of repliesOf(head, before).sort(inReplyOrder)) {
    const reply = before.replies.find({ grader, judge, prompt, trial });
    if (reply !== undefined) yield reply;
  }
}

/** Without their texts. */
function repliesOf({ grader, judge }: ReplyHead, before: Recording): AskedReply[] {
  const found: AskedReply[] = [];
  for (const one of before.replies.replies()) {
    if (one.grader !== grader || one.judge !== judge) continue;
    found.push({ caseId: one.case, trial: one.trial, key: "", prompt: one.prompt, judged: one.judged });
  }
  return found;
}

function questionOf({ prompt, trial }: AskedReply): string {
  return `${trial} ${prompt}`;
}
