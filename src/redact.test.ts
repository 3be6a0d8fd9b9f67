import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor, createSecretRedactor } from "./redact.ts";

const secret = "pl4nted/key+value&more";
const redact = createRedactor({ MY_API_KEY: secret, HOME: "/home/somebody", SHORT_TOKEN: "abc" });

describe("createRedactor", () => {
  it.each([
    ["as it stands", secret],
    ["URL-encoded", encodeURIComponent(secret)],
    ["URL-encoded in small letters", encodeURIComponent(secret).replaceAll(/%../g, (hex) => hex.toLowerCase())],
    ["base64", Buffer.from(secret).toString("base64")],
    ["JSON-escaped", JSON.stringify({ key: secret })],
  ])("hides a secret of the environment %s", (_, text) => {
    const safe = redact(`before ${text} after`);
    expect(safe).not.toContain(text.slice(0, 12));
    expect(safe).toContain("MY_API_KEY…more");
    expect(safe.startsWith("before ") && safe.endsWith(" after")).toBe(true);
  });

  it("hides a secret within whatever was put into Base64 with it", () => {
    const inner = (bytes: string) => Buffer.from(bytes, "base64").includes(secret.slice(2, -2));
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom("base64", "base64url"), (before, after, form) => {
        const text = Buffer.from(before + secret + after).toString(form);
        expect(inner(text)).toBe(true);
        expect(
          redact(text)
            .split(/\[MY_API_KEY…more\]/)
            .some(inner),
        ).toBe(false);
      }),
    );
  });

  it("hides what is shaped like a key without knowing it", () => {
    expect(redact("Incorrect API key provided: sk-proj-abcdefgh12345678wxyz.")).toBe(
      "Incorrect API key provided: [key…wxyz].",
    );
    expect(redact("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abcd")).toBe("Authorization: [key…abcd]");
  });

  it("leaves a name alone that only begins like a key, where names are to be found again", () => {
    const redactSecrets = createSecretRedactor({ MY_API_KEY: secret });
    expect(redactSecrets("sk-SK-0001234567")).toBe("sk-SK-0001234567");
    expect(redactSecrets(`of ${secret}`)).toBe("of [MY_API_KEY…more]");
  });

  it("leaves what is no secret alone", () => {
    expect(redact("lives in /home/somebody, says abc")).toBe("lives in /home/somebody, says abc");
  });
});
