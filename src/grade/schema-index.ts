/**
 * Finds what the references of JSON schemas point to: every resource (`$id`), every anchor, every JSON pointer, over the schema
 * and the documents given beside it. Nothing is ever fetched.
 */
import type { JsonObject, JsonValue } from "../suite/json.ts";
import { type Draft, holdsSchemas } from "./schema-keywords.ts";

/** A part of a document with an absolute URI of its own. */
export interface Resource {
  readonly uri: string;
  readonly root: JsonValue;
  readonly anchors: Map<string, JsonObject>;
  readonly dynamicAnchors: Map<string, JsonObject>;
  /** 2019-09: the root says `$recursiveAnchor: true`. */
  readonly recursive: boolean;
}

/** A schema (an object or a boolean) and the resource it stands in. */
export interface Located {
  readonly schema: JsonValue;
  readonly resource: Resource;
}

export interface SchemaIndex {
  readonly draft: Draft;
  /** The resource that a schema object stands in (its own, when it has an `$id`). */
  readonly resourceOf: (schema: JsonObject, parent: Resource) => Resource;
  /** What a reference means from inside a resource; undefined when it leads nowhere. */
  readonly resolve: (reference: string, from: Resource) => Located | undefined;
  readonly add: (uri: string, document: JsonValue) => Resource;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Absolute URI without an empty fragment, or undefined when the two do not make one. */
export function resolveUri(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href.replace(/#$/, "");
  } catch {
    return undefined;
  }
}

function withoutFragment(uri: string): string {
  const hash = uri.indexOf("#");
  return hash < 0 ? uri : uri.slice(0, hash);
}

/** The schemas that stand directly inside a schema. */
export function* subschemas(schema: JsonObject, draft: Draft): Generator<JsonValue> {
  for (const [keyword, value] of Object.entries(schema)) {
    const holds = holdsSchemas(draft, keyword);
    if (holds === undefined) continue;
    if (Array.isArray(value)) yield* value;
    else if ((holds === "map" || holds === "map-or-names") && isObject(value)) {
      for (const inner of Object.values(value)) if (!Array.isArray(inner)) yield inner;
    } else yield value;
  }
}

export function schemaIndex(draft: Draft): SchemaIndex {
  const resources = new Map<string, Resource>();
  const homes = new Map<JsonObject, Resource>();

  const newResource = (uri: string, root: JsonValue): Resource => {
    const recursive = isObject(root) && root.$recursiveAnchor === true;
    const resource: Resource = { uri, root, anchors: new Map(), dynamicAnchors: new Map(), recursive };
    // The first of a name stays: a document given beside the schema cannot replace what the schema says of itself.
    if (!resources.has(uri)) resources.set(uri, resource);
    return resource;
  };

  const visit = (schema: JsonValue, parent: Resource): void => {
    if (!isObject(schema)) return;
    const resource = enter(schema, parent);
    homes.set(schema, resource);
    for (const inner of subschemas(schema, draft)) visit(inner, resource);
  };

  const enter = (schema: JsonObject, parent: Resource): Resource => {
    let resource = parent;
    const { $id } = schema;
    // In draft 7 a `$ref` silences everything beside it.
    const silent = draft === "7" && typeof schema.$ref === "string";
    if (typeof $id === "string" && !silent) {
      if (draft === "7" && $id.startsWith("#")) parent.anchors.set($id.slice(1), schema);
      else {
        const uri = resolveUri($id, parent.uri);
        if (uri !== undefined && withoutFragment(uri) !== parent.uri)
          resource = newResource(withoutFragment(uri), schema);
      }
    }
    if (draft !== "7") {
      if (typeof schema.$anchor === "string") resource.anchors.set(schema.$anchor, schema);
      if (typeof schema.$dynamicAnchor === "string") {
        resource.anchors.set(schema.$dynamicAnchor, schema);
        resource.dynamicAnchors.set(schema.$dynamicAnchor, schema);
      }
    }
    return resource;
  };

  const pointer = (resource: Resource, path: string): Located | undefined => {
    let here: JsonValue = resource.root;
    let home = resource;
    for (const part of path.split("/").slice(1)) {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      if (Array.isArray(here)) {
        const item: JsonValue | undefined = /^(0|[1-9]\d*)$/.test(key) ? here[Number(key)] : undefined;
        if (item === undefined) return undefined;
        here = item;
      } else if (isObject(here) && Object.hasOwn(here, key)) {
        const item: JsonValue | undefined = here[key];
        if (item === undefined) return undefined;
        here = item;
      } else return undefined;
      if (isObject(here)) home = homes.get(here) ?? home;
    }
    if (isObject(here) && !homes.has(here)) visit(here, home);
    return { schema: here, resource: isObject(here) ? (homes.get(here) ?? home) : home };
  };

  return {
    draft,
    resourceOf: (schema, parent) => homes.get(schema) ?? parent,
    add: (uri, document) => {
      const resource = newResource(uri, document);
      visit(document, resource);
      return isObject(document) ? (homes.get(document) ?? resource) : resource;
    },
    resolve: (reference, from) => {
      const uri = resolveUri(reference, from.uri);
      if (uri === undefined) return undefined;
      const resource = resources.get(withoutFragment(uri));
      if (resource === undefined) return undefined;
      const hash = uri.indexOf("#");
      let fragment: string;
      try {
        fragment = hash < 0 ? "" : decodeURIComponent(uri.slice(hash + 1));
      } catch {
        return undefined;
      }
      if (fragment === "" || fragment.startsWith("/")) return pointer(resource, fragment);
      const anchor = resource.anchors.get(fragment);
      return anchor === undefined ? undefined : { schema: anchor, resource };
    },
  };
}
