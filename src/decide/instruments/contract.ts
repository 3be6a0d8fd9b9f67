/** What the instrument of a scenario reads off the trials: figures by target, changes between targets, and sentences on what they mean. */
import type { Scenario } from "../../suite/suite.ts";
import type { Arm } from "../../suite/target.ts";
import type { MaybeEstimate, Unavailable, Unit } from "../decision.ts";

export interface InstrumentColumn {
  readonly target: string;
  readonly as: "best prompt" | "fine-tuned" | Arm;
}

export interface InstrumentRow {
  /** Stays the same from run to run: `right`, `fails:steps/greets`, `steps:3`. */
  readonly key: string;
  readonly label: string;
  /** One for each column. On test cases. */
  readonly cells: readonly MaybeEstimate[];
  /** For the long report only. */
  readonly detail?: true;
}

/** A signed change with a two-sided interval; shares are in points of 0 to 1. */
export interface Change {
  readonly available: true;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  /** Cases. */
  readonly n: number;
  readonly clusters?: number;
  readonly unit: Unit;
  readonly method: string;
}

export type MaybeChange = Change | Unavailable;

/** `target` minus `minus`; without `minus` a change within one target, told by the label. */
export interface InstrumentChange {
  readonly key: string;
  readonly label: string;
  readonly target: string;
  readonly minus?: string;
  readonly change: MaybeChange;
  readonly detail?: true;
}

/** What the figures mean, or what is missing and how to state it: one sentence or two. */
export interface Finding {
  readonly code: string;
  readonly text: string;
}

export interface Readings {
  readonly rows: readonly InstrumentRow[];
  readonly changes: readonly InstrumentChange[];
  readonly findings: readonly Finding[];
}

export interface Instruments extends Readings {
  readonly scenario: Scenario;
  readonly columns: readonly InstrumentColumn[];
}
