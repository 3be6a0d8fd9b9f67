/** What people get wrong: every mistake is told with its place and its fix, before anything is asked; what only looks odd is taken as it stands. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Finished } from "../command.ts";
import { stepEnv, stepOutputs, stepSummary } from "../github-step.ts";
import { repository } from "../repository.ts";
import { caseLines, openWorkspace, suiteText, type Workspace } from "./workspace.ts";

let place: Workspace;
afterEach(() => place.close());

const PLAIN = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;

function isRefusal(ended: Finished): void {
  expect(ended).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toContain("fix: ");
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(place.stub.stats().connections).toBe(0);
}

/** Runs what must be refused; returns what it said. */
async function refused(args: readonly string[] = ["run"]): Promise<string> {
  const ended = await place.run(args);
  isRefusal(ended);
  expect(readdirSync(place.folder).sort()).toEqual(["datasets", "evals"]);
  return ended.stderr;
}

/** The message for one place: the line that names it, the message, the fix. */
function toldAt(stderr: string, where: string): string {
  const lines = stderr.split("\n");
  const at = lines.findIndex((line) => line === where || line.startsWith(`${where} `));
  expect(at, `nothing is told of ${where} in:\n${stderr}`).toBeGreaterThanOrEqual(0);
  const [first = "", message = "", fix = ""] = lines.slice(at, at + 3);
  expect(fix).toMatch(/^ {2}fix: \S/);
  return `${first}\n${message}\n${fix}`;
}

