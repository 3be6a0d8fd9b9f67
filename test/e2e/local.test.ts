/** Local models through the real processes: what they answer, how they fail, and that nothing of them is left behind. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { local } from "../../src/model/local.ts";
import type { Completion } from "../../src/suite/completion.ts";
import type { Parameters } from "../../src/suite/model.ts";
import { runCommand, startCommand } from "../command.ts";
import { refuseKeyIn } from "../planted-key.ts";
import { repository } from "../repository.ts";

const tiny = join(repository, "models/tiny");
const model = local(join(tiny, "base.f16.gguf"));
const raw = local(join(tiny, "base.f16.gguf"), { template: "raw" });
const world = {
  now: () => new Date(0),
  monotonicMs: () => performance.now(),
  random: () => 0.5,
  sleep: async () => undefined,
  env: {},
  cwd: repository,
};

interface Asked {
  readonly text: string;
  readonly trial?: number;
  readonly parameters?: Parameters;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly from?: typeof model;
}

async function ask({
  text,
  trial = 1,
  parameters = {},
  timeoutMs = 60_000,
  signal,
  from = model,
}: Asked): Promise<Completion> {
  return await from.complete(
    {
      messages: [{ role: "user", content: text }],
      parameters: { temperature: 0, maxTokens: 24, ...parameters },
      caseId: "c1",
      trial,
      asker: "test",
      timeoutMs,
      signal: signal ?? new AbortController().signal,
    },
    world,
  );
}

const textOf = (completion: Completion) => (completion.kind === "answer" ? completion.text : completion.code);

describe("a local model", () => {
  const prompts = Array.from(
    { length: 40 },
    (_, i) => `Order ${i} of ${["a lamp", "two tents", "my red kettle"][i % 3]} is late.`,
  );

  it("gives the same greedy answer in any order, one at a time or side by side", async () => {
    const oneByOne: string[] = [];
    for (const text of prompts) oneByOne.push(textOf(await ask({ text })));
    const together = await Promise.all([...prompts].reverse().map((text) => ask({ text })));
    expect(together.reverse().map(textOf)).toEqual(oneByOne);
    expect(new Set(oneByOne).size).toBeGreaterThan(1);
  });

  it("draws by the trial above temperature 0, and the same again when asked again", async () => {
    const drawn = async () =>
      await Promise.all(
        [1, 2, 3, 4, 5].map(async (trial) =>
          textOf(await ask({ text: "Where is my lamp?", trial, parameters: { temperature: 1.5 } })),
        ),
      );
    const first = await drawn();
    expect(new Set(first).size).toBeGreaterThan(2);
    expect(await drawn()).toEqual(first);
  });

  it("counts tokens, says when the limit cut it, and stops at a text", async () => {
    const text = "<|start|>Task: Reply to the customer.\n\nMessage: Where is my lamp?\nAnswer:";
    const whole = await ask({ text, from: raw, parameters: { maxTokens: 90 } });
    expect(whole).toMatchObject({ kind: "answer", finish: "stop" });
    const cut = await ask({ text, from: raw, parameters: { maxTokens: 3 } });
    expect(cut).toMatchObject({ kind: "answer", finish: "length", usage: { output: 3 } });
    const said = textOf(whole);
    const mark = said.slice(4, 7);
    expect(textOf(await ask({ text, from: raw, parameters: { stop: [mark], maxTokens: 90 } }))).toBe(
      said.slice(0, said.indexOf(mark)),
    );
  });

  it("keeps to a schema", async () => {
    const schema = {
      name: "x",
      schema: {
        type: "object",
        properties: { label: { enum: ["p", "q"] } },
        required: ["label"],
        additionalProperties: false,
      },
    };
    const said = await ask({ text: "Which?", parameters: { schema, maxTokens: 60 } });
    expect(textOf(said)).toMatch(/^\s*\{\s*"label"\s*:\s*"[pq]"/);
  });

  it("refuses what it cannot do, and never cuts a prompt", async () => {
    expect(await ask({ text: "word ".repeat(2_000) })).toMatchObject({ code: "prompt-too-long", scope: "call" });
    expect(await ask({ text: "x", parameters: { reasoningEffort: "low" } })).toMatchObject({
      code: "bad-request",
      scope: "target",
    });
  });

  it("is ended by its time limit and by the signal, and answers the next call", async () => {
    const before = textOf(await ask({ text: "My lamp is late." }));
    const long = "word ".repeat(400);
    expect(await ask({ text: long, timeoutMs: 1 })).toMatchObject({ code: "timeout" });
    const stop = new AbortController();
    const asked = ask({ text: long, signal: stop.signal });
    stop.abort();
    expect(await asked).toMatchObject({ code: "aborted" });
    expect(await ask({ text: "My lamp is late." })).toMatchObject({ kind: "answer", text: before });
  });
});

describe("local models through the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-local-"));
  afterAll(() => {
    try {
      refuseKeyIn(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  const suite = (cases: number) => `import { defineSuite, exactMatch, local, promptOnly } from "gapcheck";
export default defineSuite({
  name: "local", scenario: "cost",
  cases: Array.from({ length: ${cases} }, (_, i) => ({ id: "c" + i, input: "Order " + i, expected: "x" })),
  targets: [promptOnly("base", { model: local("base.gguf"), prompt: { user: "{{input}}" }, parameters: { temperature: 0, maxTokens: 24 } })],
  graders: [exactMatch()],
  requirement: { quality: { atLeast: 0.5 } },
});
`;
  const write = (cases: number): void => {
    mkdirSync(join(folder, "evals"), { recursive: true });
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    symlinkOnce(repository, join(folder, "node_modules/gapcheck"));
    cpSync(join(tiny, "base.f16.gguf"), join(folder, "evals/base.gguf"));
    writeFileSync(join(folder, "evals/local.eval.ts"), suite(cases));
  };

  it("answer once, keep standard output clean, and are read from the ledger afterwards", async () => {
    write(40);
    const first = await runCommand(["run", "--json"], { cwd: folder });
    expect(JSON.parse(first.stdout).run.counts).toMatchObject({ sent: 40, answered: 40, failed: 0 });
    const again = await runCommand(["run", "--json"], { cwd: folder });
    expect(JSON.parse(again.stdout).run.counts).toMatchObject({ sent: 0, fromLedger: 40 });
  });

  it("tell a cut file before any call", async () => {
    write(40);
    const file = join(folder, "evals/base.gguf");
    writeFileSync(file, readFileSync(file).subarray(0, 2_000_000));
    const { code, stderr } = await runCommand(["run"], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain("it is cut");
  });

  it.skipIf(process.platform !== "linux")("leave no process behind, even where the command is killed", async () => {
    write(4_000);
    const { process: child, finished } = startCommand(["run"], { cwd: folder });
    const workers = () => processesBelow(child.pid ?? 0);
    while (workers().length < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    const seen = workers();
    child.kill("SIGKILL");
    await finished;
    const until = performance.now() + 10_000;
    while (seen.some(alive) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen.filter(alive)).toEqual([]);
  });
});

function symlinkOnce(target: string, path: string): void {
  try {
    symlinkSync(target, path);
  } catch {
    expect(readlinkSync(path)).toBe(target);
  }
}

function alive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

/** Processes whose parent is this one. */
function processesBelow(parent: number): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        return stat.slice(stat.lastIndexOf(")") + 4).startsWith(`${parent} `);
      } catch {
        return false;
      }
    });
}
