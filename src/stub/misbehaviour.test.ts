import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { misbehaviours, parsePlan } from "./misbehaviour.ts";

/** The requests, of ten to one model, at which a plan does something. */
const hits = (text: string, model = "m") => {
  const plan = parsePlan([text]);
  return Array.from({ length: 10 }, (_, index) => index + 1).filter((n) => plan(n, { model }) !== undefined);
};

describe("a plan of what goes wrong", () => {
  it.each([
    ["500", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ["500@3", [3]],
    ["500@3-5", [3, 4, 5]],
    ["500@8+", [8, 9, 10]],
    ["500@every:4", [4, 8]],
    ["500@model:m", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ["500@model:ft:gpt-5@acme", []],
  ])("%s", (text, expected) => {
    expect(hits(text)).toEqual(expected);
  });

  it("names a model as it stands, and lets the first of several win", () => {
    expect(hits("500@model:ft:gpt-5@acme", "ft:gpt-5@acme")).toHaveLength(10);
    const plan = parsePlan(["502@2", "hang@every:2"]);
    expect([1, 2, 4].map((n) => plan(n, { model: "m" }))).toEqual([
      undefined,
      misbehaviours["502"],
      misbehaviours.hang,
    ]);
  });

  it.each(["none", "500@", "500@x", "500@3-", "500@model:"])("refuses %s", (text) => {
    expect(() => parsePlan([text])).toThrow(/no misbehaviour|cannot read/);
  });

  it.each([
    ["500@0", "the first request is @1"],
    ["500@0-0", "the first request is @1"],
    ["500@5-3", "write the smaller number first, @3-5"],
    ["500@every:0", "write @every:1 for each request"],
  ])("refuses %s, which would never come, with what to write instead", (text, fix) => {
    expect(() => parsePlan([text])).toThrow(`@${text.slice(4)} never comes: ${fix}`);
  });

  it("is told name by name on its page", () => {
    const page = readFileSync(new URL("../../docs/stub.md", import.meta.url), "utf8");
    expect(Object.keys(misbehaviours).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
