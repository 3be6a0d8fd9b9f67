import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactStrings } from "./redact-strings.ts";

const hide = (text: string) => text.replaceAll("secret", "[hidden]");

describe("redactStrings", () => {
  it("redacts strings at every depth and leaves keys and other values alone", () => {
    expect(redactStrings({ secret: "a secret", list: ["secret", 1, null, { deep: "secret!" }] }, hide)).toEqual({
      secret: "a [hidden]",
      list: ["[hidden]", 1, null, { deep: "[hidden]!" }],
    });
  });

  it("gives back the very value when there is nothing to hide", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(redactStrings(value, (text) => text)).toBe(value);
      }),
    );
  });

  it("takes a key of __proto__ for data", () => {
    const value = JSON.parse('{"__proto__": {"a": "secret"}, "b": "secret"}');
    const safe = redactStrings(value, hide);
    expect(JSON.stringify(safe)).toBe('{"__proto__":{"a":"[hidden]"},"b":"[hidden]"}');
    expect(Object.prototype).not.toHaveProperty("a");
  });
});
