import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { observe, toldRecord } from "./instruments/told.test-data.ts";
import { createObservations } from "./observations.ts";
import { markOf } from "./trial-details.ts";
import { scored, suiteOf } from "./trials.test-data.ts";

describe("the mark of a text", () => {
  it("is a whole number that is the same for the same text, and another for another", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(Number.isSafeInteger(markOf(a)) && markOf(a) >= 0).toBe(true);
        expect(markOf(a) === markOf(b)).toBe(a === b);
      }),
    );
  });

  it("differs over many texts that are nearly alike", () => {
    const marks = new Set(Array.from({ length: 20_000 }, (_, index) => markOf(`answer ${index}`)));
    expect(marks.size).toBe(20_000);
  });
});

describe("what prompts share", () => {
  it("is the longest beginning and end of all, whatever their order", () => {
    const prompts = fc.array(fc.string({ maxLength: 6 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(prompts, fc.string(), fc.string(), (middles, head, tail) => {
        const texts = middles.map((middle) => head + middle + tail);
        const shared = (list: readonly string[]) =>
          observe(
            {},
            list.map((prompt, index) => ({ target: "plain", index, prompt })),
          ).targets[0]?.details.shared;
        const told = shared(texts);
        expect(shared(texts.toReversed())).toEqual(told);
        expect(told?.head.startsWith(head)).toBe(true);
        expect(told?.tail.endsWith(tail)).toBe(true);
        expect(texts.every((text) => text.startsWith(told?.head ?? "?") && text.endsWith(told?.tail ?? "?"))).toBe(
          true,
        );
        const longer = texts.every((text) => text.length > (told?.head.length ?? 0));
        const next = new Set(texts.map((text) => text[told?.head.length ?? 0]));
        if (longer) expect(next.size).toBeGreaterThan(1);
      }),
    );
  });
});

describe("columns of details", () => {
  it("keep what was told when they grow", () => {
    const suite = suiteOf({ trials: 2 });
    const observations = createObservations(suite);
    const item = { name: "greets", passed: true, required: true, weight: 1 };
    const strict = { kind: "scored", score: 1, items: [item], parts: { recall: 0.5 } } as const;
    const graded = { exact: { strict, lenient: scored(1) } };
    for (let index = 0; index < 600; index++) {
      observations.add(toldRecord(suite, { target: "plain", index, graded, text: `text ${index}`, prompt: "p" }));
    }
    const details = observations.targets[0]?.details;
    const [items] = details?.items.values() ?? [];
    const [part] = details?.parts.values() ?? [];
    for (const slot of [0, 255, 256, 599]) {
      expect(details?.text[slot * 2]).toBe(markOf(`text ${slot}`));
      expect(details?.text[slot * 2 + 1]).toBe(-1);
      expect(items?.outcome[slot * 2]).toBe(1);
      expect(part?.value[slot * 2]).toBe(0.5);
      expect(details?.promptChars[slot]).toBe(1);
    }
  });
});
