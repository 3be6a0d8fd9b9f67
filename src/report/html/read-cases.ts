/**
 * From `cases.jsonl` to the data of the page. Numbers of every trial are kept; texts as long as there is room, then only of the cases
 * that people look at. Lines are read one by one, so that memory follows the page's size and not the file's.
 */
import { type CaseLine, readCaseLines } from "./case-lines.ts";
import { caseOutcome, isUnstable, tallyOf } from "./client/case-outcome.js";
import type { Mark, PageArm, PageCase, PageData, PageGrade, PageSuite, PageTrial } from "./page-data.ts";
import { createTextTable, type TextTable } from "./text-table.ts";

/** Raw texts in the page, UTF-16 units, beyond which only some are kept: larger pages take seconds to open. */
export const MOST_TEXT = 15_000_000;
/** Where texts are cut then. */
export const CUT_AT = 8_192;

/** What the summary knows of a suite. */
export interface SuiteFrame {
  readonly name: string;
  readonly arms: readonly string[];
  readonly base: number;
  readonly fresh: number;
}

interface Growing extends Omit<PageSuite, "tags" | "graders" | "items" | "cases"> {
  readonly tags: Positions;
  readonly graders: Positions;
  readonly items: ItemPositions;
  readonly cases: Map<string, PageCase>;
}

/** Names in order of first appearance. */
class Positions {
  readonly names: string[] = [];
  readonly #at = new Map<string, number>();

  of(name: string): number {
    const known = this.#at.get(name);
    if (known !== undefined) return known;
    this.#at.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}

class ItemPositions {
  readonly names: (readonly [grader: string, item: string])[] = [];
  readonly #keys = new Positions();

  of(item: readonly [grader: string, item: string]): number {
    const at = this.#keys.of(JSON.stringify(item));
    this.names[at] ??= item;
    return at;
  }
}

const MARKS: Readonly<Record<"passed" | "failed" | "missing", Mark>> = { passed: "p", failed: "f", missing: "m" };

/**
 * @param frames suites that the page shows; lines of others are left out
 * @throws {ConfigError} when the file is missing or damaged
 */
export async function readCases(file: string, frames: readonly SuiteFrame[], most = MOST_TEXT): Promise<PageData> {
  const suites = new Map(frames.map((frame) => [frame.name, growing(frame)]));
  const full = createTextTable(most, Number.POSITIVE_INFINITY);
  for await (const { line, record } of readCaseLines(file)) {
    const suite = suites.get(record.suite);
    const arm = suite?.arms.indexOf(record.target) ?? -1;
    if (suite === undefined || arm < 0) continue;
    const one = caseIn(suite, record);
    const trial = trialOf(record, line, suite);
    one.arms[arm]?.t.push(trial);
    addTexts({ suite, one, arm, trial }, record, full);
  }
  if (!full.overflowed()) return finished(suites, full, false);
  const some = createTextTable(most, CUT_AT);
  for (const { cases } of suites.values()) for (const one of cases.values()) dropTexts(one);
  const seen = new Map<PageArm, number>();
  for await (const { record } of readCaseLines(file)) {
    const suite = suites.get(record.suite);
    const one = suite?.cases.get(record.caseId);
    const arm = suite?.arms.indexOf(record.target) ?? -1;
    const trials = one?.arms[arm];
    if (suite === undefined || one === undefined || trials === undefined) continue;
    const at = seen.get(trials) ?? 0;
    seen.set(trials, at + 1);
    const trial = trials.t[at];
    if (trial !== undefined && isLookedAt(suite, one)) addTexts({ suite, one, arm, trial }, record, some);
  }
  return finished(suites, some, true);
}

function growing(frame: SuiteFrame): Growing {
  return { ...frame, tags: new Positions(), graders: new Positions(), items: new ItemPositions(), cases: new Map() };
}

function caseIn(suite: Growing, { caseId, split, outcome, tags, cluster, weight, fingerprint }: CaseLine): PageCase {
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

function trialOf({ outcome, completion, cost, grades }: CaseLine, line: number, suite: Growing): PageTrial {
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
  readonly suite: Growing;
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

function gradeOf({ grader, strict, lenient }: CaseLine["grades"][number], suite: Growing, table: TextTable): PageGrade {
  const scored = ({ kind, score }: typeof strict) => (kind === "declined" ? 0 : score);
  const s = scored(strict);
  const l = scored(lenient);
  const failing = (strict.items ?? []).flatMap(({ name, passed, why }) =>
    passed || why === undefined ? [] : [`${name}: ${why}`],
  );
  const said = [...(strict.why === undefined ? [] : [strict.why]), ...failing].join("\n");
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

function dropTexts(one: PageCase): void {
  delete one.e;
  for (const arm of one.arms) {
    delete arm.p;
    for (const trial of arm.t) {
      delete trial.t;
      delete trial.why;
      delete trial.g;
    }
  }
}

/** Won, lost, unstable or with something missing, in the pair that is compared at first. */
function isLookedAt({ base, fresh }: Growing, { arms }: PageCase): boolean {
  const pair = [arms[base], arms[fresh]];
  const outcome = caseOutcome(arms[base], arms[fresh]);
  return outcome !== "same" || pair.some((arm) => isUnstable(arm) || tallyOf(arm).missing > 0);
}

function finished(suites: ReadonlyMap<string, Growing>, table: TextTable, reduced: boolean): PageData {
  return {
    suites: [...suites.values()].map(({ tags, graders, items, cases, ...frame }) => ({
      ...frame,
      tags: tags.names,
      graders: graders.names,
      items: items.names,
      cases: [...cases.values()],
    })),
    texts: table.texts,
    reduced,
  };
}
