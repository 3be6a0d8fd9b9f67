/** What a run will ask, worked out before the first call: cases checked against prompts and graders, prompts ready, filters applied. */
import { dirname, resolve } from "node:path";
import { readExamples } from "../dataset/examples.ts";
import { type ReadAnswer, readLabelledAnswers } from "../dataset/labelled-answers.ts";
import { type Dataset, openDataset } from "../dataset/open.ts";
import { ConfigError, ConfigErrors } from "../errors.ts";
import type { Case, LoadedCase } from "../suite/case.ts";
import { closest, didYouMean } from "../suite/closest.ts";
import { canonicalJson } from "../suite/fingerprint.ts";
import type { Grader } from "../suite/grade.ts";
import type { Message, Model, Parameters } from "../suite/model.ts";
import { preparePrompt, renderPrompt } from "../suite/render.ts";
import type { LoadedSuite } from "../suite/suite.ts";
import type { Target } from "../suite/target.ts";
import { readTextFile } from "../suite/text-file.ts";
import type { World } from "../suite/world.ts";
import { checkCases } from "./case-check.ts";
import type { KeptKeys } from "./kept-keys.ts";
import { type CallIdentity, callIdentity, effectiveParameters, type GraderIdentity, graderIdentity } from "./keys.ts";
import { mustPassMistakes } from "./must-pass-ids.ts";
import { regressionTagMistakes } from "./regression-tag.ts";
import { mistakesOf, severalMistakes, type Untold, untoldOf } from "./several-mistakes.ts";

export interface PlannedTarget {
  readonly target: Target;
  /** The target's model, its paths resolved. */
  readonly model: Model;
  /** What is sent: the model's parameters overruled by the target's. */
  readonly parameters: Parameters;
  readonly identity: CallIdentity;
  /** Throws ConfigError for a case that does not fit the prompt; none is left after the plan. */
  readonly render: (one: Case) => readonly Message[];
}

export interface PlannedGrader {
  readonly grader: Grader;
  /** Its judges' calls are bought: it grades in the first pass too, so that the second finds them in the ledger. */
  readonly asksPaid: boolean;
  /** Answers that people labelled, by which its judges are measured; empty where there are none. */
  readonly people: readonly ReadAnswer[];
  /** Present when its grades may be kept: everything that they depend on is in the key. */
  readonly identity?: GraderIdentity;
}

/** Which cases of a dataset are run. Identity is not touched: shots, split and keys are those of the whole. */
export interface Selection {
  /** Only the first so many of those chosen. */
  readonly limit?: number;
  readonly caseIds?: ReadonlySet<string>;
}

export interface SuitePlan {
  readonly suite: LoadedSuite;
  readonly dataset: Dataset;
  readonly targets: readonly PlannedTarget[];
  readonly graders: readonly PlannedGrader[];
  /** Judges as declared, to the same with their paths resolved. */
  readonly judges: ReadonlyMap<Model, Model>;
  readonly trials: number;
  readonly selection: Selection;
  /** Cases selected, 1 or more. */
  readonly cases: number;
  /** Keys of the plan's calls; absent where they have to be worked out when they are asked for. */
  readonly keys?: KeptKeys;
}

export interface Plan {
  readonly suites: readonly SuitePlan[];
  /** Suites of which a filter left nothing, with what it was: never left out without a word. */
  readonly leftOut: readonly { readonly suite: string; readonly why: string }[];
}

export interface PlanOptions {
  /** Only the first cases of each suite, 1 or more. */
  readonly limit?: number;
  readonly caseIds?: readonly string[];
  /** Instead of the suites' own, 1 to 100. */
  readonly trials?: number;
  /** Only these targets, by name. */
  readonly targets?: readonly string[];
}

/** Graders whose code is ours: what they depend on is told in full by their arguments, version and judges. */
const KEPT_KINDS = new Set(["judge"]);
const MOST_TRIALS = 100;

/**
 * Opens the datasets, makes the prompts ready and renders every selected case once, without keeping any.
 *
 * Throws ConfigError(s) for what stands wrong in suites, data and prompts, for a case or target that no suite has (naming the nearest), for a case
 * that lacks what a grader needs (with its line), for one that must pass and is no test case, for a regression tag that no case has, and when no case is left.
 */
