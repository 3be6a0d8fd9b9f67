import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rejectedEnd } from "./rejected-end.ts";

const within = 1e-9;

describe("rejectedEnd", () => {
  it("ends at the root, on the side that is rejected, in few steps", () => {
    const shapes: ((at: number, root: number) => number)[] = [
      (at, root) => root - at,
      (at, root) => (at === 0 ? Number.POSITIVE_INFINITY : Math.log(root / at)),
      (at, root) => (root - at) ** 3,
      (at, root) => Math.expm1(20 * (root - at)),
      (at, root) => (at <= root ? 1e-3 : -1e3),
    ];
    const roots = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...shapes), roots, (shape, root) => {
        let steps = 0;
        const end = rejectedEnd(
          (at) => {
            steps++;
            return shape(at, root);
          },
          { from: 0, to: 1, within },
        );
        expect(end).toBeLessThanOrEqual(root);
        expect(end).toBeGreaterThanOrEqual(root - within);
        expect(steps).toBeLessThanOrEqual(93);
      }),
    );
  });

  it("is the lower end where nothing is rejected", () => {
    expect(rejectedEnd(() => -1, { from: 0, to: 1, within })).toBe(0);
  });
});
