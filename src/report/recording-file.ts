/** The lines of a recording (`model/recorded-line.ts` reads them): one answer a line, keys in a fixed order, so that what changed shows in a diff. */
import { RECORDING_FORMAT, type RecordedHead, type RecordedModel, type ReplyHead } from "../model/recorded-head.ts";
import type { RecordedLine, RecordedReply } from "../model/recorded-line.ts";
import type { Redact } from "../redact.ts";
import type { Usage } from "../suite/completion.ts";
import { mapStrings } from "./map-strings.ts";
import { sortKeys, strictJson } from "./strict-json.ts";

/** The line above a target's answers, without its line feed; the target's name stands as it is. */
export function headLine({ target, ...model }: RecordedHead, redact: Redact): string {
  return strictJson({ recording: RECORDING_FORMAT, target, ...modelOf(model, redact) });
}

/** The line above a judge's replies, without its line feed; its names stand as they are. */
export function replyHeadLine({ grader, judge, own, ...model }: ReplyHead, redact: Redact): string {
  const told = { ...modelOf(model, redact), own: mapStrings(sortKeys(own), redact) };
  return strictJson({ recording: RECORDING_FORMAT, grader, judge, ...told });
}

function modelOf({ provider, model, identity, parameters, price }: RecordedModel, redact: Redact): object {
  const sorted = { identity: sortKeys(identity), parameters: sortKeys(parameters), price: price && sortKeys(price) };
  return mapStrings({ provider, model, ...sorted }, redact);
}

/** The line of an answer, or of a failure in its place, without its line feed: names stand as they are, texts apart from what `redact` hides. */
export function answerLine(line: RecordedLine, redact: Redact): string {
  const { case: id, target, trial, date, prompt } = line;
  return strictJson({ case: id, target, trial, ...said(line, redact), date, prompt });
}

/** The line of a judge's reply, or of a failure in its place, without its line feed. */
export function replyLine(reply: RecordedReply, redact: Redact): string {
  const { grader, judge, case: id, trial: attempt, date, judged, prompt } = reply;
  return strictJson({ grader, judge, case: id, attempt, ...said(reply, redact), date, judged, prompt });
}

function said({ text, failure, finish, usage, latencyMs, model }: RecordedLine, redact: Redact): object {
  const told =
    failure === undefined
      ? { text, finish, usage: usage && usageLine(usage), latencyMs, model }
      : { failure: { code: failure.code, message: failure.message, status: failure.status } };
  return mapStrings(told, redact);
}

function usageLine({ input, output, cachedInput, cacheWriteInput, reasoning }: Usage): object {
  return { input, output, cachedInput, cacheWriteInput, reasoning };
}
