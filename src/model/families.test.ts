import { describe, expect, it } from "vitest";
import { anthropic } from "./anthropic.ts";
import { fake } from "./fake.ts";
import { checkFamily, familyOf } from "./families.ts";
import { local } from "./local.ts";
import { openai } from "./openai.ts";
import { recorded } from "./recorded.ts";

describe("familyOf", () => {
  it.each([
    ["gpt-5.4-mini", "gpt"],
    ["ft:gpt-5.4-mini:claude-fans::8x2", "gpt"],
    ["openai/gpt-oss-20b", "gpt"],
    ["o3-mini", "gpt"],
    ["claude-haiku-4-5", "claude"],
    ["us.anthropic.claude-haiku-4-5-v1:0", "claude"],
    ["meta-llama/Llama-3.1-8B-Instruct", "llama"],
    ["accounts/fireworks/models/llama-v3p1-8b", "llama"],
    ["meta.llama3-1-8b-instruct-v1:0", "llama"],
    ["Qwen/Qwen2.5-7B", "qwen"],
    ["qwen2.5:7b", "qwen"],
    ["google/gemma-2-9b", "gemini"],
    ["mistralai/Mixtral-8x7B", "mistral"],
    ["deepseek-chat", "deepseek"],
    ["our-own-model", undefined],
    ["stub-o1", undefined],
    ["", undefined],
  ])("%s: %s", (id, family) => {
    expect(familyOf({ id })).toBe(family);
  });

  it("takes what is stated before what the id looks like", () => {
    expect(familyOf({ id: "gpt-5.4-mini", family: " Llama " })).toBe("llama");
  });

  it("is stated by every kind of model, and is no part of what a call is known by", () => {
    const family = "llama";
    const url = "http://127.0.0.1:1/v1";
    const stated = [
      openai("a", { family, baseUrl: url }),
      anthropic("a", { family, baseUrl: url }),
      local("a.gguf", { family }),
      recorded("a.jsonl", { family }),
      fake(() => "", { family }),
    ];
    expect(stated.map(familyOf)).toEqual(Array(5).fill("llama"));
    const plain = openai("a", { baseUrl: url });
    expect(stated[0]?.identity).toEqual(plain.identity);
    expect(plain).not.toHaveProperty("family");
  });

  it("refuses what is no name", () => {
    for (const family of ["", " ", 7, "x".repeat(41), "a\nb"]) {
      expect(() => checkFamily("openai()", family)).toThrow(/family is/);
    }
    expect(() => openai("a", { family: "" })).toThrow(/openai\("a"\): family is ""/);
  });
});
