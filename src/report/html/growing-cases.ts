/** The cases of the page as they grow, record by record: numbers of every trial, and texts where there is room. */
import type { CaseLine } from "./case-lines.ts";
import type { Mark, PageCase, PageData, PageGrade, PageSuite, PageTrial } from "./page-data.ts";
import { createNames, type PageNames } from "./page-names.ts";
import { createTotals } from "./page-totals.ts";
import type { TextTable } from "./text-table.ts";

/** A suite of the page, and the targets of which it shows answers. */
export interface SuiteArms {
  readonly name: string;
  readonly arms: readonly string[];
}

/** What the summary knows of a suite: also which two arms are compared at first, by position. */
export interface SuiteFrame extends SuiteArms {
  readonly base: number;
  readonly fresh: number;
}

export interface GrowingPage {
  /** Takes a record of `cases.jsonl`, with its line, 1-based; what is of another suite or target is left out. */
  readonly add: (record: CaseLine, line: number) => void;
  /** Takes the texts of a record that was added without them. */
  readonly addTexts: (record: CaseLine, line: number) => void;
  /** @param frames of the suites that the page was begun with */
  readonly finished: (frames: readonly SuiteFrame[]) => Pick<PageData, "suites" | "totals">;
}

interface GrowingSuite extends PageNames {
  readonly arms: readonly string[];
  readonly cases: Map<string, PageCase>;
  readonly totals: ReturnType<typeof createTotals>;
}

export const MARKS: Readonly<Record<"passed" | "failed" | "missing", Mark>> = {
  passed: "p",
  failed: "f",
  missing: "m",
};

/**
 * @param texts takes the texts
 * @param options `keepsTexts`: whether the texts of a case are taken with it; default: of every case. `names`: of a suite, where positions are
 * known already
 */
export function createGrowingPage(
  begun: readonly SuiteArms[],
  texts: TextTable,
  {
    keepsTexts = () => true,
    names = createNames,
  }: {
    readonly keepsTexts?: (suite: string, caseId: string) => boolean;
    readonly names?: (suite: string) => PageNames;
  } = {},
): GrowingPage {
  const suites = new Map(begun.map(({ name, arms }) => [name, growingSuite(arms, names(name))]));
  return {
    addTexts(record, line) {
      const suite = suites.get(record.suite);
      const one = suite?.cases.get(record.caseId);
      const arm = suite?.arms.indexOf(record.target) ?? -1;
      const trial = one?.arms[arm]?.t.find(({ n }) => n === line);
      if (suite !== undefined && one !== undefined && trial !== undefined)
        addTexts({ suite, one, arm, trial }, record, texts);
    },
    add(record, line) {
      const suite = suites.get(record.suite);
      const arm = suite?.arms.indexOf(record.target) ?? -1;
      if (suite === undefined || arm < 0) return;
      suite.totals.addGrades(record);
      const one = caseIn(suite, record);
      const trial = trialOf(record, line, suite);
      one.arms[arm]?.t.push(trial);
      if (keepsTexts(record.suite, record.caseId)) addTexts({ suite, one, arm, trial }, record, texts);
    },
    finished(frames) {
      const told = frames.flatMap((frame) => {
        const suite = suites.get(frame.name);
        return suite === undefined ? [] : [finishedSuite(frame, suite)];
      });
      return { suites: told.map(({ suite }) => suite), totals: told.map(({ totals }) => totals) };
    },
  };
}

function growingSuite(arms: readonly string[], names: PageNames): GrowingSuite {
  return {
    ...names,
    arms,
    cases: new Map(),
    totals: createTotals(arms.length),
  };
}

function finishedSuite(
  frame: SuiteFrame,
  { tags, graders, items, cases, totals }: GrowingSuite,
): { readonly suite: PageSuite; readonly totals: PageData["totals"][number] } {
  const all = [...cases.values()];
  for (const one of all) totals.addCase(one, frame);
  const suite = { ...frame, tags: tags.names, graders: graders.names, items: items.names, cases: all };
  return { suite, totals: totals.finished() };
}

