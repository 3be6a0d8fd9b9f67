/** What a baseline must know of a suite beside its cases: dataset, graders, thresholds, models and parameters, as hashes. */
import type { BaselineSuite, BaselineTarget } from "../decide/baseline/contract.ts";
import { decidingTargets, type SuiteIdentity } from "../decide/baseline/head.ts";
import type { Decision } from "../decide/decision.ts";
import type { Observations } from "../decide/observations.ts";
import type { SuitePlan } from "../engine/plan.ts";
import { canonicalJson, sha256 } from "../suite/fingerprint.ts";
import type { Model } from "../suite/model.ts";
import { graderArguments } from "./grader-arguments.ts";

export function suiteIdentity({ suite, dataset, judges }: SuitePlan): SuiteIdentity {
  return {
    suite: suite.name,
    dataset: dataset.fingerprint,
    graders: suite.graders.map(({ name, kind, version, args, asks }) => {
      const asked = asks.map((model) => judges.get(model) ?? model);
      const judged = asked.map((model) => ({ model: modelHash(model), parameters: model.parameters }));
      const told = graderArguments({ args, asks }, judges);
      return { name, kind, version, argsHash: sha256(canonicalJson({ args: told, judged })) };
    }),
    thresholds: Object.fromEntries([...leaves("requirement", suite.requirement), ...leaves("gate", suite.gate)]),
  };
}

/**
 * The deciding targets, with the model ids that came back.
 * @param asked what each target is asked on test cases (`watchAsked`)
 */
export function targetIdentities(
  { targets }: SuitePlan,
  observations: Observations,
  decision: Decision,
  asked: ReadonlyMap<string, string>,
): Pick<BaselineSuite, "prompt" | "tuned"> {
  const names = decidingTargets(decision);
  const identity = (name: string | undefined): BaselineTarget | undefined => {
    const planned = targets.find(({ target }) => target.name === name);
    const at = observations.suite.targets.findIndex((target) => target.name === name);
    if (planned === undefined) return undefined;
    const askedHash = asked.get(planned.target.name);
    return {
      target: planned.target.name,
      model: planned.model.id,
      returned: [...(observations.targets[at]?.modelIds ?? [])].sort(),
      modelHash: modelHash(planned.model),
      parametersHash: sha256(canonicalJson(planned.parameters)),
      ...(askedHash === undefined ? {} : { askedHash }),
    };
  };
  const prompt = identity(names.prompt);
  const tuned = identity(names.tuned);
  return { ...(prompt === undefined ? {} : { prompt }), ...(tuned === undefined ? {} : { tuned }) };
}

/** Of functions and of recordings that do not tell whose answers they hold the id alone counts: their identity tells what was said, not who said it. */
function modelHash({ provider, id, identity }: Model): string {
  const stand = identity.provider === "recorded" || provider === "fake";
  return sha256(canonicalJson(stand ? { provider, id } : identity));
}

/** `requirement.quality.atLeast` to `0.9`. */
function leaves(path: string, value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, canonicalJson(value)]];
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .flatMap(([key, inner]) => leaves(`${path}.${key}`, inner));
}
