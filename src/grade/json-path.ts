/** Places in a JSON value: `/items/0/name` (JSON Pointer, RFC 6901) or `items[0].name`. */
import type { JsonValue } from "../suite/json.ts";
import { mistake } from "./common-options.ts";

export interface JsonPath {
  readonly source: string;
  /** The value at the place, or undefined where there is none. Only own members count: no `__proto__`, no `length`. */
  readonly read: (value: JsonValue) => JsonValue | undefined;
}

/** @throws ConfigError for a path that is neither form. */
export function jsonPath(kind: string, source: string): JsonPath {
  const parts = source.startsWith("/") || source === "" ? pointerParts(source) : dottedParts(source);
  if (parts === undefined) {
    throw mistake(kind, `"${source}" is no JSON path`, "Write it as /items/0/name or as items[0].name.");
  }
  return { source, read: (value) => walk(value, parts) };
}

function pointerParts(source: string): string[] {
  return source
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function dottedParts(source: string): string[] | undefined {
  const parts: string[] = [];
  const step = /(?:^|\.)([^.[\]]+)|\[(\d+)\]/y;
  while (step.lastIndex < source.length) {
    const found = step.exec(source);
    const part = found?.[1] ?? found?.[2];
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts;
}

function walk(value: JsonValue, parts: readonly string[]): JsonValue | undefined {
  let here: JsonValue | undefined = value;
  for (const part of parts) {
    if (Array.isArray(here)) here = /^(?:0|[1-9]\d{0,8})$/.test(part) ? here[Number(part)] : undefined;
    else if (typeof here === "object" && here !== null) {
      here = Object.getOwnPropertyDescriptor(here, part)?.value;
    } else return undefined;
    if (here === undefined) return undefined;
  }
  return here;
}