describe("data", () => {
  const good = (id: string) => `${JSON.stringify({ id, input: `word ${id}`, expected: "x" })}\n`;
  const utf16 = (text: string, mark = "\uFEFF") => Buffer.from(mark + text, "utf16le");
  const latin1 = Buffer.from(`${good("a")}{"id":"b","input":"caf\u00e9","expected":"x"}\n`, "latin1");
  const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const one = (text: string) => `${good("a")}${text}\n`;

  const defects: readonly (readonly [name: string, data: string | Buffer, line: number, message: RegExp])[] = [
    ["utf16", utf16(good("a")), 1, /UTF-16/],
    ["utf16-bare", utf16(good("a"), ""), 1, /NUL byte.*UTF-16/],
    ["latin1", latin1, 2, /not UTF-8 \(Latin-1/],
    ["blank", `${good("a")}\n${good("b")}`, 2, /blank line/],
    ["cut", one('{"id":"b","input":'), 2, /column 19/],
    ["twice", `${good("a")}${good("b")}${good("a")}`, 3, /"a" is taken by line 1/],
    ["twice-by-case", `${good("Ab")}${good("aB")}`, 2, /"aB" is taken by line 1/],
    ["twice-by-form", `${good("caf\u00e9")}${good("cafe\u0301")}`, 2, /is taken by line 1/],
    ["empty-id", one('{"id":" ","input":"x","expected":"x"}'), 2, /id is not a text with something in it/],
    ["no-id", one('{"input":"x","expected":"x"}'), 2, /id is missing/],
    ["number-id", one('{"id":7,"input":"x","expected":"x"}'), 2, /id 7 is a number/],
    ["large-id", one('{"id":9007199254740993,"input":"x","expected":"x"}'), 2, /9007199254740993/],
    ["large-number", one('{"id":"b","input":{"n":9007199254740993},"expected":"x"}'), 2, /9007199254740993/],
    ["twice-a-key", one('{"id":"b","input":"x","input":"y","expected":"x"}'), 2, /"input"/],
    ["deep", one(`{"id":"b","input":"x","expected":${nested}}`), 2, /deep/],
    ["unknown-key", one('{"id":"b","input":"x","expcted":"x"}'), 2, /no "expcted"\. Did you mean "expected"\?/],
    ["no-expected", one('{"id":"b","input":"x"}'), 2, /"b" has no "expected", which the grader "exact-match" needs/],
  ];

  it("rows 45 to 49: every defect is told with its line and its fix, all at once, and nothing is asked", async () => {
    place = await openWorkspace({ cases: 1 });
    rmSync(join(place.folder, "evals/words.eval.ts"));
    for (const [name, data] of defects) {
      writeFileSync(join(place.folder, "datasets", `${name}.jsonl`), data);
      place.write(`evals/${name}.eval.ts`, suiteText({ name, targets: PLAIN }).replace("words.jsonl", `${name}.jsonl`));
    }
    const stderr = await refused();
    for (const [name, , line, message] of defects) {
      expect(toldAt(stderr, join(place.folder, "datasets", `${name}.jsonl:${line}`))).toMatch(message);
    }
    expect(stderr).toContain(`${defects.length} mistakes; nothing was called.`);
  });

  it("a file that is missing, empty, or a folder", async () => {
    place = await openWorkspace({ cases: 1 });
    const file = join(place.folder, "datasets/words.jsonl");
    rmSync(file);
    expect(toldAt(await refused(), file)).toMatch(/no such file/);
    place.write("datasets/words.jsonl", "");
    expect(toldAt(await refused(), file)).toMatch(/"words" has no cases/);
    rmSync(file);
    mkdirSync(file);
    expect(toldAt(await refused(), file)).toMatch(/it is a folder/);
  });

  it("rows 45, 48: marks, line ends and names of JavaScript's own are taken as they stand", async () => {
    const ids = ["__proto__", "constructor", "toString"];
    const lines = ids.map((id) =>
      JSON.stringify({ id, input: `word ${id}`, expected: `word ${id}`, tags: ["__proto__", "constructor"] }),
    );
    place = await openWorkspace({ suite: suiteText({ targets: PLAIN }) });
    place.write("datasets/words.jsonl", `\uFEFF${lines.join("\r\n")}`);
    const { code, stderr } = await place.run(["run"]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(place.records().map(({ caseId, completion }) => [caseId, completion.text])).toEqual(
      ids.map((id) => [id, `word ${id}`]),
    );
    expect(place.stub.requests.map(({ messages }) => messages.at(-1)?.content).sort()).toEqual(
      ids.map((id) => `Say word ${id}`),
    );
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ passed: 3, missing: 0 });
  });

  it("rows 48, 49: an answer with a prototype, or 100,000 levels deep, changes nothing but its own case", async () => {
    const hostile = '{"__proto__": {"passed": true, "kind": "scored"}, "constructor": {"prototype": {"score": 1}}}';
    // Refers to itself, and has items and tags with names of JavaScript's own.
    const schema = `{ $ref: "#/$defs/node", $defs: { node: { type: "object", properties: { n: { type: "number" }, next: { $ref: "#/$defs/node" } }, required: ["n"] } } }`;
    const graders = `[
      jsonSchema(${schema}),
      checklist({ items: [{ name: "__proto__", contains: "{" }, { name: "constructor", contains: "}" }] }),
      function clean() { return Object.keys(Object.prototype).length === 0 && !("passed" in {}); },
    ]`;
    const deep = `${'{"n":1,"next":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const replies = [hostile, deep, '{"n": 1}'];
    place = await openWorkspace({
      cases: 3,
      suite: suiteText({ targets: PLAIN, graders }).replace("{ anthropic", "{ checklist, jsonSchema, anthropic"),
      stub: { reply: ({ messages }) => replies[Number(/\d+/.exec(messages.at(-1)?.content ?? "")?.[0]) - 1] ?? "" },
    });
    const { stderr } = await place.run(["run"]);
    expect(stderr).toBe("");
    expect(place.records().map(({ completion }) => completion.text)).toEqual(replies);
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ passed: 1, failed: 2, missing: 0 });
    expect(place.read(`reports/${place.summary().run.id}/cases.jsonl`)).toContain("too deep");
    expect(place.stub.count()).toBe(3);
  });
});

describe("suite files", () => {
  /** A suite with one thing changed, and the line on which the changed text stands. */
  function changed(name: string, from: string, to: string): { readonly text: string; readonly line: number } {
    const whole = suiteText({ name, trials: 2 });
    expect(whole).toContain(from);
    const text = whole.replace(from, to);
    return { text, line: text.slice(0, text.indexOf(to)).split("\n").length };
  }

  const defects: readonly (readonly [name: string, from: string, to: string, message: RegExp])[] = [
    ["syntax", "targets: [", "targets: [[", /(expected|unexpected|syntax)/i],
    ["enum", "const price =", "enum Size { small }\nconst price =", /enum/i],
    ["no-module", 'from "gapcheck"', 'from "gapchek"', /gapchek/],
    ["throws", "const price =", 'throw new Error("no luck");\nconst price =', /threw while loading: no luck/],
    ["exits", "const price =", "process.exit(0);\nconst price =", /a suite cannot end the run/],
    ["same-target", 'fineTuned("tuned"', 'fineTuned("plain"', /the name "plain" is taken by targets\[0\]/],
    ["typo", "scenario:", "scenari:", /scenari is not known/],
    ["never-tried", "trials: 2", "trials: 0", /trials is 0/],
    [
      "grader",
      "quality: { atLeast: 0.8 }",
      'quality: { atLeast: 0.8, grader: "exact-mach" }',
      /no grader has\. Did you mean "exact-match"\?/,
    ],
    [
      "stability",
      "atLeast: 0.8 }",
      "atLeast: 0.8 }, stability: { allOf: 3, atLeast: 0.5 }",
      /allOf is 3.*tried 2 times/,
    ],
    ["percent", "quality: { atLeast: 0.8 }", "quality: { atLeast: 80 }", /atLeast is 80/],
    ["template", 'user: "Say {{input}}"', 'user: "Say {{input}"', /prompt\.user/],
    ["key", 'keyEnv: "STUB_KEY"', 'keyEnv: "OPENAI_API_KEY"', /OPENAI_API_KEY is only sent to api\.openai\.com/],
  ];

  it("every mistake is told with file, line and fix, all files at once", async () => {
    place = await openWorkspace({ cases: 1 });
    const lines = new Map<string, number>();
    for (const [name, from, to] of defects) {
      const { text, line } = changed(name, from, to);
      place.write(`evals/${name}.eval.ts`, text);
      lines.set(name, line);
    }
    place.write("evals/nothing.eval.ts", "export const suite = 1;\n");
    place.write("evals/object.eval.ts", 'export default { name: "object" };\n');
    place.write("evals/copy.eval.ts", suiteText());
    const stderr = await refused();
    for (const [name, , , message] of defects) {
      const where = join(place.folder, `evals/${name}.eval.ts`);
      // A syntax error shows where the parser gave up, which may be later.
      const at = name === "syntax" ? new RegExp(`${name}\\.eval\\.ts:\\d+`).exec(stderr)?.[0] : undefined;
      const told = toldAt(stderr, at === undefined ? `${where}:${lines.get(name)}` : join(place.folder, "evals", at));
      expect(told).toMatch(message);
    }
    expect(toldAt(stderr, join(place.folder, "evals/nothing.eval.ts"))).toContain("no default export");
    expect(toldAt(stderr, join(place.folder, "evals/object.eval.ts"))).toContain("not made by defineSuite");
    expect(toldAt(stderr, join(place.folder, "evals/words.eval.ts:7"))).toMatch(
      /the suite name "words" is taken in .*copy\.eval\.ts/,
    );
  });

  it.each([
    ["an unknown variable", "Say {{inptu}}", /\{\{inptu\}\} names nothing in case "c0001".*Did you mean "input"\?/],
    ["an unused field", "Say it", /no template shows the field "input" of case "c0001"/],
    ["a variable of expected", "Say {{expected}}", /\{\{expected\}\} names nothing/],
  ])("%s in a prompt", async (_, user, message) => {
    place = await openWorkspace({ cases: 1, suite: suiteText({ targets: PLAIN.replace("Say {{input}}", user) }) });
    const line =
      place
        .read("evals/words.eval.ts")
        .split("\n")
        .findIndex((text) => text.includes(user)) + 1;
    expect(toldAt(await refused(), join(place.folder, `evals/words.eval.ts:${line}`))).toMatch(message);
  });

  it("rows 50 to 52: patterns without linear time and schemas from elsewhere are refused, and nothing is fetched", async () => {
    place = await openWorkspace({ cases: 1 });
    rmSync(join(place.folder, "evals/words.eval.ts"));
    const graders = {
      backward: `checklist({ items: [{ name: "twice", pattern: "(a+)\\\\1" }] })`,
      ahead: `jsonSchema({ type: "string", pattern: "(?=a)a" })`,
      remote: `jsonSchema({ $ref: "${place.stub.url}/stats" })`,
    };
    for (const [name, grader] of Object.entries(graders)) {
      const text = suiteText({ name, graders: `[\n    ${grader},\n  ]` });
      place.write(`evals/${name}.eval.ts`, text.replace("{ anthropic", "{ checklist, jsonSchema, anthropic"));
    }
    const stderr = await refused();
    const line =
      place
        .read("evals/remote.eval.ts")
        .split("\n")
        .findIndex((text) => text.includes("$ref")) + 1;
    for (const [name, message] of [
      ["backward", /pattern/],
      ["ahead", /pattern/],
      ["remote", /\$ref|reference/],
    ] as const) {
      expect(toldAt(stderr, join(place.folder, `evals/${name}.eval.ts:${line}`))).toMatch(message);
    }
  });

  it("rows 50, 51: a pattern that hangs other engines costs no time", async () => {
    const evil = `${"a".repeat(50_000)}!`;
    const graders = `[
      checklist({ items: [{ name: "as", pattern: "^(a+)+$" }] }),
      jsonSchema({ type: "object", properties: { t: { type: "string", pattern: "^(a|a)*$" } } }),
    ]`;
    place = await openWorkspace({
      cases: 1,
      suite: suiteText({ targets: PLAIN, graders }).replace("{ anthropic", "{ checklist, jsonSchema, anthropic"),
      stub: { reply: () => `{"t": "${evil}"}` },
    });
    const { code, stderr } = await place.run(["run"]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ failed: 1, missing: 0 });
  });
});

describe("graders of the user's own", () => {
  it("row 55: one that throws, gives nonsense, never ends or ends the process costs its own case only", async () => {
    const body = `(subject) => {
      switch (subject.case.id) {
        case "c0001": throw new Error("broken\\u001b[31m grader");
        case "c0002": return Number.NaN;
        case "c0003": return new Promise(() => {});
        case "c0004": return process.exit(0);
        case "c0005": setInterval(() => {}, 1_000); return true;
        default: return true;
      }
    }`;
    place = await openWorkspace({
      cases: 40,
      suite: suiteText({ targets: PLAIN, graders: `[function own(subject) { return (${body})(subject); }]` }),
    });
    const { code, stdout } = await place.run(["run"]);
    expect(code).toBe(4);
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({
      passed: 36,
      failed: 0,
      missing: 4,
    });
    expect(stdout.replace(/\s+/g, " ")).toContain(
      'not graded by "own": the grader threw an error (first on case "c0001": broken\\x1b[31m grader): 3',
    );
    expect(stdout).not.toContain("\u001b");
    expect(place.read(`reports/${place.summary().run.id}/cases.jsonl`)).toContain("own threw: broken");
    expect(place.stub.count()).toBe(40);
  });

  it("row 55: an error that nobody waits for is no gate that failed, and what was paid is kept", async () => {
    const stray = `function own() { setTimeout(() => { throw new Error("stray"); }, 0); return true; }`;
    place = await openWorkspace({ cases: 3, suite: suiteText({ targets: PLAIN, graders: `[${stray}]` }) });
    const ended = await place.run(["run"], { env: stepEnv(place.folder) });
    expect(ended.code).toBe(4);
    expect(stepOutputs(place.folder)).toMatchObject({ result: "incomplete", "exit-code": "4", verdict: "" });
    expect(stepSummary(place.folder)).toContain("an error that nobody caught ended the run");
    expect(ended.stderr).toMatch(/nobody caught[\s\S]*stray[\s\S]*words\.eval\.ts[\s\S]*fix: /);
    expect(place.stub.count()).toBe(3);
    place.write("evals/words.eval.ts", suiteText({ targets: PLAIN }));
    expect((await place.run(["run"])).code).toBe(3);
    expect(place.stub.count()).toBe(3);
  });
});

describe("places to write", () => {
  it.each([
    ["reports is a file", "reports", ["run"]],
    [".gapcheck is a file", ".gapcheck", ["run"]],
    ["the ledger is no ledger", "datasets/words.jsonl", ["run", "--ledger", "datasets/words.jsonl"]],
    ["the ledger is a folder", "datasets", ["run", "--ledger", "datasets"]],
  ])("row 36: %s: told before anything is asked", async (_, path, args) => {
    place = await openWorkspace({ cases: 1 });
    const isNew = !path.startsWith("datasets");
    if (isNew) place.write(path, "not a folder");
    const before = isNew ? place.read(path) : caseLines(1);
    const ended = await place.run(args);
    isRefusal(ended);
    expect(toldAt(ended.stderr, join(place.folder, path))).toBeDefined();
    expect(isNew ? place.read(path) : place.read("datasets/words.jsonl")).toBe(before);
  });
});

describe("folders that may only be read", () => {
  // What root may not write there is not.
  const uid = process.getuid?.() === 0 ? 65_534 : undefined;
  const reads = ["-e", "require('node:fs').readFileSync(process.argv[1])", join(repository, "src/start.js")];
  const may = spawnSync(process.execPath, reads, uid === undefined ? {} : { uid }).status === 0;

  it.for(["reports", ".gapcheck"])("row 36: %s: told before anything is asked", async (folder, ctx) => {
    place = await openWorkspace({ cases: 1 });
    if (!may) return ctx.skip("a user without rights cannot read this folder");
    chmodSync(place.folder, 0o777);
    mkdirSync(join(place.folder, folder));
    chmodSync(join(place.folder, folder), 0o555);
    const ended = await place.run(["run"], uid === undefined ? {} : { uid });
    isRefusal(ended);
    expect(ended.stderr).toContain(join(place.folder, folder));
    expect(readdirSync(join(place.folder, folder))).toEqual([]);
  });
});

describe("the command line", () => {
  it("a suite that does not exist: the nearest is named", async () => {
    place = await openWorkspace({ cases: 1 });
    expect(await refused(["run", "--suite", "wrods"])).toMatch(/no suite is named "wrods".*Did you mean "words"\?/);
    expect(await refused(["run", "--suite", "words", "--suite", "nothing-like-it"])).toContain('Choose from: "words"');
  });

  it("a case that does not exist: the nearest is named, and none of the others is asked", async () => {
    place = await openWorkspace({ cases: 3 });
    expect(await refused(["run", "--case", "c0001", "--case", "c00002"])).toMatch(/"c00002".*Did you mean "c0002"\?/);
  });

  it("no suites at all, and a file that is not there", async () => {
    place = await openWorkspace({ cases: 1 });
    expect(await refused(["run", "evals/wrods.eval.ts"])).toContain("no suite at evals/wrods.eval.ts");
    rmSync(join(place.folder, "evals/words.eval.ts"));
    expect(await refused()).toMatch(/no suite at evals\/.*\n {2}fix: Write one as evals\/<name>\.eval\.ts/);
  });

  it.each([
    ["an unknown option", ["run", "--lmit", "3"], /unknown option '--lmit'[\s\S]*--limit/],
    ["an unknown command", ["rnu"], /unknown command 'rnu'[\s\S]*run/],
    ["no command", [], /Usage: gapcheck/],
    ["a limit of 0", ["run", "--limit", "0"], /--limit.*'0'.*whole number, 1 or more/],
    ["a limit that is no number", ["run", "--limit", "2.5"], /--limit.*'2\.5'.*whole number/],
    ["a limit without a number", ["run", "--limit"], /--limit.*argument missing/],
    ["a negative budget", ["run", "--max-usd", "-1"], /--max-usd/],
    ["a budget in words", ["run", "--max-usd", "2$"], /--max-usd.*amount in US dollars/],
    ["a deadline in words", ["run", "--deadline", "soon"], /--deadline.*'soon'[\s\S]*90s.*06:30/],
    ["a deadline that is over", ["run", "--deadline", "2020-01-01T00:00Z"], /--deadline.*that time is over/],
    ["too many trials", ["run", "--trials", "101"], /101 trials.*\n {2}fix: Ask for 1 to 100 trials/],
    ["no concurrency", ["run", "--concurrency", "0"], /--concurrency.*'0'/],
  ] as const)("%s: exit 2 in words", async (_, args, message) => {
    place = await openWorkspace({ cases: 1 });
    const { code, stdout, stderr } = await place.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(place.stub.stats().connections).toBe(0);
  });

  it("help and version are no mistakes", async () => {
    place = await openWorkspace({ cases: 1 });
    const help = await place.run(["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("Exit codes: 0 pass");
    expect(await place.run(["--version"])).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it("row 58: nothing left after a filter is never a green run; one suite left out is told", async () => {
    place = await openWorkspace({ cases: 40 });
    place.write("evals/more.eval.ts", suiteText({ name: "more", targets: PLAIN }).replace("words.jsonl", "more.jsonl"));
    place.write("datasets/more.jsonl", caseLines(40).replaceAll('"c', '"m'));
    expect(await refused(["run", "--case", "x0001"])).toContain('"x0001"');
    const ended = await place.run(["run", "--case", "m0001"]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("left out: words, it has none of the cases asked for");
    expect(place.stub.count()).toBe(1);
  });

  it("rows 56, 57: a cap without a price is refused, and a cap of 0 buys nothing", async () => {
    place = await openWorkspace({
      cases: 3,
      suite: suiteText({ targets: PLAIN }).replace("price, maxTokens: 16 })", "maxTokens: 16 })"),
    });
    const unpriced = await place.run(["run", "--max-usd", "5"]);
    isRefusal(unpriced);
    expect(unpriced.stderr).toMatch(/nobody knows the price of stub-base[\s\S]*fix: .*price[\s\S]*--max-calls/);
    expect((await place.run(["plan"])).stdout).toContain("Worst case unknown (3 calls without a known price)");
    place.write("evals/words.eval.ts", suiteText({ targets: PLAIN }));
    const none = await place.run(["run", "--max-usd", "0"]);
    expect(none.code).toBe(3);
    expect(none.stdout).toMatch(/\$0/);
    expect(place.stub.stats().connections).toBe(0);
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ failed: 0, missing: 3 });
  });

  it("row 58: every call failed: exit 4, and nothing counts as wrong", async () => {
    place = await openWorkspace({
      cases: 10,
      suite: suiteText({ targets: PLAIN }),
      stub: { misbehave: "bad-request" },
    });
    const { code, stdout } = await place.run(["run"]);
    expect(code).toBe(4);
    expect(stdout.replace(/\s+/g, " ")).toMatch(/refuses the request.*exit code 4: incomplete/);
    expect(stdout).not.toMatch(/^words +(KEEP|FINE)/m);
    // Final errors: each is asked once, and the answers that did not come cost nothing.
    expect(place.stub.count()).toBe(10);
    expect(place.summary().run.spend).toMatchObject({ settledUsd: 0, unknownAtMostUsd: 0 });
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({
      passed: 0,
      failed: 0,
      missing: 10,
    });
  });
});
