/**
 * `unevaluatedItems` and `unevaluatedProperties` depend on what other keywords looked at, and the validator loses sight of that
 * in three places. Here a linked schema is written so that it does not; the meaning stays the same.
 *
 * - `if`: the validator counts what it looked at even where it fails. Written as `anyOf` of (`if` and `then`) and
 *   (not `if`, and `else`).
 * - an always-true branch of `anyOf`: the validator skips the branches behind it.
 * - `contains` (2020-12): the validator counts every item as looked at, where only those count that match. Hidden from it, so
 *   that `unevaluatedItems: U` beside `contains: C` asks of every other item `C or U`; where `contains` stands in a branch, the
 *   branch is asked first.
 */
import type { JsonObject, JsonValue } from "../suite/json.ts";
import { mistake } from "./common-options.ts";
import { isObject, subschemas } from "./schema-index.ts";
import { type Draft, holdsSchemas } from "./schema-keywords.ts";
import { type LinkedSchema, type MutableSchema, setOwn } from "./schema-link.ts";

/** Accepts everything, in a way that the validator does not take for an empty schema. */
const ANYTHING: JsonObject = { type: ["null", "boolean", "object", "array", "number", "string"] };

const MAX_GUARDS = 6;

/** Items that match `contains` count as evaluated when every guard accepts the array. */
interface Contribution {
  readonly guards: readonly JsonValue[];
  readonly contains: JsonValue;
}

/** @throws ConfigError when `contains` stands under more conditions than can be told apart. */
export function spellOutAnnotations(linked: LinkedSchema, draft: Draft, kind: string): LinkedSchema {
  if (draft === "7" || ![...linked.definitions.values()].some((schema) => hasUnevaluated(schema, draft))) return linked;
  const spelled = new Map<string, JsonValue>();
  for (const [name, schema] of linked.definitions) spelled.set(name, spellOut(schema, draft, spelled));
  if (draft !== "2020-12") return { ...linked, definitions: spelled };

  const evaluated = new Map<string, JsonValue>();
  for (const [name, schema] of spelled) evaluated.set(name, countContains(schema, draft, kind, spelled, evaluated));
  const definitions = new Map([...evaluated].map(([name, schema]) => [name, hideContains(schema, draft)]));
  return { ...linked, definitions };
}

function hasUnevaluated(schema: JsonValue, draft: Draft): boolean {
  if (!isObject(schema)) return false;
  if (schema.unevaluatedItems !== undefined || schema.unevaluatedProperties !== undefined) return true;
  return [...subschemas(schema, draft)].some((inner) => hasUnevaluated(inner, draft));
}

function mapSubschemas(schema: JsonValue, draft: Draft, change: (schema: JsonValue) => JsonValue): JsonValue {
  if (!isObject(schema)) return schema;
  const out: MutableSchema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const holds = holdsSchemas(draft, keyword);
    if (holds === undefined) setOwn(out, keyword, value);
    else if (Array.isArray(value)) setOwn(out, keyword, value.map(change));
    else if (holds === "map" && isObject(value)) {
      const map: MutableSchema = {};
      for (const [name, inner] of Object.entries(value)) setOwn(map, name, change(inner));
      setOwn(out, keyword, map);
    } else setOwn(out, keyword, change(value));
  }
  return out;
}

function spellOut(schema: JsonValue, draft: Draft, definitions: Map<string, JsonValue>): JsonValue {
  const inner = mapSubschemas(schema, draft, (child) => spellOut(child, draft, definitions));
  if (!isObject(inner)) return inner;
  const { if: condition, then: yes, else: no, ...out }: MutableSchema = inner;
  if (condition !== undefined) {
    const name = `if${definitions.size}`;
    definitions.set(name, condition);
    const asked = { $ref: `#/$defs/${name}` };
    const either = { anyOf: [{ allOf: [asked, yes ?? true] }, { allOf: [{ not: asked }, no ?? true] }] };
    out.allOf = [...(Array.isArray(out.allOf) ? out.allOf : []), either];
  }
  if (Array.isArray(out.anyOf)) out.anyOf = out.anyOf.map(nontrivial);
  return out;
}

