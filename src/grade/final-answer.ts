/** Grader around a grader: only what stands after the reasoning is graded. */
import type { GradeContext, Graded, Grader, Subject } from "../suite/grade.ts";
import { defineGrader, type GraderOptions, mistake, unparsed } from "./common-options.ts";
import { endOfLastMarker } from "./find-answer.ts";

export interface FinalAnswerOptions extends Omit<GraderOptions, "cut"> {
  /** What ends the reasoning, as in `</think>` (default), `####`, `A:` or `Answer:`; of several the last in the text counts. */
  readonly marker?: string | readonly string[];
  /**
   * A text without the marker: `unparsed`, the strict form scores 0 and the lenient one grades the whole text; `whole-text`, both
   * grade the whole text. Default: `whole-text` where every marker is a closing tag (a model that did not reason), else `unparsed`.
   * A text that opens such a tag and never closes it is unparsed in both forms: the reasoning never ended.
   */
  readonly whenMissing?: "unparsed" | "whole-text";
}

/**
 * Grades with `inner` what stands after the last marker. Name, `required` and `passAt` are the inner grader's unless given here.
 *
 * @throws ConfigError for an empty marker or an unknown or wrong option.
 * @example finalAnswer(numberMatch(), { marker: "####" })
 */
export function finalAnswer<Input, Expected>(
  inner: Grader<Input, Expected>,
  options: FinalAnswerOptions = {},
): Grader<Input, Expected> {
  const kind = "final-answer";
  if (typeof inner?.grade !== "function") {
    throw mistake(kind, "its first argument is no grader", "Write finalAnswer(exactMatch(), { marker: 'Answer:' }).");
  }
  const { marker = "</think>", whenMissing, ...common } = options;
  const markers = typeof marker === "string" ? [marker] : marker;
  if (!Array.isArray(markers) || markers.length === 0 || markers.some((one) => typeof one !== "string" || one === "")) {
    throw mistake(kind, "a marker is empty", 'Name what ends the reasoning, as in marker: "####".');
  }
  if (whenMissing !== undefined && whenMissing !== "unparsed" && whenMissing !== "whole-text") {
    throw mistake(kind, `whenMissing is ${JSON.stringify(whenMissing)}`, 'Set it to "unparsed" or "whole-text".');
  }
  const missing = whenMissing ?? (markers.every((one) => one.startsWith("</")) ? "whole-text" : "unparsed");
  /** `<think>`, however it is written: letter case and white space in a tag mean nothing. */
  const openers = markers
    .filter((one) => one.startsWith("</"))
    .map((one) => new RegExp(`<\\s*${one.slice(2, -1).replace(/[^\w-]/g, "\\$&")}\\s*>`, "i"));

  const gradeText = (
    subject: Subject<Input, Expected>,
    text: string,
    context: GradeContext,
  ): Graded | Promise<Graded> => inner.grade({ ...subject, text, answer: { ...subject.answer, text } }, context);

  return defineGrader<Input, Expected>(
    { name: inner.name, required: inner.required, passAt: inner.passAt, ...common, cut: "grade" },
    {
      kind,
      version: 2,
      args: { markers, whenMissing: missing, inner: { kind: inner.kind, version: inner.version, args: inner.args } },
      needsExpected: inner.needsExpected,
      ...(inner.lacks !== undefined && { lacks: inner.lacks }),
      // The mark alone is no second form of what stands behind it.
      hasForms: inner.hasForms,
      asks: inner.asks,
      ...(inner.people !== undefined && { people: inner.people }),
      ...(inner.judgeFailed === true && { judgeFailed: true }),
      // Whether a cut answer counts is the inner grader's own option.
      knows: ["marker", "whenMissing"],
      grade: async (subject, context) => {
        const { text } = subject;
        const end = endOfLastMarker(text, markers);
        const rest = end === undefined ? text : text.slice(end);
        const why =
          end === undefined
            ? `no ${markers.join(" or ")} in the text`
            : "reasoning begins again behind the answer's mark";
        // What opens and is not closed is no answer, also where an earlier reasoning was closed.
        if (openers.some((opener) => opener.test(rest))) {
          return { strict: unparsed(why), lenient: unparsed(`${why}: the reasoning never ended`) };
        }
        if (end !== undefined) return gradeText(subject, rest, context);
        const whole = await gradeText(subject, text, context);
        return missing === "whole-text" ? whole : { ...whole, strict: unparsed(why) };
      },
    },
  );
}
