/** What each target is asked on the test cases, as one hash: equal where nothing that a model sees has changed. */
import { createHash } from "node:crypto";
import type { TrialRecord } from "../suite/trial.ts";

export interface AskedWatch {
  readonly add: (record: Pick<TrialRecord, "target" | "split" | "trial" | "caseId" | "callKey">) => void;
  /** SHA-256 (hex) by target; none of a target without test cases. */
  readonly hashes: () => ReadonlyMap<string, string>;
}

/** Takes the records of one suite in the order of the dataset. First trials only: how many follow changes no question. */
export function watchAsked(): AskedWatch {
  const digests = new Map<string, ReturnType<typeof createHash>>();
  return {
    add: ({ target, split, trial, caseId, callKey }) => {
      if (split !== "test" || trial !== 1) return;
      const digest = digests.get(target) ?? createHash("sha256");
      digest.update(`${JSON.stringify([caseId, callKey])}\n`);
      digests.set(target, digest);
    },
    hashes: () => new Map([...digests].map(([target, digest]) => [target, digest.copy().digest("hex")])),
  };
}
