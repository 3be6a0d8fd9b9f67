/** A suite: what a team declares in `evals/<name>.eval.ts`. */
import type { Cases } from "./cases.ts";
import type { Economics } from "./economics.ts";
import type { Grader } from "./grade.ts";
import type { Ladder } from "./ladder.ts";
import type { GatePolicy, Requirement } from "./requirement.ts";
import type { Sweep } from "./sweep.ts";
import type { Target } from "./target.ts";
import type { Training } from "./training.ts";

export type Scenario = "knowledge" | "format" | "cost" | "reasoning";

/** A suite with every default filled in; what `defineSuite` returns and every stage reads. */
export interface Suite {
  readonly name: string;
  readonly scenario: Scenario;
  /** One sentence for reports. */
  readonly description?: string;
  /** Shown wherever the suite's figures show, for suites that are examples only. */
  readonly example: boolean;
  readonly cases: Cases<unknown, unknown>;
  readonly targets: readonly Target[];
  readonly graders: readonly Grader[];
  readonly requirement: Requirement;
  /** Attempts of each target on each case, 1 to 100. */
  readonly trials: number;
  /** Share of clusters that choose the prompt, in (0, 1); used only where two or more prompt-only targets compete. */
  readonly devShare: number;
  readonly gate: GatePolicy;
  /** What was tried with prompts; absent: nothing is stated. */
  readonly ladder?: Ladder;
  /** Prompts that `gapcheck sweep` tries; absent: there is nothing to sweep. */
  readonly sweep?: Sweep;
  /** What there is to tune with; absent: nothing is stated. */
  readonly training?: Training;
  /** Volume and the costs of tuning; absent: nothing is stated. */
  readonly economics?: Economics;
  /** Tag of the cases whose right answer is to decline; absent: `unanswerable`. */
  readonly unanswerable?: string;
}

/** A suite as loaded from its file. */
export interface LoadedSuite extends Suite {
  /** Absolute path of the suite file. */
  readonly file: string;
}
