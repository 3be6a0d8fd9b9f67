/** Compares what a function returned with what a vector expects, field by field. */
import { isRecord } from "./input.ts";

/** Two numbers agree within max(abs, rel · |expected|). An `abs` of 0 makes an expected 0 exact. */
export type Tolerance = { readonly abs: number; readonly rel: number };

/** One field that differs. */
export type Difference = { readonly field: string; readonly expected: string; readonly got: string };

/** What the function did: it returned, or it refused its arguments with a RangeError. */
export type Outcome =
  | { readonly kind: "returned"; readonly value: unknown }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Lists the differences. An expected null is met by a typed undefined ({ defined: false, reason }) or by refusal, never by
 * NaN, by null, or by a field that is absent. Fields that nobody expects are not looked at.
 */
export function differences(expected: unknown, outcome: Outcome, tolerance: Tolerance): Difference[] {
  if (outcome.kind === "returned") return compare("value", expected, outcome.value, tolerance, true);
  const refusal = { defined: false, reason: `refused: ${outcome.reason}` };
  if (!isRecord(expected)) return compare("value", expected, refusal, tolerance, true);
  return Object.entries(expected).flatMap(([field, want]) => compare(field, want, refusal, tolerance));
}

function compare(field: string, expected: unknown, got: unknown, tolerance: Tolerance, top = false): Difference[] {
  const plain = unwrap(got);
  const differ = [{ field, expected: show(expected), got: show(got) }];
  if (expected === null) return isUndefined(plain) ? [] : differ;
  if (typeof expected === "number") return typeof plain === "number" && agree(expected, plain, tolerance) ? [] : differ;
  if (Array.isArray(expected)) {
    if (!Array.isArray(plain) || plain.length !== expected.length) return differ;
    return expected.flatMap((want, index) => compare(`${field}[${index}]`, want, plain[index], tolerance));
  }
  if (isRecord(expected)) {
    if (!isRecord(plain) || isUndefined(plain)) return differ;
    return Object.entries(expected).flatMap(([key, want]) =>
      compare(top ? key : `${field}.${key}`, want, plain[key], tolerance),
    );
  }
  return plain === expected ? [] : differ;
}

/** Equality first, so that equal infinities agree; NaN agrees with nothing. */
function agree(expected: number, got: number, { abs, rel }: Tolerance): boolean {
  return got === expected || Math.abs(got - expected) <= Math.max(abs, rel * Math.abs(expected));
}

/** A defined Maybe stands for its value. */
function unwrap(value: unknown): unknown {
  return isRecord(value) && value.defined === true && "value" in value ? value.value : value;
}

function isUndefined(value: unknown): boolean {
  return isRecord(value) && value.defined === false && typeof value.reason === "string";
}

function show(value: unknown): string {
  if (isRecord(value) && isUndefined(value)) return `undefined (${String(value.reason)})`;
  if (value === undefined) return "no such field";
  return typeof value === "number" ? String(value) : (JSON.stringify(unwrap(value)) ?? String(value));
}
