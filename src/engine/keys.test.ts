import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grader } from "../suite/grade.ts";
import type { JsonObject } from "../suite/json.ts";
import type { Message, Parameters } from "../suite/model.ts";
import { fakeModel } from "./fakes.test-data.ts";
import {
  callIdentity,
  callKey,
  canonical,
  effectiveParameters,
  gradeKey,
  graderIdentity,
  promptText,
  promptTexts,
} from "./keys.ts";

const model = { identity: { provider: "openai", host: "api", id: "m" }, parameters: {} };
const ask: readonly Message[] = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "Hello" },
];

function keyOf(
  identity: JsonObject = model.identity,
  parameters: Parameters = {},
  messages: readonly Message[] = ask,
  trial = 1,
): string {
  return callKey(callIdentity({ identity }, parameters), promptText(messages), trial);
}

const text = fc.string({ unit: "binary", maxLength: 12 });
const messages = fc.array(
  fc.record({ role: fc.constantFrom("system" as const, "user" as const, "assistant" as const), content: text }),
  { minLength: 1, maxLength: 4 },
);
const parameters = fc.record(
  {
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    maxTokens: fc.integer({ min: 1, max: 4096 }),
    seed: fc.integer(),
    stop: fc.array(text, { maxLength: 3 }),
    extra: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())),
  },
  { requiredKeys: [] },
);

describe("callKey", () => {
  it("is the SHA-256 of the RFC 8785 text of the whole call", async () => {
    const { createHash } = await import("node:crypto");
    const whole = {
      messages: ask,
      model: model.identity,
      parameters: { temperature: 0.5, maxTokens: 9 },
      trial: 2,
      v: 1,
    };
    const expected = createHash("sha256")
      .update(canonicalize(whole) ?? "")
      .digest("hex");
    expect(keyOf(model.identity, { maxTokens: 9, temperature: 0.5 }, ask, 2)).toBe(expected);
  });

  it("museum 10: same prompt, two models: two keys", () => {
    expect(keyOf({ ...model.identity, id: "other" })).not.toBe(keyOf());
    expect(keyOf({ ...model.identity, host: "elsewhere" })).not.toBe(keyOf());
  });

  it("museum 11: a changed temperature misses", () => {
    expect(keyOf(model.identity, { temperature: 0.7 })).not.toBe(keyOf(model.identity, { temperature: 0 }));
  });

  it("museum 14: edited text under the same id misses", () => {
    expect(keyOf(model.identity, {}, [{ role: "user", content: "Hello!" }])).not.toBe(
      keyOf(model.identity, {}, [{ role: "user", content: "Hello" }]),
    );
  });

  it("differs between trials, roles and the order of messages", () => {
    const [first, second] = ask;
    expect(keyOf(model.identity, {}, ask, 2)).not.toBe(keyOf());
    expect(
      keyOf(
        model.identity,
        {},
        [second, first].filter((one) => one !== undefined),
      ),
    ).not.toBe(keyOf());
    expect(keyOf(model.identity, {}, [{ role: "assistant", content: "x" }])).not.toBe(
      keyOf(model.identity, {}, [{ role: "user", content: "x" }]),
    );
  });

  it("does not depend on the order of keys", () => {
    expect(keyOf({ id: "m", host: "api", provider: "openai" }, { seed: 1, temperature: 0 })).toBe(
      keyOf(model.identity, { temperature: 0, seed: 1 }),
    );
  });

  it("is equal for equal calls and different for different ones", () => {
    const call = fc.tuple(
      fc.dictionary(text, text, { maxKeys: 3 }),
      parameters,
      messages,
      fc.integer({ min: 1, max: 5 }),
    );
    fc.assert(
      fc.property(call, call, ([i1, p1, m1, t1], [i2, p2, m2, t2]) => {
        const same = canonical([i1, p1, m1, t1]) === canonical([i2, p2, m2, t2]);
        expect(keyOf(i1, p1, m1, t1) === keyOf(i2, p2, m2, t2)).toBe(same);
        expect(keyOf(i1, p1, m1, t1)).toBe(keyOf(structuredClone(i1), structuredClone(p1), structuredClone(m1), t1));
      }),
    );
  });

  it("changes with any one parameter", () => {
    fc.assert(
      fc.property(parameters, parameters, (one, other) => {
        for (const [name, value] of Object.entries(other)) {
          const changed = { ...one, [name]: value };
          expect(keyOf(model.identity, changed) === keyOf(model.identity, one)).toBe(
            canonical(changed) === canonical(one),
          );
        }
      }),
    );
  });

  it("tells lone surrogates apart", () => {
    const key = (content: string) => keyOf(model.identity, {}, [{ role: "user", content }]);
    expect(new Set(["\ud800", "\ud801", "\ufffd", "\\ud800", "\udc00\ud800"].map(key)).size).toBe(5);
  });
});

