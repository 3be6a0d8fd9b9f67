/** A model whose answers were recorded before: it costs nothing, needs no network, and says what was said then. */
import { basename, extname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import type { Completion, FailureCode } from "../suite/completion.ts";
import type { Model, ModelRequest, Price } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { type FailureDetails, failure } from "./failure.ts";
import { checkPrice } from "./prices.ts";
import { promptHash } from "./prompt-hash.ts";
import type { RecordedLine } from "./recorded-line.ts";
import { openRecording, type Recording } from "./recording.ts";

export interface RecordedOptions {
  /** Only lines of this target. Default: lines of the target that asks, else lines that name no target. */
  readonly target?: string;
  /** Prices the recorded usage; the cost is unknown without. */
  readonly price?: Price;
  /** Shown in reports. Default: the target's name, else the name of the file. */
  readonly id?: string;
}

/**
 * Answers from a JSONL file, one line a case and trial: `{case, text, trial?, target?, finish?, usage?, latencyMs?, model?, prompt?,
 * failure?}`. The path is relative to the suite file; a `file:` URL or an absolute path stands for itself. A case that the file does not
 * hold fails with `not-recorded`, one whose `prompt` hash differs with `prompt-changed`; neither counts as a wrong answer.
 */
export function recorded(path: string | URL, options: RecordedOptions = {}): Model {
  const { target, price } = options;
  const written = path instanceof URL || path.startsWith("file:") ? fileURLToPath(path) : path;
  if (written === "") {
    throw new ConfigError("recording-path", "recorded(): no path", { fix: "Name the JSONL file of the recording." });
  }
  if (price !== undefined) checkPrice(`recorded(${JSON.stringify(written)})`, price);
  const id = options.id ?? target ?? basename(written, extname(written));
  const describe = (identity: Model["identity"], complete: Model["complete"]): Model => ({
    provider: "recorded",
    id,
    account: "recorded",
    identity: { provider: "recorded", ...identity, ...(target !== undefined && { target }) },
    parameters: {},
    answers: "stored",
    ...(price !== undefined && { price }),
    bind: (dir) => {
      const recording = openRecording(resolve(dir, written));
      return describe({ sha256: recording.sha256 }, async (request, world) =>
        replay(recording, basename(written), target, request, world),
      );
    },
    complete,
  });
  // Before it is bound, only a path that needs no folder can be followed.
  return describe({ file: written }, async (request, world) => {
    if (!isAbsolute(written)) {
      throw new ConfigError(
        "recording-unbound",
        `recorded(${JSON.stringify(written)}): asked before its folder was known`,
        {
          fix: "Load the suite from its file, or name the recording by an absolute path.",
        },
      );
    }
    return replay(openRecording(written), basename(written), target, request, world);
  });
}

function replay(
  recording: Recording,
  name: string,
  target: string | undefined,
  request: ModelRequest,
  world: World,
): Completion {
  const { caseId, trial, asker } = request;
  const line =
    recording.find(target ?? asker, caseId, trial) ??
    (target === undefined ? recording.find(undefined, caseId, trial) : undefined);
  // Made only where something went wrong: it costs more than the answer.
  const failed = (...[code, message, details]: [FailureCode, string, FailureDetails?]): Completion =>
    failure(code, message, createRedactor(world.env), details);
  if (line === undefined) {
    const whose = target === undefined ? "" : ` of ${JSON.stringify(target)}`;
    return failed("not-recorded", `${name} holds no answer${whose} for case ${JSON.stringify(caseId)}, trial ${trial}`);
  }
  if (line.prompt !== undefined && line.prompt !== promptHash(request.messages)) {
    return failed(
      "prompt-changed",
      `case ${JSON.stringify(caseId)}, trial ${trial}: ${name} holds an answer to another prompt; record it again`,
    );
  }
  if (line.failure !== undefined) {
    return failed(line.failure.code, line.failure.message, { retry: "final", scope: "call" });
  }
  return answerOf(line);
}

function answerOf({ text, finish, usage, latencyMs, model }: RecordedLine): Completion {
  return {
    kind: "answer",
    text,
    finish,
    ...(usage !== undefined && { usage }),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(model !== undefined && { modelId: model }),
  };
}
