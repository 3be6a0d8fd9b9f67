/** Grader: which of the expected items the answer holds, and which it should not. */

import { bothForms } from "../suite/before-grading.ts";
import type { Grade, Grader } from "../suite/grade.ts";
import { closedSet } from "./choice.ts";
import { defineGrader, type GraderOptions, mistake, unparsed } from "./common-options.ts";
import { type ExpectedField, expectedOf, missing } from "./expected.ts";
import { chooseExtractors, describeExtractor, type ExtractOptions, wholeText } from "./extract.ts";
import { type ItemForm, type ItemList, lenientItems, strictItems } from "./items-in-text.ts";
import { type NormalizeOptions, normalizer } from "./normalize.ts";
import { findOptions, type OptionSearch } from "./options-in-text.ts";

export type SetScore = "f1" | "precision" | "recall" | "exact";

export interface SetMatchOptions<Field extends string = string>
  extends GraderOptions,
    NormalizeOptions,
    ExpectedField<Field> {
  /** How the items are to be written: one a line (`lines`, default), a JSON array (`json`), or divided by a separator. */
  readonly items?: ItemForm;
  /** What the score is; default `f1`. All parts are told whatever the score. */
  readonly score?: SetScore;
  /** The closed set of possible items: the lenient form then takes those that occur anywhere in the text. */
  readonly options?: readonly string[];
  readonly boundaries?: OptionSearch["boundaries"];
  /** Texts that stand for the empty set, letter case aside; default `none` and `无`. */
  readonly none?: readonly string[];
  /** Where the list stands; default: the whole text in both forms. */
  readonly extract?: ExtractOptions;
}

/**
 * Compares sets of texts. precision = right items / items given, recall = right items / items expected, F1 = their harmonic mean;
 * `exact` is 1 when the sets are equal. An item given twice counts once. Both sets empty: every part is 1. Nothing given where
 * something is expected: precision 0. Something given where nothing is expected: recall 1 and F1 0.
 *
 * @throws ConfigError for an unknown or wrong option.
 * @example setMatch({ items: "json", caseFold: true, passAt: 0.8 })
 */
export function setMatch<Field extends string>(
  options: SetMatchOptions<Field> & { readonly expected: Field },
): Grader<unknown, Readonly<Record<Field, string | readonly string[]>>>;
export function setMatch(options?: SetMatchOptions): Grader<unknown, string | readonly string[]>;
export function setMatch(options: SetMatchOptions = {}): Grader<unknown, unknown> {
  const kind = "set-match";
  const form = itemForm(kind, options.items);
  const by = options.score ?? "f1";
  if (!["f1", "precision", "recall", "exact"].includes(by)) {
    throw mistake(
      kind,
      `score is ${JSON.stringify(by)}`,
      'Set it to "f1" (the default), "precision", "recall" or "exact".',
    );
  }
  const closed = options.options === undefined ? undefined : closedSet(kind, options.options);
  const none = options.none ?? ["none", "无"];
  const extract = chooseExtractors(kind, options.extract, { strict: wholeText(), lenient: wholeText() });
  const expected = expectedOf(kind, options.expected);
  const normal = normalizer(options);
  const isNone = noneTest(none);
  const search: OptionSearch = { boundaries: options.boundaries ?? "word", caseFold: options.caseFold === true };

  const itemsOf = (text: string, which: "strict" | "lenient"): ItemList => {
    if (isNone(text, which)) return { found: true, items: [] };
    if (which === "strict") return strictItems(text, form);
    if (closed === undefined) return lenientItems(text, form);
    return { found: true, items: findOptions(text, closed, search).map((occurrence) => occurrence.option) };
  };

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 1,
    args: {
      items: form,
      score: by,
      options: closed ?? null,
      boundaries: search.boundaries ?? "word",
      none,
      caseFold: options.caseFold === true,
      ignorePunctuation: options.ignorePunctuation === true,
      expected: options.expected ?? null,
      strict: describeExtractor(extract.strict),
      lenient: describeExtractor(extract.lenient),
    },
    needsExpected: true,
    hasForms: true,
    knows: ["items", "score", "options", "boundaries", "none", "caseFold", "ignorePunctuation", "expected", "extract"],
    grade: (subject) => {
      const wanted = expected(subject);
      if (!wanted.found) return bothForms(wanted.grade);
      const right = expectedItems(wanted.value, (text) => itemsOf(text, "strict"));
      if (right === undefined) return bothForms(missing("what is expected is no list of texts").grade);
      const rightSet = new Set(right.map(normal));
      const compare = (which: "strict" | "lenient"): Grade => {
        const answer = extract[which](subject.text);
        if (!answer.found) return unparsed(answer.why);
        const given = itemsOf(answer.answer, which);
        if (!given.found) return unparsed(given.why);
        const parts = compareSets(new Set(given.items.map(normal)), rightSet);
        return { kind: "scored", score: parts[by], answer: given.items.join("\n"), parts };
      };
      return { strict: compare("strict"), lenient: compare("lenient") };
    },
  });
}

/** precision, recall, F1 and equality of two sets; the conventions for empty sets are those of `setMatch`. */
export function compareSets(
  given: ReadonlySet<string>,
  right: ReadonlySet<string>,
): Readonly<Record<SetScore, number>> {
  const hits = given.intersection(right).size;
  const precision = given.size === 0 ? (right.size === 0 ? 1 : 0) : hits / given.size;
  const recall = right.size === 0 ? 1 : hits / right.size;
  // 2·hits / (given + right) is the harmonic mean without a division by zero.
  const f1 = given.size + right.size === 0 ? 1 : (2 * hits) / (given.size + right.size);
  return { precision, recall, f1, exact: hits === given.size && hits === right.size ? 1 : 0 };
}

function expectedItems(value: unknown, parse: (text: string) => ItemList): readonly string[] | undefined {
  if (typeof value === "string") {
    const list = parse(value);
    return list.found ? list.items : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item: unknown) =>
    typeof item === "string" ? item : typeof item === "number" && Number.isFinite(item) ? String(item) : undefined,
  );
  return items.every((item) => item !== undefined) ? items : undefined;
}

function noneTest(none: readonly string[]): (text: string, which: "strict" | "lenient") => boolean {
  const words = {
    strict: normalizer({ caseFold: true }),
    lenient: normalizer({ caseFold: true, ignorePunctuation: true }),
  };
  return (text, which) => none.some((word) => words[which](word) === words[which](text));
}

function itemForm(kind: string, form: ItemForm | undefined): ItemForm {
  if (form === undefined) return "lines";
  if (form === "lines" || form === "json") return form;
  if (typeof form !== "object" || typeof form.separator !== "string" || form.separator === "") {
    throw mistake(kind, `items is ${JSON.stringify(form)}`, 'Set it to "lines", "json" or { separator: "," }.');
  }
  return { separator: form.separator };
}
