import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { BASELINE_SCHEMA } from "./baseline-schema.ts";
import { CASE_LINE_SCHEMA } from "./html/case-lines.ts";
import { compileOwnSchema } from "./own-schema.ts";
import { SUMMARY_SCHEMA } from "./summary-schema.ts";

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
});
