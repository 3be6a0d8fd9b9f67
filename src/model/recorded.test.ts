import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigError, ConfigErrors } from "../errors.ts";
import type { Completion } from "../suite/completion.ts";
import type { Message, Model } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { promptHash } from "./prompt-hash.ts";
import { type RecordedOptions, recorded } from "./recorded.ts";
import { openRecording } from "./recording.ts";

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "recorded-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

const world: World = {
  now: () => new Date(0),
  monotonicMs: () => 0,
  random: () => 0,
  sleep: async () => undefined,
  env: {},
  cwd: "/",
};
const MESSAGES: readonly Message[] = [{ role: "user", content: "Which colour?" }];

let files = 0;
function write(content: string | Buffer): string {
  files += 1;
  const name = `r${files}.jsonl`;
  writeFileSync(join(dir, name), content);
  return name;
}

function bound(content: string, options: RecordedOptions = {}): Model {
  const model = recorded(write(content), options);
  return model.bind?.(dir) ?? model;
}

function ask(model: Model, caseId: string, trial = 1, asker = "plain"): Promise<Completion> {
  const signal = new AbortController().signal;
  return model.complete({ messages: MESSAGES, parameters: {}, caseId, trial, asker, timeoutMs: 1_000, signal }, world);
}

const lines = (...values: object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");

function mistakesOf(content: string | Buffer): readonly ConfigError[] {
  try {
    openRecording(join(dir, write(content)));
  } catch (thrown) {
    if (thrown instanceof ConfigErrors) return thrown.errors;
    if (thrown instanceof ConfigError) return [thrown];
    throw thrown;
  }
  return [];
}

function thrownBy(run: () => unknown): ConfigErrors {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ConfigErrors) return thrown;
  }
  throw new Error("no mistakes");
}

