/**
 * Turns a schema and the documents it refers to into one flat schema whose only references are `#/$defs/<n>`: what a validator
 * then has to follow is trivial, and a reference that leads nowhere is found here, at load.
 *
 * `$dynamicRef` (2020-12) and `$recursiveRef` (2019-09) depend on the way by which a schema was reached. A schema is therefore
 * copied once for each different outcome of its dynamic references; there are finitely many, as there are finitely many anchors.
 */
import type { JsonObject, JsonValue } from "../suite/json.ts";
import { mistake } from "./common-options.ts";
import { isObject, type Located, type Resource, type SchemaIndex } from "./schema-index.ts";
import { holdsSchemas, IDENTIFIERS, meaningOf } from "./schema-keywords.ts";

/** A schema under construction. */
export type MutableSchema = { [keyword: string]: JsonValue };

export interface LinkedSchema {
  readonly definitions: ReadonlyMap<string, JsonValue>;
  /** Name of the definition where validation begins. */
  readonly entry: string;
  /** Keywords that mean nothing in this draft, and formats that nobody checks, as `format: x`. */
  readonly ignored: readonly string[];
}

export interface LinkOptions {
  readonly kind: string;
  /** Keywords that a meta-schema leaves out. */
  readonly drop: ReadonlySet<string>;
  /** Whether `format` is checked, by name. */
  readonly checksFormat: (format: string) => boolean;
}

/** By name of a dynamic anchor: the schema that the outermost resource on the way declares for it. */
type Scope = ReadonlyMap<string, Located>;

/** Stands for `$recursiveAnchor`, which has no name. */
const RECURSIVE = "";
const PROTO_PATTERN = "^__proto__$";
const MAX_COPIES = 20_000;

