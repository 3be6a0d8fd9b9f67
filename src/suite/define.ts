/** What a suite file exports: `defineSuite` turns options into a checked suite with every default filled in. */
import { ConfigError, ConfigErrors } from "../errors.ts";
import type { Cases } from "./cases.ts";
import { checkSuite, type GivenSuite } from "./check.ts";
import type { Economics } from "./economics.ts";
import type { Grader, Subject } from "./grade.ts";
import { type GraderFunction, type GraderResult, graderOf } from "./grader-function.ts";
import type { Ladder } from "./ladder.ts";
import type { GatePolicy, Requirement } from "./requirement.ts";
import type { Scenario, Suite } from "./suite.ts";
import type { Sweep } from "./sweep.ts";
import type { Target } from "./target.ts";
import type { FieldsOf } from "./template-types.ts";
import type { Training } from "./training.ts";

/** Cases without types say nothing: a function then takes what it likes. */
type Known<Type> = [Type] extends [never] ? unknown : Type;

/** A grader function for cases without types: it may name the types it takes the cases to have (a method's parameter allows that). */
type LooseFunction = { take(subject: Subject): GraderResult | Promise<GraderResult> }["take"];

type FunctionFor<Input, Expected> = [Input] extends [never] ? LooseFunction : GraderFunction<Input, Known<Expected>>;

/** What a suite is made of. `Input` and `Expected` follow from `cases`. */
export interface SuiteOptions<Input = never, Expected = never> {
  /** Unique among the suites of a run; reports and folders carry it. */
  readonly name: string;
  /** What is at stake: `knowledge`, `format`, `cost` or `reasoning`. */
  readonly scenario: Scenario;
  /** One sentence for reports. */
  readonly description?: string;
  /** Marks a suite whose figures show how the tool works and nothing else; reports say so wherever they show. Default false. */
  readonly example?: boolean;
  /** What is asked: `jsonl(path)`, `csv(path)` or a list of cases. */
  readonly cases: Cases<Input, Expected>;
  /** Who is asked: one `promptOnly` at least, `fineTuned` where there is a tuned model. */
  readonly targets: readonly Target<FieldsOf<NoInfer<Input>>, Known<NoInfer<Input>>>[];
  /** How answers are graded: gapcheck's graders or named functions `({ case, text }) => boolean | number | Grade`. */
  readonly graders: readonly (
    | Grader<NoInfer<Input>, NoInfer<Expected>>
    | FunctionFor<NoInfer<Input>, NoInfer<Expected>>
  )[];
  /** What the product needs; default nothing, which measures and compares only. */
  readonly requirement?: Requirement;
  /** Attempts of each target on each case, 1 to 100; default 1. More than one shows how stable answers are. */
  readonly trials?: number;
  /** Share of the clusters that choose the best prompt, above 0 and below 1; default 1/3. Used only where two or more prompt-only targets compete or prompts are swept. */
  readonly devShare?: number;
  /** Which verdicts pass; default `KEEP_PROMPTING` and `CONFIRMED`. */
  readonly gate?: GatePolicy;
  /** Which rungs of prompting were tried, by which targets, or are waived and why. Without it no verdict calls for fine-tuning. */
  readonly ladder?: Ladder;
  /** Instructions, contexts, shots and parameters that `gapcheck sweep` tries with each other. Makes dev cases needed. */
  readonly sweep?: Sweep;
  /** The examples and the place to tune with. Without it no verdict calls for fine-tuning. */
  readonly training?: Training;
  /** Volume and the costs of tuning: where break-even, and what a satisfied request costs, come from. */
  readonly economics?: Economics;
  /** Tag of the cases whose right answer is to decline (knowledge), where the cases call it otherwise; default `unanswerable`. */
  readonly unanswerable?: string;
}

const DEFAULT_DEV_SHARE = 1 / 3;

/** Tells suites from objects that look like one, also across two copies of this package. */
const MARK: unique symbol = Symbol.for("gapcheck.suite");

/**
 * Declares a suite; a suite file exports it (or a list of them) as its default.
 *
 * Throws ConfigErrors with every mistake that can be seen without opening files, each with path and fix.
 *
 * @example
 * export default defineSuite({
 *   name: "support-reply",
 *   scenario: "format",
 *   cases: jsonl<{ message: string }, string>("../datasets/support-reply.jsonl"),
 *   targets: [promptOnly("plain", { model: openai("gpt-5.4-mini"), prompt: { user: "{{message}}" } })],
 *   graders: [exactMatch()],
 *   requirement: { quality: { atLeast: 0.9 } },
 * });
 */
export function defineSuite<Input = never, Expected = never>(options: SuiteOptions<Input, Expected>): Suite {
  const given: unknown = options;
  if (!isGiven(given)) {
    throw new ConfigErrors([
      new ConfigError("not-a-suite", "defineSuite was given no options", {
        fix: "Call defineSuite({ name, scenario, cases, targets, graders }).",
      }),
    ]);
  }
  const graders = Array.isArray(given.graders) ? given.graders.map(toGrader) : [];
  const mistakes = checkSuite(given, graders);
  if (mistakes.length > 0) throw new ConfigErrors(mistakes);
  const suite: Suite = {
    example: false,
    requirement: {},
    trials: 1,
    devShare: DEFAULT_DEV_SHARE,
    gate: {},
    ...withoutUndefined(options as Omit<typeof options, "cases" | "graders"> & Pick<Suite, "cases">),
    graders,
  };
  Object.defineProperty(suite, MARK, { value: true });
  return Object.freeze(suite);
}

/** Whether a value was made by `defineSuite`. */
export function isSuite(value: unknown): value is Suite {
  return typeof value === "object" && value !== null && MARK in value;
}

/** JavaScript authors may write `trials: undefined`, which must not overrule a default. */
function withoutUndefined<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}

function isGiven(value: unknown): value is GivenSuite {
  return typeof value === "object" && value !== null;
}

function toGrader(given: Grader | GraderFunction<never, never>): Grader {
  return typeof given === "function" ? graderOf(given) : given;
}
