/** The lines of a recording (`model/recorded-line.ts` reads them): one answer a line, keys in a fixed order, so that what changed shows in a diff. */
import { RECORDING_FORMAT, type RecordedHead } from "../model/recorded-head.ts";
import type { RecordedLine } from "../model/recorded-line.ts";
import type { Redact } from "../redact.ts";
import type { Usage } from "../suite/completion.ts";
import { mapStrings } from "./map-strings.ts";
import { sortKeys, strictJson } from "./strict-json.ts";

/** The line above a target's answers, without its line feed. */
export function headLine(
  { target, provider, model, identity, parameters, price }: RecordedHead,
  redact: Redact,
): string {
  const told = { recording: RECORDING_FORMAT, target, provider, model };
  const sorted = { identity: sortKeys(identity), parameters: sortKeys(parameters), price: price && sortKeys(price) };
  return strictJson(mapStrings({ ...told, ...sorted }, redact));
}

/** The line of an answer, or of a failure in its place, without its line feed: texts exactly as they were apart from what `redact` hides. */
export function answerLine(line: RecordedLine, redact: Redact): string {
  const { case: id, target, trial, text, failure, finish, usage, latencyMs, model, date, prompt } = line;
  const said =
    failure === undefined
      ? { text, finish, usage: usage && usageLine(usage), latencyMs, model }
      : { failure: { code: failure.code, message: failure.message, status: failure.status } };
  return strictJson(mapStrings({ case: id, target, trial, ...said, date, prompt }, redact));
}

function usageLine({ input, output, cachedInput, cacheWriteInput, reasoning }: Usage): object {
  return { input, output, cachedInput, cacheWriteInput, reasoning };
}
