import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterNumbers, sumByCluster } from "./cluster-numbers.ts";

describe("clusterNumbers", () => {
  it("numbers clusters in the order of their first value", () => {
    const { numbers, sizes } = clusterNumbers(["b", "a", "b", "", "a", "b"]);
    expect([...numbers]).toEqual([0, 1, 0, 2, 1, 0]);
    expect(sizes).toEqual([3, 2, 1]);
  });

  it("reads a list once, and another list with the same names by itself", () => {
    const names = ["a", "b"];
    expect(clusterNumbers(names)).toBe(clusterNumbers(names));
    expect(clusterNumbers([...names])).not.toBe(clusterNumbers(names));
    expect(clusterNumbers([]).sizes).toEqual([]);
  });

  it("sums what the names belong to", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.integer())), (pairs) => {
        const names = pairs.map(([name]) => name);
        const totals = sumByCluster(clusterNumbers(names), (index) => pairs[index]?.[1] ?? 0);
        const own = [...new Set(names)].map((name) =>
          pairs.reduce((total, [other, value]) => (other === name ? total + value : total), 0),
        );
        expect([...totals]).toEqual(own);
      }),
    );
  });
});
