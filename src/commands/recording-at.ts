/** The recording that a file holds already, if it may be written over. */
import { existsSync, statSync } from "node:fs";
import { ConfigError, ConfigErrors } from "../errors.ts";
import { openRecording, type Recording } from "../model/recording.ts";

/** What stands in the file; undefined where there is none. Throws for whatever gapcheck has not written: it would be lost. */
export function recordingAt(file: string): Recording | undefined {
  if (!existsSync(file)) return undefined;
  const refuse = (why: string) =>
    new ConfigError("not-a-recording", `not overwritten, since it is no recording that gapcheck wrote: ${why}`, {
      place: { file },
      fix: "Name another file with --out, or move this one away.",
    });
  if (!statSync(file).isFile()) throw refuse("it is no file");
  const recording = opened(file, refuse);
  if (recording.heads.size === 0 && recording.replyHeads.length === 0)
    throw refuse("it does not say whose answers it holds");
  for (const { target, case: id } of recording.answers()) {
    if (target === undefined || !recording.heads.has(target)) throw refuse(`the line of case ${JSON.stringify(id)}`);
  }
  for (const { grader, judge, case: id } of recording.replies.replies()) {
    const known = recording.replyHeads.some((head) => head.grader === grader && head.judge === judge);
    if (!known) throw refuse(`the reply of a judge about case ${JSON.stringify(id)}`);
  }
  return recording;
}

function opened(file: string, refuse: (why: string) => ConfigError): Recording {
  try {
    return openRecording(file);
  } catch (thrown) {
    const [mistake] = thrown instanceof ConfigErrors ? thrown.errors : [thrown];
    if (!(mistake instanceof ConfigError)) throw thrown;
    throw refuse(`${mistake.place.line === undefined ? "" : `line ${mistake.place.line}: `}${mistake.message}`);
  }
}
