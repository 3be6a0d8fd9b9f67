/** Answers out of which a key was taken before they were kept: they are graded without it, and that is said. */
import { KEY_MARK } from "../redact.ts";
import type { TrialRecord } from "../suite/trial.ts";
import type { Notice } from "./outcome.ts";

/** Cases told by name; the others by their number. */
const MOST_NAMED = 10;

/** The mark of what earlier versions took for a key by its shape, in answers too. */
const BY_SHAPE = "key";

interface Hidden {
  readonly target: string;
  readonly variable: string;
  readonly mark: string;
  readonly cases: Set<string>;
}

/** Takes the records of one suite, in any order. An answer that came with such a mark of its own is told as well: nobody can tell it apart. */
export function watchHiddenKeys(suite: string): {
  readonly add: (record: Pick<TrialRecord, "target" | "caseId" | "completion">) => void;
  readonly notices: () => readonly Notice[];
} {
  const hidden = new Map<string, Hidden>();
  return {
    add: ({ target, caseId, completion }) => {
      if (completion.kind !== "answer" || !completion.text.includes("…")) return;
      const [mark, variable] = KEY_MARK.exec(completion.text) ?? [];
      if (mark === undefined || variable === undefined) return;
      const key = JSON.stringify([target, variable]);
      const known = hidden.get(key) ?? { target, variable, mark, cases: new Set<string>() };
      known.cases.add(caseId);
      hidden.set(key, known);
    },
    notices: () =>
      [...hidden.values()].map(({ target, variable, mark, cases }): Notice => {
        const answers = `answers to ${cases.size === 1 ? "1 case" : `${cases.size} cases`} (${named([...cases])})`;
        const text =
          variable === BY_SHAPE
            ? `${answers} have ${mark} where an earlier version took a text for a key: take them out with gapcheck ledger prune and run again`
            : `${answers} held the value of ${variable}: ${mark} stands there, and so they are graded; if it is no key, call the variable otherwise, take the answers out with gapcheck ledger prune and run again`;
        return { level: "warning", code: "key-hidden", text: `"${suite}", "${target}": ${text}` };
      }),
  };
}

function named(ids: readonly string[]): string {
  const left = ids.length - MOST_NAMED;
  return ids.slice(0, MOST_NAMED).join(", ") + (left > 0 ? ` and ${left} more` : "");
}
