/** How far a judge agrees with people, and whether that is enough for its grades to decide. */
import { kappaBounds } from "../stats/kappa-bounds.ts";
import { twoSidedZ } from "../stats/normal.ts";
import { wilsonBounds } from "../stats/proportion.ts";
import type { Grader } from "../suite/grade.ts";
import type { ComparedLabel } from "../suite/labelled.ts";
import type { Suite } from "../suite/suite.ts";
import { qualitiesOf } from "./checks.ts";
import type { Reason } from "./decision.ts";
import { counted, listed, whole, withConfidence } from "./in-words.ts";
import type { Agreement, CanaryResult, MaybeFigure } from "./judges-contract.ts";
import { SHOWN } from "./paired.ts";

export type Compared = ReadonlyMap<string, readonly ComparedLabel[]>;

/** Error of the lower bound of kappa that decides. Labels of people are no look at the test cases, so that no look makes it smaller. */
const ALPHA = 0.05;

/** By grader. */
export type Canaries = ReadonlyMap<string, CanaryResult>;

/** Stands for a verdict without a label: it agrees with nobody. */
const NO_LABEL = "\u0000none";

/**
 * Raw agreement with Wilson's interval, Cohen's kappa with `kappaBounds`. An answer to which the judge gave no label counts as one on which the two disagree; answers to one question
 * count as one in both intervals, however many there are.
 */
export function agreementOf({ people }: Pick<Grader, "people">, list: readonly ComparedLabel[]): Agreement {
  const judged = list.filter(({ fate }) => fate === "judged");
  const agreed = (some: readonly ComparedLabel[]) => some.filter(({ person, judge }) => person === judge).length;
  const questions = new Set(judged.map(({ question }) => question)).size;
  const labels = people?.labels ?? [];
  const targets = [...new Set(judged.flatMap(({ target }) => target ?? []))].sort();
  const open = list.filter(({ fate }) => fate === "open").length;
  const lower = lowerKappa(judged, questions);
  const needed = people?.kappaAtLeast;
  return {
    labelled: list.length,
    compared: judged.length,
    ruled: list.filter(({ fate }) => fate === "ruled").length,
    open,
    questions,
    agreed: agreed(judged),
    noLabel: judged.filter(({ judge }) => judge === undefined).length,
    raw: rawOf(judged.length, agreed(judged), questions),
    kappa: kappaOf(judged, questions),
    byLabel: labels.map((label) => {
      const own = judged.filter(({ person }) => person === label);
      return { label, people: own.length, agreed: agreed(own) };
    }),
    byTarget: targets.map((name) => {
      const own = judged.filter(({ target }) => target === name);
      return { target: name, compared: own.length, agreed: agreed(own) };
    }),
    ...(lower === undefined ? {} : { lower, confidence: 1 - ALPHA }),
    ...(needed === undefined ? {} : { needed }),
    enough: needed !== undefined && open === 0 && lower !== undefined && lower >= needed,
  };
}

function rawOf(n: number, agreed: number, questions: number): MaybeFigure {
  if (n === 0) return { available: false, why: NONE_JUDGED };
  const { lower, upper } = wilsonBounds(agreed / n, questions, twoSidedZ(SHOWN));
  return { available: true, value: agreed / n, lower, upper, confidence: SHOWN, n, method: "Wilson 95 %" };
}

const NONE_JUDGED = "no labelled answer was judged";
const ONE_LABEL = "people and judge used one label throughout";

function kappaOf(judged: readonly ComparedLabel[], questions: number): MaybeFigure {
  if (judged.length === 0) return { available: false, why: NONE_JUDGED };
  const bounds = boundsOf(judged, questions, (1 - SHOWN) / 2);
  if (!bounds.defined) return { available: false, why: ONE_LABEL };
  const { estimate, lower, upper } = bounds.value;
  return {
    available: true,
    value: estimate,
    lower,
    upper,
    confidence: SHOWN,
    n: judged.length,
    method:
      "Cohen's kappa, 95 %: the wider of Fleiss, Cohen and Everitt's standard error and Clopper-Pearson's limits of the raw agreement",
  };
}

function lowerKappa(judged: readonly ComparedLabel[], questions: number): number | undefined {
  if (judged.length === 0) return undefined;
  const bounds = boundsOf(judged, questions, ALPHA);
  return bounds.defined ? bounds.value.lower : undefined;
}

