/** Answers with the label that a person gave them: what a judge is measured by. */
import type { CaseFile } from "./cases.ts";

/** One answer, with the question that it answers. */
export interface LabelledAnswer<Label extends string = string> {
  /** Unique among them. */
  readonly id: string;
  /** As in a case: what the judge is shown. */
  readonly input: unknown;
  readonly expected?: unknown;
  /** The text that the person read. */
  readonly answer: string;
  /** One of the judge's labels. */
  readonly label: Label;
  /** Which target gave the answer, so that agreement is told by target: a judge may be kinder to one. Any name. */
  readonly target?: string;
}

/** One answer that a person labelled, and what the judge made of it. */
export interface ComparedLabel {
  readonly person: string;
  /** The judge's label; absent where it gave none. */
  readonly judge?: string;
  /** `judged`: it replied, with a label or without one; `ruled`: settled without asking it (empty, too short); `open`: nothing is there. */
  readonly fate: "judged" | "ruled" | "open";
  /** Answers to one question share it. */
  readonly question: string;
  readonly target?: string;
}

/** What people said, and what agreement with them is needed. */
export interface People<Label extends string = string> {
  /** JSONL, one `{ "id", "input", "expected"?, "answer", "label", "target"? }` a line (`jsonl("../datasets/tone.people.jsonl")`), or the answers themselves. */
  readonly answers: CaseFile<unknown, unknown> | readonly LabelledAnswer<Label>[];
  /**
   * Cohen's kappa that must be shown before grades of this judge may decide anything, in (0, 1): its lower bound counts, so that more labels are needed near it. 0.6 is often called
   * substantial, 0.8 nearly perfect. Absent: agreement is measured and told, and the verdict stays open where this judge decides.
   */
  readonly kappaAtLeast?: number;
}
