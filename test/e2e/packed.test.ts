/** The package as it would be published, in a project of its own: init, eval, gate, and the criteria as tests of Vitest. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repository } from "../repository.ts";

const folder = mkdtempSync(join(tmpdir(), "gapcheck-packed-"));
// No key of the caller's: a new user has none.
const { OPENAI_API_KEY: _openai, ANTHROPIC_API_KEY: _anthropic, ...callers } = process.env;
const env = {
  ...callers,
  NO_COLOR: "1",
  COLUMNS: "80",
  PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
};

function run(command: string, args: readonly string[], cwd = folder, more: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...env, ...more } });
  return { status, output: `${stdout}${stderr}` };
}

describe("the packed package", { timeout: 180_000 }, () => {
  beforeAll(() => {
    const packed = run("npm", ["pack", "--silent", "--pack-destination", folder], repository);
    expect(packed.status, packed.output).toBe(0);
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    const installed = run("npm", [
      "install",
      "--no-audit",
      "--no-fund",
      "--prefer-offline",
      "--save-dev",
      `./${tarball}`,
    ]);
    expect(installed.status, installed.output).toBe(0);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("goes from an empty folder to a verdict by npx gapcheck init and npm run eval", () => {
    const init = run("npx", ["gapcheck", "init", "--yes"]);
    expect(init.status, init.output).toBe(0);
    expect(init.output).toContain("wrote  evals/first-suite.eval.ts");
    expect(init.output).toContain("written: reports/baseline.json");
    const evaluated = run("npm", ["run", "--silent", "eval"]);
    expect(evaluated.status, evaluated.output).toBe(0);
    expect(evaluated.output).toContain("first-suite · EXAMPLE DATA");
    expect(evaluated.output).toContain("exit code 0: pass");
    expect(run("npm", ["run", "--silent", "gate"]).status).toBe(0);
  });

  it("runs as the workflow runs it", () => {
    const [, step = ""] =
      /run: (exec node .* run .*)/.exec(readFileSync(join(folder, ".github/workflows/eval.yml"), "utf8")) ?? [];
    const { status, output } = run("bash", ["-e", "-c", step], folder, { EVENT: "pull_request" });
    expect(status, output).toBe(0);
  });

  it("is typed: the suite that init writes passes the compiler", () => {
    const options = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2024",
      "--skipLibCheck",
      "--ignoreConfig",
    ];
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const checked = run(process.execPath, [tsc, ...options, "evals/first-suite.eval.ts"]);
    expect(checked.output).toBe("");
    expect(checked.status).toBe(0);
    const wrong = readFileSync(join(folder, "evals/first-suite.eval.ts"), "utf8").replaceAll(
      "{{message}}",
      "{{mesage}}",
    );
    writeFileSync(join(folder, "evals/wrong.ts"), wrong);
    expect(run(process.execPath, [tsc, ...options, "evals/wrong.ts"]).output).toContain("mesage");
  });

  it("shows the gate's criteria as tests of Vitest, with -t, JUnit and shards, and calls nothing", () => {
    symlinkSync(join(repository, "node_modules/vitest"), join(folder, "node_modules/vitest"));
    writeFileSync(
      join(folder, "vitest.config.ts"),
      'import { evals } from "gapcheck/vitest";\nimport { defineConfig } from "vitest/config";\nexport default defineConfig({ test: { projects: [evals()] } });\n',
    );
    const vitest = (...args: string[]) =>
      run(process.execPath, [join(repository, "node_modules/vitest/vitest.mjs"), "run", ...args]);
    const all = vitest("--reporter=junit", "--reporter=default", "--outputFile.junit=vitest-junit.xml");
    expect(all.status, all.output).toBe(0);
    expect(readFileSync(join(folder, "vitest-junit.xml"), "utf8")).toContain(
      'name="first-suite &gt; quality, at least 80 %"',
    );
    expect(vitest("-t", "verdict").output).toMatch(/Tests +1 passed \| 4 skipped/);
    // A stricter requirement fails, at the line that asks for it.
    const suite = join(folder, "evals/first-suite.eval.ts");
    const before = readFileSync(suite, "utf8");
    writeFileSync(suite, before.replace("atLeast: 0.8", "atLeast: 0.999"));
    const failed = vitest();
    const line = before.split("\n").findIndex((text) => text.includes("quality")) + 1;
    expect(failed.status).toBe(1);
    expect(failed.output).toContain("FAIL");
    expect(failed.output).toContain(`evals/first-suite.eval.ts:${line}:`);
    writeFileSync(suite, before);
    // Two suites in two shards, merged.
    expect(run("npx", ["gapcheck", "init", "--yes", "--name", "second-suite"]).status).toBe(0);
    for (const shard of ["1/2", "2/2"]) expect(vitest("--reporter=blob", `--shard=${shard}`).status).toBe(0);
    const merged = vitest("--merge-reports");
    expect(merged.status, merged.output).toBe(0);
    expect(merged.output).toMatch(/Test Files +2 passed/);
  });
});
