import { describe, expect, it } from "vitest";
import { createRedactor } from "./redact.ts";

const secret = "pl4nted/key+value&more";
const redact = createRedactor({ MY_API_KEY: secret, HOME: "/home/somebody", SHORT_TOKEN: "abc" });

describe("createRedactor", () => {
  it.each([
    ["as it stands", secret],
    ["URL-encoded", encodeURIComponent(secret)],
    ["base64", Buffer.from(secret).toString("base64")],
    ["JSON-escaped", JSON.stringify({ key: secret })],
  ])("hides a secret of the environment %s", (_, text) => {
    const safe = redact(`before ${text} after`);
    expect(safe).not.toContain(text.slice(0, 12));
    expect(safe).toContain("MY_API_KEY…more");
    expect(safe.startsWith("before ") && safe.endsWith(" after")).toBe(true);
  });

  it("hides what is shaped like a key without knowing it", () => {
    expect(redact("Incorrect API key provided: sk-proj-abcdefgh12345678wxyz.")).toBe(
      "Incorrect API key provided: [key…wxyz].",
    );
    expect(redact("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abcd")).toBe("Authorization: [key…abcd]");
  });

  it("leaves what is no secret alone", () => {
    expect(redact("lives in /home/somebody, says abc")).toBe("lives in /home/somebody, says abc");
  });
});
