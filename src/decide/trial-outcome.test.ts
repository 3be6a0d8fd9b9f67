import { describe, expect, it } from "vitest";
import { trialOutcome } from "./trial-outcome.ts";
import { type Outcome, record, suiteOf } from "./trials.test-data.ts";

const suite = suiteOf({ requirement: { quality: { atLeast: 0.9 }, regression: { tag: "keep" } } });
const told = (outcome: Outcome, tags: readonly string[] = []) =>
  trialOutcome(suite, { ...record(suite, { target: "plain", index: 0, outcome }), tags });

describe("what a trial is taken for", () => {
  it("is told in both forms", () => {
    expect(told("right")).toEqual({ strict: "passed", lenient: "passed" });
    expect(told("format")).toEqual({ strict: "failed", lenient: "passed" });
    expect(told("declined")).toEqual({ strict: "failed", lenient: "failed" });
  });

  it("is missing, with the reason, where there is no answer or no grade", () => {
    expect(told("lost")).toEqual({ strict: "missing", lenient: "missing", why: "rate limit of the provider" });
    expect(told("ungraded").why).toBe('not graded by "exact": the judge did not answer');
  });

  it("says which cases are held out", () => {
    expect(told("right", ["keep"]).held).toBe(true);
    expect(told("right", ["other"]).held).toBeUndefined();
  });
});
