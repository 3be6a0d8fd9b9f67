/** The vector checker itself: what it accepts, what it catches, and how it ends. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { differences } from "./vectors/compare.ts";
import { parseVectors, VectorFileError } from "./vectors/file.ts";
import { runVectors } from "./vectors/run.ts";

const TOLERANCE = { abs: 1e-9, rel: 1e-9 };
const CHECK = fileURLToPath(new URL("vectors/check.ts", import.meta.url));

const wilson = { id: "all", input: { successes: 1, n: 1, confidence: 0.95 }, expected: { estimate: 1, upper: 1 } };

function check(functions: unknown, meta: unknown = {}) {
  return runVectors(parseVectors(JSON.stringify({ meta, functions })));
}

describe("differences", () => {
  const returned = (value: unknown) => ({ kind: "returned", value }) as const;

  it("takes a typed undefined for null, and nothing else", () => {
    const expected = { t: null };
    expect(differences(expected, returned({ t: { defined: false, reason: "constant" } }), TOLERANCE)).toEqual([]);
    for (const t of [Number.NaN, null, 0, undefined, { defined: true, value: 0 }])
      expect(differences(expected, returned({ t }), TOLERANCE)).toHaveLength(1);
    expect(differences(expected, returned({}), TOLERANCE)).toHaveLength(1);
  });

  it("takes a refusal for null in every field, but not for a number", () => {
    const refused = { kind: "refused", reason: "n: expected a whole number" } as const;
    expect(differences({ lower: null, upper: null }, refused, TOLERANCE)).toEqual([]);
    expect(differences({ lower: null, upper: 1 }, refused, TOLERANCE)).toMatchObject([
      { field: "upper", expected: "1" },
    ]);
    expect(differences(null, refused, TOLERANCE)).toEqual([]);
  });

  it("never takes NaN or a typed undefined for a number", () => {
    expect(differences({ p: 0 }, returned({ p: Number.NaN }), TOLERANCE)).toHaveLength(1);
    expect(differences({ p: 0 }, returned({ p: { defined: false, reason: "none" } }), TOLERANCE)).toHaveLength(1);
  });

  it("compares within the larger of both tolerances; 0 is exact where abs is 0", () => {
    expect(differences({ x: 1e6 }, returned({ x: 1e6 + 9e-4 }), TOLERANCE)).toEqual([]);
    expect(differences({ x: 1e6 }, returned({ x: 1e6 + 2e-3 }), TOLERANCE)).toHaveLength(1);
    expect(differences({ x: 0 }, returned({ x: 1e-300 }), { abs: 0, rel: 1e-9 })).toHaveLength(1);
  });

  it("goes into lists and records and names the place", () => {
    const got = returned({ adjusted: [0.1, { defined: true, value: 0.2 }], nested: { flag: true } });
    expect(differences({ adjusted: [0.1, 0.2], nested: { flag: true } }, got, TOLERANCE)).toEqual([]);
    expect(differences({ adjusted: [0.1, 0.3] }, got, TOLERANCE)).toMatchObject([{ field: "adjusted[1]", got: "0.2" }]);
    expect(differences({ adjusted: [0.1] }, got, TOLERANCE)).toMatchObject([{ field: "adjusted" }]);
    expect(differences({ nested: { flag: 1 } }, got, TOLERANCE)).toMatchObject([{ field: "nested.flag" }]);
  });
});

describe("runVectors", () => {
  it("counts vectors, not fields, and tells function, id, field, expected and got", () => {
    const wrong = { ...wilson, id: "wrong", expected: { estimate: 0.5, upper: 0.5 } };
    const { passed, failed, lines } = check({ wilson: [wilson, wrong] });
    expect([passed, failed]).toEqual([1, 1]);
    expect(lines).toEqual(["wilson wrong estimate: expected 0.5, got 1", "wilson wrong upper: expected 0.5, got 1"]);
  });

  it("fails the vectors of a function it does not know", () => {
    expect(check({ nonsense: [wilson, wilson] })).toEqual({
      passed: 0,
      failed: 2,
      lines: ["nonsense: unknown function, 2 vectors failed"],
    });
  });

  it("fails a vector whose input lacks a field, even where null is expected", () => {
    const { failed, lines } = check({ wilson: [{ id: "x", input: { n: 3 }, expected: { lower: null } }] });
    expect(failed).toBe(1);
    expect(lines[0]).toContain('input has no field "successes"');
  });

  it("reads the tolerance of the function, of the file, or its own", () => {
    const off = { ...wilson, expected: { estimate: 1.001 } };
    const meta = { conventions: { default_tolerance: { abs: 0.01, rel: 0 } } };
    expect(check({ wilson: [off] }).failed).toBe(1);
    expect(check({ wilson: [off] }, meta).failed).toBe(0);
    const named = { conventions: { ...meta.conventions, tolerance_by_function: { wilson: { abs: 1e-9, rel: 1e-9 } } } };
    expect(check({ wilson: [off] }, named).failed).toBe(1);
  });

  it("refuses what is not a file of vectors, and says where", () => {
    expect(() => parseVectors("{")).toThrow(VectorFileError);
    expect(() => parseVectors("[]")).toThrow('"functions"');
    expect(() => parseVectors('{"functions":{"wilson":{}}}')).toThrow("functions.wilson: expected a list");
    expect(() => parseVectors('{"functions":{"wilson":[{"id":1,"input":{}}]}}')).toThrow(
      'functions.wilson[0]: has no "expected"',
    );
    expect(() => parseVectors('{"functions":{}}')).toThrow("holds no vectors");
  });
});

describe("npm run vectors", () => {
  /** Runs the command and gives its exit code and what it printed. */
  async function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((done) => {
      execFile(process.execPath, [CHECK, ...args], (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        done({ code, out, err });
      });
    });
  }

  it("exits 0, 1 and 2, and ends with the count", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vectors-"));
    try {
      const good = join(folder, "good.json");
      const bad = join(folder, "bad.json");
      await writeFile(good, JSON.stringify({ functions: { wilson: [wilson] } }));
      await writeFile(bad, JSON.stringify({ functions: { wilson: [{ ...wilson, expected: { estimate: 2 } }] } }));
      const [passing, failing, missing, none] = await Promise.all([
        command(good),
        command(bad),
        command(join(folder, "absent.json")),
        command(),
      ]);
      expect(passing).toEqual({ code: 0, out: "1 passed, 0 failed\n", err: "" });
      expect(failing).toMatchObject({ code: 1, out: expect.stringMatching(/got 1\n0 passed, 1 failed\n$/) });
      expect(missing).toMatchObject({ code: 2, out: "", err: expect.stringContaining("absent.json") });
      expect(none).toMatchObject({ code: 2, err: expect.stringContaining("usage") });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
