/** The cases of two runs as those of one page: each target is two arms, before and after, on the cases that both runs hold alike. */
import type { PageArm, PageCase, PageData, PageSuite, TextRef } from "./page-data.ts";

export interface MergedSuite {
  readonly suite: PageSuite;
  /** Targets that both have; target `i` is arms `2 i` and `2 i + 1`. */
  readonly targets: readonly string[];
  /** Cases of either run that are not compared. */
  readonly left: number;
}

/**
 * Tags are those of the first run.
 * @param shift how many texts of the first run stand before those of the second
 * @returns `undefined` where the two have no target or no case in common
 */
export function mergeSuites(
  first: PageSuite,
  second: PageSuite,
  names: { readonly before: string; readonly after: string },
  shift: number,
): MergedSuite | undefined {
  const targets = first.arms.filter((arm) => second.arms.includes(arm));
  const byId = new Map(second.cases.map((one) => [one.id, one]));
  const items = [...first.items, ...second.items.filter((item) => !first.items.some((one) => isSame(one, item)))];
  const graders = [...new Set([...first.graders, ...second.graders])];
  const cases = first.cases.flatMap((before): PageCase[] => {
    const after = byId.get(before.id);
    if (after === undefined || after.fingerprint !== before.fingerprint || after.split !== before.split) return [];
    const arms = targets.flatMap((target) => [
      before.arms[first.arms.indexOf(target)] ?? { t: [] },
      moveArm(after.arms[second.arms.indexOf(target)], second, { graders, items, shift }),
    ]);
    return [{ ...before, arms }];
  });
  if (targets.length === 0 || cases.length === 0) return undefined;
  const at = Math.max(0, targets.indexOf(first.arms[first.base] ?? ""));
  return {
    suite: {
      name: first.name,
      arms: targets.flatMap((target) => [`${target}, ${names.before}`, `${target}, ${names.after}`]),
      base: at * 2,
      fresh: at * 2 + 1,
      tags: first.tags,
      graders,
      items,
      cases,
    },
    targets,
    left: first.cases.length + second.cases.length - 2 * cases.length,
  };
}

interface Target {
  readonly graders: readonly string[];
  readonly items: PageSuite["items"];
  readonly shift: number;
}

/** Positions of the second run as positions of the page. */
function moveArm(arm: PageArm | undefined, from: PageSuite, { graders, items, shift }: Target): PageArm {
  if (arm === undefined) return { t: [] };
  const text = (at: TextRef) => at + shift;
  return {
    ...(arm.p === undefined ? {} : { p: arm.p.map(([role, at]) => [role, text(at)] as const) }),
    t: arm.t.map(({ t, why, x, g, ...rest }) => ({
      ...rest,
      ...(t === undefined ? {} : { t: text(t) }),
      ...(why === undefined ? {} : { why: text(why) }),
      ...(x === undefined
        ? {}
        : { x: x.map((at) => items.findIndex((item) => isSame(item, from.items[at] ?? ["", ""]))) }),
      ...(g === undefined
        ? {}
        : {
            g: g.map(({ g: at, why: said, a, ...scores }) => ({
              ...scores,
              g: graders.indexOf(from.graders[at] ?? ""),
              ...(said === undefined ? {} : { why: text(said) }),
              ...(a === undefined ? {} : { a: text(a) }),
            })),
          }),
    })),
  };
}

function isSame(a: readonly [string, string], b: readonly [string, string]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Texts of both runs, the second's behind the first's. */
export function mergedTexts(first: PageData, second: PageData): readonly string[] {
  return [...first.texts, ...second.texts];
}
