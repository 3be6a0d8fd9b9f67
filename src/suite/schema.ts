/** The parts of a suite that are data, as a JSON schema (draft 7). What is code (models, graders, prompt functions) is checked in `check.ts`. */
import type { JsonObject } from "./json.ts";
import { RUNGS } from "./ladder.ts";

/** Something in it, no blank at either end, one line. */
const name: JsonObject = { type: "string", pattern: "^\\S(.*\\S)?$" };
const text: JsonObject = { type: "string", minLength: 1 };
const share: JsonObject = { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 };
const positive: JsonObject = { type: "number", exclusiveMinimum: 0 };
const blocking: JsonObject = { type: "boolean" };
const amount: JsonObject = { type: "number", minimum: 0 };
const day: JsonObject = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" };
const dayOrNone: JsonObject = { type: "string", pattern: "^(\\d{4}-\\d{2}-\\d{2}|no-end)$" };

function record(properties: JsonObject, required: readonly string[] = []): JsonObject {
  return { type: "object", properties, required, additionalProperties: false };
}

const textOrFile: JsonObject = {
  ...record({ kind: { const: "file" }, path: text }, ["kind", "path"]),
  type: ["string", "object"],
  minLength: 1,
};

const shots = record({ from: {}, count: { type: "integer", minimum: 1 }, user: text, assistant: text }, [
  "from",
  "count",
]);

const prompt = record(
  {
    system: textOrFile,
    user: textOrFile,
    shots,
    variables: { type: "object", additionalProperties: { type: "string" } },
    ignore: { type: "array", items: text },
  },
  ["user"],
);

const parameters = record({
  temperature: { type: "number", minimum: 0 },
  topP: { type: "number", exclusiveMinimum: 0, maximum: 1 },
  maxTokens: { type: "integer", minimum: 1 },
  seed: { type: "integer" },
  stop: { type: "array", items: text },
  reasoningEffort: { enum: ["minimal", "low", "medium", "high"] },
  schema: record({ name: text, schema: { type: "object" } }, ["name", "schema"]),
  extra: { type: "object" },
});

const target = record(
  {
    name,
    role: { enum: ["prompt-only", "fine-tuned"] },
    model: {},
    prompt,
    parameters,
    tuning: record({
      tunedFrom: {},
      trainingExamples: { type: "integer", minimum: 1 },
      trainingCostUsd: { type: "number", minimum: 0 },
      retiresOn: day,
      recipe: name,
    }),
    arm: { enum: ["oracle-context", "constrained-output", "short-prompt"] },
  },
  ["name", "role"],
);

const grader: JsonObject = {
  type: "object",
  properties: {
    name,
    kind: text,
    version: { type: "integer", minimum: 1 },
    args: { type: "object" },
    needsExpected: { type: "boolean" },
    hasForms: { type: "boolean" },
    required: { type: "boolean" },
    passAt: { type: "number", exclusiveMinimum: 0, maximum: 1 },
  },
  required: ["name", "kind", "version", "args", "needsExpected", "hasForms", "required", "passAt"],
};

const quality = record(
  {
    atLeast: share,
    grader: name,
    form: { enum: ["strict", "lenient"] },
    measure: { enum: ["pass", "score"] },
    blocking,
  },
  ["atLeast"],
);

const requirement = record({
  quality: { ...quality, type: ["object", "array"], items: quality, minItems: 1 },
  stability: record({ allOf: { type: "integer", minimum: 1 }, atLeast: share, blocking }, ["allOf", "atLeast"]),
  cost: record({ usdPer1kAtMost: positive, usdPerSuccessAtMost: positive, blocking }),
  latency: record({ p95MsAtMost: positive, blocking }, ["p95MsAtMost"]),
  enough: share,
  margin: share,
  regression: record({ tag: name, margin: share }, ["tag"]),
  alpha: { type: "number", minimum: 0.001, maximum: 0.2 },
});

