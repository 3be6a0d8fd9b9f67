/** Grader: a model, or a panel of models, gives the answer one label of a closed set. */

import { bothForms } from "../suite/before-grading.ts";
import type { Grade, Grader, Subject } from "../suite/grade.ts";
import { valueAsText } from "../suite/variables.ts";
import { canariesFor } from "./canaries.ts";
import { defineGrader, mistake } from "./common-options.ts";
import { expectedOf, lacking } from "./expected.ts";
import {
  asJson,
  evidenceOf,
  type JudgeOptions,
  labelsOf,
  lengthOf,
  membersOf,
  parametersOf,
  peopleOf,
} from "./judge-options.ts";
import { CANNOT_JUDGE, type JudgePrompt, TEMPLATE_VERSION } from "./judge-prompt.ts";
import { voteOf } from "./judge-vote.ts";
import { decidePanel, type Vote } from "./panel.ts";

/**
 * The score is that of the label which the judge gives. The judge sees the question, the reference and the answer, never which
 * target gave it. A refused, empty or cut answer never reaches it, nor one that another required grader has failed already (`spared`).
 *
 * Whatever is not one of the offered labels is no verdict: asked once more, then `ungraded` (judge-unparsed). `cannot_judge` is
 * ungraded (judge-cannot-tell), a failed call is ungraded (judge-failed). In a panel a label needs more than half of all members,
 * those without a verdict included; without one it is ungraded (no-majority). A label that needs evidence counts only with a quotation that
 * stands in the answer (else judge-no-evidence).
 *
 * @throws ConfigError for fewer than two labels, labels that all score the same, no model, a model twice, or an unknown option.
 * @example judge({ model: openai("gpt-5.4-mini"), rubric: "The reply names the right refund term.", labels: { pass: 1, fail: 0 } })
 */
export function judge<const Label extends string>(options: JudgeOptions<Label>): Grader<unknown, unknown> {
  const kind = "judge";
  const models = membersOf(kind, options);
  const labels = labelsOf(kind, options.labels);
  if (typeof options.rubric !== "string" || options.rubric.trim() === "") {
    throw mistake(kind, "the rubric is empty", "Say in words what makes an answer good.");
  }
  const minLength = lengthOf(kind, "minLength", options.minLength ?? 1);
  if (options.judgeFailed !== undefined && typeof options.judgeFailed !== "boolean") {
    throw mistake(kind, "judgeFailed is neither true nor false", "Set judgeFailed to false (the default) or true.");
  }
  const maxLength = lengthOf(kind, "maxLength", options.maxLength ?? 200_000);
  const field = typeof options.expected === "string" ? options.expected : undefined;
  const reference = expectedOf(kind, field);
  const offered = [...labels.keys(), CANNOT_JUDGE];
  const evidence = evidenceOf(kind, options.evidence ?? true, labels);
  const people = peopleOf(kind, options.people, labels);
  const parameters = parametersOf(options, offered, evidence.length > 0);

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 1,
    args: {
      template: TEMPLATE_VERSION[evidence.length > 0 ? "quoting" : "plain"],
      rubric: options.rubric,
      labels: Object.fromEntries(labels),
      judges: models.map((model) => model.identity),
      parameters: options.parameters === undefined ? {} : asJson(options.parameters),
      structured: options.structured ?? true,
      expected: options.expected ?? null,
      minLength,
      maxLength,
      ...(evidence.length > 0 && { evidence }),
    },
    needsExpected: field !== undefined,
    ...(field !== undefined && { lacks: lacking(reference) }),
    hasForms: false,
    asks: models,
    ...(people !== undefined && { people }),
    ...(options.judgeFailed === true && { judgeFailed: true }),
    ...(options.canaries !== false && { canaries: canariesFor(highestOf(labels)) }),
    knows: [
      "model",
      "models",
      "rubric",
      "labels",
      "evidence",
      "people",
      "expected",
      "parameters",
      "structured",
      "minLength",
      "maxLength",
      "canaries",
      "judgeFailed",
    ],
    grade: async (subject, context) => {
      const { text } = subject;
      if ((text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < minLength) {
        return bothForms({ kind: "scored", score: 0, why: `fewer than ${minLength} letters or digits` });
      }
      if (text.length > maxLength) {
        const why = `the answer is longer than the ${maxLength} characters that a judge is shown`;
        return bothForms({ kind: "ungraded", reason: "judge-failed", why });
      }
      const wanted = options.expected === false ? undefined : reference(subject.case);
      if (wanted?.found === false && field !== undefined) return bothForms(wanted.grade);
      const shown = wanted?.found === true ? valueAsText(wanted.value) : undefined;
      const { rubric } = options;
      const prompt = promptOf(subject, { rubric, labels: [...labels.keys()], evidence, reference: shown });
      const votes = await Promise.all(models.map((model) => voteOf(model, prompt, offered, parameters, context)));
      return bothForms(gradeOf(votes, labels));
    },
  });
}

function highestOf(labels: ReadonlyMap<string, number>): string {
  const [first = ""] = [...labels].sort(([, a], [, b]) => b - a).map(([label]) => label);
  return first;
}

function promptOf(
  subject: Subject,
  {
    reference,
    ...told
  }: Pick<JudgePrompt, "rubric" | "labels" | "evidence"> & {
    readonly reference: string | undefined;
  },
): JudgePrompt {
  return {
    ...told,
    caseId: subject.case.id,
    input: valueAsText(subject.case.input) ?? "",
    answer: subject.text,
    ...(reference === undefined ? {} : { reference }),
  };
}

function gradeOf(votes: readonly Vote[], labels: ReadonlyMap<string, number>): Grade {
  const decision = decidePanel(votes);
  if (decision.kind === "ungraded") return decision;
  const score = labels.get(decision.label);
  if (score === undefined) throw new Error(`the label ${decision.label} was not offered`);
  return {
    kind: "scored",
    score,
    answer: decision.label,
    ...(decision.why === "" ? {} : { why: decision.why }),
    ...(decision.quote === undefined ? {} : { quote: decision.quote }),
    ...(votes.length === 1 ? {} : { parts: { agreement: decision.agreement } }),
  };
}
