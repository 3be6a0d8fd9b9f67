/** The one rule by which amounts of money are rounded, in tables and in sentences alike. */

/** Below this an amount is not told in cents: ten cents, less what three significant digits round up to them. */
const TEN_CENTS = 0.09995;

/** Amounts smaller than this differ from nothing in no digit that is shown. */
const MOST_DIGITS = 12;

/**
 * Digits after the point of an amount in US dollars: cents from ten cents on ($1,234.50), three significant digits below
 * ($0.0395), so that what a request costs reads alike beside its interval and without it.
 * @param size 0 or above, finite
 * @returns 2 to 12
 */
export function usdDigits(size: number): number {
  if (size === 0 || size >= TEN_CENTS) return 2;
  return Math.min(MOST_DIGITS, 2 - Math.floor(Math.log10(size)));
}