describe("effectiveParameters", () => {
  it("lets the target overrule the model, and always says the token limit", () => {
    expect(effectiveParameters({ parameters: { temperature: 1, seed: 3 } }, { temperature: 0 })).toEqual({
      maxTokens: 1024,
      temperature: 0,
      seed: 3,
    });
    expect(effectiveParameters({ parameters: {} }, { maxTokens: 7 })).toEqual({ maxTokens: 7 });
  });
});

describe("canonical", () => {
  it("writes lone surrogates escaped, keys sorted", () => {
    expect(canonical({ b: "\ud800", a: [1, null, undefined === null], c: undefined })).toBe(
      '{"a":[1,null,false],"b":"\\ud800"}',
    );
    expect(canonical({ "\udfff": 1 })).toBe('{"\\udfff":1}');
  });

  it("refuses what JSON cannot hold", () => {
    for (const bad of [Number.NaN, { a: Number.POSITIVE_INFINITY }, { a: "\ud800", b: Number.NaN }, undefined]) {
      expect(() => canonical(bad)).toThrow();
    }
  });
});

describe("gradeKey", () => {
  const grader = (args: JsonObject, version = 1, asks: Grader["asks"] = []): Grader => ({
    name: "g",
    kind: "judge",
    version,
    args,
    needsExpected: false,
    hasForms: false,
    required: true,
    passAt: 1,
    asks,
    grade: () => {
      throw new Error("not called");
    },
  });
  const answer = { text: "yes", finish: "stop" } as const;
  const key = (one: Grader, given: { text: string; finish: "stop" | "other" } = answer, print = "f1") =>
    gradeKey(graderIdentity(one), given, print);

  it("museum 12: a rubric edited under the same name misses", () => {
    expect(key(grader({ rubric: "a" }))).not.toBe(key(grader({ rubric: "b" })));
    expect(key(grader({ rubric: "a" }, 2))).not.toBe(key(grader({ rubric: "a" })));
  });

  it("changes with the order of arguments, which a judge may see", () => {
    expect(key(grader({ labels: { pass: 1, fail: 0 } }))).not.toBe(key(grader({ labels: { fail: 0, pass: 1 } })));
  });

  it("museum 13: an edited expected answer misses the grade", () => {
    expect(key(grader({}), answer, "f2")).not.toBe(key(grader({})));
  });

  it("changes with the output and the judge, not with the name", () => {
    expect(key(grader({}), { text: "no", finish: "stop" })).not.toBe(key(grader({})));
    expect(key(grader({}), { text: "yes", finish: "other" })).not.toBe(key(grader({})));
    expect(key(grader({}), { text: "\ud800", finish: "stop" })).not.toBe(
      key(grader({}), { text: "\ud801", finish: "stop" }),
    );
    expect(key({ ...grader({}), name: "another" })).toBe(key(grader({})));
    const judge = fakeModel({ identity: { id: "j" } });
    const other = fakeModel({ identity: { id: "k" } });
    expect(key(grader({}, 1, [judge]))).not.toBe(key(grader({}, 1, [other])));
  });
});

describe("texts of prompts", () => {
  it("are the same one by one and one after the other", () => {
    // Few texts and roles, so that messages stay, change and come back at their places.
    const few = fc.array(
      fc.record({
        role: fc.constantFrom("system" as const, "user" as const, "assistant" as const),
        content: fc.oneof(fc.constantFrom("a", "b", '"', "\ud800", ""), text),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(few, { maxLength: 8 }), (prompts) => {
        const textOf = promptTexts();
        expect(prompts.map((prompt) => textOf(prompt))).toEqual(prompts.map((prompt) => promptText(prompt)));
      }),
      { numRuns: 1_000 },
    );
  });
});
