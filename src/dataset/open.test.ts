import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, ConfigErrors } from "../errors.ts";
import type { Case, LoadedCase } from "../suite/case.ts";
import type { Cases } from "../suite/cases.ts";
import { fingerprintOf } from "../suite/fingerprint.ts";
import { splitOf } from "../suite/split.ts";
import type { LoadedSuite } from "../suite/suite.ts";
import type { Target } from "../suite/target.ts";
import { readExamples } from "./examples.ts";
import { type Dataset, openDataset } from "./open.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-open-"));
});

beforeEach(() => {
  for (const name of ["cases.jsonl", "cases.csv"]) rmSync(join(folder, name), { force: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const target: Target = {
  name: "t",
  role: "prompt-only",
  model: {
    provider: "fake",
    id: "m",
    account: "a",
    identity: {},
    parameters: {},
    answers: "paid",
    complete: async () => ({ kind: "answer", text: "", finish: "stop" }),
  },
  prompt: { user: "x" },
  parameters: {},
};

function suiteWith(cases: Cases<unknown, unknown>, changes: Partial<LoadedSuite> = {}): LoadedSuite {
  return {
    name: "s",
    scenario: "format",
    example: false,
    cases,
    targets: [target],
    graders: [],
    requirement: {},
    trials: 1,
    devShare: 1 / 3,
    gate: {},
    file: join(folder, "s.eval.ts"),
    ...changes,
  };
}

function jsonl(...rows: readonly (object | string)[]): LoadedSuite {
  const text = rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n");
  writeFileSync(join(folder, "cases.jsonl"), text);
  return suiteWith({ kind: "jsonl", path: "cases.jsonl" });
}

async function casesOf(dataset: Dataset): Promise<readonly LoadedCase[]> {
  const cases: LoadedCase[] = [];
  for await (const one of dataset.cases()) cases.push(one);
  return cases;
}

async function mistakesOf(work: Promise<unknown>): Promise<readonly ConfigError[]> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof ConfigErrors) return thrown.errors;
    if (thrown instanceof ConfigError) return [thrown];
    throw thrown;
  }
  return [];
}

const told = async (suite: LoadedSuite) =>
  (await mistakesOf(openDataset(suite))).map(({ code, place }) => `${code} ${place.line ?? place.path}`);

const one = { id: "1", input: { q: "a" }, expected: "x" };
const other = { ...one, input: { q: "b" } };

describe("openDataset", () => {
  it("reads cases with their defaults, line, split and fingerprint", async () => {
    const dataset = await openDataset(
      jsonl(one, { ...other, id: "2", cluster: "c", tags: ["t"], weight: 2, split: "dev" }),
    );
    expect(dataset).toMatchObject({
      count: 2,
      counts: { dev: 1, test: 1, clusters: 2 },
      file: join(folder, "cases.jsonl"),
    });
    const cases = await casesOf(dataset);
    const marks = { fingerprint: fingerprintOf(other), line: 2 };
    expect(cases).toEqual([
      { ...one, index: 0, cluster: "1", weight: 1, split: "test", fingerprint: fingerprintOf(one), line: 1 },
      { ...other, id: "2", index: 1, cluster: "c", tags: ["t"], weight: 2, split: "dev", ...marks },
    ]);
    expect(await casesOf(dataset)).toEqual(cases);
  });

  it("reads the same cases from JSONL, CSV and the suite itself", async () => {
    const list: readonly Case[] = [one, { id: "2", input: { q: 'say "b",\nplease' }, tags: ["t", "u"] }];
    writeFileSync(join(folder, "cases.csv"), 'id,input.q,expected,tags\n1,a,x,\n2,"say ""b"",\nplease",,t;u\n');
    const fromFile = await openDataset(jsonl(...list));
    const fromCsv = await openDataset(suiteWith({ kind: "csv", path: "cases.csv" }));
    const inline = await openDataset(suiteWith(list));
    const content = async (dataset: Dataset) => (await casesOf(dataset)).map(({ line: _, ...rest }) => rest);
    expect(await content(fromCsv)).toEqual(await content(fromFile));
    expect(await content(inline)).toEqual(await content(fromFile));
    expect(new Set([fromFile.fingerprint, fromCsv.fingerprint, inline.fingerprint]).size).toBe(1);
    expect("file" in inline).toBe(false);
  });

  it("changes its fingerprint with what a case says and where it stands, not with the order of keys", async () => {
    const print = async (...rows: readonly object[]) => (await openDataset(jsonl(...rows))).fingerprint;
    const two = { ...one, id: "2" };
    const base = await print(one, two);
    expect(await print({ expected: "x", input: { q: "a" }, id: "1" }, two)).toBe(base);
    const others = [
      await print(two, one),
      await print(one),
      await print({ ...one, id: "3" }, two),
      await print({ ...one, input: { q: "b" } }, two),
      await print({ ...one, expected: "y" }, two),
      await print({ ...one, weight: 2 }, two),
      await print({ ...one, cluster: "c" }, two),
      await print({ ...one, tags: ["t"] }, two),
      await print({ ...one, split: "test" }, two),
    ];
    expect(new Set([base, ...others]).size).toBe(others.length + 1);
  });

  it("tells the mistakes of many lines at once", async () => {
    const suite = jsonl(
      one,
      { ...one, id: 7 },
      { ...one, id: " " },
      { ...one, id: "2 " },
      { input: "x" },
      { id: "3" },
      { ...one, id: "4", input: 5 },
      { ...one, id: "5", expcted: "x" },
      { ...one, id: "6", expected: null },
      { ...one, id: "7", cluster: 5 },
      { ...one, id: "8", tags: "a" },
      { ...one, id: "9", tags: ["a", ""] },
      { ...one, id: "10", weight: 0 },
      { ...one, id: "11", weight: "2" },
      { ...one, id: "12", split: "train" },
      "[]",
    );
    expect(await told(suite)).toEqual([
      "bad-id 2",
      "bad-id 3",
      "bad-id 4",
      "bad-id 5",
      "bad-input 6",
      "bad-input 7",
      "unknown-key 8",
      "bad-expected 9",
      "bad-cluster 10",
      "bad-tags 11",
      "bad-tags 12",
      "bad-weight 13",
      "bad-weight 14",
      "bad-split 15",
      "not-a-case 16",
    ]);
    const mistakes = await mistakesOf(openDataset(suite));
    expect(mistakes[0]?.fix).toBe('Write it in quotes: "7".');
    expect(mistakes[6]?.message).toMatch(/Did you mean "expected"/);
    for (const { place } of mistakes) expect(place.file).toBe(join(folder, "cases.jsonl"));
  });

  it("takes weights that can be summed, and no others", async () => {
    const weighted = (weight: number) => jsonl({ ...one, weight });
    for (const weight of [1e-300, 9e-7, 1.1e6, 1e300]) {
      const [mistake] = await mistakesOf(openDataset(weighted(weight)));
      expect(mistake).toMatchObject({ code: "bad-weight" });
      expect(mistake?.fix).toContain("from 0.000001 to 1,000,000");
    }
    for (const weight of [1e-6, 1, 1e6]) expect(await told(weighted(weight))).toEqual([]);
  });

  it("stops at 20 mistakes, and at what cannot be parsed, telling those before", async () => {
    const wrong = Array.from({ length: 50 }, () => ({ id: "", input: "x" }));
    expect(await told(jsonl(...wrong))).toHaveLength(20);
    await expect(openDataset(jsonl(...wrong))).rejects.toMatchObject({ untold: "unknown" });
    await expect(openDataset(jsonl(...wrong.slice(31)))).rejects.toMatchObject({ untold: 0 });
    expect(await told(jsonl({ id: 1, input: "x" }, "{", { id: 2, input: "x" }))).toEqual(["bad-id 1", "json-syntax 2"]);
  });

  it.each([
    ["twice", "a", "a"],
    ["by case", "Case-1", "case-1"],
    ["by Unicode form", "caf\u00e9", "cafe\u0301"],
    ["by both", "CAF\u00c9", "cafe\u0301"],
  ])("refuses ids that are there %s, with both lines", async (_, first, second) => {
    const suite = jsonl({ ...one, id: first }, { ...one, id: "other" }, { ...one, id: second });
    const [mistake, ...more] = await mistakesOf(openDataset(suite));
    expect(more).toEqual([]);
    expect(mistake).toMatchObject({
      code: "duplicate-id",
      place: { line: 3 },
      message: expect.stringMatching(/line 1$/),
    });
  });

  it("takes names of Object.prototype for ids, clusters, tags and keys like any other", async () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const rows = names.map(
      (name) =>
        `{"id":"${name}","cluster":"${name}","tags":["${name}"],"input":{"${name}":{"polluted":true}},"expected":{"${name}":1}}`,
    );
    const dataset = await openDataset(jsonl(...rows));
    const cases = await casesOf(dataset);
    expect(cases.map(({ id }) => id)).toEqual(names);
    expect(cases.map(({ input }) => Object.keys(input as object)[0])).toEqual(names);
    expect(new Set(cases.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("keeps clusters together and tells one that straddles, with both lines", async () => {
    const split = { ...one, cluster: "c" };
    const dataset = await openDataset(
      jsonl({ ...split, id: "a" }, { ...split, id: "b", split: "dev" }, { ...other, id: "z" }),
    );
    expect((await casesOf(dataset)).map((loaded) => loaded.split)).toEqual(["dev", "dev", "test"]);
    const suite = jsonl({ ...split, split: "dev" }, { ...one, id: "z" }, { ...split, id: "2", split: "test" });
    const [mistake] = await mistakesOf(openDataset(suite));
    expect(mistake).toMatchObject({
      code: "split-straddles",
      place: { line: 3 },
      message: expect.stringMatching(/line 1/),
    });
  });

  it("splits by hash where two prompts compete, and never moves a case when others are added", async () => {
    const competing = { targets: [target, { ...target, name: "u" }] };
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,6}$/), { minLength: 20, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(ids, fc.nat({ max: 19 }), async (all, from) => {
        const rows = (some: readonly string[]) => some.map((id) => ({ id, input: id }));
        const splits = async (some: readonly string[]) => {
          const loaded = await casesOf(await openDataset(suiteWith(rows(some), competing)));
          return new Map(loaded.map((each) => [each.id, each.split]));
        };
        const whole = await splits(all);
        for (const [id, split] of whole) expect(split).toBe(splitOf(id, 1 / 3));
        const part = all.slice(from);
        if (part.some((id) => splitOf(id, 1 / 3) === "test")) {
          for (const [id, split] of await splits(part)) expect(split).toBe(whole.get(id));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("refuses no cases, no cases to test on, and files that are not there", async () => {
    expect(await told(jsonl(""))).toEqual(["no-cases undefined"]);
    expect(await told(suiteWith([]))).toEqual(["no-cases undefined"]);
    expect(await told(jsonl({ ...one, split: "dev" }))).toEqual(["no-test-cases undefined"]);
    expect(await told(suiteWith({ kind: "jsonl", path: "nope.jsonl" }))).toEqual(["file-unreadable undefined"]);
    const [isFolder] = await mistakesOf(openDataset(suiteWith({ kind: "csv", path: "." })));
    expect(isFolder).toMatchObject({ code: "file-unreadable", message: expect.stringMatching(/folder/) });
  });

  it("refuses to go on with a file that changed", async () => {
    const dataset = await openDataset(jsonl(one));
    const path = join(folder, "cases.jsonl");
    writeFileSync(path, JSON.stringify({ ...one, expected: "y" }));
    utimesSync(path, 1, 1);
    await expect(casesOf(dataset)).rejects.toMatchObject({ code: "data-changed", place: { file: path } });
  });

  it("notices a file that changes while it is read", async () => {
    const path = join(folder, "cases.jsonl");
    const dataset = await openDataset(jsonl(one, { ...one, id: "2" }));
    const iterator = dataset.cases()[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ id: "1" });
    utimesSync(path, 1, 1);
    await iterator.next();
    await expect(iterator.next()).rejects.toMatchObject({ code: "data-changed" });
  });

  it.each([
    ["a date", new Date(0)],
    ["NaN", { a: [Number.NaN] }],
    ["undefined inside", { a: { b: undefined } }],
    ["a function", { a: () => 1 }],
    ["a bigint", { a: 1n }],
    ["half a surrogate pair", { a: "\ud83d" }],
    ["a map", new Map()],
  ])("refuses what JSON cannot hold in cases of a suite: %s", async (_, input) => {
    expect(await told(suiteWith([one, { id: "2", input }]))).toEqual(["not-json cases[1]"]);
    expect(await told(suiteWith([{ ...one, expected: input }]))).toEqual(["not-json cases[0]"]);
  });

  it("refuses cycles in cases of a suite", async () => {
    const cycle: Record<string, unknown> = {};
    cycle.again = cycle;
    expect(await told(suiteWith([{ id: "1", input: cycle }]))).toEqual(["not-json cases[0]"]);
    expect(await told(suiteWith([null as never]))).toEqual(["not-a-case cases[0]"]);
  });
});

describe("readExamples", () => {
  it("reads examples of a file by the rules for cases", async () => {
    jsonl(one, { ...one, id: "2" });
    const from = { kind: "jsonl", path: "cases.jsonl" } as const;
    expect(await readExamples(from, folder)).toEqual([
      { ...one, line: 1 },
      { ...one, id: "2", line: 2 },
    ]);
    jsonl(one, one, { id: 3, input: "x" });
    expect((await mistakesOf(readExamples(from, folder))).map(({ code }) => code)).toEqual(["duplicate-id", "bad-id"]);
    expect(await readExamples([one], folder)).toEqual([one]);
  });
});

it("reads a small file once and keeps its cases frozen, and streams a large one", async () => {
  const row = (id: string, input: string) => ({ id, input: { text: input }, expected: { a: ["b"] }, tags: ["t"] });
  const passes = async (...rows: readonly object[]) => {
    const dataset = await openDataset(jsonl(...rows));
    const [first, second] = [await casesOf(dataset), await casesOf(dataset)];
    expect(second).toEqual(first);
    return { first, second };
  };
  const small = await passes(row("1", "x"), row("2", "y"));
  const large = await passes(row("1", "x"), row("2", "y"), row("3", "z".repeat(5_000_000)));
  expect(small.first).toEqual(large.first.slice(0, 2));
  expect(small.second[0]).toBe(small.first[0]);
  expect(large.second[0]).not.toBe(large.first[0]);
  const { tags, expected } = small.first[0] ?? {};
  expect([small.first[0], tags, expected, Object(expected).a].every((part) => Object.isFrozen(part))).toBe(true);
  const many = Array.from({ length: 20_001 }, (_, n) => ({ id: `${n}`, input: `${n}` }));
  const { first, second } = await passes(...many);
  expect(first).toHaveLength(20_001);
  expect(second[0]).not.toBe(first[0]);
});

it("lets go of a line when only the id and the tags of its case are kept", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  // More than is kept of a file.
  const bytes = 25_000;
  const rows = Array.from({ length: 200 }, (_, n) => ({
    id: `a case with a long name ${n}`,
    input: "x".repeat(bytes),
    cluster: `a cluster with a long name ${n}`,
    tags: [`a tag with a long name ${n}`],
  }));
  const dataset = await openDataset(jsonl(...rows));
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const kept: unknown[] = [];
  for await (const { id, cluster, tags } of dataset.cases()) kept.push([id, cluster, tags]);
  collectGarbage();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan((kept.length * bytes) / 2);
  expect(kept).toHaveLength(200);
});

describe("cases that ask the same", () => {
  const one = (id: string, text: string, more: Partial<Case> = {}): Case => ({ id, input: { text }, ...more });
  async function opened(cases: readonly Case[], changes: Partial<LoadedSuite> = {}) {
    const dataset = await openDataset(suiteWith(cases, changes));
    const loaded: LoadedCase[] = [];
    for await (const each of dataset.cases()) loaded.push(each);
    return { counts: dataset.counts, loaded };
  }
  const prompts = { targets: [target, { ...target, name: "u" }] };

  it("are one cluster, letter case, white space and Unicode forms aside, and say which they repeat", async () => {
    const { counts, loaded } = await opened([
      one("a", "Where is it?"),
      one("b", "  where IS  it? "),
      one("c", "Where is what?"),
      one("d", "\uff37here is it?", { expected: "another" }),
    ]);
    expect(counts).toEqual({ dev: 0, test: 4, clusters: 2, testClusters: 2 });
    expect(loaded.map(({ cluster, repeats }) => [cluster, repeats])).toEqual([
      ["a", undefined],
      ["a", "a"],
      ["c", undefined],
      ["a", "a"],
    ]);
  });

  it("join the clusters that were declared for them, and those of a third", async () => {
    const { counts, loaded } = await opened([
      one("a", "x", { cluster: "one" }),
      one("b", "y", { cluster: "one" }),
      one("c", "y", { cluster: "two" }),
      one("d", "z", { cluster: "two" }),
      one("e", "z", { cluster: "three" }),
      one("f", "w", { cluster: "four" }),
    ]);
    expect(counts.clusters).toBe(2);
    expect(new Set(loaded.slice(0, 5).map(({ cluster }) => cluster)).size).toBe(1);
  });

  it("are not told by the fields that hold the same texts", async () => {
    const cases = [
      { id: "a", input: { from: "A", to: "B" } },
      { id: "b", input: { from: "B", to: "A" } },
      { id: "c", input: { from: "A B", to: "" } },
      { id: "d", input: "A B" },
    ];
    expect((await opened(cases)).counts.clusters).toBe(4);
  });

  it("go into one split: that which one of them declares, else that of the first", async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `question ${index}`);
    const cases = [...texts.map((text, at) => one(`a${at}`, text)), ...texts.map((text, at) => one(`b${at}`, text))];
    const { loaded, counts } = await opened(cases, prompts);
    expect(counts.dev).toBeGreaterThan(10);
    for (let at = 0; at < 60; at++) expect(loaded[at + 60]?.split).toBe(loaded[at]?.split);
    const declared = await opened(
      [one("a", "x"), one("b", "x", { split: "dev" }), one("c", "y", { split: "test" })],
      prompts,
    );
    expect(declared.loaded.map(({ split }) => split)).toEqual(["dev", "dev", "test"]);
  });

  it("in two splits are a leak, told with both", async () => {
    const cases = [one("a", "x", { split: "dev" }), one("b", "X", { split: "test" })];
    await expect(openDataset(suiteWith(cases, prompts))).rejects.toMatchObject({
      errors: [{ code: "split-straddles", message: expect.stringMatching(/"b" asks the same as "a"/) }],
    });
    // Through a third that asks the same as neither.
    const chain = [
      one("a", "x", { cluster: "one", split: "dev" }),
      one("b", "x", { cluster: "two" }),
      one("c", "y", { cluster: "two" }),
      one("d", "y", { cluster: "three", split: "test" }),
    ];
    await expect(openDataset(suiteWith(chain, prompts))).rejects.toMatchObject({
      errors: [{ code: "split-straddles" }],
    });
  });

  it("make the same groups whatever their order, and no case leaves its declared cluster", async () => {
    const made = fc.array(fc.tuple(fc.nat({ max: 8 }), fc.option(fc.nat({ max: 5 }), { nil: undefined })), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(made, fc.infiniteStream(fc.nat()), async (rows, keys) => {
        const cases = rows.map(([text, cluster], at) =>
          one(`c${at}`, `t${text}`, cluster === undefined ? {} : { cluster: `k${cluster}` }),
        );
        const order = cases.map((each) => [keys.next().value, each] as const).sort(([a], [b]) => Number(a) - Number(b));
        const groups = async (list: readonly Case[]) => {
          const { loaded, counts } = await opened(list);
          const by = new Map<string, string[]>();
          for (const { id, cluster } of loaded) by.set(cluster, [...(by.get(cluster) ?? []), id].sort());
          expect(counts.clusters).toBe(by.size);
          return [...by.values()].map((ids) => ids.join()).sort();
        };
        const found = await groups(cases);
        expect(await groups(order.map(([, each]) => each))).toEqual(found);
        const groupOf = (at: number) => found.find((ids) => ids.split(",").includes(`c${at}`));
        for (const [at, [text, cluster]] of rows.entries()) {
          for (const [other, [otherText, otherCluster]] of rows.entries()) {
            if (text === otherText || (cluster !== undefined && cluster === otherCluster))
              expect(groupOf(other)).toBe(groupOf(at));
          }
        }
      }),
      { seed: 31, numRuns: 60 },
    );
  });
});
