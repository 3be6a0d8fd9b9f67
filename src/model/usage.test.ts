import { describe, expect, it } from "vitest";
import { usageOf } from "./usage.ts";

describe("usageOf", () => {
  it("keeps what the provider counted", () => {
    expect(usageOf({ input: 10, output: 4, cachedInput: 6, cacheWriteInput: 4, reasoning: 4 }, "x")).toEqual({
      input: 10,
      output: 4,
      cachedInput: 6,
      cacheWriteInput: 4,
      reasoning: 4,
    });
    expect(usageOf({ input: 10, output: 0 }, "")).toEqual({ input: 10, output: 0 });
  });

  it.each([
    ["no input", { input: undefined, output: 4 }],
    ["no output", { input: 10, output: undefined }],
    ["input of zero", { input: 0, output: 4 }],
    ["output of zero for a text", { input: 10, output: 0 }],
    ["more cached than sent", { input: 10, output: 4, cachedInput: 8, cacheWriteInput: 3 }],
    ["more reasoning than output", { input: 10, output: 4, reasoning: 5 }],
  ])("takes %s for not said", (_, counts) => {
    expect(usageOf(counts, "x")).toBeUndefined();
  });
});
