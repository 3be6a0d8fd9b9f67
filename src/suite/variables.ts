/** What a template's names stand for: the fields of an input, and their values as text. */

/** Fields by name; a Map, so that a field called `__proto__` or `toString` is a field like any other. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of an input: those of the object, or `input` alone for anything else. */
export function fieldsOf(input: unknown): Fields {
  return isRecord(input) ? new Map(Object.entries(input)) : new Map([["input", input]]);
}

/** The field that a name starts from: `customer` of `customer.name`. */
export function rootOf(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? name : name.slice(0, dot);
}

export type LookedUp =
  | { readonly found: true; readonly value: unknown }
  | { readonly found: false; readonly offered: readonly string[] };

/** The value of a name; dots go into objects. When there is none, the names that would have been found at the place where the way ends. */
export function lookUp(fields: Fields, name: string): LookedUp {
  let here = fields;
  let rest = name;
  let way = "";
  while (true) {
    const step = rootOf(rest);
    if (!here.has(step)) return { found: false, offered: [...here.keys()].map((key) => way + key) };
    const value = here.get(step);
    if (step.length === rest.length) return { found: true, value };
    way += `${step}.`;
    rest = rest.slice(step.length + 1);
    here = isRecord(value) ? new Map(Object.entries(value)) : new Map();
  }
}

/** A value as a prompt shows it: texts as they are, everything else as compact JSON. Undefined for null and undefined, which show nothing. */
export function valueAsText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value === null ? undefined : JSON.stringify(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
