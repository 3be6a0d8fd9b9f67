/** The lines of a recording (`model/recorded-line.ts` reads them): one answer a line, keys in a fixed order, so that what changed shows in a diff. */
import { RECORDING_FORMAT, type RecordedHead } from "../model/recorded-head.ts";
import type { RecordedLine } from "../model/recorded-line.ts";
import type { Redact } from "../redact.ts";
import type { Usage } from "../suite/completion.ts";
import { mapStrings } from "./map-strings.ts";
import { sortKeys, strictJson } from "./strict-json.ts";

/** The line above a target's answers, without its line feed; the target's name stands as it is. */
export function headLine(
  { target, provider, model, identity, parameters, price }: RecordedHead,
  redact: Redact,
): string {
  const sorted = { identity: sortKeys(identity), parameters: sortKeys(parameters), price: price && sortKeys(price) };
  const told = mapStrings({ provider, model, ...sorted }, redact);
  return strictJson({ recording: RECORDING_FORMAT, target, ...told });
}

/** The line of an answer, or of a failure in its place, without its line feed: names stand as they are, texts apart from what `redact` hides. */
export function answerLine(line: RecordedLine, redact: Redact): string {
  const { case: id, target, trial, text, failure, finish, usage, latencyMs, model, date, prompt } = line;
  const said =
    failure === undefined
      ? { text, finish, usage: usage && usageLine(usage), latencyMs, model }
      : { failure: { code: failure.code, message: failure.message, status: failure.status } };
  return strictJson({ case: id, target, trial, ...mapStrings(said, redact), date, prompt });
}

function usageLine({ input, output, cachedInput, cacheWriteInput, reasoning }: Usage): object {
  return { input, output, cachedInput, cacheWriteInput, reasoning };
}
