import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BaselineSuite } from "../decide/baseline/contract.ts";
import { fitsSchema } from "../suite/fits-schema.ts";
import { nearly } from "../suite/nearly.test-data.ts";
import { baselineText } from "./baseline-file.ts";
import { BASELINE_SCHEMA } from "./baseline-schema.ts";
import { decisions, summaryOf } from "./decisions.test-data.ts";
import { CASE_LINE_SCHEMA } from "./html/case-lines.ts";
import { compileOwnSchema, misfits } from "./own-schema.ts";
import { SUMMARY_SCHEMA } from "./summary-schema.ts";

const hash = "a".repeat(64);
const target = { target: "plain", model: "m", returned: ["m-1"], modelHash: hash, parametersHash: hash };
const baseline: BaselineSuite = {
  suite: "words",
  dataset: hash,
  graders: [{ name: "exact", kind: "exact-match", version: 1, argsHash: hash }],
  thresholds: { "requirement.quality.atLeast": "0.9" },
  prompt: target,
  tuned: { ...target, askedHash: hash },
  cases: [{ id: "c", fingerprint: "0123456789abcdef", prompt: [1, 3], tuned: [0, 1] }],
};

describe("schemas of our own files", () => {
  it.each([
    ["summary.json", SUMMARY_SCHEMA],
    ["baseline.json", BASELINE_SCHEMA],
    ["a line of cases.jsonl", CASE_LINE_SCHEMA],
  ])("%s: fits the metaschema, which no run looks at again", (_, schema) => {
    const ajv = new Ajv2020();
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
    expect(() => compileOwnSchema(schema)).not.toThrow();
  });

  it("is strict about keywords, and checks dates", () => {
    expect(() => compileOwnSchema({ type: "string", lenght: 3 })).toThrow(/lenght/);
    const check = compileOwnSchema({ type: "string", format: "date-time" });
    expect(check("2026-11-29T00:00:00Z")).toBe(true);
    expect(check("yesterday")).toBe(false);
  });

  it.each([
    ["summary.json", JSON.parse(JSON.stringify(summaryOf(Object.values(decisions).slice(0, 2)))), SUMMARY_SCHEMA],
    ["baseline.json", JSON.parse(baselineText({ main: [baseline, baseline], release: [] })), BASELINE_SCHEMA],
  ])("%s: what is read and what is compiled say the same of what is nearly right", (_, whole, schema) => {
    const validate = compileOwnSchema(schema);
    expect(misfits(whole, schema)).toEqual([]);
    let right = 0;
    let wrong = 0;
    let known = 0;
    fc.assert(
      fc.property(nearly(whole), (value) => {
        const fits = fitsSchema(value, schema);
        if (fits) known++;
        if (validate(value)) right++;
        else {
          wrong++;
          expect(fits).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
    // All, but for dates that are written otherwise than here: the validator is asked of those.
    expect(known).toBeGreaterThan(0.9 * right);
    expect(Math.min(right, wrong)).toBeGreaterThan(50);
  });
});
