import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import type { JsonObject } from "../suite/json.ts";
import { decisions, keepPrompting, summaryOf } from "./decisions.test-data.ts";
import { parseSummary, readSummary, type Summary, summaryText, writeSummary } from "./summary.ts";
import { SUMMARY_SCHEMA } from "./summary-schema.ts";

const as = (text: string) => text;
const all = summaryOf(Object.values(decisions));
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gapcheck-summary-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The same data with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]: [string, unknown]) => [key, reversed(item)]),
  );
}

function refusal(text: string): ConfigError {
  try {
    parseSummary(text, "summary.json");
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown;
    throw thrown;
  }
  throw new Error("it was read");
}

describe("summaryText", () => {
  it("is the same bytes for the same data, whatever order it was put together in", () => {
    const text = summaryText(all, as);
    expect(summaryText(structuredClone(all), as)).toBe(text);
    expect(summaryText(reversed(all) as Summary, as)).toBe(text);
    expect(Object.keys(JSON.parse(text))).toEqual(["schema", "exitCode", "run", "suites"]);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("differs between two runs on the same data only under `run`", () => {
    const later = {
      ...all.run,
      id: "2026-11-25T00-00-00Z",
      startedAt: "2026-11-25T00:00:00Z",
      wallMs: 5,
      counts: { ...all.run.counts, sent: 0 },
    };
    const { run: one, ...first } = JSON.parse(summaryText(all, as));
    const { run: two, ...second } = JSON.parse(summaryText({ ...all, run: later }, as));
    expect(second).toEqual(first);
    expect(two).not.toEqual(one);
  });

  it("knows every field that a decision has", () => {
    const defs = SUMMARY_SCHEMA.$defs as unknown as Record<string, JsonObject>;
    const unknown: string[] = [];
    const walk = (value: unknown, schema: JsonObject | undefined, path: string): void => {
      if (schema === undefined) return;
      if (typeof schema.$ref === "string") walk(value, defs[schema.$ref.replace("#/$defs/", "")], path);
      else if (Array.isArray(schema.anyOf)) {
        const available = (value as { available: boolean }).available;
        walk(value, (schema.anyOf as JsonObject[])[available ? 1 : 0], path);
      } else if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) walk(item, schema.items as JsonObject, `${path}/${index}`);
      } else if (typeof value === "object" && value !== null) {
        const properties = schema.properties as Record<string, JsonObject> | undefined;
        for (const [key, item] of Object.entries(value)) {
          if (properties === undefined || !Object.hasOwn(properties, key)) unknown.push(`${path}/${key}`);
          else walk(item, properties[key], `${path}/${key}`);
        }
      }
    };
    walk(all, SUMMARY_SCHEMA, "");
    expect(unknown).toEqual([]);
  });

  it("refuses to save what is no number or does not fit", () => {
    const [suite] = all.suites;
    if (suite === undefined) throw new Error("no suite");
    const measure = suite.decision.measures[0];
    if (measure === undefined) throw new Error("no measure");
    const withMeasure = (change: object): Summary => ({
      ...all,
      suites: [{ ...suite, decision: { ...suite.decision, measures: [{ ...measure, ...change }] } }],
    });
    expect(() => summaryText(withMeasure({ missingBounds: { lower: Number.NaN, upper: 1 } }), as)).toThrow(/NaN/);
    expect(() => summaryText(withMeasure({ missingBounds: { lower: 0.5, upper: 1.2 } }), as)).toThrow(
      /missingBounds\/upper must be <= 1/,
    );
    expect(() => summaryText(withMeasure({ cases: 1.5 }), as)).toThrow(/cases must be integer/);
    expect(() => summaryText(withMeasure({ strict: { available: true } }), as)).toThrow(/strict/);
  });

  it("hides secrets in texts and stays JSON", () => {
    const secret = 'planted"key\\1234"567';
    const redact = createRedactor({ OPENAI_API_KEY: secret });
    const planted = summaryOf([{ ...keepPrompting, warnings: [`401: ${secret}`] }]);
    const text = summaryText(planted, redact);
    expect(text).not.toContain("planted");
    expect(parseSummary(text, "summary.json").suites[0]?.decision.warnings[0]).toContain("OPENAI_API_KEY");
  });
});

describe("writeSummary and readSummary", () => {
  it("bring back what was written, and leave one file", async () => {
    const file = join(folder, "summary.json");
    await writeSummary(file, all, as);
    expect(await readSummary(file)).toEqual(all);
    expect(await readdir(folder)).toEqual(["summary.json"]);
  });

  it("tell what is wrong with a file, by name", async () => {
    const file = join(folder, "summary.json");
    await expect(readSummary(file)).rejects.toMatchObject({ code: "summary-unreadable", place: { file } });
    await writeFile(file, summaryText(all, as).slice(0, 300));
    await expect(readSummary(file)).rejects.toMatchObject({ code: "summary-not-json" });
    expect(refusal("[]").code).toBe("not-a-summary");
    expect(refusal('{"schema":"gapcheck.summary/0x"}').code).toBe("not-a-summary");
    expect(refusal('{"schema":"gapcheck.summary/1"}').code).toBe("summary-invalid");
    expect(refusal(summaryText(all, as).replace('"n": 200', '"n": "200"')).message).toMatch(
      /damaged: \/suites\/0\/decision/,
    );
  });

  it("name a version from the future", () => {
    const error = refusal(summaryText(all, as).replace("gapcheck.summary/1", "gapcheck.summary/7"));
    expect(error.code).toBe("summary-from-the-future");
    expect(error.message).toBe("This summary has format version 7; this gapcheck reads up to version 1.");
  });
});