function boundsOf(judged: readonly ComparedLabel[], questions: number, alpha: number) {
  return kappaBounds(
    judged.map(({ person }) => person),
    judged.map(({ judge }) => judge ?? NO_LABEL),
    alpha,
    questions,
  );
}

/**
 * One reason for each judge that decides and is not shown to agree with people as much as the suite requires.
 * @param compared absent: nobody was asked yet, and only what the suite states is looked at
 */
export function uncalibratedJudges(suite: Suite, compared: Compared | undefined): Reason[] {
  return judgesThatDecide(suite).flatMap((grader) => {
    const text = whyUncalibrated(grader, compared);
    return text === undefined ? [] : [{ code: "uncalibrated-judge" as const, text }];
  });
}

/** One reason for each judge that decides and was steered: whom it would pass by a trick, nobody knows. */
export function steeredJudges(suite: Suite, canaries: Canaries | undefined): Reason[] {
  return judgesThatDecide(suite).flatMap(({ name }) => {
    const { asked, passed } = canaries?.get(name) ?? { asked: 0, passed: [] };
    if (passed.length === 0) return [];
    const text = `"${name}" passes ${whole(passed.length)} of ${whole(asked)} texts that answer nothing and try to steer it; its grades are shown but cannot decide.`;
    return [{ code: "steered-judge" as const, text }];
  });
}

/** Required of an answer, or named by a blocking quality. */
function judgesThatDecide(suite: Suite): readonly Grader[] {
  const named = new Set(
    qualitiesOf(suite).flatMap(({ grader, blocking }) => (grader === undefined || blocking === false ? [] : [grader])),
  );
  return suite.graders.filter((grader) => grader.asks.length > 0 && (grader.required || named.has(grader.name)));
}

function whyUncalibrated(grader: Grader, compared: Compared | undefined): string | undefined {
  const { name, people } = grader;
  if (people === undefined) {
    const models = listed(grader.asks.map((model) => model.id));
    return `"${name}" is graded by a model (${models}) that was not measured against people; its grades are shown but cannot decide.`;
  }
  if (people.kappaAtLeast === undefined) {
    return `"${name}": no agreement with people is required, \`people.kappaAtLeast\`; its grades are shown but cannot decide.`;
  }
  if (compared === undefined) return undefined;
  const { enough, lower, labelled, open, needed = 0 } = agreementOf(grader, compared.get(name) ?? []);
  if (enough) return undefined;
  if (open > 0) {
    return `"${name}": agreement with people is not known, since ${whole(open)} of ${counted(labelled, "labelled answer")} were not judged; its grades are shown but cannot decide.`;
  }
  if (lower === undefined) {
    const why =
      labelled === 0 || (compared.get(name) ?? []).every(({ fate }) => fate === "ruled") ? NONE_JUDGED : ONE_LABEL;
    return `"${name}": agreement with people is not known, since ${why}; its grades are shown but cannot decide.`;
  }
  return `"${name}": agreement with people is a kappa of at least ${kappaFigure(lower, needed)} ${withConfidence(1 - ALPHA)} (${counted(labelled, "labelled answer")}), where ${kappaFigure(needed)} is required; its grades are shown but cannot decide.`;
}

/** What a reader must know where a judge decides: one sentence each. */
export function decidingJudges(suite: Suite, compared: Compared | undefined): string[] {
  if (compared === undefined || uncalibratedJudges(suite, compared).length > 0) return [];
  return suite.graders.flatMap((grader) => {
    if (grader.asks.length === 0 || grader.people?.kappaAtLeast === undefined) return [];
    const { kappa, enough } = agreementOf(grader, compared.get(grader.name) ?? []);
    if (!enough || !kappa.available) return [];
    return [
      `"${grader.name}" is graded by a model whose own errors are in every figure: a kappa of ${kappaFigure(kappa.value)} (${kappaFigure(kappa.lower)} to ${kappaFigure(kappa.upper)}) with people, ${counted(kappa.n, "labelled answer")}.`,
    ];
  });
}

/** 0.8234 -> "0.82"; never rounded onto what it is held against. */
function kappaFigure(value: number, beside?: number): string {
  for (let signs = 2; signs < 6; signs++) {
    const text = value.toFixed(signs);
    if (beside === undefined || value === beside || Number(text) !== beside) return text;
  }
  return String(value);
}
