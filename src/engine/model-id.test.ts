import { describe, expect, it } from "vitest";
import { isSameModel, ModelIdWatch } from "./model-id.ts";

describe("isSameModel", () => {
  it.each([
    ["gpt-5.4-mini", "gpt-5.4-mini"],
    ["gpt-5.4-mini", "gpt-5.4-mini-2026-03-17"],
    ["claude-haiku-4-5", "claude-haiku-4-5-20251001"],
    ["claude-haiku-latest", "claude-haiku-20251001"],
    ["gpt-4", "gpt-4-0613"],
  ])("%s may answer as %s", (asked, returned) => expect(isSameModel(asked, returned)).toBe(true));

  it.each([
    ["gpt-5.4", "gpt-5.4-mini"],
    ["gpt-5.4-mini", "gpt-5.4-mini-fast"],
    ["gpt-5.4-mini-2026-03-17", "gpt-5.4-mini"],
    ["gpt-5.4-mini-2026-03-17", "gpt-5.4-mini-2026-04-01"],
    ["ft:gpt-5.4-mini:acme::8x2", "gpt-5.4-mini"],
    ["m", "m2"],
  ])("%s may not answer as %s", (asked, returned) => expect(isSameModel(asked, returned)).toBe(false));
});

describe("ModelIdWatch", () => {
  it("tells a stranger, and tells a change before it", () => {
    const watch = new ModelIdWatch("m");
    watch.saw(undefined);
    watch.saw("m");
    expect(watch.finding).toBeUndefined();
    watch.saw("m-20260101");
    watch.saw("x");
    expect(watch.finding).toBe('answers came from "m" and from "m-20260101"');
    const other = new ModelIdWatch("m");
    other.saw("x");
    expect(other.finding).toBe('asked for "m", answered by "x"');
  });
});
