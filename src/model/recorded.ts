/** A model whose answers were recorded before: it costs nothing, needs no network, and says what was said then. */
import { basename, extname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { ConfigError } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import type { Completion, FailureCode } from "../suite/completion.ts";
import type { JsonObject } from "../suite/json.ts";
import type { Model, ModelRequest, Parameters, Price } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { type FailureDetails, failure } from "./failure.ts";
import { checkFamily } from "./families.ts";
import { checkPrice } from "./prices.ts";
import { promptHash } from "./prompt-hash.ts";
import type { RecordedHead, ReplyHead } from "./recorded-head.ts";
import type { RecordedLine } from "./recorded-line.ts";
import { openRecording, type Recording } from "./recording.ts";
import { findReply, isJudgeRequest, replyHeadsOf } from "./replayed-reply.ts";

export interface RecordedOptions {
  /** Only lines of this target. Default: lines of the target that asks, else lines that name no target. */
  readonly target?: string;
  /** For a judge: only replies of this judge, by the name that the file has for it. Default: the only one that the grader asked. */
  readonly judge?: string;
  /** Prices the recorded usage. Default: what the file says; the cost is unknown where neither does. */
  readonly price?: Price;
  /** Shown in reports. Default: the model that the file names, else the target's name, else the name of the file. */
  readonly id?: string;
  /** What the model was made from, such as "llama", where its id does not tell: a judge should be of another family than what it grades. Changes no key. */
  readonly family?: string;
}

/**
 * Answers from a JSONL file, as `gapcheck record` writes it or by hand, one line a case and trial: `{case, text, trial?, target?, finish?,
 * usage?, latencyMs?, model?, date?, prompt?, failure?}`. The path is relative to the suite file; a `file:` URL or an absolute path stands for
 * itself. A case that the file does not hold fails with `not-recorded`, one whose `prompt` hash or whose parameters differ with
 * `prompt-changed`; neither counts as a wrong answer.
 *
 * In the place of a judge it says what `gapcheck record` kept of the judge's replies: each is found by the question that was asked. Another
 * rubric, label or reference is `prompt-changed`, another answer to be judged `answer-changed`.
 */
export function recorded(path: string | URL, options: RecordedOptions = {}): Model {
  const { target, judge, price, family } = options;
  const written = path instanceof URL || path.startsWith("file:") ? fileURLToPath(path) : path;
  if (written === "") {
    throw new ConfigError("recording-path", "recorded(): no path", { fix: "Name the JSONL file of the recording." });
  }
  if (price !== undefined) checkPrice(`recorded(${JSON.stringify(written)})`, price);
  checkFamily(`recorded(${JSON.stringify(written)})`, family);
  const name = basename(written);
  const plainId = target ?? basename(written, extname(written));
  const describe = (more: Pick<Model, "identity" | "complete"> & Partial<Model>): Model => ({
    provider: "recorded",
    id: options.id ?? plainId,
    ...(family !== undefined && { family }),
    account: "recorded",
    parameters: {},
    answers: "stored",
    ...(price !== undefined && { price }),
    bind: (dir, asker) => bound(resolve(dir, written), asker),
    ...more,
  });
  const bound = (file: string, asker: string | undefined): Model => {
    const recording = openRecording(file);
    const whose = target ?? asker;
    const head = whose === undefined ? undefined : recording.heads.get(whose);
    const spoken = replyHeadsOf(recording, judge);
    // One judge's alone, or nobody could tell whose identity this is.
    const one = spoken.every(({ identity }) => isDeepStrictEqual(identity, spoken[0]?.identity))
      ? spoken[0]
      : undefined;
    if (whose === undefined && one !== undefined) {
      return describe({
        id: options.id ?? one.model,
        identity: one.identity,
        parameters: one.own,
        recording: { file: written, provider: one.provider },
        ...(one.price !== undefined && { price: one.price }),
        complete: replayer({ recording, name, target, head: undefined, spoken }),
      });
    }
    const days = recording.days(whose) ?? (target === undefined ? recording.days(undefined) : undefined);
    const paid = price ?? head?.price;
    return describe({
      id: options.id ?? head?.model ?? plainId,
      // Whose answers they are, where the file says so: they stand for the calls of that model.
      identity: head?.identity ?? identityOf({ sha256: recording.sha256 }),
      parameters: head?.parameters ?? {},
      recording: {
        file: written,
        ...(head !== undefined && { provider: head.provider }),
        ...(days !== undefined && { days }),
      },
      ...(paid !== undefined && { price: paid }),
      complete: replayer({ recording, name, target, head, spoken }),
    });
  };
  const identityOf = (told: JsonObject): JsonObject => ({
    provider: "recorded",
    ...told,
    ...(target !== undefined && { target }),
    ...(judge !== undefined && { judge }),
  });
  // Before it is bound, only a path that needs no folder can be followed.
  return describe({
    identity: identityOf({ file: written }),
    complete: async (request, world) => {
      if (!isAbsolute(written)) {
        throw new ConfigError(
          "recording-unbound",
          `recorded(${JSON.stringify(written)}): asked before its folder was known`,
          {
            fix: "Load the suite from its file, or name the recording by an absolute path.",
          },
        );
      }
      return bound(written, request.asker).complete(request, world);
    },
  });
}

interface Replay {
  readonly recording: Recording;
  /** Of the file, for messages. */
  readonly name: string;
  readonly target: string | undefined;
  readonly head: RecordedHead | undefined;
  /** Whose replies to graders it may give; empty where the file holds none. */
  readonly spoken: readonly ReplyHead[];
}

function replayer({ recording, name, target, head, spoken }: Replay): Model["complete"] {
  const sameParameters = parametersCheck(head);
  return async (request, world) => {
    const { caseId, trial, asker } = request;
    if (isJudgeRequest(request) && recording.replyHeads.length > 0) {
      const reply = findReply(recording, spoken, { name, request, world });
      const of = failedIn(world);
      return reply.found ? said(reply.reply, of) : of(reply.code, reply.message);
    }
    const line =
      recording.find(target ?? asker, caseId, trial) ??
      (target === undefined ? recording.find(undefined, caseId, trial) : undefined);
    const where = `case ${JSON.stringify(caseId)}, trial ${trial}`;
    const failed = failedIn(world);
    if (line === undefined) {
      const whose = target ?? (recording.heads.size > 0 ? asker : undefined);
      const of = whose === undefined ? "" : ` of ${JSON.stringify(whose)}`;
      return failed("not-recorded", `${name} holds no answer${of} for ${where}`);
    }
    if (line.prompt !== undefined && line.prompt !== promptHash(request.messages)) {
      return failed("prompt-changed", `${where}: ${name} holds an answer to another prompt; record it again`);
    }
    if (!sameParameters(request, world)) {
      return failed("prompt-changed", `${where}: ${name} was recorded with other parameters; record it again`);
    }
    return said(line, failed);
  };
}

type Failed = (code: FailureCode, message: string, details?: FailureDetails) => Completion;

/** The redactor is made only where something went wrong: it costs more than the answer. */
function failedIn({ env }: World): Failed {
  return (code, message, details) => failure(code, message, createRedactor(env), details);
}

/** The answer of a line, or the failure in its place. */
function said(line: RecordedLine, failed: Failed): Completion {
  if (line.failure === undefined) return answerOf(line);
  const { code, message, status } = line.failure;
  return failed(code, message, { retry: "final", scope: "call", status });
}

/** Whether a request has the parameters of the recording; all calls of a target have the same, so that the last result serves for most. */
function parametersCheck(head: RecordedHead | undefined): (request: ModelRequest, world: World) => boolean {
  let last: Parameters | undefined;
  let same = true;
  return ({ parameters }, world) => {
    if (head === undefined || parameters === last) return same;
    const redact = createRedactor(world.env);
    // What stands in the file has no secrets any more.
    const plain = (value: Parameters): unknown => JSON.parse(redact(JSON.stringify(value)));
    same = isDeepStrictEqual(plain(parameters), plain(head.parameters));
    last = parameters;
    return same;
  };
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
