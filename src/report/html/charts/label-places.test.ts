import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelPlaces, type Place } from "./label-places.ts";

const box = { left: 0, right: 360, top: 0, bottom: 240 };

describe("labelPlaces", () => {
  it("keeps the numbers of marks that lie on each other apart, and inside the box", () => {
    const marks = [
      { x: 352, y: 8 },
      { x: 352, y: 9 },
      { x: 350, y: 14 },
      { x: 100, y: 100 },
    ];
    const places = labelPlaces(marks, box);
    expect(places[3]).toEqual({ x: 114, y: 100 });
    for (const [at, one] of places.entries()) {
      for (const other of places.slice(at + 1)) {
        expect(Math.abs(one.x - other.x) >= 14 || Math.abs(one.y - other.y) >= 12).toBe(true);
      }
      expect(one.x).toBeLessThanOrEqual(box.right);
      expect(one.y).toBeGreaterThanOrEqual(box.top);
    }
  });

  it("has a place for every mark, however many there are (property)", () => {
    const mark = fc.record<Place>({ x: fc.integer({ min: 0, max: 360 }), y: fc.integer({ min: 0, max: 240 }) });
    fc.assert(
      fc.property(fc.array(mark), (marks) => {
        expect(labelPlaces(marks, box)).toHaveLength(marks.length);
      }),
    );
  });
});
