/** Counts what became of the answers that judges were to grade, record by record. */
import type { Grade, Grader } from "../suite/grade.ts";
import type { TrialRecord } from "../suite/trial.ts";
import type { JudgedAnswers, SpeakingAnswers } from "./judges-contract.ts";

/** Ids of cases told of a target. */
const MOST_CASES = 5;

export interface JudgeTally {
  /** Takes a record; in any order. */
  readonly add: (record: TrialRecord) => void;
  readonly answersOf: (grader: string) => JudgedAnswers;
  /** By target, in the order given; those without such answers are left out. */
  readonly speaking: (targets: readonly string[]) => readonly SpeakingAnswers[];
}

/** @param graders all of the suite's; those that ask nobody are not counted */
export function createJudgeTally(graders: readonly Pick<Grader, "name" | "asks">[]): JudgeTally {
  const counts = new Map(graders.flatMap(({ name, asks }) => (asks.length === 0 ? [] : [[name, none()] as const])));
  const speaking = new Map<string, { answers: number; signs: Map<string, number>; first: [number, string][] }>();
  return {
    add: ({ target, caseId, caseIndex, grades, speaks }) => {
      for (const [name, count] of counts) {
        const grade = grades.get(name)?.strict;
        if (grade !== undefined) count[fateOf(grade)] += 1;
      }
      if (speaks === undefined) return;
      const told = speaking.get(target) ?? { answers: 0, signs: new Map<string, number>(), first: [] };
      speaking.set(target, told);
      told.answers += 1;
      for (const sign of speaks) told.signs.set(sign, (told.signs.get(sign) ?? 0) + 1);
      if (told.first.some(([, id]) => id === caseId)) return;
      told.first.push([caseIndex, caseId]);
      told.first.sort(([a], [b]) => a - b);
      told.first.length = Math.min(told.first.length, MOST_CASES);
    },
    answersOf: (grader) => counts.get(grader) ?? none(),
    speaking: (targets) =>
      targets.flatMap((target) => {
        const told = speaking.get(target);
        if (told === undefined) return [];
        const signs = [...told.signs]
          .map(([sign, answers]) => ({ sign, answers }))
          .sort((a, b) => b.answers - a.answers || (a.sign < b.sign ? -1 : 1));
        return [{ target, answers: told.answers, signs, cases: told.first.map(([, id]) => id) }];
      }),
  };
}

function none(): Record<keyof JudgedAnswers, number> {
  return { judged: 0, spared: 0, ruled: 0, open: 0 };
}

/** A judge's answer names its label; what a rule settled names none. */
function fateOf(grade: Grade): keyof JudgedAnswers {
  if (grade.kind === "spared") return "spared";
  if (grade.kind === "ungraded") return "open";
  return grade.kind === "scored" && grade.answer !== undefined ? "judged" : "ruled";
}
