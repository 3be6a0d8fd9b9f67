/** Reads the inputs of a vector: unknown JSON in, typed values or an InputError out. */

/** The vector does not carry what its function needs; that is a failure of the vector, never a missing outcome. */
export class InputError extends Error {
  override name = "InputError" as const;
}

/** Typed access to the fields of one input. */
export type Input = {
  readonly number: (key: string) => number;
  /** A number, or undefined where the field is absent. */
  readonly optionalNumber: (key: string) => number | undefined;
  readonly string: (key: string) => string;
  readonly numbers: (key: string) => number[];
  readonly strings: (key: string) => string[];
  /** Labels may be numbers or strings. */
  readonly labels: (key: string) => (number | string)[];
  readonly numberRows: (key: string) => number[][];
  /** Rows in which null stands for "not rated". */
  readonly sparseRows: (key: string) => (number | null)[][];
  /** The only or first number of a field that is a number or a list of them. */
  readonly first: (key: string) => number;
  readonly object: (key: string) => Input;
};

export function inputOf(value: unknown): Input {
  if (!isRecord(value)) throw new InputError(`expected an object as input, got ${JSON.stringify(value)}`);
  const field = (key: string): unknown => {
    if (!Object.hasOwn(value, key)) throw new InputError(`input has no field "${key}"`);
    return value[key];
  };
  const read =
    <T>(kind: string, check: (value: unknown) => value is T) =>
    (key: string): T => {
      const found = field(key);
      if (!check(found)) throw new InputError(`input field "${key}": expected ${kind}, got ${JSON.stringify(found)}`);
      return found;
    };
  const number = read("a number", isNumber);
  const numbers = read("a list of numbers", listOf(isNumber));
  return {
    number,
    optionalNumber: (key) => (Object.hasOwn(value, key) ? number(key) : undefined),
    string: read("a string", isString),
    numbers,
    strings: read("a list of strings", listOf(isString)),
    labels: read("a list of labels", listOf(isLabel)),
    numberRows: read("a list of lists of numbers", listOf(listOf(isNumber))),
    sparseRows: read("a list of lists of numbers and nulls", listOf(listOf(isNumberOrNull))),
    first: (key) => {
      if (!Array.isArray(field(key))) return number(key);
      const [only] = numbers(key);
      if (only === undefined) throw new InputError(`input field "${key}" is an empty list`);
      return only;
    },
    object: (key) => inputOf(field(key)),
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isLabel(value: unknown): value is number | string {
  return isNumber(value) || isString(value);
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || isNumber(value);
}

function listOf<T>(check: (value: unknown) => value is T): (value: unknown) => value is T[] {
  return (value): value is T[] => Array.isArray(value) && value.every(check);
}
