/** Holds values against the schemas of gapcheck's own files: fixed texts that a test holds against the metaschema, so that no run has to. */
import type { ErrorObject, ValidateFunction } from "ajv";
import { ajvFormats, ajvOf2020 } from "../suite/ajv.ts";
import { fitsSchema } from "../suite/fits-schema.ts";
import type { JsonObject } from "../suite/json.ts";

/**
 * A check of draft 2020-12 that stops at the first mistake and knows `date-time`: for very many values. For one, `misfits` is quicker.
 * @throws {Error} for a schema that is none, which is a defect of gapcheck
 */
export function compileOwnSchema<T = unknown>(schema: JsonObject): ValidateFunction<T> {
  const { Ajv2020 } = ajvOf2020();
  const formats = ajvFormats();
  // Written once and used once: improving the code of the check takes longer than it saves.
  const ajv = new Ajv2020({ allErrors: false, strict: true, validateSchema: false, code: { optimize: false } });
  formats.default(ajv, ["date-time"]);
  return ajv.compile<T>(schema);
}

/** The first mistake of a value (of an `anyOf` one a branch); none where it fits. */
export function misfits(value: unknown, schema: JsonObject): readonly ErrorObject[] {
  if (fitsSchema(value, schema)) return [];
  const validate = compileOwnSchema(schema);
  return validate(value) ? [] : (validate.errors ?? []);
}