const verdicts = ["KEEP_PROMPTING", "FINE_TUNE_JUSTIFIED", "CONFIRMED", "REJECTED", "NOT_FEASIBLE", "INCONCLUSIVE"];

const gate = record({
  accept: { type: "array", items: { enum: verdicts }, minItems: 1, uniqueItems: true },
  onInconclusive: { enum: ["fail", "pass"] },
  maxMissing: { type: "number", minimum: 0, maximum: 1 },
  margin: share,
  trials: { type: "array", items: { type: "integer", minimum: 1, maximum: 100 }, minItems: 1, uniqueItems: true },
  mustPass: { type: "array", items: name, minItems: 1, uniqueItems: true },
  acrossModels: { type: "boolean" },
  mostLooks: { type: "integer", minimum: 1, maximum: 1000 },
});

const waived = record({ waived: text }, ["waived"]);

const ladder = record({
  ...Object.fromEntries(
    RUNGS.map((rung) => [
      rung,
      { ...waived, type: ["array", "object"], items: name, minItems: 1 } satisfies JsonObject,
    ]),
  ),
  plateau: waived,
  caching: waived,
  batch: waived,
});

const named = (value: JsonObject): JsonObject => ({
  type: "object",
  propertyNames: name,
  additionalProperties: value,
});

const sweep = record(
  {
    from: name,
    instructions: named(textOrFile),
    contexts: named(textOrFile),
    shots: named({ ...shots, type: ["object", "string"], pattern: "^none$" }),
    parameters: named(parameters),
    tries: { type: "array", items: { enum: [...RUNGS] }, minItems: 1, uniqueItems: true },
  },
  ["from"],
);

const training = record({
  data: {},
  examples: { type: "integer", minimum: 0 },
  atLeast: { type: "integer", minimum: 1 },
  agreement: { ...waived, type: ["number", "object"], minimum: -1, maximum: 1 },
  venue: record({ name, trains: { type: "boolean" }, servedUntil: dayOrNone, dataAllowed: { type: "boolean" } }, [
    "name",
    "trains",
  ]),
});

const economics = record(
  {
    volume: record(
      {
        perMonth: positive,
        growth: { type: "number", minimum: -1, maximum: 10 },
        low: { type: "number", exclusiveMinimum: 0, maximum: 1 },
        high: { type: "number", minimum: 1 },
      },
      ["perMonth"],
    ),
    horizonMonths: { type: "integer", minimum: 1, maximum: 120 },
    oneOff: record({
      trainingUsd: amount,
      labels: record(
        {
          count: { type: "integer", minimum: 0 },
          usdEach: amount,
          checked: { type: "number", minimum: 0, maximum: 1 },
        },
        ["count", "usdEach"],
      ),
      evaluationUsd: amount,
      engineering: record({ hours: amount, usdPerHour: amount }, ["hours", "usdPerHour"]),
    }),
    hosting: record(
      {
        usdPerHour: amount,
        replicas: { type: "integer", minimum: 1 },
        hoursPerMonth: { type: "number", minimum: 0, maximum: 744 },
        asOf: day,
      },
      ["usdPerHour"],
    ),
    refresh: record({ everyMonths: { type: "integer", minimum: 1 }, usd: amount }, ["everyMonths", "usd"]),
    promptPriceDecline: { type: "number", minimum: 0, exclusiveMaximum: 1 },
    tunedUsdPer1k: amount,
  },
  ["volume"],
);

export const suiteSchema: JsonObject = record(
  {
    name,
    scenario: { enum: ["knowledge", "format", "cost", "reasoning"] },
    description: text,
    example: { type: "boolean" },
    cases: {},
    targets: { type: "array", items: target, minItems: 1 },
    graders: { type: "array", items: grader, minItems: 1 },
    requirement,
    trials: { type: "integer", minimum: 1, maximum: 100 },
    devShare: share,
    gate,
    ladder,
    sweep,
    training,
    economics,
    unanswerable: name,
  },
  ["name", "scenario", "cases", "targets", "graders"],
);
