import { describe, expect, it } from "vitest";
import { ConfigError, ConfigErrors } from "../errors.ts";
import type { Case } from "./case.ts";
import type { Model } from "./model.ts";
import type { PromptSources } from "./prepare-template.ts";
import type { Prompt } from "./prompt.ts";
import { preparePrompt, renderPrompt } from "./render.ts";
import type { LoadedSuite } from "./suite.ts";
import type { Target } from "./target.ts";

const model: Model = {
  provider: "fake",
  id: "scripted",
  account: "fake",
  identity: {},
  parameters: {},
  answers: "paid",
  complete: async () => ({ kind: "answer", text: "x", finish: "stop" }),
};

const suite: LoadedSuite = {
  name: "s",
  scenario: "format",
  example: false,
  cases: { kind: "jsonl", path: "../data/cases.jsonl" },
  targets: [],
  graders: [],
  requirement: {},
  trials: 1,
  devShare: 1 / 3,
  gate: {},
  file: "/project/evals/s.eval.ts",
};

/** The prompt of the target "t" stands on line 3. */
const source = 'defineSuite({ name: "s",\n targets: [promptOnly("t",\n  { prompt: { user: "…" } })] })';

const files = new Map([
  [suite.file, source],
  ["/project/evals/prompts/steps.md", "Step one.\r\nUse {{tone}}.\n\n"],
]);

const sources: PromptSources = {
  suite,
  readText: async (path) => files.get(path) ?? Promise.reject(new Error(`no file ${path}`)),
  readShots: async (from) => ("kind" in from ? [] : from),
};

const prepare = (prompt: Prompt) => {
  const target: Target = { name: "t", role: "prompt-only", model, prompt, parameters: {} };
  return preparePrompt(target, sources);
};

const render = async (prompt: Prompt, input: unknown, more: Partial<Case> & { line?: number } = {}) =>
  renderPrompt(await prepare(prompt), { id: "c1", input, ...more });

