/** Grader: the answer is the expected text. */
import { bothForms } from "../suite/before-grading.ts";
import type { Case } from "../suite/case.ts";
import type { Grade, Grader } from "../suite/grade.ts";
import { defineGrader, type GraderOptions, unparsed } from "./common-options.ts";
import { type Expectation, type ExpectedField, expectedOf, lacking, missing, rightAnswers } from "./expected.ts";
import { chooseExtractors, describeExtractor, type ExtractOptions, isSameExtractor, wholeText } from "./extract.ts";
import { type NormalizeOptions, normalizer } from "./normalize.ts";
import { unwrapped } from "./unwrap.ts";

export interface ExactMatchOptions<Field extends string = string>
  extends GraderOptions,
    NormalizeOptions,
    ExpectedField<Field> {
  /** Default: `strict` the whole output; `lenient` the same without code fences, quotes, emphasis and a trailing period. */
  readonly extract?: ExtractOptions;
}

/** The right answer, or several of which any one is right. */
export type RightAnswer = string | readonly string[];

/**
 * Scores 1 when the answer is the expected text, else 0. Both are compared after Unicode NFC, with no white space around and
 * inner white space folded to one space; `caseFold` and `ignorePunctuation` leave more aside. A list of expected texts
 * means that any of them is right.
 *
 * @throws ConfigError for an unknown or wrong option.
 * @example exactMatch({ caseFold: true })
 * @example exactMatch({ expected: "city" }) // cases expect { city: "Paris", … }
 */
export function exactMatch<Field extends string>(
  options: ExactMatchOptions<Field> & { readonly expected: Field },
): Grader<unknown, Readonly<Record<Field, RightAnswer>>>;
export function exactMatch(options?: ExactMatchOptions): Grader<unknown, RightAnswer>;
export function exactMatch(options: ExactMatchOptions = {}): Grader<unknown, unknown> {
  const kind = "exact-match";
  const extract = chooseExtractors(kind, options.extract, { strict: wholeText(), lenient: unwrapped() });
  const expected = expectedOf(kind, options.expected);
  const normal = normalizer(options);
  const bare = unwrapped();

  const rightOf = (one: Case): Expectation<readonly string[]> => {
    const wanted = expected(one);
    if (!wanted.found) return wanted;
    const value = rightAnswers(wanted.value);
    return value === undefined
      ? missing("what is expected is neither a text nor a list of texts")
      : { found: true, value };
  };

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 2,
    args: {
      caseFold: options.caseFold === true,
      ignorePunctuation: options.ignorePunctuation === true,
      expected: options.expected ?? null,
      strict: describeExtractor(extract.strict),
      lenient: describeExtractor(extract.lenient),
    },
    needsExpected: true,
    lacks: lacking(rightOf),
    hasForms: !isSameExtractor(extract),
    knows: ["caseFold", "ignorePunctuation", "expected", "extract"],
    grade: (subject) => {
      const wanted = rightOf(subject.case);
      if (!wanted.found) return bothForms(wanted.grade);
      const right = wanted.value;
      const compare = (form: "strict" | "lenient"): Grade => {
        const answer = extract[form](subject.text);
        if (!answer.found) return unparsed(answer.why);
        const said = normal(answer.answer);
        const same = right.some((text) => {
          if (normal(text) === said) return true;
          // An expected text that is itself quoted or ends with a period must not lose by the lenient form.
          const inner = bare(text);
          return form === "lenient" && inner.found && normal(inner.answer) === said;
        });
        return { kind: "scored", score: same ? 1 : 0, answer: answer.answer };
      };
      return { strict: compare("strict"), lenient: compare("lenient") };
    },
  });
}
