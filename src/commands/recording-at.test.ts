import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordingAt } from "./recording-at.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-recording-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEAD =
  '{"recording":"gapcheck.recording/1","target":"t","provider":"fake","model":"m","identity":{},"parameters":{}}';

describe("recordingAt", () => {
  it("gives what gapcheck wrote, and nothing where nothing is", () => {
    const file = join(folder, "r.jsonl");
    expect(recordingAt(file)).toBeUndefined();
    writeFileSync(file, `${HEAD}\n{"case":"a","target":"t","text":"x"}\n`);
    expect(recordingAt(file)?.size).toBe(1);
  });

  it.each([
    ["a file of notes", "mine\n", "line 1: not usable JSON"],
    ["cases", '{"id":"a","input":"x"}\n', 'line 1: no field "id"'],
    ["an empty file", "", "it does not say whose answers it holds"],
    ["answers written by hand", '{"case":"a","text":"x"}\n', "it does not say whose answers it holds"],
    ["answers of somebody else below ours", `${HEAD}\n{"case":"a","text":"x"}\n`, 'the line of case "a"'],
    ["a recording that was spoilt", `${HEAD}\n{"case":"a","target":"t","text":"x"`, "line 2: not usable JSON"],
  ])("refuses %s, and leaves it alone", (_, text, why) => {
    const file = join(folder, "r.jsonl");
    writeFileSync(file, text);
    expect(() => recordingAt(file)).toThrow(`no recording that gapcheck wrote: ${why}`);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("refuses a folder", () => {
    mkdirSync(join(folder, "r.jsonl"));
    expect(() => recordingAt(join(folder, "r.jsonl"))).toThrow("it is no file");
  });
});
