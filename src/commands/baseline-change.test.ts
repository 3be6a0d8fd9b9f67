import { describe, expect, it } from "vitest";
import type { Baseline, BaselineSuite } from "../decide/baseline/contract.ts";
import { baselineText } from "../report/baseline-file.ts";
import { changesOf } from "./baseline-change.ts";

const hash = "0".repeat(64);
const suite = (passes: readonly number[]): BaselineSuite => ({
  ...{ suite: "words", dataset: hash, graders: [], thresholds: {} },
  prompt: { target: "plain", model: "m", returned: ["m"], modelHash: hash, parametersHash: hash },
  cases: passes.map((own, at) => ({ id: `c${at}`, fingerprint: "0".repeat(16), prompt: [own, 3] })),
});
const texts = (before: Baseline, now: Baseline) => changesOf(baselineText(before), now, "main").map(({ text }) => text);

describe("a pull request that changes the baseline", () => {
  const three = [suite([3, 3, 3])];

  it("is told nothing where the file is the same", () => {
    expect(texts({ main: three, release: three }, { main: three, release: three })).toEqual([]);
  });

  it("is told that the release is gone, though no line is new", () => {
    expect(texts({ main: three, release: three }, { main: three, release: [] })).toEqual([
      "the baseline of main has a release, and here its release section is gone (3 lines of cases removed)",
    ]);
  });

  it("counts what is changed, new and removed, main and release apart", () => {
    const renamed = { ...suite([1, 3]), cases: [...suite([1, 3]).cases, ...suite([3, 3, 3, 3, 3]).cases.slice(3)] };
    expect(texts({ main: three, release: three }, { main: [renamed], release: [suite([3, 0, 3])] })).toEqual([
      "the baseline itself differs from that of main (1 line of cases changed, 2 new, 1 removed)",
      "the release section of the baseline differs from that of main (1 line of cases changed)",
    ]);
    expect(
      texts({ main: three, release: [] }, { main: [{ ...suite([3, 3, 3]), dataset: "1".repeat(64) }], release: [] }),
    ).toEqual(["the baseline itself differs from that of main (its keys of dataset, graders, thresholds or models)"]);
  });

  it("is told so too where the branch's file cannot be read", () => {
    const [first, ...others] = changesOf("{}", { main: three, release: [] }, "main");
    expect(first?.text).toContain("cannot be read");
    expect(others).toEqual([]);
  });
});
