/** Signals through the real command: what is under way is kept, and running again goes on. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { stepEnv, stepOutputs } from "../github-step.ts";
import { openWorkspace, suiteText, type Workspace } from "./workspace.ts";

let place: Workspace;
afterEach(() => place.close());

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("signals", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "rows 37, 38: %s drains, keeps every answer and exits %d; the next run pays the rest",
    async (signal, code) => {
      place = await openWorkspace({ cases: 200, stub: { latencyMs: 100 } });
      const { process: child, finished } = place.start(["run", "--concurrency", "10"]);
      await until(() => place.stub.count() >= 40);
      child.kill(signal);
      const ended = await finished;
      expect(ended.code).toBe(code);
      expect(ended.stderr).toContain(signal);
      const sent = place.stub.count();
      expect(sent).toBeLessThan(400);
      const { counts, stopped } = place.summary().run;
      expect(counts.answered).toBe(sent);
      expect(stopped?.reason).toBe(signal === "SIGINT" ? "interrupted" : "terminated");
      const again = await place.run(["run"]);
      expect(again.code).toBe(0);
      expect(place.stub.count()).toBe(400);
      expect(place.summary().run.counts).toMatchObject({ fromLedger: sent, sent: 400 - sent, maybePaidTwice: 0 });
    },
  );

  it("row 37: a second Ctrl-C ends at once, and what was under way counts as maybe paid", async () => {
    place = await openWorkspace({ cases: 40, stub: { latencyMs: 60_000 } });
    const { process: child, finished, shown } = place.start(["run", "--concurrency", "5"]);
    await until(() => place.stub.count() >= 5);
    child.kill("SIGINT");
    await shown("SIGINT");
    child.kill("SIGINT");
    const ended = await finished;
    expect(ended.code).toBe(130);
    // Not "no answer within 5 s": nothing was waited for.
    const ends = place.records().filter(({ completion }) => completion.kind === "failure");
    expect(ends.map(({ completion }) => completion.message)).toEqual(Array(5).fill("stopped by SIGINT"));
    expect(place.summary().run.spend.unknownAtMostUsd).toBeGreaterThan(0);
  });

  it("rows 37, 38: what does not answer is waited for five seconds, and counts as maybe paid", async () => {
    place = await openWorkspace({ cases: 40, stub: { misbehave: (n) => (n === 10 ? "hang" : undefined) } });
    const { process: child, finished } = place.start(["run", "--concurrency", "1"]);
    await until(() => place.stub.count() >= 10);
    const from = performance.now();
    child.kill("SIGTERM");
    expect((await finished).code).toBe(143);
    const waitedMs = performance.now() - from;
    expect(waitedMs).toBeGreaterThan(4_900);
    // A runner kills after 7.5 s.
    expect(waitedMs).toBeLessThan(7_500);
    const ends = place.records().filter(({ completion }) => completion.kind === "failure");
    expect(ends.map(({ completion }) => completion.message)).toEqual(["no answer within 5 s after SIGTERM"]);
    expect(place.summary().run.spend.unknownAtMostUsd).toBeGreaterThan(0);
  });

  it("row 38: SIGHUP drains too: exit 129", async () => {
    place = await openWorkspace({ cases: 200, stub: { latencyMs: 50 } });
    const { process: child, finished } = place.start(["run", "--concurrency", "5"]);
    await until(() => place.stub.count() >= 20);
    child.kill("SIGHUP");
    const ended = await finished;
    expect(ended.code).toBe(129);
    expect(ended.stderr).toContain("SIGHUP");
    expect(ended.stdout).toMatch(/^Go on +gapcheck run --concurrency 5$/m);
    const { exitCode, run, suites } = place.summary();
    expect(exitCode).toBe(129);
    expect(suites[0]?.decision.verdict.kind).toBe("INCONCLUSIVE");
    expect(run.spend.unknownAtMostUsd).toBe(0);
    expect(run.counts.answered).toBe(place.stub.count());
    expect(place.records().filter(({ completion }) => completion.kind === "answer")).toHaveLength(place.stub.count());
  });

  it("while answers are graded, Ctrl-C lets the report be written, and twice ends at once without one", async () => {
    // One grader that never ends: ten seconds a case. It says when the calls are over, which no file does.
    const graders = '[function slow() { process.stderr.write("grading\\n"); return new Promise(() => {}); }]';
    const targets = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
    place = await openWorkspace({ cases: 30, suite: suiteText({ targets, graders }) });
    const { process: child, finished, shown } = place.start(["run"], { env: stepEnv(place.folder) });
    await shown("grading");
    child.kill("SIGINT");
    await shown("SIGINT: what is there is graded and reported (again to end at once)");
    expect(child.exitCode).toBeNull();
    child.kill("SIGINT");
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toContain("ended without a report; what was paid is kept");
    expect(stepOutputs(place.folder)).toMatchObject({ result: "stopped", "exit-code": "130" });
    expect(readdirSync(join(place.folder, "reports"))).not.toContain("latest");
    place.write("evals/words.eval.ts", suiteText({ targets }));
    expect((await place.run(["run"])).code).toBe(0);
    expect(place.stub.count()).toBe(30);
  });

  it("row 60: a reader that closes the pipe early (| head -1) is no crash", async () => {
    place = await openWorkspace({ cases: 40 });
    const { process: child, finished } = place.start(["run"]);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stderr } = await finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(place.summary().exitCode).toBe(0);
    expect(place.stub.count()).toBe(80);
  });

  it("a closed pipe is no crash", async () => {
    place = await openWorkspace({ cases: 40 });
    const { process: child, finished } = place.start(["run"]);
    child.stdout?.destroy();
    const { code, stderr } = await finished;
    expect(code).toBe(0);
    expect(stderr).not.toContain("EPIPE");
  });
});
