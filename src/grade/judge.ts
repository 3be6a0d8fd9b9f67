/** Grader: a model, or a panel of models, gives the answer one label of a closed set. */

import { bothForms } from "../suite/before-grading.ts";
import type { Completion } from "../suite/completion.ts";
import type { Grade, GradeContext, Grader, Subject } from "../suite/grade.ts";
import type { JsonObject } from "../suite/json.ts";
import type { Model, Parameters } from "../suite/model.ts";
import { valueAsText } from "../suite/variables.ts";
import { canariesFor } from "./canaries.ts";
import { defineGrader, type GraderOptions, mistake } from "./common-options.ts";
import { expectedOf, lacking } from "./expected.ts";
import { jsonEqual } from "./json-equal.ts";
import { CANNOT_JUDGE, type JudgePrompt, judgeMessages, TEMPLATE_VERSION } from "./judge-prompt.ts";
import { readVerdict } from "./judge-verdict.ts";
import { decidePanel, type Vote } from "./panel.ts";

export interface JudgeOptions extends GraderOptions {
  /** The judge; or `models` for a panel, of which a strict majority decides. */
  readonly model?: Model;
  readonly models?: readonly Model[];
  /** What makes an answer good, in words. Part of the grade's key: edited, every answer is judged anew. */
  readonly rubric: string;
  /** The closed set: each label with its score in [0, 1]. `cannot_judge` is always offered beside them. */
  readonly labels: Readonly<Record<string, number>>;
  /** The reference shown to the judge: a field of `expected`, or false for none. Default: the whole `expected`, where a case has one. */
  readonly expected?: string | false;
  /** Decoding parameters of the judge's calls; default: the model's own. */
  readonly parameters?: Omit<Parameters, "schema">;
  /** Ask the provider to constrain the reply to the JSON schema of a verdict; default true. */
  readonly structured?: boolean;
  /** Letters and digits that an answer needs to be shown to the judge; a shorter one scores 0. Default 1. */
  readonly minLength?: number;
  /** UTF-16 units that an answer may have to be shown to the judge; default 200,000. */
  readonly maxLength?: number;
  /**
   * Ask also of answers that a required grader without a model has failed in both forms; default false: nothing that a judge says could let them pass. Answers
   * are all judged, too, where a `quality` of the requirement names this grader.
   */
  readonly judgeFailed?: boolean;
  /**
   * Have a run put five texts before the judge that answer nothing and try to steer it, and warn when one passes; default true. Turn it off where
   * the rubric lets such texts pass ("names no person").
   */
  readonly canaries?: boolean;
}

/**
 * The score is that of the label which the judge gives. The judge sees the question, the reference and the answer, never which
 * target gave it. A refused, empty or cut answer never reaches it, nor one that another required grader has failed already (`spared`).
 *
 * Whatever is not one of the offered labels is no verdict: asked once more, then `ungraded` (judge-unparsed). `cannot_judge` is
 * ungraded (judge-cannot-tell), a failed call is ungraded (judge-failed). In a panel a label needs more than half of all members,
 * those without a verdict included; without one it is ungraded (no-majority).
 *
 * @throws ConfigError for fewer than two labels, labels that all score the same, no model, a model twice, or an unknown option.
 * @example judge({ model: openai("gpt-5.4-mini"), rubric: "The reply names the right refund term.", labels: { pass: 1, fail: 0 } })
 */
export function judge(options: JudgeOptions): Grader<unknown, unknown> {
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
  const parameters = parametersOf(options, offered);

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 1,
    args: {
      template: TEMPLATE_VERSION,
      rubric: options.rubric,
      labels: Object.fromEntries(labels),
      judges: models.map((model) => model.identity),
      parameters: options.parameters === undefined ? {} : asJson(options.parameters),
      structured: options.structured ?? true,
      expected: options.expected ?? null,
      minLength,
      maxLength,
    },
    needsExpected: field !== undefined,
    ...(field !== undefined && { lacks: lacking(reference) }),
    hasForms: false,
    asks: models,
    ...(options.judgeFailed === true && { judgeFailed: true }),
    ...(options.canaries !== false && { canaries: canariesFor(highestOf(labels)) }),
    knows: [
      "model",
      "models",
      "rubric",
      "labels",
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
      const prompt = promptOf(
        subject,
        options.rubric,
        [...labels.keys()],
        wanted?.found === true ? wanted.value : undefined,
      );
      const votes = await Promise.all(models.map((model) => voteOf(model, prompt, offered, parameters, context)));
      return bothForms(gradeOf(votes, labels));
    },
  });
}

function highestOf(labels: ReadonlyMap<string, number>): string {
  const [first = ""] = [...labels].sort(([, a], [, b]) => b - a).map(([label]) => label);
  return first;
}

