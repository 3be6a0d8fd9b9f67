/** What stands on the screen: lines that fit, columns that line up, no escape codes where nobody asked, and nothing that others wrote obeyed. */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PLANTED_KEY } from "../planted-key.ts";
import { repository } from "../repository.ts";
import { openWorkspace, suiteText, type Workspace } from "./workspace.ts";

const TARGETS = `[
  promptOnly("直接提问（不带示例）", { model: base, prompt: { user: "Say {{input}}" } }),
  promptOnly("with a long description of what is wanted, step by step", { model: base, prompt: { user: "Please say {{input}}" } }),
  fineTuned("微调模型", { model: tuned, prompt: { user: "Say {{input}}" }, tunedFrom: base, retiresOn: "2027-06-30" }),
]`;
const REQUIREMENT = `{
  quality: { atLeast: 0.8 }, stability: { allOf: 2, atLeast: 0.7 }, cost: { usdPer1kAtMost: 0.5 }, latency: { p95MsAtMost: 2500 },
}`;
const CHINESE = suiteText({
  name: "客户服务回复的格式检查",
  targets: TARGETS,
  requirement: REQUIREMENT,
  trials: 2,
  more: 'description: "检查回复是否问候、确认问题、给出解决办法，并询问客户是否满意。Does every reply greet, confirm, solve and ask?",',
});

