/** Grader: the answer is JSON that a schema accepts. */
import type { Grade, Grader } from "../suite/grade.ts";
import type { JsonValue } from "../suite/json.ts";
import { defineGrader, type GraderOptions, mistake, unparsed } from "./common-options.ts";
import { type CompiledSchema, type CompileOptions, compileSchema } from "./compile-schema.ts";
import { DEFAULT_CAPS, findJson, type JsonCaps, type JsonFound, wholeJson } from "./json-in-text.ts";
import { meaningOf } from "./schema-keywords.ts";

export interface JsonSchemaOptions extends GraderOptions, CompileOptions {
  /** Levels of nesting that an answer may have, 1 to 500; default 200. A deeper one scores 0. */
  readonly maxDepth?: number;
  /** UTF-16 units that an answer may have; default 2,000,000. A longer one scores 0. */
  readonly maxLength?: number;
}

/**
 * Scores 1 when the answer is JSON that the schema accepts, else 0 with the places of the errors.
 *
 * `strict`: the whole text is JSON. `lenient`: the JSON is taken from a code fence or from prose (the first complete object or
 * array; only objects where the schema's root says `type: "object"`, only arrays where it says `"array"`).
 *
 * Drafts 7, 2019-09 and 2020-12, by `$schema` or `draft`. References lead into the schema itself or into `documents`; nothing is
 * fetched. Patterns are searched in linear time. Keywords that mean nothing, and formats that nobody checks, stand in the
 * grader's `args.ignored`.
 *
 * @throws ConfigError when the schema does not compile, or an option is unknown or wrong.
 * @example jsonSchema({ type: "object", required: ["total"], properties: { total: { type: "number" } } })
 */
export function jsonSchema(schema: unknown, options: JsonSchemaOptions = {}): Grader<unknown, unknown> {
  const kind = "json-schema";
  const caps = jsonCaps(kind, options);
  const { formats } = options;
  if (formats !== undefined && formats !== "assert" && formats !== "annotate") {
    throw mistake(kind, `formats is ${JSON.stringify(formats)}`, 'Set it to "assert" (the default) or "annotate".');
  }
  const compiled = compileSchema(kind, schema, options);
  const plain: JsonValue = JSON.parse(JSON.stringify(schema));
  refuseUnknownOnly(kind, plain, compiled);
  const want = rootKind(plain);

  const judge = (found: JsonFound, text: string): Grade => {
    if (!found.ok) return unparsed(found.why);
    const errors = compiled.errorsOf(found.value);
    const answer = text.slice(found.start, found.end);
    if (errors.length === 0) return { kind: "scored", score: 1, answer };
    return { kind: "scored", score: 0, answer, why: errors.join("; ") };
  };

  return defineGrader<unknown, unknown>(options, {
    kind,
    version: 2,
    args: {
      schema: plain,
      documents: JSON.parse(JSON.stringify(options.documents ?? {})),
      draft: compiled.draft,
      formats: formats ?? "assert",
      ignored: compiled.ignored,
      maxDepth: caps.maxDepth,
      maxLength: caps.maxLength,
    },
    needsExpected: false,
    hasForms: true,
    knows: ["draft", "documents", "formats", "maxDepth", "maxLength"],
    grade: ({ text }) => {
      const strict = judge(wholeJson(text, caps), text);
      if (strict.kind === "scored" && strict.flaw === undefined) return { strict, lenient: strict };
      return { strict, lenient: judge(findJson(text, want, caps), text) };
    },
  });
}

/** Words that mean nothing let every JSON pass: a schema wrapped in another object, or one whose every keyword is misspelt. */
function refuseUnknownOnly(kind: string, schema: JsonValue, { draft, ignored }: CompiledSchema): void {
  if (typeof schema !== "object" || schema === null) return;
  const keywords = Object.keys(schema);
  if (!keywords.some((keyword) => ignored.includes(keyword))) return;
  const checks = (keyword: string) =>
    /^\$(?:dynamic|recursive)?ref$/i.test(keyword) ||
    ["schemas", "validation", "format"].includes(meaningOf(draft, keyword));
  if (keywords.some(checks)) return;
  const unknown = keywords.filter((keyword) => ignored.includes(keyword)).join(", ");
  throw mistake(
    kind,
    `no keyword of the schema is known (${unknown}), so any JSON would pass`,
    "Give the schema itself, jsonSchema({ type: … }), and its options as the second argument; jsonSchema({}) asks for any JSON.",
  );
}

/** @throws ConfigError for caps out of range. */
export function jsonCaps(kind: string, options: { readonly maxDepth?: number; readonly maxLength?: number }): JsonCaps {
  const { maxDepth = DEFAULT_CAPS.maxDepth, maxLength = DEFAULT_CAPS.maxLength } = options;
  if (!Number.isInteger(maxDepth) || maxDepth < 1 || maxDepth > 500) {
    throw mistake(kind, `maxDepth is ${String(maxDepth)}`, "Set it to a whole number from 1 to 500.");
  }
  if (!Number.isInteger(maxLength) || maxLength < 1) {
    throw mistake(kind, `maxLength is ${String(maxLength)}`, "Set it to a whole number of 1 or more.");
  }
  return { maxDepth, maxLength };
}

function rootKind(schema: JsonValue): "object" | "array" | "any" {
  const type = typeof schema === "object" && schema !== null && "type" in schema ? schema.type : undefined;
  return type === "object" || type === "array" ? type : "any";
}
