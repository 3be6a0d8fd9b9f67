/** Grader: a list of things that an answer must do, some of them in order. */

import { bothForms } from "../suite/before-grading.ts";
import type { Grade, Grader, ItemResult, Subject } from "../suite/grade.ts";
import type { ChecklistItem, OrderedStep } from "./checklist-item.ts";
import { defineGrader, type GraderOptions, mistake } from "./common-options.ts";
import { type CompiledItem, compileItem, compileStep } from "./compile-item.ts";
import { missing } from "./expected.ts";
import type { Check, Locate } from "./item-check.ts";
import { looseVariants } from "./loose-variants.ts";

export interface ChecklistOptions extends GraderOptions {
  /** In any order. */
  readonly items?: readonly ChecklistItem[];
  /** Steps that must stand in this order, each behind the one before. */
  readonly ordered?: readonly OrderedStep[];
}

/**
 * The score is 0 unless every required item passes; then it is the share of the passed weight. Items are required, of weight 1,
 * unless they say otherwise, so a plain checklist scores 1 or 0. What each item did stands in the grade's `items`.
 *
 * `strict`: the text as it is. `lenient`: an item passes when it does for the text itself, or for the text without its first
 * line, its last line, both, or without asterisks; ordered steps are read in one such text together. What must not stand there
 * (`notContains`, `notPattern`) is held against the text itself in both forms. With a `custom` item that counts the checklist has one form.
 *
 * Texts and patterns may name `{{expected.field}}` and `{{input.field}}`. Patterns are searched in linear time.
 *
 * @throws ConfigError for an empty checklist, an item that asks nothing or could never fail, two items with one name, a pattern
 *   that cannot be searched in linear time, or no required item while `passAt` is not given.
 * @example checklist({ ordered: [{ name: "greets", startsWith: ["Hello", "Hi"], boundaries: "word" }, { name: "asks", endsWith: ["?", "？"] }] })
 * @example checklist({ items: [{ count: { of: "bullets", atLeast: 3 } }, { language: "de" }] })
 */
export function checklist(options: ChecklistOptions): Grader<unknown, unknown> {
  const kind = "checklist";
  const steps = listOf(kind, "ordered", options?.ordered);
  const others = listOf(kind, "items", options?.items);
  if (steps.length + others.length === 0) {
    throw mistake(kind, "it has no item: it could never fail", 'Add items: [{ contains: "…" }] or ordered steps.');
  }
  const at = (list: string, item: { readonly name?: string }, index: number): string =>
    item.name === undefined ? `${list}[${index}]` : `item "${item.name}"`;
  const ordered = steps.map((step, index) =>
    compileStep(kind, step, at("ordered", step, index), index, steps.length - 1),
  );
  const free = others.map((item, index) => compileItem(kind, item, at("items", item, index)));
  const all = named(kind, [...ordered, ...free]);
  checkWeights(kind, all, options.passAt);

  const failed = (why: string): readonly ItemResult[] => all.map((item) => resultOf(item, why));

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 2,
    args: {
      ordered: ordered.map((item, index) => ({ ...item.args, name: all[index]?.name ?? "" })),
      items: free.map((item, index) => ({ ...item.args, name: all[ordered.length + index]?.name ?? "" })),
    },
    needsExpected: all.some((item) => item.needsExpected),
    lacks: (one) => {
      for (const { name, lacks } of all) {
        const why = lacks?.(one);
        if (why !== undefined) return `item "${name}": ${why}`;
      }
      return undefined;
    },
    hasForms: hasForms(all),
    knows: ["items", "ordered"],
    withoutText: (grade) => ({ ...grade, items: failed(grade.why ?? "no text") }),
    grade: (subject) => {
      const ready = readyAll(all, subject);
      if (!ready.ok) return bothForms(missing(ready.why).grade);
      const text = subject.text.normalize("NFC");
      const order = (text: string): (string | undefined)[] =>
        inOrder(ready.checks.slice(0, ordered.length), ordered, text);
      const strictWhy = [...order(text), ...ready.checks.slice(ordered.length).map(({ check }) => check(text))];
      // What passes as it stands has nothing to gain from other readings.
      if (strictWhy.every((why) => why === undefined)) return bothForms(gradeOf(all, strictWhy));
      const variants = looseVariants(text);
      const bestOrder = best(all.slice(0, ordered.length), strictWhy, variants.map(order));
      const lenientWhy = ready.checks.map(({ check }, index) => {
        if (index < ordered.length) return bestOrder[index];
        const why = strictWhy[index];
        // What must not stand in the text is not looked for in a text with lines left out.
        if (why === undefined || all[index]?.exact === true) return why;
        return variants.some((variant) => check(variant) === undefined) ? undefined : why;
      });
      return { strict: gradeOf(all, strictWhy), lenient: gradeOf(all, lenientWhy) };
    },
  });
}

/**
 * A function reads a text in a way that nobody knows: that it is given the text with lines left out does not make it take the answer
 * wherever it stands. A checklist of what must not stand there has one form as well.
 */
