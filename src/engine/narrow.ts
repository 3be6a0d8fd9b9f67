/** A part of a plan, for runs that go in rounds: fewer targets, cases or trials. Shots, split and keys stay those of the whole, so that no answer is bought twice. */
import type { Plan, SuitePlan } from "./plan.ts";

export interface Part {
  /** Names of targets; default all. */
  readonly targets?: readonly string[];
  /** Ids of cases; default those of the plan. Every one must be a case of the plan. */
  readonly caseIds?: ReadonlySet<string>;
  /** The first so many trials, 1 or more; default the plan's. May go beyond the plan's. */
  readonly trials?: number;
}

/**
 * The same suite with fewer targets and cases, or with other trials.
 *
 * @throws {Error} when nothing is left, or when ids are given for a plan that itself takes only the first cases: nobody could tell which.
 */
export function narrowSuite(plan: SuitePlan, { targets: names, caseIds, trials }: Part): SuitePlan {
  const targets = names === undefined ? plan.targets : plan.targets.filter(({ target }) => names.includes(target.name));
  if (targets.length === 0 || caseIds?.size === 0) throw new Error(`nothing is left of "${plan.suite.name}"`);
  if (caseIds !== undefined && plan.selection.limit !== undefined && caseIds.size > plan.cases) {
    throw new Error(`"${plan.suite.name}" has ${plan.cases} cases; ${caseIds.size} were asked for`);
  }
  return {
    ...plan,
    targets,
    trials: trials ?? plan.trials,
    ...(caseIds === undefined ? {} : { selection: { caseIds }, cases: caseIds.size }),
  };
}

/** A plan of the given parts of its suites, by name; suites without a part are left out. */
export function narrowPlan(plan: Plan, parts: ReadonlyMap<string, Part>): Plan {
  const suites = plan.suites.flatMap((suitePlan) => {
    const part = parts.get(suitePlan.suite.name);
    return part === undefined ? [] : [narrowSuite(suitePlan, part)];
  });
  return { ...plan, suites };
}
