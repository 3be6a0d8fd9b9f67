/**
 * Two keywords for the validator, in place of its own: `multipleOf`, which by floating point does not see that 19.99 is a
 * multiple of 0.01, and `uniqueItems`, which compares every pair and takes minutes for a long hostile array.
 */
import type { Ajv } from "ajv";
import type { JsonValue } from "../suite/json.ts";
import { type Decimal, decimalOfNumber } from "./decimal.ts";
import { canonicalText } from "./json-equal.ts";

export function mendExactKeywords(ajv: Ajv): void {
  for (const keyword of ["multipleOf", "uniqueItems"]) ajv.removeKeyword(keyword);
  ajv.addKeyword({
    keyword: "multipleOf",
    type: "number",
    schemaType: "number",
    error: { message: (cxt) => `must be a multiple of ${String(cxt.schema)}` },
    compile: (divisor: number) => {
      const exact = decimalOfNumber(divisor);
      return (value: number) => {
        const given = decimalOfNumber(value);
        return exact !== undefined && given !== undefined && isMultiple(given, exact);
      };
    },
  });
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error: { message: "must NOT have duplicate items" },
    compile: (asked: boolean) => (items: readonly JsonValue[]) =>
      !asked || new Set(items.map(canonicalText)).size === items.length,
  });
}

function isMultiple(value: Decimal, divisor: Decimal): boolean {
  const exponent = Math.min(value.exponent, divisor.exponent);
  const at = ({ coefficient, exponent: own }: Decimal): bigint => coefficient * 10n ** BigInt(own - exponent);
  return divisor.coefficient !== 0n && at(value) % at(divisor) === 0n;
}
