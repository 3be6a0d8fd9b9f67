/** What a case expects: its `expected` itself, or one field of it. */
import type { Case } from "../suite/case.ts";
import type { Grade } from "../suite/grade.ts";
import { mistake } from "./common-options.ts";

export interface ExpectedField<Field extends string = string> {
  /** Name of the field of an object `expected` that holds this grader's answer; default: `expected` itself. */
  readonly expected?: Field;
}

export type Expectation<Value = unknown> =
  | { readonly found: true; readonly value: Value }
  | { readonly found: false; readonly why: string; readonly grade: Grade };

/**
 * Reads the expectation of a case. What is absent is `ungraded` (missing-expected), never a wrong answer.
 *
 * @throws ConfigError when the field's name is empty.
 */
export function expectedOf(kind: string, field: string | undefined): (one: Case) => Expectation {
  if (field === undefined) {
    return ({ expected }) =>
      expected === undefined || expected === null
        ? missing("the case has no `expected`")
        : { found: true, value: expected };
  }
  if (typeof field !== "string" || field === "") {
    throw mistake(kind, "`expected` names no field", 'Write the name of a field, as in expected: "label".');
  }
  return ({ expected }) => {
    if (typeof expected !== "object" || expected === null || !Object.hasOwn(expected, field)) {
      const known = typeof expected === "object" && expected !== null ? Object.keys(expected) : [];
      return missing(
        `the case's \`expected\` has no field "${field}"${known.length === 0 ? "" : `, it has ${named(known)}`}`,
      );
    }
    const value: unknown = Reflect.get(expected, field);
    return value === undefined || value === null
      ? missing(`the field "${field}" of \`expected\` is empty`)
      : { found: true, value };
  };
}

/** For `Grader.lacks`: the reason, where there is no expectation. */
export function lacking(read: (one: Case) => Expectation): (one: Case) => string | undefined {
  return (one) => {
    const wanted = read(one);
    return wanted.found ? undefined : wanted.why;
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
  return { found: false, why, grade: { kind: "ungraded", reason: "missing-expected", why } };
}

const NAMED = 4;

function named(fields: readonly string[]): string {
  const shown = fields.slice(0, NAMED).map((field) => JSON.stringify(field.slice(0, 40)));
  return `${shown.join(", ")}${fields.length > NAMED ? ", …" : ""}`;
}
