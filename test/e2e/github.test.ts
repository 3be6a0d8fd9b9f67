/** On GitHub Actions: what the runner reads of a run, what a pull request without a key is told, and what a cancel leaves. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { stepEnv } from "../github-step.ts";
import { PLANTED_KEY } from "../planted-key.ts";
import { repository } from "../repository.ts";
import { echo, openWorkspace, suiteText } from "./workspace.ts";

describe("on GitHub Actions", () => {
  it("tells summary, outputs and annotations of a gate that fails, and writes what other CIs read", async () => {
    const workspace = await openWorkspace({
      suite: suiteText({ requirement: "{ quality: { atLeast: 0.99 } }" }),
      stub: { reply: ({ messages }) => (/[37]$/.test(echo(messages)) ? "@everyone\n::add-mask::x" : echo(messages)) },
      cases: 60,
    });
    try {
      const env = stepEnv(workspace.folder);
      const { code, stdout, stderr } = await workspace.run(["run", "--event", "pull_request"], { env });
      expect(code).toBe(1);
      expect(workspace.read("output.txt")).toMatch(
        /^result=stopped\nexit-code=\nverdict=\ncost-usd=\nreport=\nresult=fail\nexit-code=1\nverdict=words=REJECTED\ncost-usd=0\.\d{4}\nreport=reports\/.+\n$/,
      );
      const summary = workspace.read("summary.md");
      expect(summary).toMatch(/^### gapcheck: exit code 1: gate failed, words: verdict\n/);
      expect(summary).not.toMatch(/(^|\s)@everyone/);
      const commands = `${stdout}\n${stderr}`.split("\n").filter((line) => /^\s*::/.test(line));
      expect(commands.length).toBeGreaterThan(0);
      for (const line of commands)
        expect(line).toMatch(/^::(error|warning) file=evals\/words\.eval\.ts,line=\d+,title=words/);
      const [, line] = /file=evals\/words\.eval\.ts,line=(\d+),title=words%3A quality/.exec(stderr) ?? [];
      expect(workspace.read("evals/words.eval.ts").split("\n")[Number(line) - 1]).toContain("quality");
      const run = workspace.summary().run.id;
      expect(workspace.read(`reports/${run}/junit.xml`)).toContain('<failure type="fail"');
      expect(JSON.parse(workspace.read(`reports/${run}/ctrf.json`)).results.summary.failed).toBeGreaterThan(0);
      // What ends the run before any call is told there too.
      workspace.write("reports/baseline.json", "{}");
      expect((await workspace.run(["run", "--ci"], { env })).code).toBe(2);
      expect(workspace.read("output.txt")).toMatch(/\nresult=usage\nexit-code=2\nverdict=\ncost-usd=\nreport=\n$/);
      expect(workspace.read("summary.md")).toMatch(
        /### gapcheck: exit code 2.*\n\n```text\n.*baseline\.json.*\n(?:.*\n)*```\n$/,
      );
    } finally {
      await workspace.close();
    }
  });

  it("tells a pull request without a key what was not measured: red, or green where a merge queue measures it", async () => {
    const workspace = await openWorkspace({});
    try {
      const env = { STUB_KEY: "", GITHUB_REF: "refs/pull/12/merge" };
      const alone = await workspace.run(["run", "--event", "pull_request"], { env });
      expect(alone.code).toBe(5);
      expect(alone.stdout).toContain("NOT MEASURED: 80 calls, at most $");
      expect(alone.stdout).toContain("a maintainer reads the code first");
      expect(alone.stdout).toContain("git push origin HEAD:refs/heads/measure-12 && gh pr create --head measure-12");
      const step = { ...env, ...stepEnv(workspace.folder) };
      const queued = await workspace.run(["run", "--event", "pull_request", "--merge-queue"], { env: step });
      expect(queued.code).toBe(0);
      expect(queued.stdout).not.toContain("exit code 0: pass");
      expect(workspace.read("output.txt")).toMatch(/\nresult=not-measured\nexit-code=0\n/);
      expect(workspace.read("summary.md")).toMatch(/^### gapcheck: exit code 0: not measured/);
      expect(queued.stdout).toContain("will be measured in the merge queue");
      const queue = await workspace.run(["run", "--event", "merge_group", "--merge-queue"], { env });
      expect(queue.code).toBe(5);
      expect(workspace.stub.count()).toBe(0);
      // With every answer in the ledger, the same pull request is decided as any other.
      expect((await workspace.run(["run"])).code).toBe(0);
      const cached = await workspace.run(["run", "--event", "pull_request"], { env });
      expect(cached.code).toBe(0);
      expect(cached.stdout).not.toContain("NOT MEASURED");
    } finally {
      await workspace.close();
    }
  });

  it("ends within the runner's 7.5 s of a cancel and keeps what was paid", async () => {
    // The first twenty come at once, the others never.
    const workspace = await openWorkspace({
      stub: { misbehave: (n) => (n > 20 ? { kind: "hang", where: "headers" } : undefined) },
    });
    try {
      // As the runner does: the signal goes to the step's own process, a shell that gave way to the command.
      const start = join(repository, "src/start.js");
      const step = spawn("bash", ["-e", "-c", `exec "${process.execPath}" "${start}" run --event pull_request`], {
        cwd: workspace.folder,
        env: { PATH: process.env.PATH ?? "", STUB_OPENAI: workspace.stub.openaiBase, STUB_KEY: PLANTED_KEY },
        stdio: "ignore",
      });
      const ended = new Promise<number | null>((resolve) => step.on("exit", (code) => resolve(code)));
      while (workspace.stub.count() < 25) await wait(20);
      await wait(300);
      step.kill("SIGINT");
      const late = wait(7_500, "still running", { ref: false });
      expect(await Promise.race([ended, late])).toBe(130);
      expect(workspace.summary().run.counts.answered).toBe(20);
      expect(readFileSync(join(workspace.folder, ".gapcheck/ledger.sqlite")).length).toBeGreaterThan(0);
    } finally {
      await workspace.close();
    }
  });
});
