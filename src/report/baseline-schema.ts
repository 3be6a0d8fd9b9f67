/** The JSON schema of `reports/baseline.json` (draft 2020-12). Whatever changes the meaning of a field raises the version. */
import type { JsonObject } from "../suite/json.ts";

export const BASELINE_FORMAT = "gapcheck.baseline";
export const BASELINE_VERSION = 1;
export const BASELINE_SCHEMA_ID = `${BASELINE_FORMAT}/${BASELINE_VERSION}`;

const strict = (properties: Readonly<Record<string, JsonObject>>, optional: readonly string[] = []): JsonObject => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const text: JsonObject = { type: "string", minLength: 1 };
const hash: JsonObject = { type: "string", pattern: "^[0-9a-f]{64}$" };
const list = (items: JsonObject): JsonObject => ({ type: "array", items });
/** `3/5`: three of five trials passed. */
const passes: JsonObject = { type: "string", pattern: "^(0|[1-9][0-9]{0,2})/[1-9][0-9]{0,2}$" };
const target: JsonObject = strict(
  { target: text, model: text, returned: list(text), modelHash: hash, parametersHash: hash, askedHash: hash },
  ["askedHash"],
);

const suite: JsonObject = strict(
  {
    suite: text,
    dataset: hash,
    graders: list(strict({ name: text, kind: text, version: { type: "integer", minimum: 0 }, argsHash: hash })),
    thresholds: { type: "object", additionalProperties: { type: "string" } },
    prompt: target,
    tuned: target,
    // Over all of the above and the cases: tells an edit by hand.
    checksum: hash,
    cases: list(
      strict(
        {
          id: text,
          fingerprint: { type: "string", pattern: "^[0-9a-f]{16}$" },
          prompt: passes,
          tuned: passes,
          mustPass: { const: true },
        },
        ["prompt", "tuned", "mustPass"],
      ),
    ),
  },
  ["prompt", "tuned"],
);

export const BASELINE_SCHEMA: JsonObject = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: BASELINE_SCHEMA_ID,
  title: "What pull requests are compared with",
  ...strict({ schema: { const: BASELINE_SCHEMA_ID }, about: text, main: list(suite), release: list(suite) }),
};
