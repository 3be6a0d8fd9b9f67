/** Holds the data of a suite against its schema; each mistake becomes one message with path and fix. */
import type { ErrorObject } from "ajv";
import { ConfigError } from "../errors.ts";
import { ajvOfDraft7 } from "./ajv.ts";
import { anchor, type Word } from "./anchor.ts";
import { closest } from "./closest.ts";
import { fitsSchema } from "./fits-schema.ts";
import { suiteSchema } from "./schema.ts";

/**
 * Mistakes of a suite's data, in the order of the schema; none when it fits.
 *
 * @param data the suite without what is code.
 */
export function checkShape(data: unknown): readonly ConfigError[] {
  if (fitsSchema(data, suiteSchema)) return [];
  return errorsOf(data).map((error) => toMistake(error, data));
}

/** All of them, with the value and the schema's own part for the message. */
function errorsOf(data: unknown): readonly ErrorObject[] {
  const { Ajv } = ajvOfDraft7();
  // Used once: better code would cost more than it saves.
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, code: { optimize: false } });
  const validate = ajv.compile(suiteSchema);
  return validate(data) ? [] : (validate.errors ?? []);
}

/** `/targets/1/prompt` as a reader of the suite would write it: `targets[1].prompt`. */
function toPath(steps: readonly string[]): string {
  return steps.map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

function toMistake(error: ErrorObject, data: unknown): ConfigError {
  const steps = error.instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const { code, message, fix, key } = describe(error);
  const whole = key === undefined ? steps : [...steps, key];
  const path = toPath(whole);
  const subject = path === "" ? "the suite" : path;
  return anchor(new ConfigError(code, `${subject} ${message}`, { place: { path }, fix }), wordsTo(whole, data));
}

interface Description {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** Key below the place that ajv names. */
  readonly key?: string;
}

function describe({ keyword, params, message = "does not fit", data, parentSchema }: ErrorObject): Description {
  switch (keyword) {
    case "additionalProperties": {
      const key = String(params.additionalProperty);
      const known = Object.keys(parentSchema?.properties ?? {});
      const near = closest(key, known);
      const fix = near === undefined ? `Take it out; known here: ${known.join(", ")}.` : `Did you mean "${near}"?`;
      return { code: "unknown-key", message: "is not known", fix, key };
    }
    case "required":
      return { code: "missing-key", message: "is missing", fix: "Add it.", key: String(params.missingProperty) };
    case "enum": {
      const allowed: readonly unknown[] = params.allowedValues;
      const near = typeof data === "string" ? closest(data, allowed.map(String)) : undefined;
      const list = allowed.map((value) => JSON.stringify(value)).join(", ");
      const fix = near === undefined ? `Use one of ${list}.` : `Did you mean "${near}"? Allowed: ${list}.`;
      return { code: "bad-value", message: `is ${show(data)}`, fix };
    }
    case "pattern":
      return String(params.pattern).includes("\\d")
        ? {
            code: "bad-value",
            message: `is ${show(data)}`,
            fix: String(params.pattern).includes("no-end")
              ? 'Write a day as 2027-06-30, or "no-end" for weights that stay yours.'
              : "Write a day as 2027-06-30.",
          }
        : {
            code: "bad-name",
            message: data === "" ? "is empty" : `is ${show(data)}`,
            fix: "Give it a name on one line, without blanks at its ends.",
          };
    case "minItems":
    case "minLength":
      return { code: "missing-key", message: "is empty", fix: "Add what belongs there." };
    default:
      return { code: "bad-value", message: `is ${show(data)}`, fix: `It ${message}.` };
  }
}

function show(data: unknown): string {
  if (typeof data === "function") return "a function";
  // JSON has no such numbers and would tell them as null.
  if (typeof data === "number") return String(data);
  const text = JSON.stringify(data) ?? String(data);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

/** Words that lead to a place in the source: names of the things on the way, and the keys. */
function wordsTo(steps: readonly string[], data: unknown): readonly Word[] {
  const words: Word[] = [];
  let here = data;
  for (const step of ["", ...steps]) {
    if (step !== "") {
      here = isRecord(here) ? here[step] : undefined;
      if (!/^\d+$/.test(step)) words.push({ key: step });
    }
    if (isRecord(here) && typeof here.name === "string" && here.name !== "") words.push({ quoted: here.name });
  }
  return words;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
