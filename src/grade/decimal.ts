/**
 * Exact decimal numbers, so that 0.1 + 0.2 and 9007199254740993 mean what they say. A decimal is `coefficient` × 10^`exponent`
 * with no trailing zero in the coefficient: equal numbers have equal parts.
 */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** More digits than this, or an exponent beyond it, is no number that an answer means. */
const MAX_DIGITS = 2_000;

/**
 * Makes a decimal of its written parts.
 *
 * @param whole digits before the decimal mark, may be empty
 * @param fraction digits after it, may be empty
 * @param exponent power of ten, as a text of digits with an optional sign
 * @returns undefined when it is too long or too large to be meant
 */
export function decimal(negative: boolean, whole: string, fraction: string, exponent = "0"): Decimal | undefined {
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  if (digits.length > MAX_DIGITS || exponent.replace(/^[+-]?0*/, "").length > 4) return undefined;
  const power = Number(exponent);
  if (Math.abs(power) > MAX_DIGITS) return undefined;
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return { coefficient: 0n, exponent: 0 };
  const coefficient = BigInt(significant);
  return {
    coefficient: negative ? -coefficient : coefficient,
    exponent: power - fraction.length + (digits.length - significant.length),
  };
}

/** The exact value of a finite double in its shortest decimal form. */
export function decimalOfNumber(value: number): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(value));
  if (match === null) return undefined;
  return decimal(match[1] === "-", match[2] ?? "", match[3] ?? "", match[4] ?? "0");
}

export function sameDecimal(a: Decimal, b: Decimal): boolean {
  return a.coefficient === b.coefficient && a.exponent === b.exponent;
}

/** Whether |a − b| ≤ absolute + relative · |b|, exactly. Tolerances are 0 or more. */
export function within(a: Decimal, b: Decimal, absolute: Decimal, relative: Decimal): boolean {
  const product: Decimal = {
    coefficient: relative.coefficient * b.coefficient,
    exponent: relative.exponent + b.exponent,
  };
  const exponent = Math.min(a.exponent, b.exponent, absolute.exponent, product.exponent);
  const at = (value: Decimal): bigint => value.coefficient * 10n ** BigInt(value.exponent - exponent);
  return magnitude(at(a) - at(b)) <= at(absolute) + magnitude(at(product));
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
