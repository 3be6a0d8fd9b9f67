import { describe, expect, it } from "vitest";
import { mergeSuites, mergeTexts } from "./merge-runs.ts";
import type { Mark, PageArm, PageCase, PageSuite } from "./page-data.ts";

const NAMES = { before: "before", after: "after" };
const trials = (marks: string, text?: number): PageArm => ({
  ...(text === undefined ? {} : { p: [["user", text]] }),
  t: [...marks].map((mark, at) => ({
    n: at + 1,
    s: mark as Mark,
    l: mark as Mark,
    ...(text === undefined ? {} : { t: text }),
  })),
});
const one = (id: string, arms: readonly PageArm[], more: Partial<PageCase> = {}): PageCase => ({
  ...{ id, split: "test", tags: [0], fingerprint: `f-${id}`, arms: [...arms] },
  ...more,
});
const suite = (cases: readonly PageCase[], arms: readonly string[], tags = ["even"]): PageSuite => ({
  ...{ name: "s", arms, base: 0, fresh: 1, tags, graders: ["g"], items: [["g", "i"]] as const, cases },
});

describe("the cases of two runs", () => {
  const before = suite(
    [
      one("same", [trials("ppp", 0), trials("fff", 0)]),
      one("worse", [trials("ppp", 0), trials("fff", 0)]),
      one("edited", [trials("p"), trials("p")]),
      one("gone", [trials("p"), trials("p")]),
    ],
    ["a", "old", "b"].slice(0, 2),
  );
  const after = suite(
    [
      one("new", [trials("p"), trials("p")], { tags: [1, 0], e: 1 }),
      one("worse", [trials("fff", 0), trials("fff", 1)], { tags: [1] }),
      one("same", [trials("ppp", 1), trials("fff", 1)], { tags: [1] }),
      one("edited", [trials("f"), trials("f")], { fingerprint: "other", tags: [1] }),
    ],
    ["a", "fresh"],
    ["odd", "even"],
  );
  const { texts, moved } = mergeTexts({ texts: ["hello", "twice"] }, { texts: ["other", "hello"] });
  const merged = mergeSuites(before, after, NAMES, moved, ["a"]);

  it("hold each text once", () => {
    expect(texts).toEqual(["hello", "twice", "other"]);
    expect(moved).toEqual([2, 0]);
  });

  it("are those of both, with what keeps a case from being compared", () => {
    expect(merged?.suite.cases.map(({ id, left }) => [id, left])).toEqual([
      ["same", undefined],
      ["worse", undefined],
      ["edited", "edited"],
      ["gone", "gone"],
      ["new", "new"],
    ]);
    expect(merged?.cases).toEqual({ same: 2, edited: 1, new: 1, gone: 1 });
    const fresh = merged?.suite.cases.at(-1);
    expect(fresh?.tags.map((tag) => merged?.suite.tags[tag])).toEqual(["even", "odd"]);
    expect(texts[fresh?.e ?? -1]).toBe("hello");
  });

  it("have two arms for each target of both, and one for each other", () => {
    expect(merged?.suite.arms).toEqual(["a, before", "a, after", "old, before", "fresh, after"]);
    expect([merged?.onlyBefore, merged?.onlyAfter]).toEqual([["old"], ["fresh"]]);
    const worse = merged?.suite.cases[1]?.arms.map(({ t }) => t.map(({ s }) => s).join(""));
    expect(worse).toEqual(["ppp", "fff", "fff", "fff"]);
    // Of the later run's texts.
    expect(texts[merged?.suite.cases[1]?.arms[1]?.t[0]?.t ?? -1]).toBe("other");
  });

  it("tell by their texts whether a target was asked the same", () => {
    expect(merged?.prompts).toEqual([{ target: "a", differ: 1, of: 2 }]);
  });

  it("count in no total what is not compared", () => {
    expect(merged?.totals).toMatchObject({
      cases: 2,
      arms: [{ always: 2 }, { always: 1, never: 1 }, { never: 2 }, { never: 2 }],
    });
  });

  it("are compared at first where most moved", () => {
    const steady = suite([one("x", [trials("p"), trials("p")]), one("y", [trials("p"), trials("p")])], ["a", "b"]);
    const moves = suite([one("x", [trials("p"), trials("f")]), one("y", [trials("p"), trials("p")])], ["a", "b"]);
    const found = mergeSuites(steady, moves, NAMES, [], ["a", "b", "of one run alone"]);
    expect(found).toMatchObject({ deciding: ["b", "a"], suite: { base: 2, fresh: 3, compared: true } });
  });

  it("are none where nothing is in common", () => {
    expect(mergeSuites(before, suite(after.cases, ["other", "fresh"]), NAMES, moved, [])).toBeUndefined();
    expect(mergeSuites(before, suite([], ["a"]), NAMES, moved, [])).toBeUndefined();
  });
});
