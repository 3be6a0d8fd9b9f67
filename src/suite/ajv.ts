/**
 * The validator of JSON Schema, loaded where a schema is to be compiled: reading its hundred files takes longer than most starts of the command
 * last. At once, and not as a promise, since suite files make their graders at once.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const ajvOfDraft7 = (): typeof import("ajv") => require("ajv");
export const ajvOf2019 = (): typeof import("ajv/dist/2019.js") => require("ajv/dist/2019.js");
export const ajvOf2020 = (): typeof import("ajv/dist/2020.js") => require("ajv/dist/2020.js");
export const ajvFormats = (): typeof import("ajv-formats") => require("ajv-formats");
export const ajvCode = (): typeof import("ajv/dist/compile/codegen/index.js") =>
  require("ajv/dist/compile/codegen/index.js");
export const ajvParts = (): typeof import("ajv/dist/compile/util.js") => require("ajv/dist/compile/util.js");
