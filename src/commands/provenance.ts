/** Where a suite's figures come from, for `summary.json`. */
import { createHash } from "node:crypto";
import { relative, sep } from "node:path";
import canonicalize from "canonicalize";
import type { Decision } from "../decide/decision.ts";
import type { SuitePlan } from "../engine/plan.ts";
import type { ModelProvenance, Provenance } from "../report/summary.ts";
import { graderArguments } from "./grader-arguments.ts";

function returnedIds(decision: Decision, target: string): readonly string[] {
  const ids = decision.measures.filter((measure) => measure.target === target).flatMap((one) => one.returnedModelIds);
  return [...new Set(ids)].sort();
}

/** Hashes, models and prices behind a decision; paths relative to `cwd`. */
export function provenanceOf(plan: SuitePlan, decision: Decision, cwd: string): Provenance {
  const { suite, dataset, targets, judges } = plan;
  return {
    file: relative(cwd, suite.file).split(sep).join("/"),
    datasetFingerprint: dataset.fingerprint,
    graders: suite.graders.map(({ name, kind, version, args, asks }) => ({
      name,
      kind,
      version,
      argsHash: createHash("sha256")
        .update(canonicalize(graderArguments({ args, asks }, judges)) ?? "")
        .digest("hex"),
    })),
    models: targets.map(
      ({ target: { name, parameters }, model }): ModelProvenance => ({
        target: name,
        provider: model.provider,
        asked: model.id,
        returned: returnedIds(decision, name),
        parameters: { ...model.parameters, ...parameters },
        ...(model.price === undefined ? {} : { priceAsOf: model.price.asOf, priceSource: model.price.source }),
        ...(model.recording === undefined ? {} : { recording: model.recording }),
      }),
    ),
  };
}
