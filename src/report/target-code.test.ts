import { describe, expect, it } from "vitest";
import type { Model } from "../suite/model.ts";
import type { Target } from "../suite/target.ts";
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { targetCode } from "./target-code.ts";

const model: Model = {
  provider: "fake",
  id: "m",
  account: "fake",
  identity: {},
  parameters: {},
  answers: "paid",
  complete: async () => ({ kind: "answer", text: "x", finish: "stop" }),
};

describe("a target as code", () => {
  it("evaluates to the target that it was made from, whatever its texts hold, as it stands on a terminal too", () => {
    const target: Target = {
      name: 'a "quoted" · name',
      role: "prompt-only",
      model,
      prompt: {
        system: { kind: "file", path: "prompts/x.md" },
        user: "`$\u007b1}` \u2028 \\{{ {{message}}\n*/ \u202e::error ##[error] ##vso[x]",
        shots: { from: [{ id: "1", input: { "odd key": 'x"' }, expected: "y" }], count: 1, assistant: "{{expected}}" },
        variables: { tone: "kind", ["__proto__"]: "##[warning]" },
        ignore: ["topic"],
      },
      parameters: { temperature: 0, stop: ["\n"] },
    };
    const printed = disarmCommands(targetCode(target, "base").split("\n").map(escapeToLine).join("\n"));
    const make = new Function("promptOnly", "file", "base", `return [${printed}]`);
    const made: unknown = make(
      (name: string, rest: object) => ({ name, role: "prompt-only", ...rest }),
      (path: string) => ({ kind: "file", path }),
      model,
    );
    expect(made).toEqual([target]);
  });

  it("names the file of its shots, and leaves out what it does not have", () => {
    const from = { kind: "csv", path: "train.csv" } as const;
    const prompt = { user: "{{input}}", shots: { from, count: 2 } };
    expect(targetCode({ name: "a", role: "prompt-only", model, prompt, parameters: {} }, "base")).toBe(
      'promptOnly("a", {\n  model: base,\n  prompt: {\n    user: "{{input}}",\n    shots: { from: csv("train.csv"), count: 2 },\n  },\n}),',
    );
  });
});
