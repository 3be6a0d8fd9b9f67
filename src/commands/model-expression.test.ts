import { describe, expect, it } from "vitest";
import { modelExpression } from "./model-expression.ts";

describe("the model of a target, as its suite writes it", () => {
  it.each([
    ['promptOnly("a", { model: base, prompt })', "base"],
    ['promptOnly(\n  "a",\n  {\n    prompt: { user: "x" },\n    model: models.base,\n  })', "models.base"],
    [
      'promptOnly("a", { model: openai("gpt", { price: priceOf("x"), maxTokens: 5 }), prompt })',
      'openai("gpt", { price: priceOf("x"), maxTokens: 5 })',
    ],
    ["promptOnly('a', { model, prompt })", "model"],
    ['promptOnly("other", { model: base })', "MODEL_OF_THE_INCUMBENT"],
    ["names.map((name) => promptOnly(name, { model: base }))", "MODEL_OF_THE_INCUMBENT"],
  ])("%s", (source, expected) => {
    expect(modelExpression(source, "a")).toBe(expected);
  });
});