export async function createPlan(suites: readonly LoadedSuite[], options: PlanOptions, _world: World): Promise<Plan> {
  const { trials } = options;
  if (trials !== undefined && !(Number.isInteger(trials) && trials >= 1 && trials <= MOST_TRIALS)) {
    throw new ConfigError("bad-trials", `${trials} trials cannot be run`, {
      fix: `Ask for 1 to ${MOST_TRIALS} trials.`,
    });
  }
  checkTargetNames(suites, options.targets);
  const plans: SuitePlan[] = [];
  const leftOut: { suite: string; why: string }[] = [];
  const mistakes: ConfigError[] = [];
  const untold: Untold[] = [];
  const missing = new MissingIds(options.caseIds);
  for (const suite of suites) {
    if (chosenTargets(suite, options).length === 0) {
      leftOut.push({ suite: suite.name, why: "it has none of the targets asked for" });
      continue;
    }
    try {
      const plan = await planSuite(suite, options, missing);
      if (plan.cases === 0) leftOut.push({ suite: suite.name, why: "it has none of the cases asked for" });
      else plans.push(plan);
    } catch (thrown) {
      mistakes.push(...mistakesOf(thrown));
      untold.push(untoldOf(thrown));
    }
  }
  mistakes.push(...missing.mistakes());
  if (mistakes.length === 1 && mistakes[0] !== undefined) throw mistakes[0];
  if (mistakes.length > 0) throw severalMistakes(mistakes, untold);
  if (plans.length === 0) throw nothingLeft(suites);
  return { suites: plans, leftOut };
}

async function planSuite(suite: LoadedSuite, options: PlanOptions, missing: MissingIds): Promise<SuitePlan> {
  const dir = dirname(suite.file);
  const bound = (model: Model, asker?: string): Model => model.bind?.(dir, asker) ?? model;
  const judges = new Map(suite.graders.flatMap(({ asks }) => asks.map((model) => [model, bound(model)] as const)));
  const graders = suite.graders.map((grader) => plannedGrader(grader, judges));
  const trials = options.trials ?? suite.trials;
  const { limit, caseIds } = options;
  const selection: Selection = {
    ...(limit === undefined ? {} : { limit }),
    ...(caseIds === undefined ? {} : { caseIds: new Set(caseIds) }),
  };
  // Made ready before the cases are read, which are held against them at once; what is wrong with the cases is told first.
  const prepared = await settled(prepareTargets(suite, options, bound));
  const file = "kind" in suite.cases ? resolve(dir, suite.cases.path) : undefined;
  const about = { suite, graders, trials, selection, ...(file === undefined ? {} : { file }) };
  const check = checkCases({ ...about, targets: prepared.ok ? prepared.value : [] });
  const dataset = await openDataset(suite, (one) => {
    missing.saw(one.id);
    check.add(one);
  });
  if (!prepared.ok) throw prepared.thrown;
  const { cases, keys } = check.finish(dataset);
  if (cases === 0 && !missing.wanted) throw nothingLeft([suite]);
  const mistakes = [...(await mustPassMistakes(suite, dataset)), ...(await regressionTagMistakes(suite, dataset))];
  if (mistakes.length > 0) throw new ConfigErrors(mistakes);
  const measured = await withPeople(suite, graders);
  const plan = { suite, dataset, targets: prepared.value, graders: measured, judges, trials, selection, cases };
  return keys === undefined ? plan : { ...plan, keys };
}

async function prepareTargets(
  suite: LoadedSuite,
  options: PlanOptions,
  bound: (model: Model, asker?: string) => Model,
): Promise<readonly PlannedTarget[]> {
  const targets: PlannedTarget[] = [];
  for (const target of chosenTargets(suite, options)) {
    const prepared = await preparePrompt(target, { suite, readText: readTextFile, readShots: readExamples });
    const model = bound(target.model, target.name);
    const parameters = effectiveParameters(model, target.parameters);
    const identity = callIdentity(model, parameters);
    if (target.tuning !== undefined) refuseUntuned(suite, target, model, bound(target.tuning.tunedFrom));
    targets.push({ target, model, parameters, identity, render: (one) => renderPrompt(prepared, one) });
  }
  return targets;
}

type Settled<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly thrown: unknown };

async function settled<Value>(work: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { ok: true, value: await work };
  } catch (thrown) {
    return { ok: false, thrown };
  }
}

function chosenTargets({ targets }: LoadedSuite, { targets: names }: PlanOptions): readonly Target[] {
  return names === undefined ? targets : targets.filter(({ name }) => names.includes(name));
}

/** With what people said of answers read; throws ConfigErrors for what is wrong there. */
async function withPeople({ file }: LoadedSuite, graders: readonly PlannedGrader[]): Promise<readonly PlannedGrader[]> {
  const measured: PlannedGrader[] = [];
  for (const planned of graders) {
    const { people, lacks } = planned.grader;
    if (people === undefined) {
      measured.push(planned);
      continue;
    }
    const read = await readLabelledAnswers(people.answers, {
      dir: dirname(file),
      suiteFile: file,
      labels: people.labels,
      // The suite's author vouches for the types of cases, as when an answer is graded.
      ...(lacks === undefined ? {} : { lacks: (one: Case) => lacks(one as unknown as Case<never, never>) }),
    });
    measured.push({ ...planned, people: read });
  }
  return measured;
}

