/**
 * Checks of arguments. A statistic of a wrong argument is a wrong number that looks right, so every public function
 * refuses with a RangeError that says what was expected and what was given.
 */

function refuse(name: string, expected: string, got: unknown): never {
  throw new RangeError(`${name}: expected ${expected}, got ${String(got)}`);
}

/** A whole number of at least `least` (0 unless told otherwise). */
export function expectCount(name: string, value: number, least = 0): void {
  if (!Number.isSafeInteger(value) || value < least) refuse(name, `a whole number of at least ${least}`, value);
}

/** `successes` out of `n` trials, with at least one trial. */
export function expectSuccesses(successes: number, n: number): void {
  expectCount("n", n, 1);
  expectCount("successes", successes);
  if (successes > n) refuse("successes", `at most n = ${n}`, successes);
}

/** A probability strictly between 0 and 1, such as a confidence, an alpha or a power. */
export function expectInsideUnit(name: string, value: number): void {
  if (!(value > 0 && value < 1)) refuse(name, "a number strictly between 0 and 1", value);
}

/** A probability from 0 to 1, both ends allowed. */
export function expectUnit(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) refuse(name, "a number from 0 to 1", value);
}

/** Any finite number. */
export function expectFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) refuse(name, "a finite number", value);
}

/** A finite number above 0. */
export function expectPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) refuse(name, "a finite number above 0", value);
}

/** A finite number of at least 0. */
export function expectNonNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) refuse(name, "a finite number of at least 0", value);
}

/** A list of finite numbers with at least `least` of them (1 unless told otherwise). */
export function expectNumbers(name: string, values: readonly number[], least = 1): void {
  if (values.length < least) refuse(name, `at least ${least} value${least === 1 ? "" : "s"}`, values.length);
  // The name of a value is only written where it is refused, and no function is called for each: lists may hold a hundred thousand.
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) refuse(`${name}[${at}]`, "a finite number", values[at]);
  }
}

/** A list of finite numbers of at least 0, which may be empty. */
export function expectNonNegatives(name: string, values: readonly number[]): void {
  const wrong = values.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (wrong >= 0) refuse(`${name}[${wrong}]`, "a finite number of at least 0", values[wrong]);
}

/** Two lists of one length, position by position about the same thing. */
export function expectSameLength(first: string, a: readonly unknown[], second: string, b: readonly unknown[]): void {
  if (a.length !== b.length) refuse(second, `as many values as ${first} (${a.length})`, b.length);
}
