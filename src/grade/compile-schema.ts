/** From a JSON Schema to a function that validates a value: linked, checked, compiled once, with nothing fetched. */
import type { Ajv, AnySchema, ErrorObject, Options } from "ajv";
import { ConfigError, toError } from "../errors.ts";
import { ajvFormats, ajvOf2019, ajvOf2020, ajvOfDraft7 } from "../suite/ajv.ts";
import type { JsonValue } from "../suite/json.ts";
import { mistake } from "./common-options.ts";
import { mendExactKeywords } from "./exact-keywords.ts";
import { linearPattern } from "./linear-pattern.ts";
import { spellOutAnnotations } from "./schema-annotations.ts";
import { isObject, schemaIndex } from "./schema-index.ts";
import { DRAFTS, type Draft, draftOf, validationKeywords } from "./schema-keywords.ts";
import { type LinkedSchema, linkSchema } from "./schema-link.ts";
import { mendUnevaluatedItems } from "./unevaluated-items.ts";

export interface CompileOptions {
  /** For a schema without `$schema`, which overrules it; default 2020-12. */
  readonly draft?: Draft;
  /** Schemas that may be referred to, by absolute URI. Nothing is ever fetched. */
  readonly documents?: Readonly<Record<string, unknown>>;
  /** `assert` (default): a known `format` is checked; `annotate`: none is, which is what drafts from 2019-09 on ask for. */
  readonly formats?: "assert" | "annotate";
}

export interface CompiledSchema {
  readonly draft: Draft;
  /** Keywords and formats of the schema that nobody checks. */
  readonly ignored: readonly string[];
  /** What is wrong with a value, the first few, each with its place; empty when it is valid. */
  readonly errorsOf: (value: JsonValue) => readonly string[];
}

const SCHEMA_DEPTH = 100;
const ERRORS_SHOWN = 5;
const LOCAL_BASE = "schema://gapcheck/schema.json";

/**
 * @throws ConfigError when the schema does not compile: wrong draft, wrong keyword value, a reference that leads nowhere or in a
 *   circle, a pattern that cannot be searched in linear time.
 */