function caseIn(
  suite: GrowingSuite,
  { caseId, split, outcome, tags, cluster, weight, fingerprint }: CaseLine,
): PageCase {
  const known = suite.cases.get(caseId);
  if (known !== undefined) return known;
  const one: PageCase = {
    id: caseId,
    split: outcome.held === true ? "held" : split,
    tags: [...new Set(tags)].map((tag) => suite.tags.of(tag)),
    ...(cluster === caseId ? {} : { cluster }),
    ...(weight === 1 ? {} : { weight }),
    fingerprint,
    arms: suite.arms.map(() => ({ t: [] })),
  };
  suite.cases.set(caseId, one);
  return one;
}

function trialOf({ outcome, completion, cost, grades }: CaseLine, line: number, suite: GrowingSuite): PageTrial {
  const failed = grades.flatMap(({ grader, strict }) =>
    (strict.items ?? []).flatMap(({ name, passed }) => {
      const position = suite.items.of([grader, name]);
      return passed ? [] : [position];
    }),
  );
  const { usage, latencyMs, finish } = completion;
  return {
    n: line,
    s: MARKS[outcome.strict],
    l: MARKS[outcome.lenient],
    ...(finish === undefined || finish === "stop" ? {} : { fin: finish }),
    ...(latencyMs === undefined ? {} : { ms: Math.round(latencyMs * 10) / 10 }),
    ...(usage === undefined ? {} : { in: usage.input, out: usage.output }),
    ...(cost.usd === undefined || completion.kind !== "answer" ? {} : { usd: Number(cost.usd.toPrecision(6)) }),
    ...(failed.length === 0 ? {} : { x: failed }),
  };
}

interface Placed {
  readonly suite: GrowingSuite;
  readonly one: PageCase;
  readonly arm: number;
  readonly trial: PageTrial;
}

function addTexts({ suite, one, arm, trial }: Placed, record: CaseLine, table: TextTable): void {
  const { completion, outcome, messages, expected } = record;
  const said = completion.text ?? completion.message;
  const kept = said === undefined ? undefined : table.add(said);
  if (kept !== undefined) {
    trial.t = kept.at;
    if (kept.cut) trial.cut = true;
  }
  const why = outcome.why === undefined ? undefined : table.add(outcome.why);
  if (why !== undefined) trial.why = why.at;
  const grades = record.grades.map((graded) => gradeOf(graded, suite, table));
  if (grades.length > 0) trial.g = grades;
  const placed = one.arms[arm];
  if (messages !== undefined && placed !== undefined) {
    const texts = messages.map(({ role, content }) => [role, table.add(content)?.at] as const);
    const whole = texts.flatMap(([role, at]) => (at === undefined ? [] : [[role, at] as const]));
    if (whole.length === texts.length) placed.p = whole;
  }
  if (expected !== undefined && one.e === undefined) {
    const at = table.add(typeof expected === "string" ? expected : JSON.stringify(expected))?.at;
    if (at !== undefined) one.e = at;
  }
}

function gradeOf(
  { grader, strict, lenient }: CaseLine["grades"][number],
  suite: GrowingSuite,
  table: TextTable,
): PageGrade {
  const scored = ({ kind, score }: typeof strict) => (kind === "declined" ? 0 : score);
  const s = scored(strict);
  const l = scored(lenient);
  const failing = (strict.items ?? []).flatMap(({ name, passed, why }) =>
    passed || why === undefined ? [] : [`${name}: ${why}`],
  );
  // A checklist lists the rules that fail; each says so itself, with what it missed.
  const listed = failing.length > 0 && strict.why?.startsWith("failed: ") === true;
  const quoted = strict.quote === undefined ? [] : [`“${strict.quote}”`];
  const said = [...(strict.why === undefined || listed ? [] : [strict.why]), ...quoted, ...failing].join("\n");
  const why = said === "" ? undefined : table.add(said)?.at;
  const answer = strict.answer === undefined ? undefined : table.add(strict.answer)?.at;
  return {
    g: suite.graders.of(grader),
    ...(s === undefined ? {} : { s: Math.round(s * 1e6) / 1e6 }),
    ...(l === undefined ? {} : { l: Math.round(l * 1e6) / 1e6 }),
    ...(why === undefined ? {} : { why }),
    ...(answer === undefined ? {} : { a: answer }),
  };
}