describe("recorded", () => {
  it("gives back what was recorded, and nothing that was not", async () => {
    const usage = { input: 10, output: 2, cachedInput: 4 };
    const model = bound(
      lines(
        { case: "a", text: "Blue.", finish: "length", usage, latencyMs: 12.5, model: "m-1" },
        { case: "a", trial: 2, text: "" },
      ),
    );
    expect(await ask(model, "a")).toEqual({
      kind: "answer",
      text: "Blue.",
      finish: "length",
      usage,
      latencyMs: 12.5,
      modelId: "m-1",
    });
    expect(await ask(model, "a", 2)).toEqual({ kind: "answer", text: "", finish: "stop" });
  });

  it("fails for a case or a trial that is not there", async () => {
    const model = bound(lines({ case: "a", text: "x" }));
    for (const completion of [await ask(model, "b"), await ask(model, "a", 2)]) {
      expect(completion).toMatchObject({ kind: "failure", code: "not-recorded", retry: "final", scope: "call" });
    }
    expect(await ask(model, "b")).toMatchObject({ message: expect.stringContaining('case "b", trial 1') });
  });

  it("answers the target that asks, then whoever asks, unless a target is named", async () => {
    const content = lines(
      { case: "a", target: "tuned", text: "of tuned" },
      { case: "a", text: "of nobody" },
      { case: "b", target: "tuned", text: "of tuned" },
    );
    expect(await ask(bound(content), "a", 1, "tuned")).toMatchObject({ text: "of tuned" });
    expect(await ask(bound(content), "a", 1, "plain")).toMatchObject({ text: "of nobody" });
    expect(await ask(bound(content, { target: "tuned" }), "a", 1, "plain")).toMatchObject({ text: "of tuned" });
    expect(await ask(bound(content, { target: "other" }), "a")).toMatchObject({ code: "not-recorded" });
    expect(await ask(bound(content), "b", 1, "plain")).toMatchObject({ code: "not-recorded" });
  });

  it("fails when the prompt is another one", async () => {
    const hash = promptHash(MESSAGES);
    const model = bound(
      lines({ case: "same", text: "x", prompt: hash }, { case: "other", text: "x", prompt: promptHash([]) }),
    );
    expect(await ask(model, "same")).toMatchObject({ kind: "answer" });
    const changed = await ask(model, "other");
    expect(changed).toMatchObject({ kind: "failure", code: "prompt-changed", retry: "final", scope: "call" });
    expect(changed).toMatchObject({ message: expect.stringContaining('case "other"') });
  });

  it("replays failures as final ones", async () => {
    const model = bound(
      lines({ case: "a", failure: "timeout" }, { case: "b", failure: { code: "server-error", message: "x" } }),
    );
    expect(await ask(model, "a")).toMatchObject({ kind: "failure", code: "timeout", retry: "final", scope: "call" });
    expect(await ask(model, "b")).toMatchObject({
      kind: "failure",
      code: "server-error",
      retry: "final",
      message: "x",
    });
  });

  it("tells what it is: stored, priced by its option only, the content of the file as its identity", () => {
    const price = { inputPerMillion: 1, outputPerMillion: 2, asOf: "2026-11-01", source: "test" };
    const content = lines({ case: "a", text: "x" });
    const one = bound(content, { target: "tuned", price });
    expect(one).toMatchObject({ provider: "recorded", answers: "stored", id: "tuned", price });
    expect(one.identity).toEqual(bound(content, { target: "tuned" }).identity);
    expect(one.identity).not.toEqual(bound(lines({ case: "a", text: "y" }), { target: "tuned" }).identity);
    expect(bound(content)).not.toHaveProperty("price");
  });

  it("stands for the model that its head names, with parameters, price and days, for the target that asks", async () => {
    const price = { inputPerMillion: 1, outputPerMillion: 2, asOf: "2026-11-01", source: "test" };
    const head = (target: string, model: string) => ({
      ...{ recording: "gapcheck.recording/1", target, provider: "openai", model, price },
      ...{
        identity: { provider: "openai", id: model },
        parameters: { maxTokens: 16, extra: { key: "sesame-open-1" } },
      },
    });
    const file = write(
      lines(
        ...[head("plain", "base"), { case: "a", target: "plain", text: "x", date: "2026-11-20" }],
        ...[head("tuned", "ft:1"), { case: "a", target: "tuned", text: "y", date: "2026-11-29" }],
        { case: "b", target: "tuned", failure: { code: "too-large", message: "m", status: 200 }, date: "2026-11-28" },
      ),
    );
    const [plain, tuned] = ["plain", "tuned"].map((asker) => recorded(file).bind?.(dir, asker));
    const named = recorded(file, { target: "tuned", id: "mine" }).bind?.(dir, "other");
    if (plain === undefined || tuned === undefined || named === undefined) throw new Error("not bound");
    expect(plain).toMatchObject({
      provider: "recorded",
      id: "base",
      identity: { id: "base" },
      price,
      answers: "stored",
    });
    expect(tuned).toMatchObject({ id: "ft:1", parameters: { maxTokens: 16 } });
    expect(tuned.recording).toEqual({ file, provider: "openai", days: { first: "2026-11-28", last: "2026-11-29" } });
    expect(named).toMatchObject({ id: "mine", identity: { id: "ft:1" } });
    const request = {
      messages: MESSAGES,
      trial: 1,
      asker: "tuned",
      timeoutMs: 1,
      signal: new AbortController().signal,
    };
    const asked = (parameters: object, caseId = "a", env = {}) =>
      tuned.complete({ ...request, parameters, caseId }, { ...world, env });
    const same = { extra: { key: "sesame-open-1" }, maxTokens: 16 };
    expect(await asked(same)).toMatchObject({ text: "y" });
    expect(await asked(same, "b")).toMatchObject({ code: "too-large", status: 200, retry: "final" });
    expect(await asked({ ...same, temperature: 0 })).toMatchObject({ code: "prompt-changed" });
    // What is a secret here is hidden on both sides.
    expect(await asked({ ...same }, "a", { MY_KEY: "sesame-open-1" })).toMatchObject({ text: "y" });
    expect(recorded(file).bind?.(dir, "nobody")).not.toHaveProperty("price");
  });

  it("follows a path from the suite's folder, an absolute path and a file URL", async () => {
    const name = write(lines({ case: "a", text: "x" }));
    const absolute = join(dir, name);
    for (const model of [
      recorded(absolute),
      recorded(pathToFileURL(absolute)),
      recorded(pathToFileURL(absolute).href),
    ]) {
      expect(await ask(model, "a")).toMatchObject({ text: "x" });
      expect(await ask(model.bind?.("/nowhere") ?? model, "a")).toMatchObject({ text: "x" });
    }
    await expect(ask(recorded(name), "a")).rejects.toThrow(ConfigError);
    expect(() => recorded("none.jsonl").bind?.(dir)).toThrow(ConfigError);
  });

  it("reads a file larger than it keeps in memory", async () => {
    const filler = "x".repeat(2_000);
    const values = Array.from({ length: 900 }, (_, n) => ({ case: `c${n}`, text: `${filler}${n}` }));
    const model = bound(lines(...values));
    for (const n of [0, 1, 523, 524, 525, 899]) {
      expect(await ask(model, `c${n}`)).toMatchObject({ text: `${filler}${n}` });
    }
  });

  it("tells two lines apart in a file larger than it keeps, and names both lines of a duplicate there", async () => {
    const filler = "x".repeat(2_000);
    const values = Array.from({ length: 900 }, (_, n) => ({ case: `c${n}`, target: "t", text: filler }));
    const [mistake] = mistakesOf(`\n${lines(...values, { case: "c7", target: "t", text: "again" })}`);
    expect(mistake).toMatchObject({ code: "recording-duplicate", place: { line: 902 } });
    expect(mistake?.message).toContain('of "t", stands in line 9 already');
    const model = bound(lines(...values, { case: "c7", text: "of nobody" }));
    expect(await ask(model, "c7", 1, "u")).toMatchObject({ text: "of nobody" });
    expect(await ask(model, "c7", 1, "t")).toMatchObject({ text: filler });
  });

  it("reads a line longer than the window it reads through", async () => {
    const long = "é".repeat(1_200_000);
    const model = bound(lines({ case: "a", text: "x" }, { case: "b", text: long }, { case: "c", text: "y" }));
    const [b, c] = [await ask(model, "b"), await ask(model, "c")];
    expect(b.kind === "answer" && b.text === long).toBe(true);
    expect(c).toMatchObject({ text: "y" });
  });

  it("finds every line of any recording, whatever ids and texts hold", async () => {
    const id = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
    const line = fc.record({
      case: id,
      trial: fc.integer({ min: 1, max: 3 }),
      target: fc.option(id, { nil: undefined }),
      text: fc.string(),
    });
    const key = (value: { case: string; trial: number; target: string | undefined }): string =>
      JSON.stringify([value.case, value.trial, value.target ?? null]);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(line, { selector: key, maxLength: 30 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        async (values, end, closed) => {
          const text = values.map((value) => JSON.stringify(value)).join(end) + (closed ? end : "");
          const recording = openRecording(join(dir, write(text)));
          expect(recording.size).toBe(values.length);
          for (const value of values)
            expect(recording.find(value.target, value.case, value.trial)?.text).toBe(value.text);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("a bad recording", () => {
  it("names both lines of a duplicate", () => {
    const [mistake, ...more] = mistakesOf(
      lines({ case: "a", text: "1" }, { case: "a", trial: 2, text: "1" }, { case: "a", trial: 1, text: "2" }),
    );
    expect(more).toEqual([]);
    expect(mistake).toMatchObject({ code: "recording-duplicate", place: { line: 3 } });
    expect(mistake?.message).toContain("line 1");
  });

  it("has one head a target", () => {
    const head = {
      recording: "gapcheck.recording/1",
      target: "t",
      provider: "fake",
      model: "m",
      identity: {},
      parameters: {},
    };
    expect(mistakesOf(lines(head, { ...head, target: "u" }))).toEqual([]);
    expect(mistakesOf(lines(head, head))).toMatchObject([{ code: "recording-duplicate", place: { line: 2 } }]);
  });

  it("does not take different targets for duplicates", () => {
    expect(mistakesOf(lines({ case: "a", text: "1" }, { case: "a", target: "t", text: "1" }))).toEqual([]);
    // What a careless key would take for one and the same.
    expect(mistakesOf(lines({ case: "b", target: "a", text: "1" }, { case: "1:a:b", text: "1" }))).toEqual([]);
  });

  it.each([
    ["no JSON", '{"case": "a"'],
    ["a key given twice", '{"case": "a", "text": "x", "text": "y"}'],
    ["a key given twice, deep inside", '{"case": "a", "text": "x", "usage": {"input": 1, "output": 2, "input": 3}}'],
    ["a key that is written otherwise the second time", '{"case": "a", "text": "x", "c\\u0061se": "b"}'],
    ["a number that no double holds", '{"case": "a", "text": "x", "latencyMs": 1e400}'],
    ["nesting without end", `{"case": "a", "text": "x", "usage": ${"[".repeat(1000)}${"]".repeat(1000)}}`],
    ["no object", '["a"]'],
    ["no case", '{"text": "x"}'],
    ["an empty case", '{"case": "", "text": "x"}'],
    ["a number as case", '{"case": 7, "text": "x"}'],
    ["no text", '{"case": "a"}'],
    ["text that is no text", '{"case": "a", "text": null}'],
    ["a trial of 0", '{"case": "a", "text": "x", "trial": 0}'],
    ["half a trial", '{"case": "a", "text": "x", "trial": 1.5}'],
    ["an unknown finish", '{"case": "a", "text": "x", "finish": "done"}'],
    ["an unknown field", '{"case": "a", "text": "x", "trail": 1}'],
    ["usage of another shape", '{"case": "a", "text": "x", "usage": {"prompt_tokens": 1}}'],
    ["usage below 0", '{"case": "a", "text": "x", "usage": {"input": -1, "output": 1}}'],
    ["latency below 0", '{"case": "a", "text": "x", "latencyMs": -1}'],
    ["a prompt that is no hash", '{"case": "a", "text": "x", "prompt": "abc"}'],
    ["an unknown failure", '{"case": "a", "failure": "boom"}'],
    ["a target that is no text", '{"case": "a", "text": "x", "target": 1}'],
    ["a date that is no day", '{"case": "a", "text": "x", "date": "2026-13-01"}'],
    ["a head of another version", '{"recording": "gapcheck.recording/9", "target": "t"}'],
  ])("%s", (_, line) => {
    const good = '{"case": "good", "text": "x"}';
    const mistakes = mistakesOf(`\uFEFF${good}\r\n\r\n${line}\n`);
    expect(mistakes.map(({ code, place }) => [code, place.line])).toEqual([["recording-line", 3]]);
    expect(mistakes[0]?.fix).not.toBe("");
  });

  it("says which key stands twice, and in which column", () => {
    const [mistake] = mistakesOf('{"case": "a", "text": "x", "text": "y"}\n');
    expect(mistake?.message).toContain('the key "text" is there twice (column 28)');
    expect(mistake?.fix).toContain("Keep one of them");
  });

  it("is refused when it is not UTF-8", () => {
    const latin = Buffer.from('{"case": "a", "text": "caf\xe9"}\n', "latin1");
    expect(mistakesOf(latin)).toMatchObject([{ code: "recording-line", place: { line: 1 } }]);
  });

  it("tells all its mistakes, twenty at most, and how many more there are", () => {
    expect(mistakesOf("x\ny\n").map(({ place }) => place.line)).toEqual([1, 2]);
    expect(mistakesOf("x\n".repeat(50))).toHaveLength(20);
    const untold = (count: number) => {
      const file = join(dir, write("x\n".repeat(count)));
      return thrownBy(() => openRecording(file)).untold;
    };
    expect([20, 21, 50].map(untold)).toEqual([0, 1, 30]);
  });
});

describe("promptHash", () => {
  it("does not depend on the order of fields, and on everything else", () => {
    const one = promptHash([{ role: "user", content: "x" }]);
    expect(promptHash([{ content: "x", role: "user" }])).toBe(one);
    expect(promptHash([{ role: "user", content: "y" }])).not.toBe(one);
    expect(promptHash([{ role: "system", content: "x" }])).not.toBe(one);
    expect(promptHash([{ role: "user", content: "lone \ud800" }])).toMatch(/^[0-9a-f]{64}$/);
  });
});
