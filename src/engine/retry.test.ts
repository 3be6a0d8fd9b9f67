import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Failure } from "../suite/completion.ts";
import { type Attempts, askedToWait, decideRetry, mayHaveBeenPaid, retryDefaults } from "./retry.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

const failure = (over: Partial<Failure> = {}): Failure => ({
  kind: "failure",
  code: "unreachable",
  retry: "never-sent",
  scope: "call",
  message: "",
  ...over,
});
const attempts = (over: Partial<Attempts> = {}): Attempts => ({
  failed: 1,
  maybePaid: 0,
  sinceMs: 0,
  reached: false,
  alone: 0,
  patience: 1,
  crowded: false,
  ...over,
});
const decide = (one: Failure, tried: Attempts, world = simulatedWorld()) =>
  decideRetry(one, tried, retryDefaults, world);

describe("decideRetry", () => {
  it("sends what was never sent up to five times", () => {
    expect([1, 2, 3, 4, 5].map((failed) => decide(failure(), attempts({ failed })).again)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it("goes on trying who has answered before, as long as nothing can have been paid", () => {
    for (const code of ["unreachable", "rate-limited", "overloaded"] as const) {
      expect(decide(failure({ code }), attempts({ failed: 30, reached: true })).again).toBe(true);
      expect(decide(failure({ code }), attempts({ failed: 30, reached: false })).again).toBe(false);
    }
    const lost = failure({ code: "timeout", retry: "maybe-paid" });
    expect(decide(lost, attempts({ failed: 2, maybePaid: 2, reached: true })).again).toBe(false);
  });

  it("gives up who fails alone: after half an hour, or after five times when others want to wait", () => {
    const busy = failure({ code: "overloaded" });
    const again = (over: Partial<Attempts>) => decide(busy, attempts({ failed: 200, reached: true, ...over })).again;
    expect([again({ alone: 99 }), again({ alone: 100 })]).toEqual([true, false]);
    expect([again({ alone: 4, crowded: true }), again({ alone: 5, crowded: true })]).toEqual([true, false]);
    expect(again({ alone: 0, crowded: true })).toBe(true);
  });

  it("waits longer where many wait, and as long as a failing server asked for", () => {
    const wait = (one: Failure, over: Partial<Attempts> = {}) => decide(one, attempts(over));
    expect(wait(failure(), { failed: 3, patience: 4 })).toEqual({ again: true, waitMs: 0.5 * 4_000 * 4 });
    const asked = { retry: "maybe-paid", retryAfterMs: 9_000 } as const;
    expect(wait(failure({ code: "server-error", ...asked }))).toEqual({ again: true, waitMs: 9_500 });
    expect(wait(failure({ code: "overloaded", retryAfterMs: 9_000 }))).toEqual({ again: true, waitMs: 500 });
  });

  it("sends what may have been paid once more and never again", () => {
    const lost = failure({ code: "timeout", retry: "maybe-paid" });
    expect(decide(lost, attempts({ failed: 1, maybePaid: 1 })).again).toBe(true);
    expect(decide(lost, attempts({ failed: 2, maybePaid: 2 })).again).toBe(false);
  });

  it("never repeats what is final, aborted, or ends more than the call", () => {
    expect(decide(failure({ retry: "final" }), attempts()).again).toBe(false);
    expect(decide(failure({ scope: "account" }), attempts()).again).toBe(false);
    expect(decide(failure({ scope: "target" }), attempts()).again).toBe(false);
    expect(decide(failure({ code: "aborted", retry: "maybe-paid" }), attempts({ maybePaid: 1 })).again).toBe(false);
  });

  it("draws waits with full jitter under a bound that doubles", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.integer({ min: 1, max: 4 }),
        (random, failed) => {
          const decision = decide(failure(), attempts({ failed }), simulatedWorld({ random: () => random }));
          expect(decision).toEqual({ again: true, waitMs: random * 1_000 * 2 ** (failed - 1) });
        },
      ),
    );
    const late = decideRetry(
      failure(),
      attempts({ failed: 20 }),
      { maxAttempts: 99, totalMs: 1e9 },
      simulatedWorld({ random: () => 1 }),
    );
    expect(late).toEqual({ again: true, waitMs: 30_000 });
  });

  it("leaves a wait that was asked for to the gate and adds only a spread", () => {
    const decision = decide(failure({ code: "rate-limited", retryAfterMs: 60_000 }), attempts({ failed: 0 }));
    expect(decision).toEqual({ again: true, waitMs: 500 });
  });

  it("ends when the time is spent, whatever the count", () => {
    const world = simulatedWorld();
    world.advance(599_600);
    expect(decide(failure(), attempts(), world).again).toBe(false);
    expect(decide(failure({ retryAfterMs: 100_000 }), attempts({ failed: 0, sinceMs: 550_000 }), world).again).toBe(
      true,
    );
    expect(decide(failure({ retryAfterMs: 100_000 }), attempts({ failed: 0, sinceMs: 90_000 }), world).again).toBe(
      false,
    );
  });
});

describe("what an attempt costs", () => {
  it("counts no attempt that was only asked to wait", () => {
    expect(askedToWait(failure({ code: "rate-limited", retryAfterMs: 1 }))).toBe(true);
    expect(askedToWait(failure({ code: "rate-limited" }))).toBe(false);
    expect(askedToWait(failure({ code: "server-error", retry: "maybe-paid", retryAfterMs: 1 }))).toBe(false);
  });

  it("holds for maybe paid whatever got past the door", () => {
    expect(mayHaveBeenPaid(failure({ code: "timeout", retry: "maybe-paid" }))).toBe(true);
    expect(mayHaveBeenPaid(failure({ code: "not-an-answer", retry: "final" }))).toBe(true);
    expect(mayHaveBeenPaid(failure({ code: "bad-request", retry: "final" }))).toBe(false);
    expect(mayHaveBeenPaid(failure({ code: "rate-limited" }))).toBe(false);
    expect(mayHaveBeenPaid(failure({ code: "server-error", retry: "never-sent" }))).toBe(false);
  });
});
