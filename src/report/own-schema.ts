/** Compiles the schemas of gapcheck's own files: fixed texts that a test holds against the metaschema, so that no run has to. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { JsonObject } from "../suite/json.ts";

/**
 * A check of draft 2020-12 that stops at the first mistake and knows `date-time`.
 * @throws {Error} for a schema that is none, which is a defect of gapcheck
 */
export function compileOwnSchema<T = unknown>(schema: JsonObject): ValidateFunction<T> {
  // Written once and used once: improving the code of the check takes longer than it saves.
  const ajv = new Ajv2020({ allErrors: false, strict: true, validateSchema: false, code: { optimize: false } });
  formats.default(ajv, ["date-time"]);
  return ajv.compile<T>(schema);
}
