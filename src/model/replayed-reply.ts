/** What a judge said once, found again by what it was asked; and what changed where it was asked something else. */
import { hash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { createRedactor } from "../redact.ts";
import type { FailureCode } from "../suite/completion.ts";
import type { ModelRequest } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { promptHash } from "./prompt-hash.ts";
import type { ReplyHead } from "./recorded-head.ts";
import type { RecordedReply } from "./recorded-line.ts";
import type { Recording } from "./recording.ts";

/** A request of a grader. */
export type JudgeRequest = ModelRequest & { readonly judged: string };

export function isJudgeRequest(request: ModelRequest): request is JudgeRequest {
  return request.judged !== undefined;
}

/** SHA-256 (hex) of a judged answer, as a recording keeps it. */
export function judgedHash(text: string): string {
  return hash("sha256", text.toWellFormed(), "hex");
}

export type FoundReply =
  | { readonly found: true; readonly reply: RecordedReply }
  | { readonly found: false; readonly code: FailureCode; readonly message: string };

/** The heads that a judge may speak for; with `judge` those of that name alone. */
export function replyHeadsOf({ replyHeads }: Recording, judge: string | undefined): readonly ReplyHead[] {
  return judge === undefined ? replyHeads : replyHeads.filter((head) => head.judge === judge);
}

/**
 * @param name of the file, for messages
 * @param heads as `replyHeadsOf` gives them
 */
export function findReply(
  recording: Recording,
  heads: readonly ReplyHead[],
  { name, request, world }: { readonly name: string; readonly request: JudgeRequest; readonly world: World },
): FoundReply {
  const { asker: grader, caseId, trial, messages, judged } = request;
  const where = `case ${JSON.stringify(caseId)}`;
  const failed = (code: FailureCode, message: string): FoundReply => ({ found: false, code, message });
  const [head, another] = heads.filter((one) => one.grader === grader);
  if (head === undefined)
    return failed("not-recorded", `${name} holds no replies of a judge to ${JSON.stringify(grader)}`);
  if (another !== undefined) {
    const names = [head.judge, another.judge].map((one) => JSON.stringify(one)).join(", ");
    return failed(
      "not-recorded",
      `${name} holds replies of several judges to ${JSON.stringify(grader)} (${names}): name one, as in recorded(file, { judge: ${JSON.stringify(head.judge)} })`,
    );
  }
  const { judge } = head;
  const reply = recording.replies.find({ grader, judge, prompt: promptHash(messages), trial });
  if (reply !== undefined) {
    const redact = createRedactor(world.env);
    // What stands in the file has no secrets any more.
    const plain = (value: unknown): unknown => JSON.parse(redact(JSON.stringify(value)));
    if (isDeepStrictEqual(plain(request.parameters), plain(head.parameters))) return { found: true, reply };
    return failed(
      "prompt-changed",
      `${where}: ${name} was recorded with other parameters of the judge; record it again`,
    );
  }
  switch (recording.replies.judgedBefore({ grader, judge, case: caseId, judged: judgedHash(judged) })) {
    case "this-answer":
      return failed(
        "prompt-changed",
        `${where}: the judge in ${name} was asked otherwise (rubric, labels, question or reference); record it again`,
      );
    case "another-answer":
      return failed(
        "answer-changed",
        `${where}: the judge in ${name} read another answer than this one; record it again`,
      );
    case "nothing":
      return failed("not-recorded", `${name} holds no reply of the judge about ${where}`);
  }
}
