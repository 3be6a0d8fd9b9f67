/** Where the replies of judges stand in a recording: found by what a judge was asked, since one answer may be judged for several trials at once. */
import { createLineIndex, type LinePlace } from "./line-index.ts";
import type { RecordedReply } from "./recorded-line.ts";

/** What tells replies apart. */
export type ReplyAsked = Pick<RecordedReply, "grader" | "judge" | "trial"> & { readonly prompt: string };

/** What a recording holds about a case, for a judge whose question it does not hold. */
export type JudgedBefore = "this-answer" | "another-answer" | "nothing";

export interface ReplyIndex {
  readonly size: () => number;
  /** Adds a reply; returns the line of an earlier one to the same question, and adds nothing then. */
  readonly add: (reply: RecordedReply, place: LinePlace) => number | undefined;
  readonly find: (asked: ReplyAsked) => RecordedReply | undefined;
  /** @param asked `judged` is the SHA-256 of the answer that is to be judged */
  readonly judgedBefore: (asked: Pick<RecordedReply, "grader" | "judge" | "case" | "judged">) => JudgedBefore;
  /** Every reply, in the order of the file. */
  readonly replies: () => Generator<RecordedReply>;
}

/** @param readAt reads the reply of a place again; undefined where the file was changed since. */
export function createReplyIndex(readAt: (place: LinePlace) => RecordedReply | undefined): ReplyIndex {
  const byQuestion = createLineIndex();
  const byCase = createLineIndex();
  const byAnswer = createLineIndex();

  const lineTo = (asked: ReplyAsked) => (place: LinePlace) => {
    const read = readAt(place);
    const same =
      read?.grader === asked.grader &&
      read.judge === asked.judge &&
      read.trial === asked.trial &&
      read.prompt === asked.prompt;
    return same ? { read, place } : undefined;
  };
  return {
    size: byQuestion.size,
    add: (reply, place) => {
      const key = keyOf("asked", reply.grader, reply.judge, reply.prompt, String(reply.trial));
      const earlier = byQuestion.find(key, lineTo(reply));
      if (earlier !== undefined) return earlier.place.line;
      byQuestion.add(key, place);
      byCase.add(keyOf("case", reply.grader, reply.judge, reply.case), place);
      byAnswer.add(keyOf("answer", reply.grader, reply.judge, reply.case, reply.judged), place);
      return undefined;
    },
    find: (asked) =>
      byQuestion.find(keyOf("asked", asked.grader, asked.judge, asked.prompt, String(asked.trial)), lineTo(asked))
        ?.read,
    judgedBefore: ({ grader, judge, case: id, judged }) => {
      const about = (sameAnswer: boolean) => (place: LinePlace) => {
        const read = readAt(place);
        const same = read?.grader === grader && read.judge === judge && read.case === id;
        return same && (!sameAnswer || read.judged === judged) ? true : undefined;
      };
      if (byAnswer.find(keyOf("answer", grader, judge, id, judged), about(true))) return "this-answer";
      return byCase.find(keyOf("case", grader, judge, id), about(false)) ? "another-answer" : "nothing";
    },
    *replies() {
      for (const place of byQuestion.places()) {
        const reply = readAt(place);
        if (reply !== undefined) yield reply;
      }
    },
  };
}

function keyOf(...parts: readonly string[]): string {
  return parts.map((part) => `${part.length}:${part}`).join("");
}
