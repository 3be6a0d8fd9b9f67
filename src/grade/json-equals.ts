/** Grader: the answer is JSON with the expected value, or with the expected fields. */

import { bothForms } from "../suite/before-grading.ts";
import type { Case } from "../suite/case.ts";
import type { Grade, Grader, ItemResult } from "../suite/grade.ts";
import type { JsonValue } from "../suite/json.ts";
import { defineGrader, type GraderOptions, mistake, unparsed } from "./common-options.ts";
import { type Expectation, type ExpectedField, expectedOf, lacking, missing } from "./expected.ts";
import { jsonEqual } from "./json-equal.ts";
import { DEFAULT_CAPS, exactly, findJson, type JsonFound, wholeJson } from "./json-in-text.ts";
import { jsonPath } from "./json-path.ts";

export interface JsonEqualsOptions<Field extends string = string> extends GraderOptions, ExpectedField<Field> {
  /** Compare these places only (`/total` or `items[0].name`); the score is the share of them that agree. Default: the whole value. */
  readonly fields?: readonly string[];
}

/**
 * Scores 1 when the answer is JSON equal to what is expected: numbers by value, objects whatever the order of their keys, arrays
 * in order. With `fields`, the score is the share of the named places that agree; a place that the answer lacks does not.
 *
 * `strict`: the whole text is JSON. `lenient`: the JSON is taken from a code fence or from prose, of the kind that is expected.
 *
 * @throws ConfigError for an unknown or wrong option.
 * @example jsonEquals({ fields: ["/name", "/total"], passAt: 1 })
 */
export function jsonEquals<Field extends string>(
  options: JsonEqualsOptions<Field> & { readonly expected: Field },
): Grader<unknown, Readonly<Record<Field, unknown>>>;
export function jsonEquals(options?: JsonEqualsOptions): Grader<unknown, unknown>;
export function jsonEquals(options: JsonEqualsOptions = {}): Grader<unknown, unknown> {
  const kind = "json-equals";
  const { fields } = options;
  if (fields !== undefined && (!Array.isArray(fields) || fields.length === 0)) {
    throw mistake(kind, "`fields` names no place: it could never fail", "Name at least one, or leave `fields` out.");
  }
  const paths = fields?.map((field) => jsonPath(kind, field));
  const expected = expectedOf(kind, options.expected);

  const rightOf = (one: Case): Expectation<JsonValue> => {
    const wanted = expected(one);
    if (!wanted.found) return wanted;
    const value: JsonValue = JSON.parse(JSON.stringify(wanted.value));
    const absent = paths?.find((path) => path.read(value) === undefined);
    return absent === undefined ? { found: true, value } : missing(`what is expected has nothing at ${absent.source}`);
  };

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 2,
    args: { fields: fields ?? null, expected: options.expected ?? null },
    needsExpected: true,
    lacks: lacking(rightOf),
    hasForms: true,
    knows: ["fields", "expected"],
    grade: (subject) => {
      const wanted = rightOf(subject.case);
      if (!wanted.found) return bothForms(wanted.grade);
      const right = wanted.value;

      const compare = (found: JsonFound): Grade => {
        if (!found.ok) return unparsed(found.why);
        const answer = subject.text.slice(found.start, found.end);
        if (paths === undefined) return { kind: "scored", score: jsonEqual(found.value, right) ? 1 : 0, answer };
        const items = paths.map((path): ItemResult => {
          const said = path.read(found.value);
          const wantedThere = path.read(right);
          const passed = said !== undefined && wantedThere !== undefined && jsonEqual(said, wantedThere);
          const why = said === undefined ? "not there" : `says ${JSON.stringify(said).slice(0, 80)}`;
          return { name: path.source, passed, required: false, weight: 1, ...(passed ? {} : { why }) };
        });
        return { kind: "scored", score: items.filter((item) => item.passed).length / items.length, answer, items };
      };
      const want = Array.isArray(right) ? "array" : typeof right === "object" && right !== null ? "object" : "any";
      return {
        strict: compare(exactly(wholeJson(subject.text, DEFAULT_CAPS), subject.text)),
        lenient: compare(exactly(findJson(subject.text, want, DEFAULT_CAPS), subject.text)),
      };
    },
  });
}