/** Sets an own property, whatever its name: `__proto__` is a name like any other. */
export function setOwn(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** @throws ConfigError for a reference that leads nowhere. */
export function linkSchema(index: SchemaIndex, start: Located, options: LinkOptions): LinkedSchema {
  const { draft } = index;
  const definitions = new Map<string, JsonValue>();
  const ignored = new Set<string>();
  const identities = new Map<JsonObject, number>();
  const names = new Map<string, string>();
  const waiting: { readonly name: string; readonly located: Located; readonly scope: Scope }[] = [];

  const identityOf = (schema: JsonValue): string => {
    if (!isObject(schema)) return JSON.stringify(schema);
    const known = identities.get(schema) ?? identities.size;
    identities.set(schema, known);
    return String(known);
  };

  const enterScope = (scope: Scope, resource: Resource): Scope => {
    const added = [...resource.dynamicAnchors].filter(([name]) => !scope.has(name));
    const recursive = resource.recursive && !scope.has(RECURSIVE);
    if (added.length === 0 && !recursive) return scope;
    const wider = new Map(scope);
    for (const [name, schema] of added) wider.set(name, { schema, resource });
    if (recursive) wider.set(RECURSIVE, { schema: resource.root, resource });
    return wider;
  };

  /** Name of the definition that `located` becomes when reached with `scope`. */
  const nameOf = (located: Located, outer: Scope): string => {
    const scope = enterScope(outer, located.resource);
    const outcome = [...scope].map(([name, { schema }]) => `${name}=${identityOf(schema)}`).sort();
    const key = JSON.stringify([identityOf(located.schema), outcome]);
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = String(names.size);
    if (names.size >= MAX_COPIES) {
      throw mistake(options.kind, "the schema's dynamic references branch too often", "Use plain $ref instead.");
    }
    names.set(key, name);
    waiting.push({ name, located, scope });
    return name;
  };

  const resolve = (reference: JsonValue, resource: Resource): Located => {
    const located = typeof reference === "string" ? index.resolve(reference, resource) : undefined;
    if (located === undefined || !(isObject(located.schema) || typeof located.schema === "boolean")) {
      throw mistake(
        options.kind,
        `the schema refers to ${JSON.stringify(reference)}, which is not in it; nothing is fetched`,
        "Correct the reference, or give the schema it means in the option `documents`, under its URI.",
      );
    }
    return located;
  };

  const dynamicTarget = (reference: JsonValue, resource: Resource, scope: Scope): Located => {
    const located = resolve(reference, resource);
    const anchor = isObject(located.schema) ? located.schema.$dynamicAnchor : undefined;
    const fragment = typeof reference === "string" ? reference.slice(reference.indexOf("#") + 1) : "";
    return typeof anchor === "string" && anchor === fragment ? (scope.get(anchor) ?? located) : located;
  };

  const recursiveTarget = (reference: JsonValue, resource: Resource, scope: Scope): Located => {
    const located = resolve(reference, resource);
    return located.resource.recursive ? (scope.get(RECURSIVE) ?? located) : located;
  };

  const refTo = (located: Located, scope: Scope): JsonObject => ({ $ref: `#/$defs/${nameOf(located, scope)}` });

  const copy = (schema: JsonValue, parent: Resource, outer: Scope): JsonValue => {
    if (!isObject(schema)) return schema;
    const resource = index.resourceOf(schema, parent);
    const scope = resource === parent ? outer : enterScope(outer, resource);
    if (draft === "7" && typeof schema.$ref === "string") return refTo(resolve(schema.$ref, resource), scope);
    const out: MutableSchema = {};
    const also: JsonValue[] = [];
    for (const [keyword, value] of Object.entries(schema)) {
      if (IDENTIFIERS.has(keyword)) continue;
      if (keyword === "$ref") also.push(refTo(resolve(value, resource), scope));
      else if (keyword === "$dynamicRef" && draft === "2020-12") {
        also.push(refTo(dynamicTarget(value, resource, scope), scope));
      } else if (keyword === "$recursiveRef" && draft === "2019-09") {
        also.push(refTo(recursiveTarget(value, resource, scope), scope));
      } else if (!options.drop.has(keyword)) copyKeyword(out, keyword, value, resource, scope);
    }
    keepProto(out);
    // An empty enum allows nothing, which validators refuse to read.
    if (Array.isArray(out.enum) && out.enum.length === 0) {
      delete out.enum;
      also.push(false);
    }
    const [only] = also;
    if (also.length === 1 && isObject(only) && Object.keys(out).length === 0) return only;
    if (also.length > 0) out.allOf = [...also, ...(Array.isArray(out.allOf) ? out.allOf : [])];
    return out;
  };

  const copyKeyword = (out: object, keyword: string, value: JsonValue, resource: Resource, scope: Scope): void => {
    const meaning = meaningOf(draft, keyword);
    if (meaning === "annotation") return;
    if (meaning === "unknown") {
      ignored.add(keyword);
      return;
    }
    if (meaning === "format" && !(typeof value === "string" && options.checksFormat(value))) {
      ignored.add(`format: ${String(value)}`);
      return;
    }
    const holds = holdsSchemas(draft, keyword);
    const inner = (schema: JsonValue): JsonValue => copy(schema, resource, scope);
    if (holds === undefined) setOwn(out, keyword, value);
    else if (Array.isArray(value)) setOwn(out, keyword, value.map(inner));
    else if ((holds === "map" || holds === "map-or-names") && isObject(value)) {
      const map: MutableSchema = {};
      for (const [name, schema] of Object.entries(value))
        setOwn(map, name, Array.isArray(schema) ? schema : inner(schema));
      setOwn(out, keyword, map);
    } else setOwn(out, keyword, inner(value));
  };

  /** The validator leaves a property of this name out of `properties`, but not out of `patternProperties`. */
  const keepProto = (out: MutableSchema): void => {
    if (!isObject(out.properties) || !Object.hasOwn(out.properties, "__proto__")) return;
    const proto = Object.getOwnPropertyDescriptor(out.properties, "__proto__")?.value;
    const before = isObject(out.patternProperties) ? out.patternProperties : {};
    const same = before[PROTO_PATTERN];
    out.patternProperties = { ...before, [PROTO_PATTERN]: same === undefined ? proto : { allOf: [same, proto] } };
  };

  const entry = nameOf(start, new Map());
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    definitions.set(next.name, copy(next.located.schema, next.located.resource, next.scope));
  }
  return { definitions, entry, ignored: [...ignored].sort() };
}
