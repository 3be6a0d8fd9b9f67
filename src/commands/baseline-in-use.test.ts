import { describe, expect, it } from "vitest";
import type { BaselineSuite } from "../decide/baseline/contract.ts";
import { baselineTold, suitesGone } from "./baseline-in-use.ts";

const suite = (name: string): BaselineSuite => ({
  ...{ suite: name, dataset: "0".repeat(64), graders: [], thresholds: {} },
  cases: [],
});

describe("suites that are gone", () => {
  const baseline = { main: [suite("kept"), suite("old")], release: [suite("kept"), suite("old"), suite("renamed")] };

  it("are told of main and of the release, which loses its anchor", () => {
    const texts = suitesGone(baseline, ["kept", "fresh"]).map(({ text }) => text);
    expect(texts).toEqual([
      expect.stringMatching(
        /^the suite "old" is gone, and the release holds it: .*npx gapcheck baseline --release freezes anew\)$/,
      ),
      expect.stringMatching(/^the suite "renamed" is gone, and the release holds it/),
    ]);
    expect(suitesGone({ main: [suite("old")], release: [] }, ["kept"])).toEqual([
      { kind: "suites", text: 'the suite "old" is gone' },
    ]);
  });

  it("are told only where all suites were asked for", () => {
    const use = { file: "/project/reports/baseline.json", baseline, filtered: false };
    expect(baselineTold(use, ["kept"], { cwd: "/project", whole: true })?.exam).toHaveLength(2);
    expect(baselineTold(use, ["kept"], { cwd: "/project", whole: false })).toEqual({
      file: "reports/baseline.json",
      exam: [],
    });
  });
});
