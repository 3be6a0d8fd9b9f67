/** Grader: the answer is the expected number, compared exactly or within a tolerance. */
import { bothForms } from "../suite/before-grading.ts";
import type { Case } from "../suite/case.ts";
import type { Grade, Grader } from "../suite/grade.ts";
import { defineGrader, type GraderOptions, mistake, unparsed } from "./common-options.ts";
import { type Decimal, decimalOfNumber, sameDecimal, within } from "./decimal.ts";
import { type Expectation, type ExpectedField, expectedOf, lacking, missing, rightAnswers } from "./expected.ts";
import { chooseExtractors, describeExtractor, type ExtractOptions, isSameExtractor, wholeText } from "./extract.ts";
import { lastNumber } from "./find-answer.ts";
import { findLastNumber, type NumberStyle, type NumberText, readNumber } from "./number-text.ts";

export interface NumberMatchOptions<Field extends string = string>
  extends GraderOptions,
    NumberStyle,
    ExpectedField<Field> {
  /** Largest difference that still counts as the same: in the number's own unit, and as a share of the expected number; they add. */
  readonly tolerance?: { readonly absolute?: number; readonly relative?: number };
  /** `60%` counts as 60; default false: it is then the same as `60%` only. */
  readonly percent?: boolean;
  /** Default: `strict` the whole output is the number; `lenient` the last number in it. */
  readonly extract?: ExtractOptions;
}

/** A number, or the text of one; or several of which any one is right. */
export type RightNumber = number | string | readonly (number | string)[];

/**
 * Scores 1 when the answer is the expected number, else 0. 1,000 = 1000 = 1000.00 = $1,000 = 1e3, compared as exact decimals;
 * thousands separators count only where they are well formed, and two different currencies are never the same.
 *
 * @throws ConfigError for an unknown or wrong option.
 * @example numberMatch({ extract: { strict: afterMarker("####") } })
 */
export function numberMatch<Field extends string>(
  options: NumberMatchOptions<Field> & { readonly expected: Field },
): Grader<unknown, Readonly<Record<Field, RightNumber>>>;
export function numberMatch(options?: NumberMatchOptions): Grader<unknown, RightNumber>;
export function numberMatch(options: NumberMatchOptions = {}): Grader<unknown, unknown> {
  const kind = "number-match";
  const style = styleOf(kind, options);
  const absolute = toleranceOf(kind, "absolute", options.tolerance?.absolute);
  const relative = toleranceOf(kind, "relative", options.tolerance?.relative);
  const extract = chooseExtractors(kind, options.extract, { strict: wholeText(), lenient: lastNumber(style) });
  const expected = expectedOf(kind, options.expected);
  const percent = options.percent === true;

  const same = (said: NumberText, wanted: NumberText): boolean => {
    if (said.percent !== wanted.percent && !percent) return false;
    if (!sameCurrency(said.currency, wanted.currency)) return false;
    return sameDecimal(said.value, wanted.value) || within(said.value, wanted.value, absolute, relative);
  };

  const rightOf = (one: Case): Expectation<readonly NumberText[]> => {
    const wanted = expected(one);
    if (!wanted.found) return wanted;
    const value = rightNumbers(wanted.value, style);
    return value?.every((number) => number !== undefined)
      ? { found: true, value }
      : missing("what is expected is no number");
  };

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 2,
    args: {
      absolute: options.tolerance?.absolute ?? 0,
      relative: options.tolerance?.relative ?? 0,
      percent,
      decimalMark: style.decimalMark ?? ".",
      expected: options.expected ?? null,
      strict: describeExtractor(extract.strict),
      lenient: describeExtractor(extract.lenient),
    },
    needsExpected: true,
    lacks: lacking(rightOf),
    hasForms: !isSameExtractor(extract),
    knows: ["tolerance", "percent", "decimalMark", "expected", "extract"],
    grade: (subject) => {
      const wanted = rightOf(subject.case);
      if (!wanted.found) return bothForms(wanted.grade);
      const right = wanted.value;
      const compare = (form: "strict" | "lenient"): Grade => {
        const answer = extract[form](subject.text);
        if (!answer.found) return unparsed(answer.why);
        const said =
          readNumber(answer.answer, style) ?? (form === "lenient" ? lastIn(answer.answer, style) : undefined);
        if (said === undefined) return unparsed(`not a number: ${answer.answer.slice(0, 60)}`);
        return { kind: "scored", score: right.some((number) => same(said, number)) ? 1 : 0, answer: answer.answer };
      };
      return { strict: compare("strict"), lenient: compare("lenient") };
    },
  });
}

/** Texts are read as the answer is, so that a text equals itself; numbers are what they are. */
function rightNumbers(value: unknown, style: NumberStyle): readonly (NumberText | undefined)[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = rightAnswers(value);
  return texts?.map((text, at) => readNumber(text, typeof list[at] === "string" ? style : {}));
}

/** What names none may be any; ¥ is the sign of two. */
function sameCurrency(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return true;
  const yen = ["JPY", "CNY"];
  return (a === "¥" && yen.includes(b)) || (b === "¥" && yen.includes(a));
}

function lastIn(text: string, style: NumberStyle): NumberText | undefined {
  const last = findLastNumber(text, style);
  return last.found ? last.number : undefined;
}

function styleOf(kind: string, { decimalMark }: NumberStyle): NumberStyle {
  if (decimalMark === undefined) return {};
  if (decimalMark !== "." && decimalMark !== ",") {
    throw mistake(
      kind,
      `decimalMark is ${JSON.stringify(decimalMark)}`,
      'Set decimalMark to "." (the default) or ",".',
    );
  }
  return { decimalMark };
}

function toleranceOf(kind: string, which: string, value: number | undefined): Decimal {
  if (value === undefined) return { coefficient: 0n, exponent: 0 };
  const exact = typeof value === "number" && value >= 0 ? decimalOfNumber(value) : undefined;
  if (exact === undefined) {
    throw mistake(kind, `tolerance.${which} is ${String(value)}`, "Set it to a finite number of 0 or more.");
  }
  return exact;
}