export function compileSchema(kind: string, given: unknown, options: CompileOptions = {}): CompiledSchema {
  const schema = plainSchema(kind, "the schema", given);
  const documents = new Map(
    Object.entries(options.documents ?? {}).map(([uri, document]) => [
      uri.replace(/#$/, ""),
      plainSchema(kind, `the document ${uri}`, document),
    ]),
  );
  const { draft, drop } = dialect(kind, schema, documents, options.draft);
  const ajv = validator(draft, kind);
  checkAgainstMeta(ajv, kind, draft, schema, drop);

  const assert = (options.formats ?? "assert") === "assert";
  const checksFormat = (format: string): boolean => assert && Object.hasOwn(ajv.formats, format);
  const linked = spellOutAnnotations(link(kind, draft, schema, documents, { drop, checksFormat, ajv }), draft, kind);
  const validate = compiled(ajv, kind, linked);
  return {
    draft,
    ignored: assert ? linked.ignored : linked.ignored.filter((name) => !name.startsWith("format: ")),
    errorsOf: (value) => {
      try {
        return validate(value) ? [] : describe(validate.errors ?? []);
      } catch (error) {
        if (error instanceof RangeError) return ["too deep to be checked"];
        throw error;
      }
    },
  };
}

/** A copy that is nothing but JSON, without shared parts. */
function plainSchema(kind: string, what: string, given: unknown): JsonValue {
  let text: string | undefined;
  try {
    text = JSON.stringify(given);
  } catch (error) {
    throw mistake(
      kind,
      `${what} is not JSON: ${toError(error).message.slice(0, 120)}`,
      "Write it as plain JSON.",
      error,
    );
  }
  const schema: JsonValue | undefined = text === undefined ? undefined : JSON.parse(text);
  if (schema === undefined || !(isObject(schema) || typeof schema === "boolean")) {
    throw mistake(
      kind,
      `${what} is neither an object nor true or false`,
      'Give a JSON Schema, as in { type: "object" }.',
    );
  }
  if (depthOf(schema) > SCHEMA_DEPTH) {
    throw mistake(
      kind,
      `${what} is nested more than ${SCHEMA_DEPTH} levels`,
      "Take parts out into $defs and refer to them.",
    );
  }
  return schema;
}

function depthOf(value: JsonValue): number {
  let depth = 0;
  let level: JsonValue[] = [value];
  while (level.length > 0 && depth <= SCHEMA_DEPTH) {
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
    if (level.length > 0) depth += 1;
  }
  return depth;
}

/** The draft, and what a meta-schema of the user's own leaves out of it. */
function dialect(
  kind: string,
  schema: JsonValue,
  documents: ReadonlyMap<string, JsonValue>,
  asked: Draft | undefined,
): { readonly draft: Draft; readonly drop: ReadonlySet<string> } {
  if (asked !== undefined && !DRAFTS.includes(asked)) {
    throw mistake(kind, `the draft ${JSON.stringify(asked)} is unknown`, `Use one of: ${DRAFTS.join(", ")}.`);
  }
  let named = isObject(schema) ? schema.$schema : undefined;
  let vocabulary: JsonValue | undefined;
  for (let hops = 0; typeof named === "string" && draftOf(named) === undefined && hops < 5; hops += 1) {
    const meta = documents.get(named.replace(/#$/, ""));
    if (!isObject(meta)) break;
    vocabulary ??= meta.$vocabulary;
    named = meta.$schema;
  }
  const said = typeof named === "string" ? draftOf(named) : undefined;
  if (typeof named === "string" && said === undefined && asked === undefined) {
    throw mistake(
      kind,
      `$schema ${JSON.stringify(named)} is no draft that is known here`,
      `Use draft ${DRAFTS.join(", ")}, or name the nearest in the option \`draft\`.`,
    );
  }
  const draft = said ?? asked ?? "2020-12";
  if (!isObject(vocabulary)) return { draft, drop: new Set() };
  const words = Object.keys(vocabulary);
  const unknown = words.find((word) => vocabulary[word] === true && !word.startsWith("https://json-schema.org/draft/"));
  if (unknown !== undefined) {
    throw mistake(kind, `its meta-schema requires the vocabulary ${unknown}`, "Remove it from `$vocabulary`.");
  }
  const validates = words.some((word) => word.endsWith("/vocab/validation"));
  return { draft, drop: new Set(validates ? [] : validationKeywords(draft)) };
}

function validator(draft: Draft, kind: string): Ajv {
  const options: Options = {
    strict: false,
    allErrors: true,
    ownProperties: true,
    logger: false,
    validateSchema: false,
    addUsedSchema: false,
    code: {
      // The validator tells compiled patterns apart by their text.
      regExp: Object.assign((pattern: string) => ({ ...linearPattern(pattern, kind), toString: () => pattern }), {
        code: "linearPattern",
      }),
    },
  };
  const ajv = made(draft, options);
  ajvFormats().default(ajv);
  // The package's own takes time quadratic in the text.
  ajv.addFormat("url", (text: string) => /^(?:https?|ftp):\/\//i.test(text) && URL.canParse(text));
  mendExactKeywords(ajv);
  if (draft !== "7") mendUnevaluatedItems(ajv);
  return ajv;
}

function made(draft: Draft, options: Options): Ajv {
  if (draft === "7") return new (ajvOfDraft7().Ajv)(options);
  return draft === "2019-09" ? new (ajvOf2019().Ajv2019)(options) : new (ajvOf2020().Ajv2020)(options);
}

function checkAgainstMeta(ajv: Ajv, kind: string, draft: Draft, schema: JsonValue, drop: ReadonlySet<string>): void {
  if (!isObject(schema) || drop.size > 0) return;
  const { $schema: _, ...rest } = schema;
  if (ajv.validateSchema(rest) === true) return;
  const errors = describe(ajv.errors ?? []).join("; ");
  throw mistake(kind, `the schema is not one of draft ${draft}: ${errors}`, "Correct the schema.");
}

function link(
  kind: string,
  draft: Draft,
  schema: JsonValue,
  documents: ReadonlyMap<string, JsonValue>,
  options: { drop: ReadonlySet<string>; checksFormat: (format: string) => boolean; ajv: Ajv },
): LinkedSchema {
  const index = schemaIndex(draft);
  const resource = index.add(LOCAL_BASE, schema);
  for (const [uri, document] of documents) index.add(uri, document);
  for (const [uri, meta] of metaSchemas(options.ajv)) index.add(uri, meta);
  return linkSchema(index, { schema, resource }, { kind, ...options });
}

/** The drafts' own schemas, which may be referred to like any document. */
function metaSchemas(ajv: Ajv): [string, JsonValue][] {
  return Object.entries(ajv.schemas).flatMap(([uri, environment]) =>
    environment === undefined || !isObject(environment.schema)
      ? []
      : [[uri.replace(/#$/, ""), environment.schema] satisfies [string, JsonValue]],
  );
}

interface Validate {
  (value: JsonValue): boolean;
  errors?: ErrorObject[] | null;
}

function compiled(ajv: Ajv, kind: string, linked: LinkedSchema): Validate {
  const whole: AnySchema = { $ref: `#/$defs/${linked.entry}`, $defs: Object.fromEntries(linked.definitions) };
  const circle = (cause: unknown): ConfigError =>
    mistake(
      kind,
      "the schema refers to itself in a circle",
      "Put `properties` or `items` between a schema and itself.",
      cause,
    );
  try {
    const validate: Validate = ajv.compile(whole) as Validate;
    const probes: JsonValue[] = [null, true, 0, "", [], {}];
    for (const probe of probes) validate(probe);
    return validate;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    if (error instanceof RangeError) throw circle(error);
    throw mistake(
      kind,
      `the schema does not compile: ${toError(error).message.slice(0, 200)}`,
      "Correct the schema.",
      error,
    );
  }
}

function describe(errors: readonly ErrorObject[]): string[] {
  const shown = errors
    .slice(0, ERRORS_SHOWN)
    .map((error) => `${error.instancePath || "/"} ${error.message ?? error.keyword}`);
  return errors.length > ERRORS_SHOWN ? [...shown, `and ${errors.length - ERRORS_SHOWN} more`] : shown;
}
