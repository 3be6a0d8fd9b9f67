import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitsSchema } from "./fits-schema.ts";
import { nearly } from "./nearly.test-data.ts";
import { suiteSchema } from "./schema.ts";

const prompt = {
  system: "You route.",
  user: { kind: "file", path: "a.md" },
  shots: { from: [], count: 2, user: "u", assistant: "a" },
  variables: { a: "b" },
  ignore: ["x"],
};
const parameters = { temperature: 0, topP: 0.5, maxTokens: 9, seed: 1, stop: ["."], reasoningEffort: "low", extra: {} };

/** Every key that a suite may have. */
const whole = {
  name: "routing",
  scenario: "format",
  description: "d",
  example: true,
  cases: [],
  targets: [
    { name: "a", role: "prompt-only", model: {}, prompt, parameters, arm: "oracle-context" },
    {
      name: "b",
      role: "fine-tuned",
      parameters: { schema: { name: "s", schema: {} } },
      tuning: { tunedFrom: {}, trainingExamples: 3, trainingCostUsd: 1, retiresOn: "2027-01-01", recipe: "r" },
    },
  ],
  graders: [
    { name: "g", kind: "k", version: 1, args: {}, needsExpected: true, hasForms: false, required: true, passAt: 1 },
  ],
  requirement: {
    quality: [{ atLeast: 0.9, grader: "g", form: "strict", measure: "pass", blocking: true }],
    stability: { allOf: 2, atLeast: 0.5, blocking: false },
    cost: { usdPer1kAtMost: 1, blocking: true },
    latency: { p95MsAtMost: 100 },
    enough: 0.5,
    margin: 0.1,
    regression: { tag: "t", margin: 0.1 },
    alpha: 0.05,
  },
  trials: 3,
  devShare: 0.3,
  gate: {
    accept: ["CONFIRMED"],
    onInconclusive: "fail",
    maxMissing: 0.1,
    margin: 0.1,
    trials: [1, 3],
    mustPass: ["c"],
    acrossModels: true,
    mostLooks: 4,
  },
  ladder: { instruction: ["a"], "few-shot": { waived: "w" }, plateau: { waived: "w" } },
  sweep: {
    from: "a",
    instructions: { i: "text", j: { kind: "file", path: "p" } },
    contexts: { c: "text" },
    shots: { none: "none", two: prompt.shots },
    parameters: { p: parameters },
    tries: ["reasoning"],
  },
  training: {
    data: [],
    examples: 9,
    atLeast: 1,
    agreement: -0.5,
    venue: { name: "v", trains: true, servedUntil: "2027-01-01", dataAllowed: false },
  },
  economics: {
    volume: { perMonth: 1, growth: 0, low: 0.5, high: 2 },
    horizonMonths: 12,
    oneOff: {
      trainingUsd: 1,
      labels: { count: 1, usdEach: 1, checked: 0.5 },
      evaluationUsd: 0,
      engineering: { hours: 1, usdPerHour: 1 },
    },
    hosting: { usdPerHour: 1, replicas: 1, hoursPerMonth: 700, asOf: "2027-01-01" },
    refresh: { everyMonths: 1, usd: 1 },
    promptPriceDecline: 0.1,
    tunedUsdPer1k: 1,
  },
  unanswerable: "u",
};

describe("a suite held against its schema", () => {
  const validate = new Ajv({ allowUnionTypes: true, logger: false }).compile(suiteSchema);

  it("fits with every key there is", () => {
    expect(fitsSchema(whole, suiteSchema)).toBe(true);
    expect(validate(whole)).toBe(true);
  });

  it("fits where the validator says so, and only there", () => {
    let right = 0;
    let wrong = 0;
    fc.assert(
      fc.property(nearly(whole), (suite) => {
        const fits = validate(suite);
        if (fits) right++;
        else wrong++;
        expect(fitsSchema(suite, suiteSchema)).toBe(fits);
      }),
      { numRuns: 5_000 },
    );
    expect(Math.min(right, wrong)).toBeGreaterThan(100);
  });
});

it("refuses to read a schema that it knows no word of", () => {
  expect(() => fitsSchema("a", { maxLength: 3 })).toThrow(/maxLength/);
  expect(() => fitsSchema("a", { type: "text" })).toThrow(/type, "text"/);
  expect(() => fitsSchema("a", { $ref: "#/$defs/none" })).toThrow(/\$ref/);
});
