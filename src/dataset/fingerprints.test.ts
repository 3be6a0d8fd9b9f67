import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createFingerprints } from "./fingerprints.ts";

describe("createFingerprints", () => {
  it("gives back each one at its position, beyond the first room too", () => {
    const fingerprints = createFingerprints();
    const all = Array.from({ length: 1000 }, (_, n) => createHash("sha256").update(String(n)).digest("hex"));
    for (const one of all) fingerprints.add(one);
    expect(all.map((_, index) => fingerprints.at(index))).toEqual(all);
    expect(() => fingerprints.at(1000)).toThrow(RangeError);
  });
});
