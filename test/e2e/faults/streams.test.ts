/** Streams through the real command, in all three protocols: what is whole is read, what is not is never graded. */
import { afterEach, describe, expect, it } from "vitest";
import type { MisbehaviourName } from "../../../src/stub/misbehaviour.ts";
import { openWorkspace, suiteText, type Workspace } from "../workspace.ts";

let place: Workspace;
afterEach(() => place.close());

const PROTOCOLS = ["chat", "responses", "messages"] as const;

const OPTIONS = `keyEnv: "STUB_KEY", price, maxTokens: 16, stream: true`;
const TARGETS = `[
  promptOnly("chat", { model: openai("m-chat", { baseUrl: process.env.STUB_OPENAI, ${OPTIONS} }), prompt: { user: "Say {{input}}" } }),
  promptOnly("responses", { model: openai("m-responses", { api: "responses", baseUrl: process.env.STUB_OPENAI, ${OPTIONS} }), prompt: { user: "Say {{input}}" } }),
  promptOnly("messages", { model: anthropic("m-messages", { baseUrl: process.env.STUB_ANTHROPIC, ${OPTIONS} }), prompt: { user: "Say {{input}}" } }),
]`;

/** One target a protocol, and the fault of each case on every request of it. */
async function run(faults: readonly MisbehaviourName[], reply?: () => string, idleMs = 60_000) {
  place = await openWorkspace({
    cases: faults.length,
    suite: suiteText({ targets: TARGETS.replaceAll("stream: true", `stream: true, timeouts: { idleMs: ${idleMs} }`) }),
    stub: {
      ...(reply && { reply }),
      misbehave: (_, { messages }) => faults[Number(/\d+/.exec(messages.at(-1)?.content ?? "")?.[0]) - 1],
    },
  });
  return place.run(["run"]);
}

const asked = (number: number, model: string) =>
  place.stub.requests.filter((one) => one.model === model && one.messages.at(-1)?.content === `Say word ${number}`)
    .length;

describe("streams", () => {
  it("rows 16, 18, 19, 21, 22, 30: what is cut off or broken is told, kept and never graded", {
    timeout: 90_000,
  }, async () => {
    const fates = [
      ["stream-cut", "cut-off", /before it said that it was over/, 2, true],
      ["stream-reset", "cut-off", /in the middle of the answer/, 2, true],
      ["stream-hang", "timeout", /stopped answering: no byte for 0\.3 s/, 2, true],
      ["stream-bad-json", "not-an-answer", /an event that is not JSON/, 1, true],
      ["bad-utf8", "bad-encoding", /bad encoding: the answer is not UTF-8/, 1, false],
      ["html", "not-an-answer", /not an answer: text\/html/, 1, false],
    ] as const;
    const { code, stdout } = await run(
      fates.map(([name]) => name),
      undefined,
      300,
    );
    expect(code).toBe(4);
    for (const { target, split, counts } of place.summary().suites[0]?.decision.measures ?? []) {
      expect([target, split, counts]).toEqual([target, split, expect.objectContaining({ passed: 0, failed: 0 })]);
    }
    const seen = place.records().map(({ target, caseId, completion }) => {
      const [name, expected, words, requests, partial] = fates[Number(caseId.slice(1)) - 1] ?? fates[0];
      expect([target, name, completion.code]).toEqual([target, name, expected]);
      expect(completion.message).toMatch(words);
      expect([target, name, asked(Number(caseId.slice(1)), `m-${target}`)]).toEqual([target, name, requests]);
      if (partial) expect([target, name, completion.partial]).toEqual([target, name, expect.stringMatching(/^wor/)]);
      if (name === "bad-utf8")
        expect(Buffer.from(completion.bytes ?? "", "base64").includes("\xff\xfe", 0, "latin1")).toBe(true);
      return `${target} ${name}`;
    });
    expect(new Set(seen).size).toBe(fates.length * PROTOCOLS.length);
    expect(place.summary().run.spend.unknownAtMostUsd).toBeGreaterThan(0);
    expect(stdout).toContain("cut off");
    // What may have been paid is not bought a third time unasked: the next run counts it.
    expect(place.summary().run.counts).toMatchObject({ answered: 0, failed: fates.length * PROTOCOLS.length });
  });

  it("row 20: an error that comes as an event is the error that it names", { timeout: 90_000 }, async () => {
    const seen = new Set<string>();
    place = await openWorkspace({
      cases: 2,
      suite: suiteText({ targets: TARGETS }),
      stub: {
        misbehave: (_, { model, messages }) => {
          const call = `${model} ${messages.at(-1)?.content}`;
          if (seen.has(call)) return undefined;
          seen.add(call);
          return "stream-error";
        },
      },
    });
    const { code, stdout } = await place.run(["run"]);
    // Too few cases for a verdict, and nothing else is wrong.
    expect(code).toBe(3);
    expect(stdout.replace(/\s+/g, " ")).toContain("Calls 6 planned: 12 sent, 6 sent again");
    expect(place.records().map(({ completion }) => completion.kind)).toEqual(Array(6).fill("answer"));
    // Overloaded cannot have been paid: each was asked once more, and answered.
    expect(place.stub.count()).toBe(2 * 2 * PROTOCOLS.length);
    expect(place.summary().run.counts).toMatchObject({ answered: 6, failed: 0, retried: 6 });
    expect(place.summary().run.spend.unknownAtMostUsd).toBe(0);
  });

  it("row 21: torn characters, other line ends, comments and a line of 1 MB are read as they stand", async () => {
    const faults = ["stream-split", "stream-crlf", "stream-comments", "stream-long-line", "length", "refusal"] as const;
    const { code } = await run(faults, () => "说好的 👩‍🚀 é");
    expect(code).toBe(3);
    const records = place.records();
    expect(records).toHaveLength(faults.length * PROTOCOLS.length);
    for (const { target, caseId, completion } of records) {
      const name = faults[Number(caseId.slice(1)) - 1];
      expect([target, name, completion.kind]).toEqual([target, name, "answer"]);
      const text = name === "refusal" ? "I cannot help with that." : "说好的 👩‍🚀 é";
      expect([target, name, completion.text?.trimEnd()]).toEqual([target, name, text]);
      if (name === "stream-long-line") expect(completion.text?.length).toBeGreaterThan(1024 * 1024);
      const finish = { length: "length", refusal: "refusal" }[String(name)] ?? "stop";
      expect([target, name, completion.finish]).toEqual([target, name, finish]);
      expect(completion.usage).toMatchObject({ input: expect.any(Number), output: expect.any(Number) });
    }
    expect(place.stub.count()).toBe(records.length);
    expect(place.stub.requests.every(({ body }) => body.stream === true)).toBe(true);
  });
});
