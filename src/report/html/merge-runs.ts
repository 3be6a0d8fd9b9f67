/** The cases of two runs as those of one page: each target is two arms, before and after. */
import { caseOutcome } from "./client/case-outcome.js";
import type { PageArm, PageCase, PageData, PageSuite, PageTotals, TextRef } from "./page-data.ts";
import { createTotals } from "./page-totals.ts";

/** What one target was asked, on the cases that both runs hold alike and of which the page has the prompts. */
export interface PromptChange {
  readonly target: string;
  readonly differ: number;
  readonly of: number;
}

export interface MergedSuite {
  readonly suite: PageSuite;
  /** Of the cases that are compared. */
  readonly totals: PageTotals;
  /** Targets that both have; target `i` is arms `2 i` and `2 i + 1`. Those of one run alone stand behind them. */
  readonly targets: readonly string[];
  /** Those that a verdict rests on, the most moved first; one at least. */
  readonly deciding: readonly string[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  /** Cases of every split that both hold with the same content, and those that are not compared. */
  readonly cases: { readonly same: number; readonly edited: number; readonly new: number; readonly gone: number };
  readonly prompts: readonly PromptChange[];
}

export interface MergedTexts {
  readonly texts: readonly string[];
  /** By position in the second run's texts. */
  readonly moved: readonly TextRef[];
}

/** Texts of both runs, each once. */
export function mergeTexts(first: Pick<PageData, "texts">, second: Pick<PageData, "texts">): MergedTexts {
  const texts = [...first.texts];
  const known = new Map(texts.map((text, at) => [text, at]));
  const moved = second.texts.map((text) => {
    const at = known.get(text);
    if (at !== undefined) return at;
    texts.push(text);
    return texts.length - 1;
  });
  return { texts, moved };
}

/** The name of a target as an arm of one of the runs. */
export function armName(target: string, run: string): string {
  return `${target}, ${run}`;
}

/**
 * @param resting targets that a verdict rests on; the one that moved most is compared at first
 * @returns `undefined` where the two have no target or no case in common
 */
export function mergeSuites(
  first: PageSuite,
  second: PageSuite,
  names: { readonly before: string; readonly after: string },
  moved: readonly TextRef[],
  resting: readonly string[],
): MergedSuite | undefined {
  const targets = first.arms.filter((arm) => second.arms.includes(arm));
  const onlyBefore = first.arms.filter((arm) => !targets.includes(arm));
  const onlyAfter = second.arms.filter((arm) => !targets.includes(arm));
  const isItem = (a: PageSuite["items"][number]) => (b: PageSuite["items"][number]) => a[0] === b[0] && a[1] === b[1];
  const items = [...first.items, ...second.items.filter((item) => !first.items.some(isItem(item)))];
  const graders = [...new Set([...first.graders, ...second.graders])];
  const tags = [...new Set([...first.tags, ...second.tags])];
  const to: Move = {
    text: (at) => moved[at] ?? 0,
    item: second.items.map((item) => items.findIndex(isItem(item))),
    grader: second.graders.map((name) => graders.indexOf(name)),
    tag: second.tags.map((name) => tags.indexOf(name)),
  };
  const armsOf = (before: PageCase | undefined, after: PageCase | undefined): PageArm[] => [
    ...targets.flatMap((target) => [
      before?.arms[first.arms.indexOf(target)] ?? { t: [] },
      moveArm(after?.arms[second.arms.indexOf(target)], to),
    ]),
    ...onlyBefore.map((target) => before?.arms[first.arms.indexOf(target)] ?? { t: [] }),
    ...onlyAfter.map((target) => moveArm(after?.arms[second.arms.indexOf(target)], to)),
  ];
  const byId = new Map(second.cases.map((one) => [one.id, one]));
  const both = first.cases.map((before): PageCase => {
    const after = byId.get(before.id);
    byId.delete(before.id);
    const arms = armsOf(before, after);
    if (after === undefined) return { ...before, arms, left: "gone" };
    const isSame = after.fingerprint === before.fingerprint && after.split === before.split;
    return { ...before, arms, ...(isSame ? {} : { left: "edited" }) };
  });
  const fresh = [...byId.values()].map((after): PageCase => {
    const { e, tags: own, ...rest } = after;
    const expected = e === undefined ? {} : { e: to.text(e) };
    return {
      ...rest,
      ...expected,
      tags: own.map((at) => to.tag[at] ?? 0),
      arms: armsOf(undefined, after),
      left: "new",
    };
  });
  const cases = [...both, ...fresh];
  const same = cases.filter(({ left }) => left === undefined);
  if (targets.length === 0 || same.length === 0) return undefined;
  const deciding = mostMovedFirst(resting, targets, same);
  const base = 2 * targets.indexOf(deciding[0] ?? "");
  const suite: PageSuite = {
    name: first.name,
    arms: [
      ...targets.flatMap((target) => [armName(target, names.before), armName(target, names.after)]),
      ...onlyBefore.map((target) => armName(target, names.before)),
      ...onlyAfter.map((target) => armName(target, names.after)),
    ],
    base,
    fresh: base + 1,
    compared: true,
    ...{ tags, graders, items, cases },
  };
  const totals = createTotals(suite.arms.length);
  for (const one of same) totals.addCase(one, suite);
  const count = (left: PageCase["left"]) => cases.filter((one) => one.left === left).length;
  return {
    suite,
    totals: totals.finished(),
    ...{ targets, deciding, onlyBefore, onlyAfter },
    cases: { same: same.length, edited: count("edited"), new: count("new"), gone: count("gone") },
    prompts: targets.map((target, at) => promptChange(target, same, 2 * at)),
  };
}

/** Targets of both runs, those first of which the most test cases got better or worse. */
function mostMovedFirst(
  resting: readonly string[],
  targets: readonly string[],
  cases: readonly PageCase[],
): readonly string[] {
  const shared = resting.filter((target) => targets.includes(target));
  const moved = new Map(
    shared.map((target) => {
      const base = 2 * targets.indexOf(target);
      const outcomes = cases.map(({ split, arms }) => split === "test" && caseOutcome(arms[base], arms[base + 1]));
      return [target, outcomes.filter((one) => one === "won" || one === "lost").length];
    }),
  );
  const sorted = shared.sort((a, b) => (moved.get(b) ?? 0) - (moved.get(a) ?? 0));
  return sorted.length > 0 ? sorted : targets.slice(0, 1);
}

/** Texts are the same where their positions are: each stands once. */
function promptChange(target: string, cases: readonly PageCase[], base: number): PromptChange {
  const asked = cases.flatMap(({ arms }) => {
    const [before, after] = [arms[base]?.p, arms[base + 1]?.p];
    return before === undefined || after === undefined ? [] : [JSON.stringify(before) !== JSON.stringify(after)];
  });
  return { target, differ: asked.filter(Boolean).length, of: asked.length };
}

/** Positions of the second run as positions of the page. */
interface Move {
  readonly text: (at: TextRef) => TextRef;
  readonly item: readonly number[];
  readonly grader: readonly number[];
  readonly tag: readonly number[];
}

function moveArm(arm: PageArm | undefined, { text, item, grader }: Move): PageArm {
  if (arm === undefined) return { t: [] };
  return {
    ...(arm.p === undefined ? {} : { p: arm.p.map(([role, at]) => [role, text(at)] as const) }),
    t: arm.t.map(({ t, why, x, g, ...rest }) => ({
      ...rest,
      ...(t === undefined ? {} : { t: text(t) }),
      ...(why === undefined ? {} : { why: text(why) }),
      ...(x === undefined ? {} : { x: x.map((at) => item[at] ?? 0) }),
      ...(g === undefined
        ? {}
        : {
            g: g.map(({ g: at, why: said, a, ...scores }) => ({
              ...scores,
              g: grader[at] ?? 0,
              ...(said === undefined ? {} : { why: text(said) }),
              ...(a === undefined ? {} : { a: text(a) }),
            })),
          }),
    })),
  };
}
