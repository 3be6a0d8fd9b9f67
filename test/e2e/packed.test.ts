/** The package as it would be published, in a project of its own: init, eval, gate, and the criteria as tests of Vitest. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repository } from "../repository.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "gapcheck-packed-")));
/** Empty at first. */
const folder = join(root, "meine Prüfungen 评测");
mkdirSync(folder);
// No key of the caller's: a new user has none.
const { OPENAI_API_KEY: _openai, ANTHROPIC_API_KEY: _anthropic, ...callers } = process.env;
const env = {
  ...callers,
  NO_COLOR: "1",
  COLUMNS: "80",
  PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
  ...{ npm_config_prefer_offline: "true", npm_config_audit: "false", npm_config_fund: "false" },
};

/** npx keeps what it was given under a name made of that: here of a folder that nobody has again. */
function forgetNpx(tarball: string): void {
  const kept = join(run("npm", ["config", "get", "cache"]).output.trim(), "_npx");
  for (const home of existsSync(kept) ? readdirSync(kept) : []) {
    const file = join(kept, home, "package.json");
    if (existsSync(file) && readFileSync(file, "utf8").includes(tarball)) rmSync(join(kept, home), { recursive: true });
  }
}

function run(command: string, args: readonly string[], cwd = folder, more: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...env, ...more } });
  return { status, output: `${stdout}${stderr}` };
}

describe("the packed package", { timeout: 180_000 }, () => {
  let tarball = "";
  beforeAll(() => {
    const packed = run("npm", ["pack", "--silent", "--pack-destination", root], repository);
    expect(packed.status, packed.output).toBe(0);
    tarball = readdirSync(root).find((name) => name.endsWith(".tgz")) ?? "";
  }, 180_000);
  afterAll(() => {
    forgetNpx(join(basename(root), tarball));
    rmSync(root, { recursive: true, force: true });
  });

  it("goes from an empty folder to a verdict by npx gapcheck init && npm run eval", () => {
    const line = `npx --yes --package "$TARBALL" gapcheck init && npm run eval`;
    const { status, output } = run("sh", ["-c", line], folder, { TARBALL: join(root, tarball) });
    expect(status, output).toBe(0);
    expect(output).toContain("wrote  evals/first-suite.eval.ts");
    expect(output).toContain("written: reports/baseline.json");
    expect(output).toContain("first-suite · EXAMPLE DATA");
    expect(output).toContain("exit code 0: pass");
    // No script of ours runs where it is installed, and npm has none to warn of.
    expect(output).not.toMatch(/npm warn/);
    const { devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(devDependencies).toEqual({ gapcheck: `file:../${tarball}` });
    expect(existsSync(join(folder, "package-lock.json"))).toBe(true);
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
