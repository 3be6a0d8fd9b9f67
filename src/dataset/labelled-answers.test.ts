import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigErrors } from "../errors.ts";
import { readLabelledAnswers } from "./labelled-answers.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gapcheck-people-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const read = async (lines: readonly unknown[], more: Partial<Parameters<typeof readLabelledAnswers>[1]> = {}) => {
  writeFileSync(join(dir, "p.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const options = { dir, suiteFile: join(dir, "s.eval.ts"), labels: ["pass", "fail"], ...more };
  return readLabelledAnswers({ kind: "jsonl", path: "p.jsonl" }, options);
};

async function mistakes(lines: readonly unknown[], more: Parameters<typeof read>[1] = {}) {
  try {
    await read(lines, more);
  } catch (thrown) {
    const list = thrown instanceof ConfigErrors ? thrown.errors : [thrown];
    return list.map((one) => {
      const { message, place, fix } = one as { message: string; place: { line?: number; path?: string }; fix: string };
      expect(fix).toMatch(/\w/);
      return [place.line, place.path, message];
    });
  }
  return [];
}

const good = { id: "a", input: { q: "?" }, expected: "gold", answer: "Dear you", label: "pass", target: "tuned" };

describe("labelled answers", () => {
  it("are read with question, reference, label and who answered", async () => {
    const [one, two] = await read([good, { id: "b", input: "?", answer: "No.", label: "fail" }]);
    expect(one).toMatchObject({
      case: { id: "a", input: { q: "?" }, expected: "gold", line: 1 },
      answer: "Dear you",
      label: "pass",
      target: "tuned",
    });
    expect(two).not.toHaveProperty("target");
    expect(one?.case.fingerprint).not.toBe(two?.case.fingerprint);
  });

  it("are told what is wrong with them, each with line, field and fix", async () => {
    expect(
      await mistakes([
        good,
        { ...good, id: "b", label: "Pass" },
        { ...good, id: "c", answer: " " },
        { ...good, id: "d", anwser: "x" },
        { ...good, id: "e", target: "" },
        { id: "f", input: "?", answer: "x" },
        { id: "g", answer: "x", label: "pass" },
        7,
        good,
      ]),
    ).toEqual([
      [2, "label", 'the judge has no label "Pass". Did you mean "pass"?'],
      [3, "answer", "the answer is not a text with something in it"],
      [4, "anwser", 'a labelled answer has no "anwser". Did you mean "answer"?'],
      [5, "target", "the target is not a text with something in it"],
      [6, "label", "the label is missing"],
      [7, "input", "the input is missing"],
      [8, undefined, "a case is an object, this is a number"],
      [9, undefined, expect.stringContaining('"a"')],
    ]);
    expect(await mistakes([good], { lacks: () => "no reference" })).toEqual([[1, "expected", "no reference"]]);
    expect((await mistakes([]))[0]?.[2]).toMatch(/no labelled answer|empty|no case/);
  });

  it("may stand in the suite, and a file has to be there", async () => {
    const options = { dir, suiteFile: join(dir, "s.eval.ts"), labels: ["pass", "fail"] };
    expect(await readLabelledAnswers([{ ...good, label: "pass" }], options)).toHaveLength(1);
    await expect(readLabelledAnswers({ kind: "jsonl", path: "none.jsonl" }, options)).rejects.toThrow(
      /none\.jsonl|cannot/,
    );
  });
});
