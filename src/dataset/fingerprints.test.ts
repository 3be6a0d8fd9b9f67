import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createFingerprints } from "./fingerprints.ts";

describe("createFingerprints", () => {
  it.each([1_000, 70_000])("gives back each of %i at its position, wherever it lies", (count) => {
    const fingerprints = createFingerprints();
    const all = Array.from({ length: count }, (_, n) => createHash("sha256").update(String(n)).digest("hex"));
    for (const one of all) fingerprints.add(one);
    // As one truth: to tell thousands that differ takes minutes.
    expect(all.every((one, index) => fingerprints.at(index) === one)).toBe(true);
    expect(() => fingerprints.at(count)).toThrow(RangeError);
  });
});
