import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BaselineCase, BaselineSuite } from "../decide/baseline/contract.ts";
import { ConfigError } from "../errors.ts";
import { baselineText, parseBaseline } from "./baseline-file.ts";

const hash = "a".repeat(64);
const suite = (cases: readonly BaselineCase[], name = "words"): BaselineSuite => ({
  suite: name,
  dataset: hash,
  graders: [{ name: "exact", kind: "exact-match", version: 1, argsHash: hash }],
  thresholds: { "requirement.quality.atLeast": "0.9" },
  prompt: { target: "plain", model: "m", returned: ["m-1"], modelHash: hash, parametersHash: hash },
  cases,
});
const fingerprint = "b".repeat(16);
const pair = fc
  .integer({ min: 1, max: 100 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));
const cases = fc.uniqueArray(
  fc.record({ id: fc.string({ unit: "binary", minLength: 1 }), fingerprint: fc.constant(fingerprint), prompt: pair }),
  { selector: ({ id }) => id, maxLength: 12 },
);

describe("the baseline file", () => {
  it("comes back as it was, one case a line, in whatever order it was given (property)", () => {
    fc.assert(
      fc.property(cases, (own) => {
        const whole = { main: [suite(own), suite([], "another")], release: [suite(own)] };
        const text = baselineText(whole);
        const turned = {
          main: [suite([], "another"), suite([...own].reverse())],
          release: [suite([...own].reverse())],
        };
        expect(baselineText(turned)).toBe(text);
        const read = parseBaseline(text, "b.json");
        expect(baselineText(read)).toBe(text);
        expect(read.main[1]?.cases).toHaveLength(own.length);
        expect(text.split("\n").filter((line) => line.includes('"fingerprint"'))).toHaveLength(2 * own.length);
      }),
      { numRuns: 60 },
    );
  });

  const one: BaselineCase = { id: "c1", fingerprint, prompt: [3, 3] };
  const text = baselineText({ main: [suite([one])], release: [] });

  it.each([
    ["edited", text.replace("3/3", "2/3"), "baseline-edited"],
    ["cut off", text.slice(0, -20), "baseline-not-json"],
    ["of a later version", text.replace("baseline/1", "baseline/7"), "baseline-from-the-future"],
    ["something else", "[]", "not-a-baseline"],
    ["with more passes than trials", text.replace("3/3", "4/3"), "baseline-damaged"],
    ["with a field too many", text.replace('"id":"c1"', '"id":"c1","x":1'), "baseline-damaged"],
  ])("is refused when it is %s", (_, given, code) => {
    expect(() => parseBaseline(given, "b.json")).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ["conflicted", `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`],
    ["empty", ""],
    ["cut off", text.slice(0, -20)],
    ["edited", text.replace("3/3", "2/3")],
    ["of a later version", text.replace("baseline/1", "baseline/7")],
  ])("is told how to be mended when it is %s, by no command that was just typed", (kind, given) => {
    const fixOf = (writes: boolean) => {
      try {
        parseBaseline(given, "reports/baseline.json", writes);
      } catch (thrown) {
        return thrown instanceof ConfigError ? thrown.fix : "";
      }
      return "";
    };
    const take = kind === "conflicted" ? "git checkout --ours reports/" : "git checkout HEAD -- reports/baseline.json";
    expect(fixOf(true)).toContain(take);
    expect(fixOf(true)).toContain("this command again");
    expect(fixOf(true)).not.toContain("--update");
    expect(fixOf(false)).toContain(take);
    expect(fixOf(false)).toContain("gapcheck baseline --update");
    if (kind === "conflicted") expect(fixOf(true)).toContain("git checkout origin/main -- reports/baseline.json");
    else expect(fixOf(true)).toContain("delete the file, with which the release that it held is lost");
  });

  it("keeps that a case must pass, under the checksum, and writes nothing where none must", () => {
    const marked = baselineText({ main: [suite([{ ...one, mustPass: true }])], release: [] });
    expect(parseBaseline(marked, "b.json").main[0]?.cases).toEqual([{ ...one, mustPass: true }]);
    expect(() => parseBaseline(marked.replace(',"mustPass":true', ""), "b.json")).toThrow(
      expect.objectContaining({ code: "baseline-edited" }),
    );
    expect(text).not.toContain("mustPass");
  });

  it("takes about 100 bytes a case", () => {
    const many = Array.from({ length: 200 }, (_, at): BaselineCase => ({ ...one, id: `c${1000 + at}`, tuned: [2, 3] }));
    const grown =
      baselineText({ main: [suite(many)], release: [] }).length -
      baselineText({ main: [suite([])], release: [] }).length;
    expect(grown / many.length).toBeLessThan(110);
  });
});
