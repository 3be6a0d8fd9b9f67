/**
 * What every grader shares: its common options, their checks, and what no grader has to look at (a refusal, no text,
 * a text cut by the token limit).
 */
import { createHash } from "node:crypto";
import { ConfigError } from "../errors.ts";
import { gradeBefore } from "../suite/before-grading.ts";
import type { Canary, Grade, GradeContext, Graded, Grader, Subject } from "../suite/grade.ts";
import type { JsonObject, JsonValue } from "../suite/json.ts";
import type { Model } from "../suite/model.ts";

export interface GraderOptions {
  /** Unique in the suite; default: the kind of the grader. */
  readonly name?: string;
  /** A required grader must pass for a trial to pass; default true. */
  readonly required?: boolean;
  /** A score of at least this passes, in (0, 1]; default 1. */
  readonly passAt?: number;
  /**
   * An answer that the token limit cut: `fail` (default) scores 0 with the flaw `cut` in both forms, because what stands at
   * its end is not what the model would have ended with; `grade` grades what is there.
   */
  readonly cut?: "fail" | "grade";
}

/** What a factory says of its grader; the common options are filled in by `defineGrader`. */
export interface GraderParts<Input, Expected> {
  readonly kind: string;
  readonly version: number;
  /** The grader's own options, as JSON. */
  readonly args: JsonObject;
  readonly needsExpected: boolean;
  readonly lacks?: Grader<Input, Expected>["lacks"];
  readonly hasForms: boolean;
  readonly asks?: readonly Model[];
  readonly canaries?: readonly Canary[];
  readonly judgeFailed?: boolean;
  readonly people?: Grader["people"];
  /** Names of the factory's own options; any other name is a mistake. */
  readonly knows: readonly string[];
  /** Adds to the grade of an answer without a text to grade (empty or cut). */
  readonly withoutText?: (grade: Grade & { readonly kind: "scored" }) => Grade;
  readonly grade: (subject: Subject<Input, Expected>, context: GradeContext) => Graded | Promise<Graded>;
}

const COMMON = ["name", "required", "passAt", "cut"];

/**
 * Makes a grader of its parts and the common options.
 *
 * @throws ConfigError when an option is unknown or out of range.
 */
export function defineGrader<Input, Expected>(
  options: GraderOptions,
  parts: GraderParts<Input, Expected>,
): Grader<Input, Expected> {
  const { kind } = parts;
  refuseUnknown(kind, options, [...COMMON, ...parts.knows]);
  const name = options.name ?? kind;
  if (typeof name !== "string" || name.trim() === "") {
    throw mistake(kind, "its name is empty", "Give the grader a name of at least one letter, or leave `name` out.");
  }
  const passAt = options.passAt ?? 1;
  if (typeof passAt !== "number" || !(passAt > 0 && passAt <= 1)) {
    throw mistake(
      kind,
      `passAt is ${String(passAt)}: a score of at least that passes, so it must be above 0 and at most 1`,
      "Set passAt to a number in (0, 1]; 1 is the default.",
    );
  }
  const cut = options.cut ?? "fail";
  if (cut !== "fail" && cut !== "grade") {
    throw mistake(kind, `cut is ${JSON.stringify(cut)}`, 'Set cut to "fail" (the default) or "grade".');
  }
  if (options.required !== undefined && typeof options.required !== "boolean") {
    throw mistake(kind, "required is neither true nor false", "Set required to true (the default) or false.");
  }
  return {
    name,
    kind,
    version: parts.version,
    args: cut === "fail" ? parts.args : { ...parts.args, cut },
    needsExpected: parts.needsExpected,
    ...(parts.lacks !== undefined && { lacks: parts.lacks }),
    hasForms: parts.hasForms,
    required: options.required ?? true,
    passAt,
    asks: parts.asks ?? [],
    ...(parts.judgeFailed === true && { judgeFailed: true }),
    ...(parts.people !== undefined && { people: parts.people }),
    ...(parts.canaries !== undefined && { canaries: parts.canaries }),
    grade: (subject, context) =>
      gradeBefore(subject, { cut, ...(parts.withoutText && { complete: parts.withoutText }) }) ??
      parts.grade(subject, context),
  };
}

/** Scored 0, because no answer stands in the demanded form. */
export function unparsed(why: string): Grade {
  return { kind: "scored", score: 0, flaw: "unparsed", why };
}

/** A mistake in a grader's options: told at once, when the suite is loaded. */
export function mistake(kind: string, what: string, fix: string, cause?: unknown): ConfigError {
  return new ConfigError("grader-options", `${kind}: ${what}`, { place: { path: "graders" }, fix, cause });
}

/** @throws ConfigError for an option that `kind` does not have. */
export function refuseUnknown(kind: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw mistake(kind, `it has no option "${key}"`, `Remove it, or use one of: ${[...known].sort().join(", ")}.`);
    }
  }
}

/** How a function stands in a grade's key: the SHA-256 (hex) of its source. What it closes over is not seen. */
export function sourceDigest(fn: (...args: never[]) => unknown): JsonValue {
  return { function: createHash("sha256").update(String(fn)).digest("hex") };
}
