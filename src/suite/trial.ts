/** The record of one trial: what `call` and `grade` hand to `measure` and to the reports. */
import type { Split } from "./case.ts";
import type { Completion, Cost } from "./completion.ts";
import type { Graded } from "./grade.ts";
import type { Message } from "./model.ts";

/** No answer was bought: the run stopped before, or `--offline` found nothing in the ledger. */
export interface NotCalled {
  readonly kind: "not-called";
  readonly why: string;
}

export interface TrialRecord {
  readonly suite: string;
  readonly target: string;
  readonly caseId: string;
  /** Position of the case in the dataset, 0-based. */
  readonly caseIndex: number;
  readonly fingerprint: string;
  readonly cluster: string;
  /** Id of the first case with the same input; absent where it is the first. */
  readonly repeats?: string;
  readonly weight: number;
  readonly split: Split;
  readonly tags: readonly string[];
  /** 1-based. */
  readonly trial: number;
  /** What the target was asked: tells how much of a prompt is the same for every case. Absent where nobody rendered it. */
  readonly messages?: readonly Message[];
  /** What the case expects, as JSON; absent where it expects nothing. */
  readonly expected?: unknown;
  readonly completion: Completion | NotCalled;
  /** By grader name, in the suite's order; empty unless `completion` is an answer. */
  readonly grades: ReadonlyMap<string, Graded>;
  /** What the answer does that speaks to whoever grades it; absent where it does nothing of the kind, and where no model grades. */
  readonly speaks?: readonly string[];
  /** Of the answer alone; judges are counted apart. */
  readonly cost: Cost;
  readonly callKey: string;
}