function nontrivial(schema: JsonValue): JsonValue {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0) ? ANYTHING : schema;
}

function countContains(
  schema: JsonValue,
  draft: Draft,
  kind: string,
  definitions: ReadonlyMap<string, JsonValue>,
  added: Map<string, JsonValue>,
): JsonValue {
  const inner = mapSubschemas(schema, draft, (child) => countContains(child, draft, kind, definitions, added));
  if (!isObject(inner) || inner.unevaluatedItems === undefined) return inner;
  const contributions = contributionsOf(inner, definitions, new Set());
  if (contributions.length === 0) return inner;
  const { unevaluatedItems, ...rest } = inner;
  const guards = new Map(contributions.flatMap((one) => one.guards.map((guard) => [JSON.stringify(guard), guard])));
  if (guards.size > MAX_GUARDS) {
    throw mistake(
      kind,
      `the schema has \`contains\` under ${guards.size} conditions beside \`unevaluatedItems\``,
      `Use at most ${MAX_GUARDS}, or say it without \`unevaluatedItems\`.`,
    );
  }
  if (guards.size === 0) return { ...rest, unevaluatedItems: eitherOf(contributions, new Set(), unevaluatedItems) };
  const name = `rest${added.size}`;
  added.set(name, rest);
  const tree = (open: readonly (readonly [string, JsonValue])[], held: ReadonlySet<string>): JsonObject => {
    const [next, ...others] = open;
    if (next === undefined) {
      return { $ref: `#/$defs/${name}`, unevaluatedItems: eitherOf(contributions, held, unevaluatedItems) };
    }
    const [key, guard] = next;
    return {
      if: { not: { not: guard } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: tree(others, new Set([...held, key])),
      else: tree(others, held),
    };
  };
  return tree([...guards], new Set());
}

function contributionsOf(
  schema: JsonValue,
  definitions: ReadonlyMap<string, JsonValue>,
  seen: ReadonlySet<JsonValue>,
): Contribution[] {
  if (!isObject(schema) || seen.has(schema)) return [];
  const found: Contribution[] = [];
  const here = new Set([...seen, schema]);
  const take = (inner: JsonValue | undefined, guards: readonly JsonValue[]): void => {
    if (inner === undefined) return;
    for (const { guards: deeper, contains } of contributionsOf(inner, definitions, here)) {
      found.push({ guards: [...guards, ...deeper], contains });
    }
  };
  if (schema.contains !== undefined) found.push({ guards: [], contains: schema.contains });
  if (typeof schema.$ref === "string") take(definitions.get(schema.$ref.replace("#/$defs/", "")), []);
  if (Array.isArray(schema.allOf)) for (const branch of schema.allOf) take(branch, []);
  for (const branches of [schema.anyOf, schema.oneOf]) {
    if (Array.isArray(branches)) for (const branch of branches) take(branch, [branch]);
  }
  return found;
}

/** What an item must be that no other keyword evaluated, when exactly the guards of `held` accept the array. */
function eitherOf(
  contributions: readonly Contribution[],
  held: ReadonlySet<string>,
  unevaluated: JsonValue,
): JsonObject {
  const active = contributions.filter(({ guards }) => guards.every((guard) => held.has(JSON.stringify(guard))));
  return { anyOf: [...active.map(({ contains }) => contains), unevaluated].map(nontrivial) };
}

/** Nothing that stands behind a double `not` counts as looked at. */
function hideContains(schema: JsonValue, draft: Draft): JsonValue {
  const inner = mapSubschemas(schema, draft, (child) => hideContains(child, draft));
  if (!isObject(inner) || inner.contains === undefined) return inner;
  const { contains, minContains, maxContains, ...rest } = inner;
  const bounded = {
    contains,
    ...(minContains === undefined ? {} : { minContains }),
    ...(maxContains === undefined ? {} : { maxContains }),
  };
  return { ...rest, allOf: [...(Array.isArray(rest.allOf) ? rest.allOf : []), { not: { not: bounded } }] };
}
