/** Cases that a recording could not answer, by name: one whose prompt changed since, one that it does not hold. */
import { dirname, relative, resolve, sep } from "node:path";
import type { TrialRecord } from "../suite/trial.ts";
import type { Notice } from "./outcome.ts";
import type { SuitePlan } from "./plan.ts";

/** Cases told by name; the others by their number. */
const MOST_NAMED = 10;

type Why = "prompt-changed" | "not-recorded";

const WORDS: Readonly<Record<Why, readonly [what: string, fix: string]>> = {
  "prompt-changed": [
    "was recorded with another prompt or other parameters for",
    "record again from the model, or bring the old prompt back",
  ],
  "not-recorded": ["holds no answer for", "record the model's answers again"],
};

interface Refused {
  readonly target: string;
  readonly why: Why;
  readonly cases: Set<string>;
}

/** Takes the records of one suite, in any order. */
export function watchReplays({ suite, targets }: Pick<SuitePlan, "suite" | "targets">): {
  readonly add: (record: Pick<TrialRecord, "target" | "caseId" | "completion">) => void;
  readonly notices: () => readonly Notice[];
} {
  const files = new Map(
    targets.flatMap(({ target, model }) => (model.recording ? [[target.name, model.recording.file] as const] : [])),
  );
  const refused = new Map<string, Refused>();
  return {
    add: ({ target, caseId, completion }) => {
      if (completion.kind !== "failure" || !files.has(target)) return;
      const { code } = completion;
      if (code !== "prompt-changed" && code !== "not-recorded") return;
      const key = `${code} ${target}`;
      const known = refused.get(key) ?? { target, why: code, cases: new Set<string>() };
      known.cases.add(caseId);
      refused.set(key, known);
    },
    notices: () =>
      [...refused.values()].map(({ target, why, cases }): Notice => {
        const [what, fix] = WORDS[why];
        const file = shortest(suite.file, files.get(target) ?? "");
        const count = cases.size === 1 ? "1 case" : `${cases.size} cases`;
        return {
          level: "warning",
          code: why,
          text: `"${suite.name}", "${target}": ${file} ${what} ${count} (${named([...cases])}): ${fix}`,
        };
      }),
  };
}

function named(ids: readonly string[]): string {
  const left = ids.length - MOST_NAMED;
  return ids.slice(0, MOST_NAMED).join(", ") + (left > 0 ? ` and ${left} more` : "");
}

/** As the suite names it where that is short; an absolute path says more of the machine than of the file. */
function shortest(suiteFile: string, file: string): string {
  const folder = dirname(suiteFile);
  return relative(folder, resolve(folder, file)).split(sep).join("/");
}
