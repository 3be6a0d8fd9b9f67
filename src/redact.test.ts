import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rememberKey } from "./known-keys.ts";
import { createRedactor, createSecretRedactor, KEY_MARK } from "./redact.ts";

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
    expect(redact("AKIAIOSFODNN7EXAMPLE and ghp_a1b2c3d4e5f6a7b8c9d0e1f2")).toBe("[key…MPLE] and [key…e1f2]");
  });

  it("takes what only begins like a key for what it is", () => {
    for (const text of [
      "bearer certificate",
      "the bearer document",
      "Bearer instruments are payable",
      "flag bearer representing",
      "Bearer internationalisation2024",
      "sk-learning models",
      "sk-learning-models-for-the-2024-edition",
      "sk-SK-0001234567",
      "ASIATISCHEVERSICHERU",
      "ghp_abcdefghijklmnopqrstuvwxyz",
    ]) {
      expect(redact(text)).toBe(text);
    }
  });

  it("hides drawn keys of the vendors' lengths", () => {
    const drawn = (length: number) =>
      fc.array(fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"), {
        minLength: length,
        maxLength: length,
      });
    fc.assert(
      fc.property(drawn(48), fc.constantFrom("sk-", "sk-ant-api03-", "Bearer ", "github_pat_", "AIza"), (of, begin) => {
        // A draw of 48 without two changes comes once in 10,000 years of tests.
        fc.pre((of.join("").match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0) >= 2);
        expect(redact(`it is ${begin}${of.join("")}`)).toBe(`it is [key…${of.slice(-4).join("")}]`);
      }),
    );
  });

  it("leaves what is no secret alone", () => {
    expect(redact("lives in /home/somebody, says abc")).toBe("lives in /home/somebody, says abc");
  });
});

describe("createSecretRedactor", () => {
  const words =
    "the bearer certificate token key secret sk learning models password of Bearer document AKIA payable in instrument flag representing credential none empty version2024 gpt-5.4-mini 2024 42 is a".split(
      " ",
    );
  const english = fc
    .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(" ", "-", ", ", ". ", "_", ": ", "\n")), {
      minLength: 1,
      maxLength: 30,
    })
    .map((parts) => parts.flat().join(""));

  it("changes no English, whatever stands before it and whatever variables hold words", () => {
    const env = fc.record({
      SORT_KEY: fc.constantFrom("certificate", "payable-in-full-to-the-bearer", "created_at2"),
      CI_CREDENTIAL: fc.constantFrom("payable-in", "representing"),
      MONKEY: fc.constantFrom("instrument", "certificate", "version2024"),
      DB_PASSWORD: fc.constant("correct horse battery staple"),
    });
    rememberKey("DUMMY", "none");
    rememberKey("DUMMY", "ollama");
    fc.assert(
      fc.property(env, english, fc.constantFrom("", "sk-", "Bearer ", "AKIA", "ghp_"), (given, text, begin) => {
        for (const make of [createRedactor, createSecretRedactor]) expect(make(given)(begin + text)).toBe(begin + text);
      }),
      { numRuns: 500 },
    );
  });

  it("knows no shapes", () => {
    const hide = createSecretRedactor({ MY_API_KEY: secret });
    expect(hide("sk-proj-abcdefgh12345678wxyz")).toBe("sk-proj-abcdefgh12345678wxyz");
    expect(hide(`of ${secret}`)).toBe("of [MY_API_KEY…more]");
  });

  it("hides every key that a model reads, also one that is read after the redactor was made, and tells no half of a short one", () => {
    const hide = createSecretRedactor({});
    const said = "you sent plainvalue-of-somebody, abc1234 and YWJjMTIzNA==";
    expect(hide(said)).toBe(said);
    rememberKey("LLM_AUTH", "plainvalue-of-somebody");
    rememberKey("MY_KEY_2", "abc1234");
    expect(hide(said)).toBe("you sent [LLM_AUTH…body], [MY_KEY_2…] and [MY_KEY_2…]");
    expect(hide(said)).toMatch(KEY_MARK);
  });
});