/** A grader made ready; `judges` as in `SuitePlan`. */
export function plannedGrader(
  grader: Grader,
  judges: ReadonlyMap<Model, Model>,
  people: readonly ReadAnswer[] = [],
): PlannedGrader {
  const asked = grader.asks.map((model) => judges.get(model) ?? model);
  const asksPaid = asked.some(({ answers }) => answers === "paid");
  if (!asksPaid || !KEPT_KINDS.has(grader.kind)) return { grader, asksPaid, people };
  return { grader, asksPaid, people, identity: graderIdentity({ ...grader, asks: asked }) };
}

/** Cases of the selection, in the dataset's order. */
export async function* selectedCases(plan: Pick<SuitePlan, "dataset" | "selection">): AsyncGenerator<LoadedCase> {
  for await (const block of selectedBlocks(plan)) yield* block;
}

/** The same, as many at a time as are read at once. */
export async function* selectedBlocks({
  dataset,
  selection,
}: Pick<SuitePlan, "dataset" | "selection">): AsyncGenerator<readonly LoadedCase[]> {
  const { limit = Number.POSITIVE_INFINITY, caseIds } = selection;
  const most = Math.min(limit, caseIds?.size ?? limit);
  let taken = 0;
  if (most <= 0) return;
  for await (const block of dataset.blocks()) {
    const chosen = caseIds === undefined ? block : block.filter(({ id }) => caseIds.has(id));
    const left = most - taken;
    if (chosen.length > 0) yield chosen.length > left ? chosen.slice(0, left) : chosen;
    taken += chosen.length;
    if (taken >= most) return;
  }
}

/** What a provider serves under one name is one model; recordings and fakes tell their answers apart by the target that asks. */
function refuseUntuned({ file }: LoadedSuite, { name }: Target, model: Model, from: Model): void {
  const served = model.provider !== "recorded" && model.provider !== "fake";
  if (!served || canonicalJson(model.identity) !== canonicalJson(from.identity)) return;
  throw new ConfigError("tuned-is-base", `target "${name}": its model and the one in tunedFrom are the same`, {
    place: { file, path: `targets["${name}"].tunedFrom` },
    fix: "Name the tuned model in `model` and its base in `tunedFrom`; a base with another prompt is a promptOnly target.",
  });
}

function nothingLeft(suites: readonly LoadedSuite[]): ConfigError {
  const names = suites.map(({ name }) => `"${name}"`).join(", ");
  return new ConfigError("nothing-to-run", `nothing is left to run of ${names === "" ? "no suites" : names}`, {
    fix: "Check --case, --limit and the names of targets: a run of nothing proves nothing.",
  });
}

function checkTargetNames(suites: readonly LoadedSuite[], names: readonly string[] | undefined): void {
  const known = new Set(suites.flatMap(({ targets }) => targets.map(({ name }) => name)));
  for (const name of names ?? []) {
    if (known.has(name)) continue;
    throw new ConfigError("unknown-target", `no suite has a target "${name}".${didYouMean(name, known)}`, {
      fix: `Choose from: ${[...known].map((one) => `"${one}"`).join(", ")}.`,
    });
  }
}

/** Ids asked for that no suite has shown yet. Of the others' ids only a few are kept, to name the nearest. */
class MissingIds {
  readonly wanted: boolean;
  readonly #missing: Set<string>;
  readonly #near = new Map<string, string>();

  constructor(ids: readonly string[] | undefined) {
    this.wanted = ids !== undefined;
    this.#missing = new Set(ids ?? []);
  }

  saw(id: string): void {
    if (this.#missing.size === 0 || this.#missing.delete(id)) return;
    for (const wanted of this.#missing) {
      const before = this.#near.get(wanted);
      const nearest = closest(wanted, before === undefined ? [id] : [before, id]);
      if (nearest !== undefined) this.#near.set(wanted, nearest);
    }
  }

  mistakes(): readonly ConfigError[] {
    return [...this.#missing].map((id) => {
      const near = this.#near.get(id);
      return new ConfigError(
        "unknown-case",
        `no case has the id "${id}".${near === undefined ? "" : ` Did you mean "${near}"?`}`,
        {
          fix: "Give ids as they stand in the data, one --case for each.",
        },
      );
    });
  }
}
