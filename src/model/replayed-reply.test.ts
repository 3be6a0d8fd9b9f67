import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Message, Model, ModelRequest } from "../suite/model.ts";
import { promptHash } from "./prompt-hash.ts";
import { type RecordedOptions, recorded } from "./recorded.ts";
import { judgedHash } from "./replayed-reply.ts";

const folder = mkdtempSync(join(tmpdir(), "replies-"));
afterAll(() => rmSync(folder, { recursive: true }));

const world = {
  now: () => new Date(0),
  monotonicMs: () => 0,
  random: () => 0.5,
  sleep: async () => undefined,
  env: {},
  cwd: folder,
};
const asks = (text: string): Message[] => [{ role: "user", content: text }];
const head = (grader: string, judge: string, more: object = {}) => ({
  recording: "gapcheck.recording/1",
  grader,
  judge,
  provider: "openai",
  model: judge,
  identity: { id: judge },
  own: { temperature: 0 },
  parameters: { temperature: 0, maxTokens: 64 },
  ...more,
});
const reply = (grader: string, judge: string, more: object = {}) => ({
  grader,
  judge,
  case: "c1",
  text: "pass",
  judged: judgedHash("blue"),
  prompt: promptHash(asks("is blue right?")),
  ...more,
});

let files = 0;
function judgeOf(lines: readonly object[], options?: RecordedOptions): Model {
  const file = join(folder, `${files++}.jsonl`);
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  const model = recorded(file, options);
  return model.bind?.(folder) ?? model;
}

async function said(model: Model, over: Partial<ModelRequest> = {}): Promise<string> {
  const completion = await model.complete(
    {
      messages: asks("is blue right?"),
      parameters: { temperature: 0, maxTokens: 64 },
      caseId: "c1",
      trial: 1,
      asker: "quality",
      judged: "blue",
      timeoutMs: 1_000,
      signal: new AbortController().signal,
      ...over,
    },
    world,
  );
  return completion.kind === "answer" ? completion.text : `${completion.code}: ${completion.message}`;
}

const ONE = [head("quality", "j"), reply("quality", "j"), reply("quality", "j", { attempt: 2, text: "again" })];

describe("a recorded judge", () => {
  it("is the judge that was recorded, and says what it said of the same question, whichever case or attempt", async () => {
    const judge = judgeOf(ONE);
    expect(judge).toMatchObject({ id: "j", identity: { id: "j" }, parameters: { temperature: 0 }, answers: "stored" });
    expect(judge.recording).toMatchObject({ provider: "openai" });
    expect(await said(judge)).toBe("pass");
    expect(await said(judge, { trial: 2 })).toBe("again");
  });

  it.each<[string, Partial<ModelRequest>, RegExp]>([
    [
      "a rubric that changed",
      { messages: asks("is blue kind?") },
      /^prompt-changed: case "c1": the judge in \S+ was asked otherwise \(rubric/,
    ],
    [
      "parameters that changed",
      { parameters: { temperature: 1 } },
      /^prompt-changed: .* other parameters of the judge/,
    ],
    [
      "another answer",
      { messages: asks("is red right?"), judged: "red" },
      /^answer-changed: case "c1": the judge in \S+ read another answer/,
    ],
    [
      "a case that is not there",
      { caseId: "c2", messages: asks("?") },
      /^not-recorded: \S+ holds no reply of the judge about case "c2"/,
    ],
    ["a grader that is not there", { asker: "other" }, /^not-recorded: \S+ holds no replies of a judge to "other"/],
  ])("tells %s apart", async (_, over, told) => {
    expect(await said(judgeOf(ONE), over)).toMatch(told);
  });

  it("needs a name where a panel was recorded, and is then that one", async () => {
    const panel = [
      head("quality", "j"),
      reply("quality", "j"),
      head("quality", "k"),
      reply("quality", "k", { text: "fail" }),
    ];
    expect(await said(judgeOf(panel))).toMatch(
      /^not-recorded: .*several judges to "quality" \("j", "k"\): name one, as in recorded\(file, \{ judge: "j" \}\)/,
    );
    const [j, k] = [judgeOf(panel, { judge: "j" }), judgeOf(panel, { judge: "k" })];
    expect([j.identity, k.identity]).toEqual([{ id: "j" }, { id: "k" }]);
    expect([await said(j), await said(k)]).toEqual(["pass", "fail"]);
  });

  it("never takes a target's answer for a reply, nor a reply for an answer", async () => {
    const target = {
      recording: "gapcheck.recording/1",
      target: "quality",
      provider: "p",
      model: "m",
      identity: {},
      parameters: {},
    };
    const judge = judgeOf([target, { case: "c1", target: "quality", text: "an answer" }, ...ONE]);
    expect(await said(judge)).toBe("pass");
    expect(await said(judge, { caseId: "c9", messages: asks("?") })).toMatch(/^not-recorded/);
  });

  it.each<[string, object]>([
    ["no head's names", head("", "j")],
    ["own parameters that are none", head("quality", "j", { own: { heat: 1 } })],
    ["a field that is not known", reply("quality", "j", { target: "x" })],
    ["no hash of what was judged", reply("quality", "j", { judged: "blue" })],
    ["no prompt", reply("quality", "j", { prompt: undefined })],
  ])("is refused with a line for %s", (_, line) => {
    expect(() => judgeOf([...ONE, line])).toThrow(
      expect.objectContaining({ code: "recording-line", place: expect.objectContaining({ line: 4 }) }),
    );
  });

  it("is refused where a question is answered twice", () => {
    expect(() => judgeOf([...ONE, reply("quality", "j")])).toThrow(
      expect.objectContaining({ code: "recording-duplicate" }),
    );
    expect(() => judgeOf([...ONE, head("quality", "j")])).toThrow(
      expect.objectContaining({ code: "recording-duplicate" }),
    );
  });
});
