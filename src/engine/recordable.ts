/** What a recording of a target holds: every trial that the plan asks of it, with the answer that the ledger has. */
import { promptHash } from "../model/prompt-hash.ts";
import type { Answer, Failure } from "../suite/completion.ts";
import type { Ledger, Stored } from "./ledger.ts";
import { LEDGER_BATCH } from "./ledger-statements.ts";
import type { SuitePlan } from "./plan.ts";
import { tasks } from "./tasks.ts";

/** One trial that is asked. */
export interface Asked {
  readonly caseId: string;
  /** 1-based. */
  readonly trial: number;
  /** Of its call. */
  readonly key: string;
  /** `promptHash` of its messages. */
  readonly prompt: string;
}

/** `had`: an answer, or a failure that asking again would not mend, with the ISO day on which it came; `lacking`: neither, and why. */
export type Had =
  | { readonly kind: "had"; readonly completion: Answer | Failure; readonly date: string }
  | { readonly kind: "lacking"; readonly why: string };

/**
 * The trials asked of every target whose calls are paid for, by case id (by code unit), then trial: the dataset's order does not show.
 * About 300 bytes a trial are held; no answer is.
 */
export async function askedByTarget(plan: SuitePlan): Promise<ReadonlyMap<string, readonly Asked[]>> {
  const asked = new Map<string, Asked[]>(
    plan.targets.flatMap(({ target, model }) => (model.answers === "paid" ? [[target.name, []]] : [])),
  );
  let last: { readonly messages: unknown; readonly hash: string } | undefined;
  for await (const { target, case: one, trial, prompt, key } of tasks(plan)) {
    const list = asked.get(target.target.name);
    if (list === undefined) continue;
    const { messages } = prompt;
    // The trials of a case share their prompt.
    if (last?.messages !== messages) last = { messages, hash: promptHash(messages) };
    list.push({ caseId: one.id, trial, key, prompt: last.hash });
  }
  for (const list of asked.values()) list.sort(byCaseAndTrial);
  return asked;
}

export function byCaseAndTrial(
  a: { readonly caseId: string; readonly trial: number },
  b: { readonly caseId: string; readonly trial: number },
): number {
  if (a.caseId === b.caseId) return a.trial - b.trial;
  return a.caseId < b.caseId ? -1 : 1;
}

/** What the ledger has of each trial, in their order, a batch at a time. Throws StorageError or ConfigError when it cannot be read. */
export function* hadOf(asked: readonly Asked[], ledger: Ledger): Generator<readonly [Asked, Had]> {
  for (let from = 0; from < asked.length; from += LEDGER_BATCH) {
    const batch = asked.slice(from, from + LEDGER_BATCH);
    const stored = ledger.readMany(batch.map(({ key }) => key));
    for (const [index, one] of batch.entries()) yield [one, had(one, stored[index], ledger)];
  }
}

function had({ key }: Asked, stored: Stored | undefined, ledger: Ledger): Had {
  switch (stored?.kind) {
    case "completion": {
      const { completion } = stored;
      const lasts = completion.kind === "answer" || (completion.retry === "final" && completion.scope === "call");
      if (!lasts) return { kind: "lacking", why: `failed (${completion.code})` };
      const at = ledger.writtenAt(key);
      if (at === undefined) return { kind: "lacking", why: "not in the ledger" };
      return { kind: "had", completion, date: new Date(at).toISOString().slice(0, "2026-11-29".length) };
    }
    case "in-flight":
      return { kind: "lacking", why: "sent, and its answer never came" };
    case "damaged":
      return { kind: "lacking", why: "damaged in the ledger" };
    case undefined:
      return { kind: "lacking", why: "not in the ledger" };
  }
}