async function mistakeOf(work: Promise<unknown>): Promise<ConfigError> {
  try {
    await work;
  } catch (thrown) {
    const error = thrown instanceof ConfigErrors ? thrown.errors[0] : thrown;
    if (error instanceof ConfigError) return error;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

describe("renderPrompt", () => {
  it("makes system and user messages of an object's fields", async () => {
    const prompt = { system: "Be {{tone}}.", user: "{{message}} ({{lang}})", variables: { tone: "kind" } };
    expect(await render(prompt, { message: "Hi {{tone}}", lang: "en" })).toEqual([
      { role: "system", content: "Be kind." },
      { role: "user", content: "Hi {{tone}} (en)" },
    ]);
  });

  it("calls a text {{input}}", async () => {
    expect(await render({ user: "<{{input}}>" }, "$& {{x}}")).toEqual([{ role: "user", content: "<$& {{x}}>" }]);
  });

  it("writes other values as compact JSON and goes into objects by dots", async () => {
    const input = { n: 1.5, yes: true, list: [1, { a: "b" }], o: { in: { x: "deep" }, n: null } };
    const [message] = await render({ user: "{{n}} {{yes}} {{list}} {{o}} {{o.in.x}}" }, input);
    expect(message?.content).toBe('1.5 true [1,{"a":"b"}] {"in":{"x":"deep"},"n":null} deep');
  });

  it("reads templates from files, with one line end at the end dropped and CRLF as LF", async () => {
    const prompt: Prompt = {
      system: { kind: "file", path: "prompts/steps.md" },
      user: "{{m}}",
      variables: { tone: "tact" },
    };
    expect((await render(prompt, { m: "x" }))[0]?.content).toBe("Step one.\nUse tact.\n");
  });

  it("treats names of Object.prototype as names that are not there, and as fields when they are", async () => {
    expect(await mistakeOf(render({ user: "{{toString}} {{m}}" }, { m: "x" }))).toMatchObject({ code: "missing-name" });
    const input: unknown = JSON.parse('{"__proto__": "p", "constructor": "c"}');
    expect((await render({ user: "{{__proto__}}{{constructor}}" }, input))[0]?.content).toBe("pc");
  });

  it("names target, template, file, line and what there is when a name is missing", async () => {
    const missing = await mistakeOf(render({ user: "{{mesage}}" }, { message: "x" }, { line: 7 }));
    expect(missing.message).toBe(
      'target "t", prompt.user: {{mesage}} names nothing in case "c1" (../data/cases.jsonl, line 7), which has: message. Did you mean "message"?',
    );
    expect(missing.place).toEqual({ file: suite.file, line: 3, path: "prompt.user" });
  });

  it("says that what is expected is not for a target to see", async () => {
    const error = await mistakeOf(render({ user: "{{m}} {{expected}}" }, { m: "x" }, { expected: "secret" }));
    expect(error.fix).toMatch(/never shown/);
  });

  it("refuses a field that no template shows, unless it is ignored", async () => {
    const error = await mistakeOf(render({ user: "{{a}}" }, { a: "1", b: "2" }));
    expect(error).toMatchObject({ code: "unused-field", fix: expect.stringMatching(/"b".*ignore/) });
    expect(await render({ user: "{{a}}", ignore: ["b"] }, { a: "1", b: "2" })).toHaveLength(1);
  });

  it("refuses null and a variable that is also a field", async () => {
    expect(await mistakeOf(render({ user: "{{a}}" }, { a: null }))).toMatchObject({ code: "empty-value" });
    const both = render({ user: "{{a}}", variables: { a: "1" } }, { a: "2" });
    expect(await mistakeOf(both)).toMatchObject({ code: "ambiguous-name" });
  });
});

describe("preparePrompt", () => {
  it("tells every template that does not parse, and variables that none uses", async () => {
    await expect(prepare({ system: "{{", user: "{{ }}" })).rejects.toMatchObject({
      errors: [{ code: "bad-template" }, { code: "bad-template" }],
    });
    const unused = await mistakeOf(prepare({ user: "hi", variables: { tone: "x" } }));
    expect(unused).toMatchObject({ code: "unused-variable", place: { path: "prompt.variables.tone" } });
  });

  it("names file and line of a template in a file", async () => {
    files.set("/project/evals/bad.md", "fine\n{{broken");
    const error = await mistakeOf(prepare({ user: { kind: "file", path: "bad.md" } }));
    expect(error.place).toEqual({ file: "/project/evals/bad.md", line: 2, path: "prompt.user" });
  });
});

describe("shots", () => {
  const examples: readonly Case[] = ["a", "b", "c"].map((letter) => ({
    id: letter,
    input: { q: `question ${letter}` },
    expected: { label: letter.toUpperCase(), why: "so" },
  }));

  it("stand between system and user, as pairs", async () => {
    const prompt: Prompt = {
      system: "S",
      user: "Q: {{q}}",
      shots: { from: examples, count: 2, assistant: "{{expected.label}}" },
    };
    const messages = await render(prompt, { q: "mine" });
    expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user", "assistant", "user"]);
    for (const at of [1, 3]) {
      const letter = messages[at]?.content.at(-1) ?? "";
      expect(messages[at]?.content).toBe(`Q: question ${letter}`);
      expect(messages[at + 1]?.content).toBe(letter.toUpperCase());
    }
    expect(messages.at(-1)?.content).toBe("Q: mine");
  });

  it("show what is expected as JSON by default, and use their own templates", async () => {
    const prompt: Prompt = {
      user: "{{q}}",
      shots: { from: examples.slice(0, 1), count: 1, user: "Ex {{q}}{{v}}" },
      variables: { v: "!" },
    };
    const messages = await render(prompt, { q: "mine" });
    expect(messages.slice(0, 2).map(({ content }) => content)).toEqual(["Ex question a!", '{"label":"A","why":"so"}']);
  });

  it("leave the case itself out, and fail when too few are left", async () => {
    const prompt: Prompt = { user: "{{q}}", shots: { from: examples, count: 3 } };
    expect(await render(prompt, { q: "other" })).toHaveLength(7);
    expect(await mistakeOf(render(prompt, { q: "question b" }))).toMatchObject({ code: "too-few-shots" });
    const four = await mistakeOf(prepare({ user: "{{q}}", shots: { from: examples, count: 4 } }));
    expect(four).toMatchObject({ code: "too-few-shots", message: expect.stringMatching(/are only 3 different ones/) });
    const clothed = ["question a", " QUESTION  a"].map((q) => ({ id: q, input: { q }, expected: { label: "A" } }));
    const two = await mistakeOf(prepare({ user: "{{q}}", shots: { from: clothed, count: 2 } }));
    expect(two.message).toMatch(/2 examples, and there is only 1$/);
  });

  it("refuse examples without an answer, and names with two meanings", async () => {
    const silent = [{ id: "1", input: { q: "x" } }];
    const error = await mistakeOf(prepare({ user: "{{q}}", shots: { from: silent, count: 1 } }));
    expect(error).toMatchObject({ code: "missing-name", place: { path: "prompt.shots.assistant" } });
    const twice = [{ id: "1", input: { q: "x", expected: "y" }, expected: "z" }];
    expect(await mistakeOf(prepare({ user: "{{q}}", shots: { from: twice, count: 1 } }))).toMatchObject({
      code: "ambiguous-name",
    });
  });

  it("are the same whatever other cases are rendered, and in whatever order", async () => {
    const prepared = await prepare({ user: "{{q}}", shots: { from: examples, count: 2 } });
    const cases = Array.from({ length: 30 }, (_, index) => ({ id: `case-${index}`, input: { q: `q${index}` } }));
    const forward = new Map(cases.map((one) => [one.id, renderPrompt(prepared, one)]));
    for (const one of cases.toReversed().slice(0, 9)) expect(renderPrompt(prepared, one)).toEqual(forward.get(one.id));
    expect(new Set([...forward.values()].map((messages) => messages[0]?.content)).size).toBe(3);
  });
});

describe("prompt functions", () => {
  it("get a copy of the input, never what is expected", async () => {
    const one = { id: "c1", input: { m: "x" }, expected: "secret" };
    let seen: unknown;
    const prepared = await prepare((given) => {
      seen = { ...given };
      (given.input as { m: string }).m = "changed";
      return [{ role: "user", content: given.id }];
    });
    expect(renderPrompt(prepared, one)).toEqual([{ role: "user", content: "c1" }]);
    expect(Object.keys(seen as object)).toEqual(["id", "input"]);
    expect(one.input.m).toBe("x");
  });

  it.each([
    ["promise", async () => [{ role: "user", content: "x" }]],
    ["none", () => []],
    ["text", () => "hello"],
    ["role", () => [{ role: "bot", content: "x" }]],
    ["content", () => [{ role: "user", content: 3 }]],
    ["null", () => [null]],
  ])("are refused when they return no messages (%s)", async (_, make) => {
    expect(await mistakeOf(render(make as never, { m: "x" }))).toMatchObject({ code: "bad-prompt-function" });
  });

  it("tell what they threw", async () => {
    const make = () => {
      throw new Error("no such field");
    };
    expect((await mistakeOf(render(make, "x"))).message).toMatch(/no such field.*case "c1"/);
  });
});
