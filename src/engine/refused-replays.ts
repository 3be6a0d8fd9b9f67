/** Cases that a recording could not answer, by name: one whose prompt changed since, one that it does not hold. */
import { dirname, relative, resolve, sep } from "node:path";
import type { Completion } from "../suite/completion.ts";
import type { NotCalled, TrialRecord } from "../suite/trial.ts";
import type { JudgeQuestion } from "./collect.ts";
import type { Notice } from "./outcome.ts";
import type { SuitePlan } from "./plan.ts";

/** Cases told by name; the others by their number. */
const MOST_NAMED = 10;

type Why = "prompt-changed" | "answer-changed" | "not-recorded";

const WORDS: Readonly<Record<Why, readonly [what: string, fix: string]>> = {
  "prompt-changed": [
    "was recorded with another prompt or other parameters for",
    "record again from the model, or bring the old prompt back",
  ],
  "answer-changed": ["was recorded for other answers than those of", "record again from the models"],
  "not-recorded": ["holds no answer for", "record the model's answers again"],
};

/** The same of a judge's replies. */
const JUDGE_WORDS: Readonly<Record<Why, readonly [what: string, fix: string]>> = {
  "prompt-changed": [
    "was recorded with another question of the judge (rubric, labels, reference, input or parameters) for",
    "record again from the judge, or bring the old rubric back",
  ],
  "answer-changed": [
    "holds what the judge said of other answers than those of",
    "record again from the judge, or replay the answers that it judged",
  ],
  "not-recorded": ["holds no reply of the judge for", "record the judge's replies again"],
};

interface Refused {
  /** Target or grader. */
  readonly asker: string;
  readonly judge: boolean;
  readonly file: string;
  readonly why: Why;
  readonly cases: Set<string>;
}

/** Takes the records of one suite, in any order. */
export function watchReplays({ suite, targets }: Pick<SuitePlan, "suite" | "targets">): {
  readonly add: (record: Pick<TrialRecord, "target" | "caseId" | "completion">) => void;
  /** Takes what a judge was asked, and what came of it. */
  readonly addReply: (question: Pick<JudgeQuestion, "grader" | "model" | "caseId">, reply: Completion) => void;
  readonly notices: () => readonly Notice[];
} {
  const files = new Map(
    targets.flatMap(({ target, model }) => (model.recording ? [[target.name, model.recording.file] as const] : [])),
  );
  const refused = new Map<string, Refused>();
  const note = (
    whose: Pick<Refused, "asker" | "judge" | "file">,
    caseId: string,
    completion: Completion | NotCalled,
  ) => {
    if (completion.kind !== "failure") return;
    const { code } = completion;
    if (code !== "prompt-changed" && code !== "answer-changed" && code !== "not-recorded") return;
    const key = `${code} ${whose.judge} ${whose.asker} ${whose.file}`;
    const known = refused.get(key) ?? { ...whose, why: code, cases: new Set<string>() };
    known.cases.add(caseId);
    refused.set(key, known);
  };
  return {
    add: ({ target, caseId, completion }) => {
      const file = files.get(target);
      if (file !== undefined) note({ asker: target, judge: false, file }, caseId, completion);
    },
    addReply: ({ grader, model, caseId }, reply) => {
      const file = model.recording?.file;
      if (file !== undefined) note({ asker: grader, judge: true, file }, caseId, reply);
    },
    notices: () =>
      [...refused.values()]
        .sort((a, b) => Number(a.judge) - Number(b.judge))
        .map(({ asker, judge, file: path, why, cases }): Notice => {
          const [what, fix] = (judge ? JUDGE_WORDS : WORDS)[why];
          const file = shortest(suite.file, path);
          const count = cases.size === 1 ? "1 case" : `${cases.size} cases`;
          return {
            level: "warning",
            code: why,
            text: `"${suite.name}", "${asker}": ${file} ${what} ${count} (${named([...cases])}): ${fix}`,
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
