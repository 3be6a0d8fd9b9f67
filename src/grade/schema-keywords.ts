/** The keywords of JSON Schema, draft by draft: where schemas stand inside a schema, and which words mean something. */

export type Draft = "7" | "2019-09" | "2020-12";

export const DRAFTS: readonly Draft[] = ["7", "2019-09", "2020-12"];

const SCHEMA_URIS: Readonly<Record<string, Draft>> = {
  "http://json-schema.org/draft-07/schema": "7",
  "https://json-schema.org/draft-07/schema": "7",
  "https://json-schema.org/draft/2019-09/schema": "2019-09",
  "https://json-schema.org/draft/2020-12/schema": "2020-12",
};

/** The draft that a `$schema` names, or undefined. */
export function draftOf(uri: string): Draft | undefined {
  const plain = uri.replace(/#$/, "");
  return Object.hasOwn(SCHEMA_URIS, plain) ? SCHEMA_URIS[plain] : undefined;
}

/** How a keyword holds schemas: one, a list, a map by name, one or a list, or (draft 7 dependencies) schemas and lists of names. */
export type Holds = "one" | "list" | "map" | "one-or-list" | "map-or-names";

const COMMON_HOLDERS: readonly (readonly [string, Holds])[] = [
  ["additionalProperties", "one"],
  ["contains", "one"],
  ["if", "one"],
  ["then", "one"],
  ["else", "one"],
  ["not", "one"],
  ["propertyNames", "one"],
  ["allOf", "list"],
  ["anyOf", "list"],
  ["oneOf", "list"],
  ["properties", "map"],
  ["patternProperties", "map"],
  ["definitions", "map"],
];

const HOLDERS: Readonly<Record<Draft, ReadonlyMap<string, Holds>>> = {
  "7": new Map([
    ...COMMON_HOLDERS,
    ["items", "one-or-list"],
    ["additionalItems", "one"],
    ["dependencies", "map-or-names"],
  ]),
  "2019-09": new Map([
    ...COMMON_HOLDERS,
    ["$defs", "map"],
    ["items", "one-or-list"],
    ["additionalItems", "one"],
    ["dependentSchemas", "map"],
    ["unevaluatedItems", "one"],
    ["unevaluatedProperties", "one"],
    ["contentSchema", "one"],
  ]),
  "2020-12": new Map([
    ...COMMON_HOLDERS,
    ["$defs", "map"],
    ["items", "one"],
    ["prefixItems", "list"],
    ["dependentSchemas", "map"],
    ["unevaluatedItems", "one"],
    ["unevaluatedProperties", "one"],
    ["contentSchema", "one"],
  ]),
};

/** How `keyword` holds schemas in the draft, or undefined when it holds none. */
export function holdsSchemas(draft: Draft, keyword: string): Holds | undefined {
  return HOLDERS[draft].get(keyword);
}

const VALIDATION = [
  "type",
  "enum",
  "const",
  "multipleOf",
  "maximum",
  "exclusiveMaximum",
  "minimum",
  "exclusiveMinimum",
  "maxLength",
  "minLength",
  "pattern",
  "maxItems",
  "minItems",
  "uniqueItems",
  "maxProperties",
  "minProperties",
  "required",
];
const VALIDATION_2019 = ["maxContains", "minContains", "dependentRequired"];

/** Keywords of the validation vocabulary, which a meta-schema of 2019-09 or later may leave out. */
export function validationKeywords(draft: Draft): readonly string[] {
  return draft === "7" ? VALIDATION : [...VALIDATION, ...VALIDATION_2019];
}

/** Words that identify or refer; the linker resolves them and leaves none. */
export const IDENTIFIERS: ReadonlySet<string> = new Set([
  "$id",
  "$schema",
  "$anchor",
  "$dynamicAnchor",
  "$recursiveAnchor",
  "$vocabulary",
  "$defs",
  "definitions",
  "$comment",
]);

const ANNOTATIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
]);

export type Meaning = "schemas" | "validation" | "format" | "annotation" | "unknown";

/** What a keyword means in the draft. `$ref` and the identifiers are the linker's own business. */
export function meaningOf(draft: Draft, keyword: string): Meaning {
  if (ANNOTATIONS.has(keyword)) return "annotation";
  if (holdsSchemas(draft, keyword) !== undefined) return "schemas";
  if (validationKeywords(draft).includes(keyword)) return "validation";
  return keyword === "format" ? "format" : "unknown";
}