/** Columns of what these tests print, told without the code under test: Chinese and its punctuation two, everything else one. */
function displayWidth(text: string): number {
  return [...text].reduce((sum, one) => sum + (/[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/u.test(one) ? 2 : 1), 0);
}

/** Every control character but the line feed. */
const CONTROL = /[^\P{Cc}\n]/u;

const places: Workspace[] = [];
// Tests of this file run side by side, so that no hook of a single test can tell whose it is.
afterAll(() => Promise.all(places.map((place) => place.close())));

async function open(options: Parameters<typeof openWorkspace>[0]): Promise<Workspace> {
  const place = await openWorkspace(options);
  places.push(place);
  return place;
}

/** Every third answer is wrong, some calls fail: all sections of a report have something to say. */
const troubled = (n: number) => (n % 30 === 0 ? ("bad-request" as const) : undefined);

describe.concurrent("widths", () => {
  it.each([40, 80, 120])("row 60: at %d columns no line is wider, and Chinese lines up", async (width) => {
    const env = { COLUMNS: String(width) };
    const place = await open({
      cases: 60,
      suite: CHINESE,
      stub: {
        misbehave: troubled,
        reply: ({ n, messages }) =>
          n % 3 === 0 ? "?" : (messages.at(-1)?.content.replace(/^(Please s|S)ay /, "") ?? ""),
      },
    });
    for (const args of [["plan"], ["run"], ["gate"]]) {
      const { stdout, stderr } = await place.run(args, { env });
      expect(stdout).toContain("客户服务");
      const wide = `${stdout}${stderr}`.split("\n").filter((line) => displayWidth(line) > width);
      expect(wide, args.join(" ")).toEqual([]);
      expect(`${stdout}${stderr}`).not.toMatch(CONTROL);
      if (args[0] === "plan" || width === 40) continue;
      const lines = stdout.split("\n");
      const columnOf = (line: string, text: string) => displayWidth(line.slice(0, line.indexOf(text)));
      const head = lines.find((line) => line.includes("best prompt") && line.includes("needed")) ?? "";
      const names = lines[lines.indexOf(head) + 1] ?? "";
      const figures = lines.find((line) => line.startsWith("quality")) ?? "";
      expect(names).toContain("微调模型");
      for (const [text, other] of [
        ["best prompt", /"直接|"with/],
        ["fine-tuned", /"微调/],
      ] as const) {
        const name = other.exec(names)?.[0] ?? "not there";
        expect(columnOf(names, name), text).toBe(columnOf(head, text));
      }
      expect(columnOf(figures, "at least 80")).toBe(columnOf(head, "needed"));
    }
  });
});

describe.concurrent("escape codes", () => {
  const small = { cases: 2 };

  it("row 60: none into a pipe, with or without NO_COLOR; FORCE_COLOR colours the same words, and NO_COLOR beats it", async () => {
    const place = await open(small);
    await place.run(["run"]);
    const gate = async (env: Record<string, string>) => (await place.run(["gate"], { env })).stdout;
    const plain = await gate({ NO_COLOR: "" });
    expect(plain).toContain("INCONCLUSIVE");
    expect(plain).not.toContain("\u001b");
    expect(await gate({ NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(plain);
    expect(await gate({ NO_COLOR: "", TERM: "dumb" })).toBe(plain);
    const coloured = await gate({ NO_COLOR: "", FORCE_COLOR: "1" });
    expect(coloured).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(coloured.replace(/\u001b\[[\d;]*m/g, "")).toBe(plain);
  });

  it("row 60: progress into a pipe is one plain line every ten seconds", async () => {
    const targets = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
    const place = await open({ cases: 40, suite: suiteText({ targets }), stub: { latencyMs: 320 } });
    const at = performance.now();
    const { code, stderr, progress } = await place.run(["run", "--concurrency", "1"], { env: { NO_COLOR: "" } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = progress.map((line) => line.trimEnd());
    expect(lines.length).toBeGreaterThanOrEqual(1);
    expect(lines.length).toBeLessThanOrEqual((performance.now() - at) / 10_000);
    for (const line of lines) {
      expect(line).toMatch(/^gapcheck: \d+\/40 calls · \d+ calls\/s · .*[01] in flight · words \d+\/40$/);
    }
    expect(lines.join("")).not.toMatch(CONTROL);
    expect(lines.join("")).not.toMatch(/[█░]/);
  });

  const script = spawnSync("script", ["--version"]).status === 0;

  /** What a terminal of 80 columns shows of a command. */
  async function onTerminal(place: Workspace, args: string) {
    const command = `'${process.execPath}' '${join(repository, "src/start.js")}' ${args}`;
    const child = spawn("script", ["-qec", `stty cols 80 rows 24; ${command}`, "/dev/null"], {
      cwd: place.folder,
      env: {
        PATH: process.env.PATH ?? "",
        TERM: "xterm-256color",
        STUB_OPENAI: place.stub.openaiBase,
        STUB_KEY: PLANTED_KEY,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let shown = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    return { code, shown };
  }

  it("row 1: a wait that the provider asked for is told while it lasts, once an account", async (ctx) => {
    if (!script) return ctx.skip("script (util-linux) is not there");
    const asks = { kind: "error", error: { status: 429, message: "slow" }, headers: { "retry-after": "2" } } as const;
    const place = await open({ cases: 40, stub: { misbehave: (n) => (n <= 4 ? asks : undefined) } });
    const { code, shown } = await onTerminal(place, "run --concurrency 4");
    expect(code).toBe(0);
    const told = `openai:${new URL(place.stub.url).host}:STUB_KEY: waiting N s (provider asked)`;
    const pictures = shown.split("in flight").map((one) => one.match(/\S+: waiting \d s \(provider asked\)/g) ?? []);
    const waits = pictures.filter((one) => one.length > 0);
    expect(waits.length).toBeGreaterThan(2);
    for (const one of waits) expect(one.map((text) => text.replace(/\d s/, "N s"))).toEqual([told]);
    expect(new Set(waits.flat().map((text) => /(\d) s/.exec(text)?.[1]))).toEqual(new Set(["2", "1"]));
  });

  it(
    script ? "on a terminal, bars are drawn and taken away again" : "no pseudo-terminal here: `script` is not there",
    async (ctx) => {
      if (!script) return ctx.skip("script (util-linux) is not there");
      const place = await open({ cases: 40, stub: { latencyMs: 60 } });
      const { code, shown } = await onTerminal(place, "run --concurrency 4");
      expect(code).toBe(0);
      expect(shown).toMatch(/▸ words +[█░]+ +\d+\/80/);
      expect(shown).toContain("KEEP PROMPTING");
      // After the last bar only the report is drawn.
      const end = shown.slice(shown.lastIndexOf("░"));
      expect(end).toContain("\u001b[");
      expect(end).toContain("exit code 0: pass");
    },
  );
});

describe.concurrent("what others wrote", () => {
  const ODD =
    "\u001b[31mred\u001b[0m\r\n::error::pwned\n##[error]pwned ##vso[task] \u202ereversed \u2028 @everyone </script>";
  const hostile = /[^\P{Cc}\n]|[\u202e\u2028]|^\s*::|##\[|##vso\[/mu;

  it("is shown, never obeyed: answers, model ids, errors and names", async () => {
    const place = await open({
      cases: 40,
      suite: suiteText({ graders: "[exactMatch({ name: 'gra\\u202eder ##[group]' })]", name: "##[error] suite" }),
      stub: {
        reply: () => ODD,
        misbehave: (n) => {
          if (n % 10 === 1) return { kind: "answer", model: `model ${ODD}` };
          if (n % 10 === 2) return { kind: "error", error: { status: 400, message: ODD, code: ODD } };
          return undefined;
        },
      },
    });
    const { stdout, stderr } = await place.run(["run"]);
    expect(`${stdout}${stderr}`).not.toMatch(hostile);
    expect(stdout.replace(/\s+/g, " ")).toContain("model \\x1b[31mred\\x1b[0m\\r\\n::error::pwned");
    const markdown = place.read(`reports/${place.summary().run.id}/report.md`);
    expect(markdown).not.toMatch(/[^\P{Cc}\n]|[\u202e\u2028]|^\s*::|<\/script>|@everyone/mu);
    expect((await place.run(["gate"])).stdout).not.toMatch(hostile);
    const answers = place.records().filter(({ completion }) => completion.kind === "answer");
    expect(answers.length).toBeGreaterThan(60);
    expect(new Set(answers.map(({ completion }) => completion.text))).toEqual(new Set([ODD]));
  });

  it("is shown, never obeyed: in messages about what is wrong", async () => {
    const place = await open({ cases: 1 });
    place.write("datasets/words.jsonl", `${JSON.stringify({ id: 1, [ODD]: 1 })}\n`);
    const { code, stdout, stderr } = await place.run(["run", "--case", ODD]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("pwned");
    expect(stderr).not.toMatch(hostile);
  });
});
