/** What a case expects: its `expected` itself, or one field of it. */
import type { Grade, Subject } from "../suite/grade.ts";
import { mistake } from "./common-options.ts";

export interface ExpectedField<Field extends string = string> {
  /** Name of the field of an object `expected` that holds this grader's answer; default: `expected` itself. */
  readonly expected?: Field;
}

export type Expectation =
  | { readonly found: true; readonly value: unknown }
  | { readonly found: false; readonly grade: Grade };

/**
 * Reads the expectation of a case. What is absent is `ungraded` (missing-expected), never a wrong answer.
 *
 * @throws ConfigError when the field's name is empty.
 */
export function expectedOf(kind: string, field: string | undefined): (subject: Subject) => Expectation {
  if (field === undefined) {
    return ({ case: { expected } }) =>
      expected === undefined || expected === null
        ? missing("the case has no `expected`")
        : { found: true, value: expected };
  }
  if (typeof field !== "string" || field === "") {
    throw mistake(kind, "`expected` names no field", 'Write the name of a field, as in expected: "label".');
  }
  return ({ case: { expected } }) => {
    if (typeof expected !== "object" || expected === null || !Object.hasOwn(expected, field)) {
      return missing(`the case's \`expected\` has no field "${field}"`);
    }
    const value: unknown = Reflect.get(expected, field);
    return value === undefined || value === null
      ? missing(`the field "${field}" of \`expected\` is empty`)
      : { found: true, value };
  };
}

/** Several answers may be right: a list of texts (numbers as they are written), or undefined for anything else. */
export function rightAnswers(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.map((item) =>
    typeof item === "string" ? item : typeof item === "number" && Number.isFinite(item) ? String(item) : undefined,
  );
  return texts.length > 0 && texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Nobody can tell whether the answer is right, because the case does not say what is. */
export function missing(why: string): Expectation & { readonly found: false } {
  return { found: false, grade: { kind: "ungraded", reason: "missing-expected", why } };
}
