/** A suite as the decision reads it: where answers or judges' replies come from a recording, its models are those that the file names. */
import type { SuitePlan } from "../engine/plan.ts";
import { canonicalJson } from "../suite/fingerprint.ts";
import type { Model } from "../suite/model.ts";
import type { LoadedSuite } from "../suite/suite.ts";

/** The suite with the read recordings in the place of their paths, also where a tuned target names one as its base. */
export function withRecordings({ suite, targets, judges }: SuitePlan): LoadedSuite {
  const read = targets.filter(({ model }) => model.recording !== undefined);
  const judged = [...judges.values()].some(({ recording }) => recording !== undefined);
  if (read.length === 0 && !judged) return suite;
  const byTarget = new Map(read.map(({ target, model }) => [target.name, model]));
  // One file may hold the answers of several models: a base is known by the prompts that it answers, best by the very declaration.
  const prompted = read.filter(({ target }) => target.role === "prompt-only");
  const found = (base: Model): Model => {
    const same = prompted.find(({ target }) => target.model === base);
    const alike = prompted.find(({ target }) => canonicalJson(target.model.identity) === canonicalJson(base.identity));
    return (same ?? alike)?.model ?? base;
  };
  return {
    ...suite,
    graders: suite.graders.map((grader) => ({
      ...grader,
      asks: grader.asks.map((model) => judges.get(model) ?? model),
    })),
    targets: suite.targets.map((target) => ({
      ...target,
      model: byTarget.get(target.name) ?? target.model,
      ...(target.tuning === undefined
        ? {}
        : { tuning: { ...target.tuning, tunedFrom: found(target.tuning.tunedFrom) } }),
    })),
  };
}
