import { expect, it } from "vitest";
import { ConfigError, ConfigErrors, ExitCode } from "../errors.ts";
import { fitted, reportError } from "./report-error.ts";

const one = new ConfigError("bad", "no JSON", { place: { file: "a.jsonl", line: 3 }, fix: "Write an object." });

function told(thrown: unknown): string {
  let text = "";
  expect(reportError(thrown, { write: (more) => (text += more) }, {})).toBe(ExitCode.usage);
  return text;
}

it("tells each mistake with place and fix, and how many there are", () => {
  const line = "a.jsonl:3\n  no JSON\n  fix: Write an object.\n";
  expect(told(one)).toBe(line);
  expect(told(new ConfigErrors([one]))).toBe(`${line}1 mistake; nothing was called.\n`);
  expect(told(new ConfigErrors([one, one]))).toBe(`${line}${line}2 mistakes; nothing was called.\n`);
});

it("says how many more there are than it tells, or that nobody looked", () => {
  const tenOf = (untold: number | "unknown") => told(new ConfigErrors(Array(10).fill(one), untold));
  expect(tenOf(30)).toMatch(/\n10 mistakes and 30 more; nothing was called\.\n$/);
  expect(tenOf("unknown")).toMatch(/\n10 mistakes and perhaps more; nothing was called\.\n$/);
  expect(new ConfigErrors([one], 30).message).toBe("no JSON (fix: Write an object.)\nand 30 more");
});

it("fits the lines to a terminal, each part as far in as its line, and leaves a pipe what it was", () => {
  const long = new ConfigError("bad", "the price of this model is not known to anybody", {
    place: { file: "evals/a-suite-with-a-long-name.eval.ts", line: 3 },
    fix: "Give it one (inputPerMillion, outputPerMillion), or cap the calls with --max-calls.",
  });
  const text = told(long);
  expect(fitted(text, {})).toBe(text);
  expect(fitted(text, { isTTY: false, columns: 40 })).toBe(text);
  expect(fitted(text, { isTTY: true, columns: 40 }).split("\n")).toEqual([
    "evals/a-suite-with-a-long-name.eval.ts:3",
    "  the price of this model is not known",
    "  to anybody",
    "  fix: Give it one (inputPerMillion,",
    "  outputPerMillion), or cap the calls",
    "  with --max-calls.",
    "",
  ]);
});
