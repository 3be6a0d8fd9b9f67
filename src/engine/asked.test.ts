import { describe, expect, it } from "vitest";
import { watchAsked } from "./asked.ts";

const record = (changes: object = {}) => ({
  target: "plain",
  split: "test" as const,
  trial: 1,
  caseId: "a",
  callKey: "k1",
  ...changes,
});
const hashOf = (...records: readonly object[]) => {
  const watch = watchAsked();
  for (const one of records) watch.add(record(one));
  return watch.hashes().get("plain");
};

describe("what a target is asked", () => {
  const whole = hashOf({}, { caseId: "b", callKey: "k2" });

  it("is the same for further trials, dev cases and other targets", () => {
    const others = [{ trial: 2, callKey: "x" }, { split: "dev", callKey: "x" }, { target: "tuned" }];
    expect(hashOf({}, ...others, { caseId: "b", callKey: "k2" })).toBe(whole);
  });

  it.each([
    ["a call", [{}, { caseId: "b", callKey: "k3" }]],
    ["a case less", [{}]],
    ["cases that change places", [{ callKey: "k2" }, { caseId: "b", callKey: "k1" }]],
    ["a case more", [{}, { caseId: "b", callKey: "k2" }, { caseId: "c", callKey: "k2" }]],
  ])("is another with %s", (_, records) => expect(hashOf(...records)).not.toBe(whole));

  it("is nothing without test cases, and may be told in between", () => {
    expect(hashOf({ split: "dev" })).toBeUndefined();
    const watch = watchAsked();
    watch.add(record());
    expect(watch.hashes()).toEqual(watch.hashes());
  });
});
