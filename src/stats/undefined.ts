/**
 * A number that may not exist. Statistics are often not defined (one cluster, no variation, too few values);
 * such a result is data with a reason, never NaN and never a `null` that could mean something else.
 */

/** The result does not exist; `reason` is a short clause a report can print as it stands. */
export type Undefined = { readonly defined: false; readonly reason: string };

/** A value, or the reason why there is none. */
export type Maybe<T> = { readonly defined: true; readonly value: T } | Undefined;

/** Wraps a value that exists. */
export function defined<T>(value: T): Maybe<T> {
  return { defined: true, value };
}

/** States why a value does not exist. */
export function notDefined(reason: string): Undefined {
  return { defined: false, reason };
}

/** Applies `change` to the value where there is one and keeps the reason where there is none. */
export function mapDefined<T, U>(maybe: Maybe<T>, change: (value: T) => U): Maybe<U> {
  return maybe.defined ? defined(change(maybe.value)) : maybe;
}

/**
 * The value of a result that must exist at this place.
 * @throws Error with the reason where it does not: a defect of the program, not of the data
 */
export function mustBeDefined<T>(maybe: Maybe<T>): T {
  if (!maybe.defined) throw new Error(`a result that must exist does not: ${maybe.reason}`);
  return maybe.value;
}
