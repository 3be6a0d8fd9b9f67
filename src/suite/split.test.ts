import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignSplits, splitOf } from "./split.ts";

const two = { targets: [{ role: "prompt-only" }, { role: "prompt-only" }], devShare: 1 / 3 } as const;

describe("splitOf", () => {
  it("is pinned: a split that moves would judge prompts on what they were chosen on", () => {
    const splits = ["a", "b", "c", "d", "e", "f", "g", "h", "", "客户"].map((cluster) => splitOf(cluster, 1 / 3));
    expect(splits).toEqual(["dev", "test", "dev", "test", "test", "dev", "test", "dev", "test", "dev"]);
  });

  it("depends on the cluster alone and grows with the share", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.string(), share, share, (cluster, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(splitOf(cluster, less)).toBe(splitOf(cluster, less));
        if (splitOf(cluster, less) === "dev") expect(splitOf(cluster, more)).toBe("dev");
        expect(splitOf(cluster, 0)).toBe("test");
        expect(splitOf(cluster, 1)).toBe("dev");
      }),
    );
  });

  it("puts about the share into dev", () => {
    const dev = Array.from({ length: 20_000 }, (_, index) => splitOf(`case-${index}`, 1 / 3)).filter(
      (s) => s === "dev",
    );
    // Six standard deviations of a binomial with p = 1/3.
    expect(Math.abs(dev.length - 20_000 / 3)).toBeLessThan(6 * Math.sqrt((20_000 * 2) / 9));
  });
});

describe("assignSplits", () => {
  it("splits by hash only where two prompt-only targets compete", () => {
    const one = assignSplits({ targets: [{ role: "prompt-only" }, { role: "fine-tuned" }], devShare: 0.99 });
    const clusters = Array.from({ length: 200 }, (_, index) => `c${index}`);
    expect(clusters.every((cluster) => one.of(cluster) === "test")).toBe(true);
    const both = assignSplits(two);
    expect(clusters.map(both.of)).toEqual(clusters.map((cluster) => splitOf(cluster, 1 / 3)));
  });

  it("does not move a case when others are added", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.uniqueArray(fc.string()), (some, more) => {
        const before = assignSplits(two);
        const after = assignSplits(two);
        for (const cluster of more) if (!some.includes(cluster)) after.declare(cluster, "dev");
        expect(some.map(after.of)).toEqual(some.map(before.of));
      }),
    );
  });

  it("lets a declared split count for the whole cluster, and tells a cluster in both", () => {
    const splits = assignSplits({ targets: [{ role: "prompt-only" }], devShare: 0.5 });
    expect(splits.declare("c", "dev", 3)).toBeUndefined();
    expect(splits.declare("c", "dev", 4)).toBeUndefined();
    expect(splits.of("c")).toBe("dev");
    expect(splits.declare("c", "test", 9)).toEqual({ cluster: "c", split: "test", earlier: { split: "dev", line: 3 } });
    expect(splits.declare("toString", "test")).toBeUndefined();
    expect(splits.of("constructor")).toBe("test");
  });
});