function promptOf(subject: Subject, rubric: string, labels: readonly string[], reference: unknown): JudgePrompt {
  const shown = reference === undefined ? undefined : valueAsText(reference);
  return {
    caseId: subject.case.id,
    rubric,
    labels,
    input: valueAsText(subject.case.input) ?? "",
    answer: subject.text,
    ...(shown === undefined ? {} : { reference: shown }),
  };
}

/** One judge's vote: asked twice at most. */
async function voteOf(
  model: Model,
  prompt: JudgePrompt,
  offered: readonly string[],
  parameters: Parameters,
  context: GradeContext,
): Promise<Vote> {
  let why = "";
  for (const attempt of [1, 2]) {
    const completion = await context.ask(model, judgeMessages(prompt, attempt > 1), { parameters, attempt });
    const refused = refusalOf(completion);
    if (refused !== undefined) return { kind: "failed", why: refused };
    if (completion.kind !== "answer") continue;
    if (completion.finish === "length") {
      why = "the token limit cut the reply";
      continue;
    }
    const verdict = readVerdict(completion.text, offered);
    if (verdict.found) {
      const reason = verdict.reason ?? "";
      return verdict.label === CANNOT_JUDGE
        ? { kind: "cannot-tell", why: reason }
        : { kind: "label", label: verdict.label, why: reason };
    }
    why = verdict.why;
  }
  return { kind: "unparsed", why };
}

function refusalOf(completion: Completion): string | undefined {
  if (completion.kind === "failure") return `${completion.code}: ${completion.message}`;
  if (completion.finish === "refusal") return "the judge refused";
  return completion.finish === "filtered" ? "the provider's filter stopped the judge" : undefined;
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
    ...(votes.length === 1 ? {} : { parts: { agreement: decision.agreement } }),
  };
}

function membersOf(kind: string, { model, models }: JudgeOptions): readonly Model[] {
  if ((model === undefined) === (models === undefined)) {
    throw mistake(kind, "it needs `model` or `models`, one of the two", 'Name the judge: model: openai("…").');
  }
  const members: readonly Model[] = models ?? (model === undefined ? [] : [model]);
  if (members.length === 0 || members.some((member) => typeof member?.complete !== "function")) {
    throw mistake(kind, "a judge is no model", 'Name models, as in models: [openai("…"), anthropic("…")].');
  }
  for (const [index, member] of members.entries()) {
    if (members.slice(0, index).some((other) => jsonEqual(other.identity, member.identity))) {
      throw mistake(
        kind,
        `the judge ${member.id} stands twice in the panel`,
        "Name different models: one model asked twice is one vote.",
      );
    }
  }
  return members;
}

function labelsOf(kind: string, labels: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const entries = Object.entries(labels ?? {});
  if (entries.length < 2) throw mistake(kind, "it needs two labels or more", "Write labels: { pass: 1, fail: 0 }.");
  const seen = new Set([CANNOT_JUDGE]);
  for (const [label, score] of entries) {
    if (!/^[\p{L}\p{N}][\p{L}\p{N}_ -]{0,39}$/u.test(label) || label.trim() !== label) {
      throw mistake(
        kind,
        `the label ${JSON.stringify(label)} is no plain word`,
        "Use letters, digits, _ and -, 40 at most.",
      );
    }
    if (seen.has(label.toLowerCase())) {
      throw mistake(
        kind,
        `the label "${label}" stands twice, or is ${CANNOT_JUDGE}`,
        "Give each label a name of its own.",
      );
    }
    seen.add(label.toLowerCase());
    if (typeof score !== "number" || !(score >= 0 && score <= 1)) {
      throw mistake(kind, `the label "${label}" scores ${String(score)}`, "Give each label a score from 0 to 1.");
    }
  }
  if (new Set(entries.map(([, score]) => score)).size === 1) {
    throw mistake(kind, "every label scores the same: it could never fail", "Write labels: { pass: 1, fail: 0 }.");
  }
  return new Map(entries);
}

function parametersOf(options: JudgeOptions, offered: readonly string[]): Parameters {
  if (options.structured === false) return { ...options.parameters };
  const schema: JsonObject = {
    type: "object",
    properties: { reason: { type: "string" }, label: { type: "string", enum: offered } },
    required: ["reason", "label"],
    additionalProperties: false,
  };
  return { ...options.parameters, schema: { name: "verdict", schema } };
}

function lengthOf(kind: string, name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1) {
    throw mistake(kind, `${name} is ${String(value)}`, "Set it to a whole number of 1 or more.");
  }
  return value;
}

function asJson(parameters: Omit<Parameters, "schema">): JsonObject {
  const plain: JsonObject = JSON.parse(JSON.stringify(parameters));
  return plain;
}
