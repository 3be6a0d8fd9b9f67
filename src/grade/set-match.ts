/** Grader: which of the expected items the answer holds, and which it should not. */

import { bothForms } from "../suite/before-grading.ts";
import type { Case } from "../suite/case.ts";
import type { Grade, Grader } from "../suite/grade.ts";
import { closedSet } from "./choice.ts";
import { defineGrader, type GraderOptions, mistake, unparsed } from "./common-options.ts";
import { type Expectation, type ExpectedField, expectedOf, lacking, missing } from "./expected.ts";
import { chooseExtractors, describeExtractor, type ExtractOptions, isSameExtractor, wholeText } from "./extract.ts";
import { type ItemForm, type ItemList, lenientReadings, strictItems } from "./items-in-text.ts";
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
 * `exact` is 1 when the sets are equal. An item given twice counts once. Both sets empty: every part is 1, where the answer says so (`none`, an empty JSON
 * array); an answer without any text is no answer, and scores 0. Nothing given where
 * something is expected: precision 0. Something given where nothing is expected: recall 1 and F1 0. Expected `["none"]` is the empty set.
 *
 * The lenient form reads the answer in every way that a list may be written and takes the best score, that of the strict form among them.
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

  const strictly = (text: string): ItemList =>
    isNone(text, "strict") ? { found: true, items: [] } : strictItems(text, form);

  /** Every reading of a text in the lenient form; the best of them counts, the strict one among them. */
  const readings = (text: string): readonly ItemList[] => {
    if (isNone(text, "lenient")) return [{ found: true, items: [] }];
    if (closed === undefined) return lenientReadings(text, form);
    const items = findOptions(text, closed, search).map((occurrence) => occurrence.option);
    return [items.length === 0 ? { found: false, why: "none of the options occurs" } : { found: true, items }];
  };

  const rightOf = (one: Case): Expectation<readonly string[]> => {
    const wanted = expected(one);
    if (!wanted.found) return wanted;
    const value = expectedItems(wanted.value, strictly, (text) => isNone(text, "strict"));
    return value === undefined ? missing("what is expected is no list of texts") : { found: true, value };
  };

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 3,
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
    lacks: lacking(rightOf),
    // The default is the same for both, which read it in other ways.
    hasForms: options.extract === undefined || !isSameExtractor(extract),
    knows: ["items", "score", "options", "boundaries", "none", "caseFold", "ignorePunctuation", "expected", "extract"],
    grade: (subject) => {
      const wanted = rightOf(subject.case);
      if (!wanted.found) return bothForms(wanted.grade);
      const right = wanted.value;
      const rightSet = new Set(right.map(normal));
      // Where "None" is an item that is expected, an answer of "None" is that item.
      const asItem = right.find((item) => isNone(item, "strict"));
      const scored = (given: ItemList, text: string): Grade => {
        if (!given.found) return unparsed(given.why);
        const items = asItem !== undefined && isNone(text, "lenient") ? [asItem] : given.items;
        const parts = compareSets(new Set(items.map(normal)), rightSet);
        return { kind: "scored", score: parts[by], answer: items.join("\n"), parts };
      };
      const compare = (which: "strict" | "lenient"): readonly Grade[] => {
        const answer = extract[which](subject.text);
        if (!answer.found) return [unparsed(answer.why)];
        const lists = which === "strict" ? [strictly(answer.answer)] : readings(answer.answer);
        return lists.map((list) => scored(list, answer.answer));
      };
      const [strict = unparsed("no answer"), ...none] = compare("strict");
      return { strict, lenient: bestOf([...compare("lenient"), strict, ...none]) };
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

/** Of several readings the one with the highest score; of equals the first. */
function bestOf(grades: readonly Grade[]): Grade {
  const value = (grade: Grade): number =>
    grade.kind === "scored" ? (grade.flaw === undefined ? grade.score : -1) : -2;
  return grades.reduce((best, next) => (value(next) > value(best) ? next : best));
}

/** A single "none" is the empty set. */
function expectedItems(
  value: unknown,
  parse: (text: string) => ItemList,
  isNone: (text: string) => boolean,
): readonly string[] | undefined {
  if (typeof value === "string") {
    const list = parse(value);
    return list.found ? list.items : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  if (value.length === 1 && typeof value[0] === "string" && isNone(value[0])) return [];
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
