/**
 * Whether a value fits a schema of gapcheck's own, by reading the schema as it stands. A validator that makes a program of it first (ajv) takes a
 * tenth of a second for that at every start. It is asked where something does not seem to fit: it has the last word, and finds the others.
 */
import type { JsonObject, JsonValue } from "./json.ts";

/** `value` is checked against what a keyword says; `schema` is where the keyword stands, `root` the whole. */
type Keyword = (
  value: unknown,
  said: JsonValue,
  place: { readonly schema: JsonObject; readonly root: JsonObject },
) => boolean;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isRecord,
  array: Array.isArray,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: Number.isFinite,
  integer: Number.isInteger,
};

/** Says nothing of the value. */
const silent: Keyword = () => true;

/** As ajv has them: each says something of values of one type only, and members that are undefined are not there. */
const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $schema: silent,
  $id: silent,
  title: silent,
  $defs: silent,
  $ref: (value, said, { root }) => fits(value, definition(root, said), root),
  anyOf: (value, said, { root }) => list(said).some((one) => fits(value, one, root)),
  type: (value, said) => (Array.isArray(said) ? said : [said]).some((type) => typeCheck(type)(value)),
  const: (value, said) => value === scalar(said),
  enum: (value, said) => list(said).some((one) => value === scalar(one)),
  properties: (value, said, { root }) =>
    !isRecord(value) ||
    Object.entries(record(said)).every(([key, one]) => value[key] === undefined || fits(value[key], one, root)),
  required: (value, said) => !isRecord(value) || list(said).every((key) => value[String(key)] !== undefined),
  additionalProperties: (value, said, { schema, root }) => {
    if (!isRecord(value)) return true;
    const known = record(schema.properties ?? {});
    for (const key in value) if (!Object.hasOwn(known, key) && !fits(value[key], said, root)) return false;
    return true;
  },
  propertyNames: (value, said, { root }) => {
    if (!isRecord(value)) return true;
    for (const key in value) if (!fits(key, said, root)) return false;
    return true;
  },
  items: (value, said, { root }) => {
    if (!Array.isArray(value)) return true;
    // Gaps too, which `every` would pass over.
    for (const item of value) if (!fits(item, said, root)) return false;
    return true;
  },
  minItems: (value, said) => !Array.isArray(value) || value.length >= number(said),
  maxItems: (value, said) => !Array.isArray(value) || value.length <= number(said),
  // Of texts and numbers, as all lists are that have to hold no thing twice.
  uniqueItems: (value) => !Array.isArray(value) || new Set(value).size === value.length,
  minLength: (value, said) => typeof value !== "string" || [...value].length >= number(said),
  pattern: (value, said) => typeof value !== "string" || expression(said).test(value),
  format: (value, said) => {
    if (said !== "date-time") throw unreadable("format", said);
    return typeof value !== "string" || isMoment(value);
  },
  minimum: (value, said) => typeof value !== "number" || value >= number(said),
  maximum: (value, said) => typeof value !== "number" || value <= number(said),
  exclusiveMinimum: (value, said) => typeof value !== "number" || value > number(said),
  exclusiveMaximum: (value, said) => typeof value !== "number" || value < number(said),
};

/**
 * @param schema one of gapcheck's own, of draft 7 or 2020-12
 * @throws {Error} for a keyword that is not known here, which is a defect of gapcheck
 */
export function fitsSchema(value: unknown, schema: JsonObject): boolean {
  return fits(value, schema, schema);
}

function fits(value: unknown, schema: JsonValue, root: JsonObject): boolean {
  if (typeof schema === "boolean") return schema;
  const place = { schema: record(schema), root };
  for (const [name, said] of Object.entries(place.schema)) {
    const keyword = KEYWORDS[name];
    if (keyword === undefined) throw unreadable(name, said);
    if (!keyword(value, said, place)) return false;
  }
  return true;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isObject(said: JsonValue): said is JsonObject {
  return typeof said === "object" && said !== null && !Array.isArray(said);
}

function record(said: JsonValue): JsonObject {
  if (!isObject(said)) throw unreadable("an object", said);
  return said;
}

function list(said: JsonValue): readonly JsonValue[] {
  if (!Array.isArray(said)) throw unreadable("a list", said);
  return said;
}

function number(said: JsonValue): number {
  if (typeof said !== "number") throw unreadable("a number", said);
  return said;
}

function scalar(said: JsonValue): JsonValue {
  if (typeof said === "object" && said !== null) throw unreadable("a text, a number or a boolean", said);
  return said;
}

function typeCheck(said: JsonValue): (value: unknown) => boolean {
  const check = TYPES[String(said)];
  if (check === undefined) throw unreadable("type", said);
  return check;
}

const expressions = new Map<string, RegExp>();

function expression(said: JsonValue): RegExp {
  const source = String(said);
  const made = expressions.get(source) ?? new RegExp(source, "u");
  expressions.set(source, made);
  return made;
}

/** A moment as gapcheck writes it; RFC 3339 allows more, which is left to the validator. */
function isMoment(value: string): boolean {
  const ms = Date.parse(value);
  return Number.isFinite(ms) && new Date(ms).toISOString() === value;
}

function definition(root: JsonObject, said: JsonValue): JsonValue {
  const found = record(root.$defs ?? {})[String(said).replace("#/$defs/", "")];
  if (found === undefined) throw unreadable("$ref", said);
  return found;
}

function unreadable(what: string, said: JsonValue): Error {
  return new Error(`A schema of gapcheck's own cannot be read: ${what}, ${JSON.stringify(said)?.slice(0, 80)}.`);
}
