/** Code of a suite that does not give the thread back, or ends the process: the run ends, says where, and never without a verdict at exit 0. */
import { afterEach, describe, expect, it } from "vitest";
import { stepEnv, stepOutputs, stepSummary } from "../github-step.ts";
import { openWorkspace, STATED, suiteText, type Workspace } from "./workspace.ts";

const CASES = 30;
const ONE = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
const LOOP = "[function slow({ case: one }) { if (one.id === 'c0007') for (;;); return true; }]";
const REGEX =
  "[function slow({ case: one }) { return /^(a+)+$/.test('a'.repeat(one.id === 'c0007' ? 60 : 1) + 'b'); }]";
const MICROTASKS =
  "[async function slow({ case: one }) { while (one.id === 'c0007') { await null; for (let n = 0; n < 1e5; n++); } return true; }]";
const WAIT = "[function slow() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }]";
const NATIVE = `[function slow() { process.getBuiltinModule("child_process").execFileSync("sleep", ["15"]); }]`;

let place: Workspace;
afterEach(() => place.close());

/** Result and exit code as a later step of GitHub Actions sees them. */
function outcomeTold(): unknown[] {
  const outputs = stepOutputs(place.folder);
  return [outputs.result, outputs["exit-code"]];
}

const flat = (text: string) => text.replace(/\s+/g, " ");

describe("code that does not give way", () => {
  it.each([
    ["an endless loop", LOOP, 4, 'evals/words.eval.ts:11 (the grader "slow" on case "c0007")'],
    ["a pattern that backtracks for ever", REGEX, 4, 'evals/words.eval.ts:11 (the grader "slow" on case "c0007")'],
    ["an endless chain of microtasks", MICROTASKS, 4, "evals/words.eval.ts:11"],
    ["a lock that nobody opens", WAIT, 4, "evals/words.eval.ts:11"],
    ["native code that never returns", NATIVE, undefined, "Code of a suite waits for something that does not come"],
  ])("%s in a grader ends the run at the limit; what was paid is kept", async (_, graders, code, words) => {
    place = await openWorkspace({ cases: CASES, suite: suiteText({ targets: ONE, graders }) });
    const ended = await place.run(["run", "--hang-limit", "1"], { env: stepEnv(place.folder) });
    expect(ended.code).toBe(code);
    if (code === undefined) expect(ended.signal).toBe("SIGKILL");
    expect(outcomeTold()).toEqual(code === undefined ? ["stopped", ""] : ["incomplete", "4"]);
    if (code !== undefined) expect(flat(stepSummary(place.folder))).toContain("did not come to an end within 1 s");
    expect(flat(ended.stderr)).toContain(words);
    expect(ended.stderr).toContain("Answers that were paid for are kept; run again to continue.");
    expect(ended.stderr).not.toContain("debugger");
    expect(place.stub.count()).toBe(CASES);
    place.write("evals/words.eval.ts", suiteText({ targets: ONE }));
    expect((await place.run(["run"])).code).toBe(0);
    expect(place.stub.count()).toBe(CASES);
  });

  it.each([
    ["a prompt function", suiteText({ targets: `[promptOnly("plain", { model: base, prompt() { for (;;); } })]` })],
    ["the top level of a suite", `${suiteText({ targets: ONE })}\nfor (;;);\n`],
  ])("an endless loop in %s is a mistake in the suite: nothing was called", async (_, suite) => {
    place = await openWorkspace({ cases: CASES, suite });
    const ended = await place.run(["run", "--hang-limit", "1"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/evals\/words\.eval\.ts:\d+ \(the .*\) did not come to an end within 1 s/);
    expect(place.stub.count()).toBe(0);
  });

  it("long before the limit it is told, and then Ctrl-C ends the run at once", async () => {
    place = await openWorkspace({ cases: CASES, suite: suiteText({ targets: ONE, graders: LOOP }) });
    const {
      process: child,
      finished,
      shown,
    } = place.start(["run", "--hang-limit", "6"], { env: stepEnv(place.folder) });
    await shown("Ctrl-C ends the run at once");
    const at = performance.now();
    child.kill("SIGINT");
    const ended = await finished;
    expect(performance.now() - at).toBeLessThan(1_500);
    expect(ended).toMatchObject({ code: undefined, signal: "SIGINT" });
    expect(outcomeTold()).toEqual(["stopped", ""]);
    expect(ended.stderr).toContain("evals/words.eval.ts:11");
  });

  it("work that comes to its end in time is only told of, and signals are ours again", async () => {
    const graders = `[function slow({ case: one }) {
      const end = performance.now() + (one.id === "c0007" ? 2500 : 0);
      while (performance.now() < end);
      return one.id === "c0030" ? new Promise((done) => setTimeout(done, 2000, true)) : true;
    }]`;
    place = await openWorkspace({ cases: CASES, suite: suiteText({ targets: ONE, graders }) });
    const { process: child, finished, shown } = place.start(["run", "--hang-limit", "4"]);
    await shown("Ctrl-C ends the run at once");
    await new Promise((done) => setTimeout(done, 1_500));
    child.kill("SIGINT");
    const ended = await finished;
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain("SIGINT: what is there is graded and reported");
    expect(place.summary().exitCode).toBe(130);
  });
});

describe("code that ends the process", () => {
  const TOP = 'import { exit } from "node:process";\n';
  it.each([
    ["process.exit", "process.exit(0)"],
    ["process.reallyExit", "process.reallyExit(0)"],
  ])("%s in a grader makes no grade, and the run goes on to its verdict", async (_, call) => {
    const graders = `[function rude() { ${call}; return true; }]`;
    place = await openWorkspace({ cases: CASES, suite: suiteText({ targets: ONE, graders }) });
    const ended = await place.run(["run"]);
    expect(ended.code).toBe(4);
    expect(place.read(`reports/${place.summary().run.id}/cases.jsonl`)).toContain("a suite cannot end the run");
  });

  it("exit taken from node:process ends the process, but not with exit 0", async () => {
    const graders = "[function rude() { exit(0); return true; }]";
    place = await openWorkspace({ cases: CASES, suite: TOP + suiteText({ targets: ONE, graders }) });
    const ended = await place.run(["run"]);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain("the run ended without a verdict");
  });

  it.each([
    ["process.exit(0);", "a suite cannot end the run"],
    ["process.reallyExit(0);", "a suite cannot end the run"],
    ["exit(0);", "the run ended without a verdict"],
    ["await new Promise(() => {});", "the top level of words.eval.ts waits for what never comes"],
  ])("%s at the top level of a suite is exit 2 with words", async (line, words) => {
    place = await openWorkspace({ cases: CASES, suite: `${TOP}${suiteText({ targets: ONE })}\n${line}\n` });
    const ended = await place.run(["run"], { env: stepEnv(place.folder) });
    expect(ended.code).toBe(2);
    expect(flat(ended.stderr)).toContain(words);
    expect(outcomeTold()).toEqual(["usage", "2"]);
    expect(flat(stepSummary(place.folder))).toContain(words);
    expect(place.stub.count()).toBe(0);
  });

  it("an exit code that a suite sets while the process ends does not count", async () => {
    const suite = `process.on("exit", () => { process.exitCode = 0; });\n${suiteText({ targets: ONE, requirement: "{ quality: { atLeast: 0.8 } }", more: STATED })}`;
    place = await openWorkspace({ cases: CASES, suite, stub: { reply: () => "wrong" } });
    expect((await place.run(["run"])).code).toBe(1);
  });
});
