import { describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { ANTHROPIC, OPENAI, resolveEndpoint } from "./endpoint.ts";
import { isForbiddenAddress, isForbiddenHost, isLoopback } from "./host.ts";

type Given = Parameters<typeof resolveEndpoint>[1];
type Env = Parameters<typeof resolveEndpoint>[2];

function refusal(given: Given, env: Env = {}, vendor = OPENAI): string {
  try {
    resolveEndpoint(vendor, given, env);
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.code;
    throw thrown;
  }
  return "none";
}

function mistake(given: Given): string {
  try {
    resolveEndpoint(OPENAI, given, {});
  } catch (thrown) {
    if (thrown instanceof ConfigError) return `${thrown.message} ${thrown.fix}`;
    throw thrown;
  }
  return "none";
}

describe("resolveEndpoint", () => {
  it("takes the option, then the environment, then the vendor", () => {
    const env = { OPENAI_BASE_URL: "https://gateway.example/v1" };
    expect(resolveEndpoint(OPENAI, {}, {}).baseUrl.href).toBe("https://api.openai.com/v1");
    expect(resolveEndpoint(OPENAI, {}, { OPENAI_BASE_URL: " " }).host).toBe("api.openai.com");
    expect(resolveEndpoint(OPENAI, {}, env).host).toBe("gateway.example");
    expect(resolveEndpoint(OPENAI, { baseUrl: "http://127.0.0.1:8000/v1/" }, env).baseUrl.href).toBe(
      "http://127.0.0.1:8000/v1",
    );
    expect(resolveEndpoint(ANTHROPIC, {}, { ANTHROPIC_BASE_URL: "http://localhost:1" }).host).toBe("localhost:1");
  });

  it("sends the vendor's key to the vendor, and where the user's environment points", () => {
    expect(resolveEndpoint(OPENAI, {}, {}).keyEnv).toBe("OPENAI_API_KEY");
    expect(resolveEndpoint(OPENAI, { baseUrl: "https://eu.api.openai.com/v1" }, {}).keyEnv).toBe("OPENAI_API_KEY");
    expect(resolveEndpoint(OPENAI, {}, { OPENAI_BASE_URL: "https://gateway.example/v1" }).keyEnv).toBe(
      "OPENAI_API_KEY",
    );
    const same = { baseUrl: "https://gateway.example/v1", keyEnv: "OPENAI_API_KEY" };
    expect(refusal(same, { OPENAI_BASE_URL: "https://gateway.example" })).toBe("none");
    expect(resolveEndpoint(ANTHROPIC, {}, {}).keyEnv).toBe("ANTHROPIC_API_KEY");
  });

  it("sends no vendor's key to a host that only the suite names", () => {
    const evil = "https://evil.example/v1";
    expect(refusal({ baseUrl: evil })).toBe("key-unnamed");
    for (const keyEnv of ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_ADMIN_KEY", "ANTHROPIC_AUTH_TOKEN"]) {
      expect(refusal({ baseUrl: evil, keyEnv })).toBe("key-bound");
      expect(refusal({ baseUrl: evil, keyEnv }, {}, ANTHROPIC)).toBe("key-bound");
      expect(refusal({ baseUrl: "http://127.0.0.1:1/v1", keyEnv })).toBe("key-bound");
    }
    expect(refusal({ baseUrl: "https://api.openai.com.evil.example/v1", keyEnv: "OPENAI_API_KEY" })).toBe("key-bound");
    expect(refusal({ baseUrl: "https://evilapi.openai.com.example/v1", keyEnv: "OPENAI_API_KEY" })).toBe("key-bound");
    expect(refusal({ keyEnv: "ANTHROPIC_API_KEY" })).toBe("key-bound");
    expect(resolveEndpoint(OPENAI, { baseUrl: evil, keyEnv: "EVIL_KEY" }, {}).keyEnv).toBe("EVIL_KEY");
    expect(
      resolveEndpoint(OPENAI, { baseUrl: "https://api.anthropic.com/v1", keyEnv: "ANTHROPIC_API_KEY" }, {}).keyEnv,
    ).toBe("ANTHROPIC_API_KEY");
  });

  it("needs no key on loopback, and sends one there only for the user's environment", () => {
    const key = { OPENAI_API_KEY: "k" };
    expect(resolveEndpoint(OPENAI, { baseUrl: "http://localhost:11434/v1" }, key).keyEnv).toBeUndefined();
    expect(resolveEndpoint(OPENAI, {}, { OPENAI_BASE_URL: "http://[::1]:1/v1" }).keyEnv).toBeUndefined();
    expect(resolveEndpoint(OPENAI, {}, { ...key, OPENAI_BASE_URL: "http://[::1]:1/v1" }).keyEnv).toBe("OPENAI_API_KEY");
  });

  it.each([
    ["no address", "api.example.com", "base-url-invalid"],
    ["a password inside", "https://user:pass@host.example/v1", "base-url-invalid"],
    ["a query", "https://host.example/v1?key=1", "base-url-invalid"],
    ["http to elsewhere", "http://host.example/v1", "base-url-insecure"],
    ["http to the vendor", "http://api.openai.com/v1", "base-url-insecure"],
    ["another scheme", "file:///etc/passwd", "base-url-invalid"],
    ["a server of the same network by http", "http://10.0.0.5:8000/v1", "base-url-insecure"],
    ["a metadata address without a scheme", "169.254.169.254/v1", "base-url-forbidden"],
    ["a password without a scheme", "user:pass@host.example/v1", "base-url-invalid"],
    ["a metadata address", "http://169.254.169.254/v1", "base-url-forbidden"],
    ["a metadata address in disguise", "https://0xa9fea9fe/v1", "base-url-forbidden"],
    ["a metadata address as IPv6", "https://[::ffff:169.254.169.254]/v1", "base-url-forbidden"],
    ["Amazon's by IPv6", "https://[fd00:ec2::254]/v1", "base-url-forbidden"],
    ["link-local IPv6", "https://[fe80::1]/v1", "base-url-forbidden"],
    ["Google's by name", "https://metadata.google.internal/v1", "base-url-forbidden"],
    ["Google's by name, with a dot", "https://metadata.google.internal./v1", "base-url-forbidden"],
  ])("refuses %s", (_, baseUrl, code) => {
    expect(refusal({ baseUrl, keyEnv: "MY_KEY" })).toBe(code);
    expect(refusal({}, { OPENAI_BASE_URL: baseUrl })).toBe(code);
  });

  it.each([
    ["localhost:8000", "http://localhost:8000"],
    ["localhost:8000/v1", "http://localhost:8000/v1"],
    ["127.0.0.1:8000", "http://127.0.0.1:8000"],
    ["api.example.com", "https://api.example.com"],
    ["vllm.example:8000/v1", "https://vllm.example:8000/v1"],
  ])("tells what %s lacks", (baseUrl, whole) => {
    const scheme = whole.slice(0, whole.indexOf("//") + 2);
    expect(mistake({ baseUrl })).toBe(`baseUrl: "${baseUrl}" lacks ${scheme} Write ${whole}.`);
  });

  it("tells the way to a server of the same network", () => {
    expect(mistake({ baseUrl: "http://10.0.0.5:9000/v1" })).toMatch(/ssh -N -L 8000:127\.0\.0\.1:9000 10\.0\.0\.5/);
  });

  it("does not repeat a password of an address without a scheme", () => {
    expect(mistake({ baseUrl: "user:hunter2@host.example/v1" })).not.toContain("hunter2");
  });

  it("does not repeat a key that was written where its variable's name belongs", () => {
    const pasted = "sk-proj-1234567890abcdef";
    expect(() => resolveEndpoint(OPENAI, { keyEnv: pasted }, {})).toThrow(ConfigError);
    try {
      resolveEndpoint(OPENAI, { keyEnv: pasted }, {});
    } catch (thrown) {
      expect(thrown instanceof ConfigError && `${thrown.message} ${thrown.fix}`).not.toContain("1234567890");
    }
  });
});

describe("hosts", () => {
  it("knows loopback", () => {
    for (const host of ["localhost", "127.0.0.1", "127.8.9.10", "[::1]", "LOCALHOST"])
      expect(isLoopback(host)).toBe(true);
    for (const host of ["localhost.example", "128.0.0.1", "127.0.0.1.example", "[::2]"])
      expect(isLoopback(host)).toBe(false);
  });

  it("knows what must not be called", () => {
    for (const address of [
      "169.254.0.1",
      "fe80::1",
      "febf::1",
      "fd00:ec2::254",
      "::ffff:169.254.1.1",
      "::ffff:a9fe:101",
    ]) {
      expect(isForbiddenAddress(address)).toBe(true);
    }
    for (const address of ["170.254.0.1", "10.0.0.1", "fec0::1", "fd00::1", "::ffff:10.0.0.1"]) {
      expect(isForbiddenAddress(address)).toBe(false);
    }
    expect(isForbiddenHost("model.example")).toBe(false);
  });
});
