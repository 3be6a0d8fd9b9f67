import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRecordedLine } from "../model/recorded-line.ts";
import { createRedactor } from "../redact.ts";
import type { Finish } from "../suite/completion.ts";
import { answerLine, headLine, replyLine } from "./recording-file.ts";

const plain = (text: string) => text;

/** Whatever a model may write: halves of surrogate pairs, controls, separators, marks of direction, quotes, and JSON itself. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom("\n", "\r", "\u2028", "\u2029", "\u0085", "\ufeff", "\u202e", '"', "\\", "{", "__proto__", "😀"),
  ),
  maxLength: 40,
});
const count = fc.nat();
const line = fc.record({
  case: fc.string({ minLength: 1 }),
  trial: fc.integer({ min: 1, max: 100 }),
  target: fc.string({ minLength: 1 }),
  text: hostile,
  finish: fc.constantFrom<Finish>("stop", "length", "refusal", "filtered", "other"),
  usage: fc.option(fc.record({ input: count, output: count, cachedInput: count }), { nil: undefined }),
  latencyMs: fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
  model: fc.option(hostile, { nil: undefined }),
  date: fc.constantFrom("2026-11-29", undefined),
  prompt: fc.constantFrom("0".repeat(64), undefined),
  failure: fc.constant(undefined),
});

describe("a line of a recording", () => {
  it("comes back as it was, whatever the answer says, and is one line to every program", () => {
    fc.assert(
      fc.property(line, (one) => {
        const text = answerLine(one, plain);
        expect(text).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
        expect(text.isWellFormed()).toBe(true);
        expect(readRecordedLine(text)).toEqual(one);
      }),
    );
  });

  it("of a judge comes back as well", () => {
    const names = fc.record({ grader: fc.string({ minLength: 1 }), judge: fc.string({ minLength: 1 }) });
    fc.assert(
      fc.property(line, names, (one, who) => {
        const reply = { ...one, ...who, target: undefined, judged: "1".repeat(64), prompt: "2".repeat(64) };
        expect(readRecordedLine(replyLine(reply, plain))).toEqual({ reply });
      }),
    );
  });

  it("of a failure keeps its code, its words and its status", () => {
    const failure = { code: "too-large", message: "over 8 MB", status: 200 } as const;
    const none = { usage: undefined, latencyMs: undefined, model: undefined };
    const one = {
      case: "a",
      trial: 1,
      target: "t",
      text: "",
      finish: "stop",
      date: "2026-11-29",
      prompt: undefined,
    } as const;
    const text = answerLine({ ...one, ...none, failure }, plain);
    expect(text).not.toContain('"text"');
    expect(readRecordedLine(text)).toEqual({ ...one, ...none, failure });
  });

  it("has no secret, in whatever field it stood", () => {
    const redact = createRedactor({ STUB_KEY: "kept-to-ourselves-1" });
    const one = {
      case: "a",
      trial: 1,
      target: "t",
      finish: "stop",
      latencyMs: 1,
      date: undefined,
      prompt: undefined,
    } as const;
    const text = answerLine(
      {
        ...one,
        text: 'it is "kept-to-ourselves-1"',
        usage: undefined,
        model: "kept-to-ourselves-1",
        failure: undefined,
      },
      redact,
    );
    expect(text).not.toContain("kept-to-ourselves-1");
    expect(text).toContain("STUB_KEY");
  });
});

describe("the head of a target's answers", () => {
  const head = {
    target: "tuned",
    provider: "openai",
    model: "ft:1",
    identity: { provider: "openai", baseUrl: "https://api.openai.com/v1", id: "ft:1" },
    parameters: {
      temperature: 0.5,
      topP: 0.9,
      maxTokens: 16,
      seed: 7,
      stop: ["\n", "END"],
      reasoningEffort: "low",
      schema: { name: "answer", schema: { type: "object", properties: {} } },
      extra: { logit_bias: { "50256": -100 } },
    },
    price: {
      inputPerMillion: 1,
      outputPerMillion: 2,
      cachedInputPerMillion: 0.1,
      cacheWritePerMillion: 1.25,
      longContext: { inputPerMillion: 2, outputPerMillion: 4, above: 200_000 },
      cacheMinimumTokens: 1_024,
      batchDiscount: 0.5,
      asOf: "2026-11-01",
      source: "our contract",
    },
  } as const;

  it("comes back as it was, whatever the order of its fields", () => {
    const text = headLine(head, plain);
    expect(readRecordedLine(text)).toEqual({ head });
    const { parameters } = head;
    const turned = Object.fromEntries(Object.entries(parameters).reverse());
    expect(headLine({ ...head, parameters: turned }, plain)).toBe(text);
  });

  it.each([
    ["another version", { recording: "gapcheck.recording/2" }, "recording is not"],
    ["a field that is not known", { pirce: 1 }, 'no field "pirce"'],
    ["no model", { model: undefined }, "model is missing"],
    ["an identity that is none", { identity: "x" }, "identity is not an object"],
    ["a parameter that is not known", { parameters: { temprature: 0 } }, "parameters are not those of a call"],
    ["a parameter that no call can have", { parameters: { temperature: 9 } }, "parameters are not those of a call"],
    ["a parameter of another kind", { parameters: { stop: "END" } }, "parameters are not those of a call"],
    ["a price below 0", { price: { ...head.price, outputPerMillion: -1 } }, "price.outputPerMillion is -1"],
    ["a price without a day", { price: { ...head.price, asOf: undefined } }, "price is not a price"],
  ])("is refused with %s", (_, change, problem) => {
    const text = JSON.stringify({ ...JSON.parse(headLine(head, plain)), ...change });
    expect(readRecordedLine(text)).toMatchObject({ problem: expect.stringContaining(problem) });
  });
});
