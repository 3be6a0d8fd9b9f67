import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageError } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import type { TrialRecord } from "../suite/trial.ts";
import { caseLine, createCasesWriter } from "./cases.ts";

const as = (text: string) => text;
const outcome = { strict: "failed", lenient: "passed" } as const;
const record: TrialRecord = {
  callKey: "k1",
  suite: "support-reply",
  target: "steps",
  caseId: "c017",
  caseIndex: 16,
  fingerprint: "f1",
  cluster: "c017",
  weight: 1,
  split: "test",
  tags: ["refund"],
  trial: 2,
  completion: {
    kind: "answer",
    text: "Hello",
    finish: "stop",
    usage: { input: 812, output: 96, cachedInput: 0 },
    latencyMs: 940.5,
    modelId: "gpt-5.4-mini-2026-10-01",
    requestId: "req_1",
  },
  grades: new Map([
    [
      "steps",
      {
        strict: { kind: "scored", score: 0, flaw: "unparsed", why: "no greeting" },
        lenient: {
          kind: "scored",
          score: 1,
          answer: "Hello",
          items: [{ name: "greets", passed: true, required: true, weight: 1 }],
          parts: { recall: 1, precision: 0.5 },
        },
      },
    ],
    ["__proto__", { strict: { kind: "declined" }, lenient: { kind: "ungraded", reason: "judge-failed", why: "529" } }],
  ]),
  cost: { known: true, usd: 0.00039, estimated: true },
};
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gapcheck-cases-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("caseLine", () => {
  it("holds all of a trial in a fixed order", () => {
    expect(caseLine(record, as, outcome)).toBe(
      '{"suite":"support-reply","target":"steps","caseId":"c017","caseIndex":16,"trial":2,"split":"test","cluster":"c017","weight":1,' +
        '"tags":["refund"],"fingerprint":"f1","callKey":"k1","outcome":{"strict":"failed","lenient":"passed"},"completion":{"kind":"answer","text":"Hello","finish":"stop",' +
        '"usage":{"input":812,"output":96,"cachedInput":0},"latencyMs":940.5,"modelId":"gpt-5.4-mini-2026-10-01","requestId":"req_1"},' +
        '"cost":{"known":true,"usd":0.00039,"estimated":true},"grades":[{"grader":"steps","strict":{"kind":"scored","score":0,' +
        '"flaw":"unparsed","why":"no greeting"},"lenient":{"kind":"scored","score":1,"answer":"Hello","items":[{"name":"greets",' +
        '"passed":true,"required":true,"weight":1}],"parts":{"precision":0.5,"recall":1}}},{"grader":"__proto__","strict":{"kind":' +
        '"declined"},"lenient":{"kind":"ungraded","reason":"judge-failed","why":"529"}}]}',
    );
  });

  it("holds failures and answers that were never asked for", () => {
    const failure = {
      kind: "failure",
      code: "overloaded",
      retry: "maybe-paid",
      scope: "call",
      message: "529",
      status: 529,
    } as const;
    const failed = JSON.parse(
      caseLine(
        { ...record, completion: failure, cost: { known: false, why: "no usage" }, grades: new Map() },
        as,
        outcome,
      ),
    );
    expect(failed.completion).toEqual(failure);
    expect(failed.cost).toEqual({ known: false, why: "no usage" });
    expect(failed.grades).toEqual([]);
    const without = JSON.parse(
      caseLine({ ...record, completion: { kind: "not-called", why: "offline" }, grades: new Map() }, as, outcome),
    );
    expect(without.completion).toEqual({ kind: "not-called", why: "offline" });
  });

  it("gives every text back exactly, in one line", () => {
    const broken = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(fc.oneof(broken, fc.string({ unit: "binary" })), (text) => {
        const line = caseLine({ ...record, completion: { kind: "answer", text, finish: "stop" } }, as, outcome);
        expect(JSON.parse(line).completion.text).toBe(text);
        expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
        expect(Buffer.from(line).toString()).toBe(line);
      }),
      { numRuns: 50 },
    );
  });

  it("hides secrets, and refuses figures that are none", () => {
    const redact = createRedactor({ API_KEY: "planted-key-123" });
    const leaky = caseLine(
      { ...record, completion: { kind: "answer", text: "say planted-key-123", finish: "stop" } },
      redact,
      outcome,
    );
    expect(leaky).not.toContain("planted-key");
    expect(() => caseLine({ ...record, weight: Number.NaN }, as, outcome)).toThrow(/weight is NaN/);
  });
});

describe("createCasesWriter", () => {
  it("writes in order, and names the file only when it is whole", async () => {
    const file = join(folder, "cases.jsonl");
    const writer = createCasesWriter(file, { redact: as });
    for (let trial = 1; trial <= 300; trial += 1) await writer.write({ ...record, trial }, outcome);
    expect(await readdir(folder)).toEqual(["cases.jsonl.partial"]);
    await writer.close();
    expect(await readdir(folder)).toEqual(["cases.jsonl"]);
    const lines = (await readFile(file, "utf8")).split("\n");
    expect(lines.at(-1)).toBe("");
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).trial)).toEqual(
      Array.from({ length: 300 }, (_, index) => index + 1),
    );
  });

  it("lets the caller wait for the disk", async () => {
    const file = join(folder, "cases.jsonl");
    const writer = createCasesWriter(file, { redact: as });
    await writer.write(
      { ...record, completion: { kind: "answer", text: "x".repeat(4_000_000), finish: "stop" } },
      outcome,
    );
    expect((await stat(`${file}.partial`)).size).toBeGreaterThan(4_000_000);
    await writer.close();
  });

  it("writes an empty file for no trial", async () => {
    const file = join(folder, "cases.jsonl");
    await createCasesWriter(file, { redact: as }).close();
    expect(await readFile(file, "utf8")).toBe("");
  });

  it.skipIf(!existsSync("/dev/full")).each([1, 100_000])(
    "says which file a full disk cut off (%i characters)",
    async (size) => {
      const file = join(folder, "cases.jsonl");
      await symlink("/dev/full", `${file}.partial`);
      const writer = createCasesWriter(file, { redact: as });
      const writing = async () => {
        for (let trial = 1; trial <= 5; trial += 1) {
          await writer.write(
            { ...record, completion: { kind: "answer", text: "x".repeat(size), finish: "stop" } },
            outcome,
          );
        }
        await writer.close();
      };
      const error = await writing().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ file });
      await expect(writer.close()).rejects.toBeInstanceOf(StorageError);
      expect(await readdir(folder)).not.toContain("cases.jsonl");
    },
  );

  it("says which folder is not there", async () => {
    const file = join(folder, "gone", "cases.jsonl");
    await expect(createCasesWriter(file, { redact: as }).close()).rejects.toMatchObject({ file });
  });
});
