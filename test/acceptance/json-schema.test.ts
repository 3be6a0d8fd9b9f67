/**
 * The JSON-Schema-Test-Suite, required tests of drafts 7, 2019-09 and 2020-12, through the grader itself: each instance is an
 * answer, its text graded. A schema that does not compile counts against us, whatever the test expects.
 */
import { describe, expect, it } from "vitest";
import { jsonSchema } from "../../src/grade/json-schema.ts";
import type { Draft } from "../../src/grade/schema-keywords.ts";
import { tryGrader } from "../../src/grade/try-grader.ts";
import type { Grader } from "../../src/suite/grade.ts";
import { sharedJson, sharedLines } from "./shared-data.ts";

interface Group {
  readonly id: string;
  readonly optional: boolean;
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

/** Required tests, how many of them plain ajv passes, and how many we pass. */
const DRAFTS: readonly (readonly [Draft, number, number, number])[] = [
  ["7", 927, 919, 927],
  ["2019-09", 1259, 1231, 1259],
  ["2020-12", 1299, 1237, 1299],
];

const documents = sharedJson("json_schema_suite/remotes.json") as Readonly<Record<string, unknown>> | undefined;

/** The grader of a group; where its schema does not compile, each of its tests is a failure. */
function compiled(group: Group, draft: Draft, failures: string[]): Grader<unknown, unknown> | undefined {
  try {
    return jsonSchema(group.schema, { draft, documents: documents ?? {}, formats: "annotate" });
  } catch (error) {
    failures.push(...group.tests.map((test) => `${group.id} ${test.description}: ${String(error)}`));
    return undefined;
  }
}

describe.each(DRAFTS)("JSON-Schema-Test-Suite, draft %s", (draft, required, plain, passes) => {
  const groups = sharedLines(`json_schema_suite/draft${draft}.jsonl`) as readonly Group[] | undefined;

  it(groups === undefined ? "the data is not there" : `passes ${passes} of ${required} required tests`, async (ctx) => {
    if (groups === undefined || documents === undefined)
      return ctx.skip("../shared/data/json_schema_suite is not there");
    let total = 0;
    const failures: string[] = [];
    for (const group of groups.filter(({ optional }) => !optional)) {
      total += group.tests.length;
      const grader = compiled(group, draft, failures);
      if (grader === undefined) continue;
      for (const test of group.tests) {
        const { strict } = await tryGrader(grader, { text: JSON.stringify(test.data) });
        const valid = strict.kind === "scored" && strict.score === 1;
        if (valid !== test.valid) failures.push(`${group.id} ${test.description}`);
      }
    }
    expect(total).toBe(required);
    expect(failures).toEqual([]);
    expect(total - failures.length).toBe(passes);
    expect(passes).toBeGreaterThan(plain);
  });
});
