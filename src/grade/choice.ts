/** Grader: the answer is the right one of a closed set of options. */
import { bothForms } from "../suite/before-grading.ts";
import type { Case } from "../suite/case.ts";
import type { Grade, Grader } from "../suite/grade.ts";
import { defineGrader, type GraderOptions, mistake, unparsed } from "./common-options.ts";
import type { RightAnswer } from "./exact-match.ts";
import { type Expectation, type ExpectedField, expectedOf, lacking, missing, rightAnswers } from "./expected.ts";
import {
  chooseExtractors,
  describeExtractor,
  type ExtractOptions,
  type Extractor,
  isSameExtractor,
  wholeText,
} from "./extract.ts";
import { onlyOption } from "./find-answer.ts";
import { type NormalizeOptions, normalizer } from "./normalize.ts";
import type { OptionSearch } from "./options-in-text.ts";
import { usualWidth } from "./width.ts";

export interface ChoiceOptions<Field extends string = string>
  extends GraderOptions,
    OptionSearch,
    ExpectedField<Field> {
  /** The closed set: two or more different texts. */
  readonly options: readonly string[];
  /** Default: `strict` the whole output is one option; `lenient` exactly one option occurs in it. */
  readonly extract?: ExtractOptions;
  /**
   * Letter case does not count. Default: it counts by the strict form; by the lenient form it does not, unless an option is a
   * single letter (an `a` is an article) or two options differ by nothing else.
   */
  readonly caseFold?: boolean;
}

/**
 * Scores 1 when the answer is the expected option, else 0. No option, or two different ones, is `unparsed`: scored 0 and told
 * apart from a wrong option. Full width does not count: `Ａ` is `A`, in both forms.
 *
 * @throws ConfigError for fewer than two options, an option twice, or an unknown or wrong option of the grader.
 * @example choice({ options: ["A", "B", "C", "D"], extract: { strict: between("[answer]", "<eoa>") } })
 */
export function choice<Field extends string>(
  options: ChoiceOptions<Field> & { readonly expected: Field },
): Grader<unknown, Readonly<Record<Field, RightAnswer>>>;
export function choice(options: ChoiceOptions): Grader<unknown, RightAnswer>;
export function choice(options: ChoiceOptions): Grader<unknown, unknown> {
  const kind = "choice";
  const closed = closedSet(kind, options.options);
  if (options.boundaries !== undefined && options.boundaries !== "word" && options.boundaries !== "none") {
    throw mistake(
      kind,
      `boundaries is ${JSON.stringify(options.boundaries)}`,
      'Set it to "word" (the default) or "none".',
    );
  }
  const foldLenient = options.caseFold ?? foldsSafely(closed);
  const search: OptionSearch = { boundaries: options.boundaries ?? "word", caseFold: foldLenient };
  const lenientDefault: Extractor = onlyOption(closed, search);
  const extract = chooseExtractors(kind, options.extract, { strict: wholeText(), lenient: lenientDefault });
  const expected = expectedOf(kind, options.expected);
  const resolve = {
    strict: resolver(closed, options.caseFold ?? false),
    lenient: resolver(closed, foldLenient),
  };

  const rightOf = (one: Case): Expectation<readonly string[]> => {
    const wanted = expected(one);
    if (!wanted.found) return wanted;
    const value = rightAnswers(wanted.value)?.map(resolve.strict);
    return value?.every((option) => option !== undefined)
      ? { found: true, value }
      : missing(`what is expected, ${JSON.stringify(wanted.value)?.slice(0, 60)}, is none of the options`);
  };

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 2,
    args: {
      options: closed,
      boundaries: options.boundaries ?? "word",
      caseFold: options.caseFold ?? null,
      expected: options.expected ?? null,
      strict: describeExtractor(extract.strict),
      lenient: describeExtractor(extract.lenient),
    },
    needsExpected: true,
    lacks: lacking(rightOf),
    hasForms: !isSameExtractor(extract),
    knows: ["options", "boundaries", "caseFold", "expected", "extract"],
    grade: (subject) => {
      const wanted = rightOf(subject.case);
      if (!wanted.found) return bothForms(wanted.grade);
      const right = wanted.value;
      const compare = (form: "strict" | "lenient"): Grade => {
        const answer = extract[form](subject.text);
        if (!answer.found) return unparsed(answer.why);
        let said = resolve[form](answer.answer);
        if (said === undefined && form === "lenient") {
          const inner = lenientDefault(answer.answer);
          if (!inner.found) return unparsed(inner.why);
          said = inner.answer;
        }
        if (said === undefined) return unparsed(`none of the options: ${answer.answer.slice(0, 60)}`);
        return { kind: "scored", score: right.includes(said) ? 1 : 0, answer: said };
      };
      return { strict: compare("strict"), lenient: compare("lenient") };
    },
  });
}

/** @throws ConfigError unless the options are two or more different, non-empty texts. */
export function closedSet(kind: string, options: readonly string[]): readonly string[] {
  const fix = 'List the options, as in options: ["A", "B", "C", "D"].';
  const list: unknown = options;
  if (!Array.isArray(list) || list.length < 2) throw mistake(kind, "it needs two options or more", fix);
  const seen = new Set<string>();
  for (const option of list) {
    if (typeof option !== "string" || option.trim() === "") throw mistake(kind, "an option is empty or no text", fix);
    const normal = normalOption({})(option);
    if (seen.has(normal)) throw mistake(kind, `the option "${option}" stands twice`, "Remove one of the two.");
    seen.add(normal);
  }
  return options;
}

function normalOption(options: NormalizeOptions): (text: string) => string {
  const normal = normalizer(options);
  return (text) => normal(usualWidth(text));
}

function foldsSafely(options: readonly string[]): boolean {
  const folded = new Set(options.map(normalOption({ caseFold: true })));
  return folded.size === options.length && options.every((option) => !/^\p{L}$/u.test(option.trim()));
}

/** From a text to the option that it is, or undefined. */
function resolver(options: readonly string[], caseFold: boolean): (text: string) => string | undefined {
  const normal = normalOption({ caseFold });
  const byText = new Map(options.map((option) => [normal(option), option]));
  return (text) => byText.get(normal(text));
}
