import { describe, expect, it } from "vitest";
import { ConfigErrors } from "../errors.ts";
import { promptOnly } from "./declare-target.ts";
import { defineSuite } from "./define.ts";
import type { Model } from "./model.ts";
import { file, jsonl } from "./references.ts";
import { type Sweep, sweepRungs, sweepTargets } from "./sweep.ts";

const model: Model = {
  provider: "fake",
  id: "scripted",
  account: "fake",
  identity: {},
  parameters: {},
  answers: "paid",
  complete: async () => ({ kind: "answer", text: "x", finish: "stop" }),
};
const shots = { from: jsonl("train.jsonl"), count: 3 };
const plain = promptOnly("plain", {
  model,
  prompt: { system: "Reply.", user: "{{message}}", ignore: ["topic"] },
  parameters: { temperature: 0, maxTokens: 20 },
});
const code = promptOnly("code", { model, prompt: () => [{ role: "user", content: "x" }] });
const oracle = promptOnly("oracle", { model, prompt: { user: "{{message}}" }, arm: "oracle-context" });

function suiteWith(sweep: Sweep) {
  const targets = [plain, code, oracle];
  const isX = () => true;
  return defineSuite({ name: "s", scenario: "format", cases: jsonl("x.jsonl"), targets, graders: [isX], sweep });
}

/** Codes and paths of all mistakes. */
function mistakesOf(sweep: object): readonly string[] {
  try {
    suiteWith(sweep as never);
  } catch (thrown) {
    if (!(thrown instanceof ConfigErrors)) throw thrown;
    return thrown.errors.map(({ code: what, place }) => `${what} ${place.path}`);
  }
  return [];
}

describe("a space of prompts", () => {
  it("has every instruction with every context, set of shots and parameters, and the rest of the incumbent", () => {
    const targets = sweepTargets(
      suiteWith({
        from: "plain",
        instructions: { short: "Answer.", long: file("long.md") },
        contexts: { bare: "{{message}}", "with page": "{{page}}\n{{message}}" },
        shots: { none: "none", three: shots },
        parameters: { cold: {}, warm: { temperature: 0.7 } },
      }),
    );
    expect(targets).toHaveLength(16);
    expect(targets[0]).toEqual({
      name: "short · bare · none · cold",
      role: "prompt-only",
      model,
      // The page that the other context shows is left out on purpose.
      prompt: { system: "Answer.", user: "{{message}}", ignore: ["topic", "page"] },
      parameters: { temperature: 0, maxTokens: 20 },
    });
    expect(targets.at(-1)).toMatchObject({
      name: "long · with page · three · warm",
      prompt: { system: { kind: "file", path: "long.md" }, user: "{{page}}\n{{message}}", shots, ignore: ["topic"] },
      parameters: { temperature: 0.7, maxTokens: 20 },
    });
    expect(new Set(targets.map(({ name }) => name)).size).toBe(16);
  });

  it("keeps what no axis names, and never takes the name of a declared target", () => {
    const targets = sweepTargets(suiteWith({ from: "plain", instructions: { plain: "Do it.", code: "Do!" } }));
    expect(targets.map(({ name, prompt }) => [name, prompt])).toEqual([
      ["plain (sweep)", { system: "Do it.", user: "{{message}}", ignore: ["topic"] }],
      ["code (sweep)", { system: "Do!", user: "{{message}}", ignore: ["topic"] }],
    ]);
    expect(sweepTargets({ targets: [plain] })).toEqual([]);
    const alike = { from: "plain", instructions: { "A · b": "x", a: "y" }, contexts: { c: "1", "b · c": "2" } };
    expect(sweepTargets({ targets: [plain], sweep: alike }).map(({ name }) => name)).toEqual([
      "A · b · c",
      "A · b · b · c",
      "a · c",
      "a · b · c (sweep)",
    ]);
  });

  it("tries the rungs that its axes show, and those that its author names", () => {
    expect(sweepRungs({ from: "plain", instructions: { a: "x" }, shots: { none: "none" } })).toEqual([]);
    expect(sweepRungs({ from: "plain", instructions: { a: "x", b: "y" }, shots: { three: shots } })).toEqual([
      "instruction",
      "few-shot",
    ]);
    expect(sweepRungs({ from: "plain", contexts: { a: "x", b: "y" }, tries: ["retrieval"] })).toEqual(["retrieval"]);
  });

  const two = { a: "x", b: "y" };
  it.each<readonly [string, object, readonly string[]]>([
    ["nothing wrong", { from: "plain", instructions: two }, []],
    ["a target that is not there", { from: "plan", instructions: two }, ["unknown-target sweep.from"]],
    ["a prompt that is code", { from: "code", instructions: two }, ["bad-value sweep.from"]],
    ["an oracle", { from: "oracle", instructions: two }, ["bad-value sweep.from"]],
    ["no incumbent", { instructions: two }, ["missing-key sweep.from"]],
    ["no axis", { from: "plain" }, ["empty-sweep sweep"]],
    ["an axis without a value", { from: "plain", instructions: two, shots: {} }, ["empty-sweep sweep.shots"]],
    ["one prompt", { from: "plain", instructions: { a: "x" } }, ["empty-sweep sweep"]],
    [
      "a mistyped axis",
      { from: "plain", instruction: two, shots: { a: "none", b: shots } },
      ["unknown-key sweep.instruction"],
    ],
    [
      "a template that does not close",
      { from: "plain", instructions: { a: "x", b: "{{y" } },
      ["bad-template sweep.instructions.b"],
    ],
    [
      "shots of no file",
      { from: "plain", shots: { a: "none", b: { from: 3, count: 1 } } },
      ["bad-value sweep.shots.b.from"],
    ],
    ["shots that are some word", { from: "plain", shots: { a: "none", b: "three" } }, ["bad-name sweep.shots.b"]],
    [
      "a parameter that no model has",
      { from: "plain", parameters: { a: {}, b: { heat: 1 } } },
      ["unknown-key sweep.parameters.b.heat"],
    ],
    ["an unknown rung", { from: "plain", instructions: two, tries: ["luck"] }, ["bad-value sweep.tries[0]"]],
    [
      "too many prompts",
      { from: "plain", instructions: Object.fromEntries(Array.from({ length: 257 }, (_, at) => [`i${at}`, "x"])) },
      ["large-sweep sweep"],
    ],
  ])("is refused with path and fix: %s", (_, sweep, expected) => {
    expect(mistakesOf(sweep)).toEqual(expected);
  });
});
