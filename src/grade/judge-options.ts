/** What a suite says of a judge, and what may be wrong with it. */

import type { Grader } from "../suite/grade.ts";
import type { JsonObject } from "../suite/json.ts";
import type { People } from "../suite/labelled.ts";
import type { Model, Parameters } from "../suite/model.ts";
import { type GraderOptions, mistake } from "./common-options.ts";
import { jsonEqual } from "./json-equal.ts";
import { CANNOT_JUDGE } from "./judge-prompt.ts";

export interface JudgeOptions<Label extends string = string> extends GraderOptions {
  /** The judge; or `models` for a panel, of which a strict majority decides. */
  readonly model?: Model;
  readonly models?: readonly Model[];
  /** What makes an answer good, in words. Part of the grade's key: edited, every answer is judged anew. */
  readonly rubric: string;
  /** The closed set: each label with its score in [0, 1]. `cannot_judge` is always offered beside them. */
  readonly labels: Readonly<Record<Label, number>>;
  /**
   * Labels that count only with a quotation which stands in the answer, word for word (white space aside); default true: every label that scores more than the
   * lowest. A verdict without one is asked for once more, then the answer is ungraded. `false`: none is asked for.
   */
  readonly evidence?: boolean | readonly NoInfer<Label>[];
  /**
   * Answers that people labelled. Each run asks the judge about them, too, and tells how far it agrees; without them it was never measured, and no verdict rests on it.
   */
  readonly people?: People<NoInfer<Label>>;
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

export function membersOf(kind: string, { model, models }: JudgeOptions): readonly Model[] {
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

export function labelsOf(kind: string, labels: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
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

/** What people said, for the grader to carry. */
export function peopleOf(
  kind: string,
  people: People | undefined,
  labels: ReadonlyMap<string, number>,
): Grader["people"] {
  if (people === undefined) return undefined;
  const { answers, kappaAtLeast } = people;
  const unknown = Object.keys(people).find((key) => key !== "answers" && key !== "kappaAtLeast");
  if (unknown !== undefined) {
    throw mistake(kind, `people has no "${unknown}"`, "Its keys are answers and kappaAtLeast.");
  }
  if (!Array.isArray(answers) && !(typeof answers === "object" && answers !== null && "path" in answers)) {
    throw mistake(
      kind,
      "people names no answers",
      'Write people: { answers: jsonl("../datasets/tone.people.jsonl") }.',
    );
  }
  if (kappaAtLeast !== undefined && !(typeof kappaAtLeast === "number" && kappaAtLeast > 0 && kappaAtLeast < 1)) {
    throw mistake(
      kind,
      `people.kappaAtLeast is ${String(kappaAtLeast)}`,
      "Set it to a number above 0 and below 1; 0.6 is often called substantial.",
    );
  }
  return { answers, ...(kappaAtLeast === undefined ? {} : { kappaAtLeast }), labels: [...labels.keys()] };
}

/** In the order of the labels. */
export function evidenceOf(
  kind: string,
  wanted: boolean | readonly string[],
  labels: ReadonlyMap<string, number>,
): readonly string[] {
  if (typeof wanted === "boolean") {
    const lowest = Math.min(...labels.values());
    return wanted ? [...labels].flatMap(([label, score]) => (score > lowest ? [label] : [])) : [];
  }
  const unknown = Array.isArray(wanted) ? wanted.find((label) => !labels.has(label)) : wanted;
  if (unknown !== undefined) {
    throw mistake(
      kind,
      `evidence names ${JSON.stringify(unknown)}, which is no label`,
      `Name labels that need a quotation (${[...labels.keys()].join(", ")}), or write true or false.`,
    );
  }
  return [...labels.keys()].filter((label) => wanted.includes(label));
}

export function parametersOf(options: JudgeOptions, offered: readonly string[], quoting: boolean): Parameters {
  if (options.structured === false) return { ...options.parameters };
  const schema: JsonObject = {
    type: "object",
    properties: {
      reason: { type: "string" },
      ...(quoting && { quote: { type: "string" } }),
      label: { type: "string", enum: offered },
    },
    required: quoting ? ["reason", "quote", "label"] : ["reason", "label"],
    additionalProperties: false,
  };
  return { ...options.parameters, schema: { name: "verdict", schema } };
}

export function lengthOf(kind: string, name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1) {
    throw mistake(kind, `${name} is ${String(value)}`, "Set it to a whole number of 1 or more.");
  }
  return value;
}

export function asJson(parameters: Omit<Parameters, "schema">): JsonObject {
  const plain: JsonObject = JSON.parse(JSON.stringify(parameters));
  return plain;
}
