import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closest, didYouMean } from "./closest.ts";

describe("closest", () => {
  it.each([
    ["expcted", "expected"],
    ["exepcted", "expected"],
    ["Expected", "expected"],
    ["imput", "input"],
    ["tag", "tags"],
    ["xyz", undefined],
    ["i", undefined],
    ["", undefined],
  ])("%s → %s", (word, meant) => {
    expect(closest(word, ["id", "input", "expected", "tags"])).toBe(meant);
  });

  it("finds a word itself, whatever else is known", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 2, maxLength: 30 }),
        fc.array(fc.string({ maxLength: 30 })),
        (word, others) => {
          const near = closest(word, [...others, word]);
          expect(near?.toLowerCase()).toBe(word.toLowerCase());
        },
      ),
    );
  });

  it("says nothing where nothing is near", () => {
    expect(didYouMean("zzz", ["id"])).toBe("");
    expect(didYouMean("ip", ["id"])).toBe(' Did you mean "id"?');
  });
});
