import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSchema } from "./compile-schema.ts";
import { jsonEquals } from "./json-equals.ts";
import { type JsonSchemaOptions, jsonSchema } from "./json-schema.ts";
import { tryGrader } from "./try-grader.ts";

async function grades(schema: unknown, text: string, options: JsonSchemaOptions = {}): Promise<unknown[]> {
  const { strict, lenient } = await tryGrader(jsonSchema(schema, options), { text });
  return [strict, lenient].map((grade) => (grade.kind === "scored" ? (grade.flaw ?? grade.score) : grade.kind));
}

const total = { type: "object", required: ["total"], properties: { total: { type: "number" } } };

describe("jsonSchema", () => {
  it("demands JSON alone by the strict form, and finds it by the lenient", async () => {
    expect(await grades(total, '{"total": 3}')).toEqual([1, 1]);
    expect(await grades(total, '```json\n{"total": 3}\n```')).toEqual(["unparsed", 1]);
    expect(await grades(total, 'As in [1]: {"total": 3}.')).toEqual(["unparsed", 1]);
    expect(await grades(total, "no JSON")).toEqual(["unparsed", "unparsed"]);
    expect(await grades(total, '{"total":')).toEqual(["unparsed", "unparsed"]);
  });

  it("tells the place of each error", async () => {
    const schema = { properties: { items: { items: { type: "number" } }, "a/b": { const: 1 } } };
    const { strict } = await tryGrader(jsonSchema(schema), { text: '{"items":[1,"x"],"a/b":2}' });
    expect(strict).toMatchObject({ score: 0, why: "/items/1 must be number; /a~1b must be equal to constant" });
  });

  it("shows the first errors and counts the rest", () => {
    const { errorsOf } = compileSchema("test", { items: { type: "number" } });
    expect(errorsOf(["a", "b", "c", "d", "e", "f", "g"])).toHaveLength(6);
    expect(errorsOf(["a", "b", "c", "d", "e", "f", "g"]).at(-1)).toBe("and 2 more");
  });

  it("knows three drafts, by $schema or by option", async () => {
    const tuple = { items: [{ type: "number" }] };
    expect(await grades(tuple, '["x"]', { draft: "7" })).toEqual([0, 0]);
    expect(await grades({ $schema: "http://json-schema.org/draft-07/schema#", ...tuple }, '["x"]')).toEqual([0, 0]);
    expect(await grades({ $schema: "https://json-schema.org/draft/2019-09/schema", ...tuple }, "[1]")).toEqual([1, 1]);
    expect(() => jsonSchema(tuple)).toThrow(/not one of draft 2020-12/);
    expect(() => jsonSchema({ $schema: "https://example.org/my" })).toThrow(/no draft that is known/);
    expect(() => jsonSchema({}, { draft: "4" as "7" })).toThrow(/draft "4" is unknown/);
  });

  it.each([
    [{ type: "strin" }, /not one of draft/],
    [{ type: "object", properties: { a: { minimum: "1" } } }, /not one of draft/],
    [{ $ref: "#/$defs/none" }, /refers to "#\/\$defs\/none"/],
    [{ $ref: "#" }, /in a circle/],
    [{ allOf: [{ $ref: "#/$defs/a" }], $defs: { a: { $ref: "#/$defs/a" } } }, /in a circle/],
    [{ pattern: "(" }, /no regular expression/],
    [{ patternProperties: { "[": {} } }, /no regular expression/],
    [{ pattern: "(?=x)" }, /lookahead/],
    [{ patternProperties: { "(a)\\1": {} } }, /backreference/],
    [3, /neither an object nor true or false/],
    [undefined, /neither an object/],
  ])("never passes on %j: it does not compile", (schema, why) => {
    expect(() => jsonSchema(schema)).toThrow(why);
  });

  it("museum: fetches nothing for a remote $ref", () => {
    const remote = { $ref: "http://169.254.169.254/latest/meta-data" };
    expect(() => jsonSchema(remote)).toThrow(/nothing is fetched/);
    const here = jsonSchema(remote, { documents: { "http://169.254.169.254/latest/meta-data": { type: "string" } } });
    expect(here.kind).toBe("json-schema");
  });

  it("is not slowed down by a pattern made to hang", async () => {
    const hostile = JSON.stringify(`${"a".repeat(100_000)}!`);
    expect(await grades({ pattern: "^(a+)+$" }, hostile)).toEqual([0, 0]);
  });

  it("reads a pattern that escapes more than it must", async () => {
    expect(await grades({ pattern: "^\\d{3}\\-\\d{4}$" }, '"555-1234"')).toEqual([1, 1]);
    expect(await grades({ patternProperties: { "^a\\-": { type: "number" } } }, '{"a-b":"x"}')).toEqual([0, 0]);
  });

  it("is not slowed down by a long array of different arrays", async () => {
    const items = JSON.stringify(Array.from({ length: 50_000 }, (_, index) => [index]));
    expect(await grades({ uniqueItems: true }, items)).toEqual([1, 1]);
    expect(await grades({ uniqueItems: true }, '[{"a":1,"b":2},{"b":2,"a":1}]')).toEqual([0, 0]);
  });

  it("scores what is nested 100,000 deep as too deep, also under a recursive schema", async () => {
    const tree = { type: "array", items: { $ref: "#" } };
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(await grades(tree, "[[[]]]")).toEqual([1, 1]);
    const { strict, lenient } = await tryGrader(jsonSchema(tree), { text: deep });
    expect([strict, lenient]).toMatchObject([
      { score: 0, why: expect.stringContaining("too deep") },
      { score: 0, why: expect.stringContaining("too deep") },
    ]);
    const allowed = `${"[".repeat(500)}${"]".repeat(500)}`;
    expect(await grades(tree, allowed, { maxDepth: 500 })).toEqual([1, 1]);
  });

  it("divides exactly", async () => {
    expect(await grades({ multipleOf: 0.01 }, "19.99")).toEqual([1, 1]);
    expect(await grades({ multipleOf: 0.01 }, "19.995")).toEqual([0, 0]);
    expect(await grades({ multipleOf: 0.5 }, "1e308")).toEqual([1, 1]);
  });

  it("treats __proto__, constructor and toString as names like any other", async () => {
    const closed = { properties: { a: {} }, additionalProperties: false };
    expect(await grades(closed, '{"__proto__": 1}')).toEqual([0, 0]);
    expect(await grades({ required: ["toString"] }, "{}")).toEqual([0, 0]);
    expect(await grades(JSON.parse('{"properties":{"__proto__":{"type":"number"}}}'), '{"__proto__":"x"}')).toEqual([
      0, 0,
    ]);
    expect(await grades(true, '{"__proto__":{"polluted":1},"a":1}')).toEqual([1, 1]);
    expect(await grades(true, '{"__proto__":{"polluted":1},"a":1,"a":2}')).toEqual(["unparsed", "unparsed"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("checks formats unless told not to", async () => {
    expect(await grades({ format: "date" }, '"yesterday"')).toEqual([0, 0]);
    expect(await grades({ format: "url" }, JSON.stringify(`http://${":".repeat(200_000)}!`))).toEqual([0, 0]);
    expect(await grades({ format: "url" }, '"https://example.org/a"')).toEqual([1, 1]);
    expect(await grades({ format: "date" }, '"yesterday"', { formats: "annotate" })).toEqual([1, 1]);
  });

  it("refuses a schema none of whose keywords is known: any JSON would pass", () => {
    const wrapped = { name: "total", schema: { type: "object", required: ["total"] }, strict: true };
    expect(() => jsonSchema(wrapped)).toThrow("no keyword of the schema is known (name, schema, strict)");
    expect(() => jsonSchema({ title: "t", requried: ["a"] })).toThrow("(requried)");
    for (const schema of [
      {},
      true,
      { title: "t" },
      { $defs: { a: {} }, $ref: "#/$defs/a", more: 1 },
      { not: {}, more: 1 },
    ]) {
      expect(() => jsonSchema(schema)).not.toThrow();
    }
  });

  it("states what it does not check", () => {
    expect(jsonSchema({ requried: ["a"], format: "phone", type: "string" }).args.ignored).toEqual([
      "format: phone",
      "requried",
    ]);
    expect(jsonSchema({ title: "t", type: "string" }).args.ignored).toEqual([]);
  });

  it("tells mistakes in its options at once", () => {
    expect(() => jsonSchema({}, { maxDepth: 0 })).toThrow(/maxDepth is 0/);
    expect(() => jsonSchema({}, { maxLength: 1.5 })).toThrow(/maxLength is 1.5/);
    expect(() => jsonSchema({}, { formats: "check" as "assert" })).toThrow(/formats is "check"/);
    const circular: Record<string, unknown> = {};
    circular.properties = { a: circular };
    expect(() => jsonSchema(circular)).toThrow(/not JSON/);
    let deep: unknown = {};
    for (let i = 0; i < 200; i += 1) deep = { not: deep };
    expect(() => jsonSchema(deep)).toThrow(/nested more than 100/);
  });
});

describe("compileSchema", () => {
  const leaf = fc.constantFrom<unknown>(
    {},
    true,
    { type: "number" },
    { type: ["string", "null"] },
    { minimum: 2 },
    { const: "a" },
    { enum: [1, "a", null] },
    { maxItems: 1 },
    { required: ["a"] },
    { minLength: 2 },
  );
  const { schema } = fc.letrec((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      leaf,
      fc.record({ properties: fc.record({ a: tie("schema"), b: tie("schema") }) }),
      fc.record({ prefixItems: fc.tuple(tie("schema"), tie("schema")) }),
      fc.record({ items: tie("schema") }),
      fc.record({ anyOf: fc.tuple(tie("schema"), tie("schema")) }),
      fc.record({ oneOf: fc.tuple(tie("schema"), tie("schema")) }),
      fc.record({ allOf: fc.tuple(tie("schema"), tie("schema")) }),
      fc.record({ not: tie("schema") }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      fc.record({ if: tie("schema"), then: tie("schema"), else: tie("schema") }),
      fc.record({ properties: fc.record({ a: tie("schema") }), additionalProperties: tie("schema") }),
      fc.record({ $defs: fc.record({ x: tie("schema") }), $ref: fc.constant("#/$defs/x") }),
    ),
  }));
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>(1, 2, 3.5, "a", "bb", null, true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value")),
    ),
  })).value;

  it("agrees with the plain validator where that is right", () => {
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 3, maxLength: 6 }), (one, values) => {
        // The definitions of nested schemas are looked up from the root: keep one level.
        if (JSON.stringify(one).split("$ref").length > 2) return;
        const nested = JSON.stringify(one).includes("$ref") && !Object.hasOwn(Object(one), "$ref");
        if (nested) return;
        const plain = new Ajv2020({ strict: false }).compile(Object(one) === one ? Object(one) : Boolean(one));
        const ours = compileSchema("test", one);
        for (const each of values) {
          const json = JSON.parse(JSON.stringify(each));
          expect(ours.errorsOf(json).length === 0).toBe(plain(json));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("follows a reference of each kind", () => {
    const schema = {
      $id: "https://example.org/root",
      type: "object",
      properties: {
        pointer: { $ref: "#/$defs/number" },
        anchor: { $ref: "#text" },
        relative: { $ref: "other" },
        document: { $ref: "shared#/$defs/one~1two" },
        self: { $ref: "#" },
      },
      $defs: {
        number: { type: "number" },
        named: { $anchor: "text", type: "string" },
        other: { $id: "other", type: "boolean" },
      },
      additionalProperties: false,
    };
    const documents = { "https://example.org/shared": { $defs: { "one/two": { const: 12 } } } };
    const { errorsOf } = compileSchema("test", schema, { documents });
    expect(errorsOf({ pointer: 1, anchor: "a", relative: true, document: 12, self: { pointer: 2 } })).toEqual([]);
    for (const wrong of [{ pointer: "a" }, { anchor: 1 }, { relative: 1 }, { document: 13 }, { self: { x: 1 } }]) {
      expect(errorsOf(wrong), JSON.stringify(wrong)).toHaveLength(1);
    }
  });

  it("lets a schema's own part win over a document of the same URI", () => {
    const part = { $id: "https://example.org/part", type: "number" };
    const documents = { "https://example.org/part": { type: "string" } };
    const { errorsOf } = compileSchema("test", { $defs: { part }, $ref: "https://example.org/part" }, { documents });
    expect([errorsOf(1), errorsOf("a").length]).toEqual([[], 1]);
  });

  it("does not let an $id beside a $ref change anything in draft 7", () => {
    const schema = {
      definitions: { number: { type: "number" } },
      properties: { a: { $id: "https://example.org/elsewhere", $ref: "#/definitions/number", maximum: 1 } },
    };
    const { errorsOf } = compileSchema("test", schema, { draft: "7" });
    expect([errorsOf({ a: 2 }), errorsOf({ a: "x" }).length]).toEqual([[], 1]);
  });

  it("follows a dynamic reference to the outermost schema that answers it", () => {
    const tree = {
      $id: "https://example.org/tree",
      $dynamicAnchor: "node",
      properties: { children: { items: { $dynamicRef: "#node" } } },
    };
    const strictTree = {
      $id: "https://example.org/strict-tree",
      $dynamicAnchor: "node",
      $ref: "tree",
      unevaluatedProperties: false,
    };
    const { errorsOf } = compileSchema("test", strictTree, { documents: { "https://example.org/tree": tree } });
    expect(errorsOf({ children: [{ children: [] }] })).toEqual([]);
    expect(errorsOf({ children: [{ daat: 1 }] })).not.toEqual([]);
  });

  it("knows only while it runs which items a branch evaluated", () => {
    const { errorsOf } = compileSchema("test", {
      anyOf: [{ items: { type: "string" } }, true],
      unevaluatedItems: { type: "boolean" },
    });
    expect(errorsOf(["yes", "no"])).toEqual([]);
    expect(errorsOf([true, false])).toEqual([]);
    expect(errorsOf(["yes", false])).not.toEqual([]);
  });

  it("does not take an item for evaluated that contains did not match", () => {
    const { errorsOf } = compileSchema("test", {
      if: { contains: { const: "a" } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { contains: { const: "b" } },
      unevaluatedItems: { type: "number" },
    });
    expect(errorsOf([1, 2])).toEqual([]);
    expect(errorsOf(["a", "b", 1])).toEqual([]);
    expect(errorsOf(["a", "b", "c"])).not.toEqual([]);
    expect(errorsOf(["b", 1])).not.toEqual([]);
  });
});

describe("jsonEquals", () => {
  it("compares values, whatever the order of the keys", async () => {
    const expected = { a: [1, 2], b: { c: null } };
    const { strict, lenient } = await tryGrader(jsonEquals(), {
      text: '```\n{"b":{"c":null},"a":[1.0,2]}\n```',
      expected,
    });
    expect([strict, lenient]).toMatchObject([{ score: 0, flaw: "unparsed" }, { score: 1 }]);
    expect((await tryGrader(jsonEquals(), { text: '{"a":[2,1],"b":{"c":null}}', expected })).strict).toMatchObject({
      score: 0,
    });
  });

  it("scores the share of the named fields that agree", async () => {
    const grader = jsonEquals({ fields: ["/name", "sum.total"], passAt: 0.5 });
    const expected = { name: "x", sum: { total: 3 }, other: 1 };
    const { strict } = await tryGrader(grader, { text: '{"name":"x","sum":{"total":4}}', expected });
    expect(strict).toMatchObject({ score: 0.5, items: [{ passed: true }, { passed: false, why: "says 4" }] });
    const absent = await tryGrader(grader, { text: "{}", expected: { name: "x" } });
    expect(absent.strict).toMatchObject({ kind: "ungraded", reason: "missing-expected" });
  });

  it("tells mistakes in its options at once", () => {
    expect(() => jsonEquals({ fields: [] })).toThrow(/could never fail/);
    expect(() => jsonEquals({ fields: ["a["] })).toThrow(/no JSON path/);
  });
});