function hasForms(items: readonly CompiledItem[]): boolean {
  const counting = items.filter(({ required, weight }) => required || weight > 0);
  return counting.some(({ exact }) => !exact) && counting.every(({ isFunction }) => !isFunction);
}

function listOf<Item>(kind: string, name: string, list: readonly Item[] | undefined): readonly Item[] {
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.some((item: unknown) => typeof item !== "object" || item === null)) {
    throw mistake(kind, `${name} is no list of items`, `Write ${name}: [{ contains: "…" }].`);
  }
  return list;
}

/** Items without a name of their own that ask the same get a number. */
function named(kind: string, items: readonly CompiledItem[]): readonly CompiledItem[] {
  const seen = new Set<string>();
  return items.map((item) => {
    const name = item.name;
    if (typeof name !== "string" || name.trim() === "") {
      throw mistake(kind, "an item's name is empty", "Give it a name, or leave `name` out.");
    }
    if (seen.has(name)) {
      throw mistake(kind, `two items are called "${name}"`, "Give each item a name of its own, or remove one.");
    }
    seen.add(name);
    return item;
  });
}

function checkWeights(kind: string, items: readonly CompiledItem[], passAt: number | undefined): void {
  if (items.every((item) => item.weight === 0)) {
    throw mistake(kind, "every item has weight 0: it could never score", "Give at least one item a weight above 0.");
  }
  if (passAt === undefined && items.every((item) => !item.required)) {
    throw mistake(
      kind,
      "no item is required",
      "Leave `required: false` out of at least one item, or set passAt to the share of the weight that passes.",
    );
  }
}

interface ReadyItem {
  readonly check: Check;
  readonly locate?: Locate;
}

function readyAll(
  items: readonly CompiledItem[],
  subject: Subject,
): { readonly ok: true; readonly checks: readonly ReadyItem[] } | { readonly ok: false; readonly why: string } {
  const checks: ReadyItem[] = [];
  for (const item of items) {
    const ready = item.ready(subject);
    if (!ready.ok) return { ok: false, why: `item "${item.name}": ${ready.why}` };
    checks.push(ready);
  }
  return { ok: true, checks };
}

/** Optional steps beyond this are taken where they first stand: their placings double with each. */
const MOST_PLACINGS = 12;

/**
 * Why each step fails, in order. A step that fails does not move the place from which the next is sought, and an optional one that stands late
 * is left out where placing it would cost a required one, or more weight: saying more never scores less.
 */
function inOrder(steps: readonly ReadyItem[], items: readonly CompiledItem[], text: string): (string | undefined)[] {
  let free = MOST_PLACINGS;
  const place = (index: number, from: number): (string | undefined)[] => {
    const step = steps[index];
    const item = items[index];
    if (step === undefined || item === undefined) return [];
    const span = step.locate?.(text, from);
    const fails = () => [step.check(text) ?? "stands only before an earlier step", ...place(index + 1, from)];
    if (span === undefined) return fails();
    const rest = place(index + 1, span.end);
    const placed = [undefined, ...rest];
    if (item.required || rest.every((why) => why === undefined) || free === 0) return placed;
    free -= 1;
    return [...best(items.slice(index), placed, [fails()])];
  };
  return place(0, 0);
}

/** Of the strict reading and those of the variants: the first with the most required steps passed, then the most weight. */
function best(
  items: readonly CompiledItem[],
  strict: readonly (string | undefined)[],
  variants: readonly (readonly (string | undefined)[])[],
): readonly (string | undefined)[] {
  const worth = (whys: readonly (string | undefined)[]): readonly [number, number] => {
    const passed = items.filter((_, index) => whys[index] === undefined);
    return [passed.filter((item) => item.required).length, passed.reduce((sum, item) => sum + item.weight, 0)];
  };
  let found = strict.slice(0, items.length);
  for (const whys of variants) {
    const [required, weight] = worth(whys);
    const [bestRequired, bestWeight] = worth(found);
    if (required > bestRequired || (required === bestRequired && weight > bestWeight)) found = [...whys];
  }
  return found;
}

function resultOf(item: CompiledItem, why: string | undefined): ItemResult {
  const { name, required, weight } = item;
  return why === undefined ? { name, passed: true, required, weight } : { name, passed: false, required, weight, why };
}

function gradeOf(items: readonly CompiledItem[], whys: readonly (string | undefined)[]): Grade {
  const results = items.map((item, index) => resultOf(item, whys[index]));
  const failed = results.filter((result) => !result.passed && result.required);
  const total = results.reduce((sum, { weight }) => sum + weight, 0);
  const passed = results.reduce((sum, result) => sum + (result.passed ? result.weight : 0), 0);
  if (failed.length === 0) return { kind: "scored", score: passed / total, items: results };
  return { kind: "scored", score: 0, items: results, why: `failed: ${failed.map(({ name }) => name).join(", ")}` };
}
