import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { init } from "./init.ts";

const checkout = "/checkout";
const place = (cwd: string, env: NodeJS.ProcessEnv = {}, firstBaseline = async () => {}) => ({
  cwd,
  env,
  firstBaseline,
  own: checkout,
  npmInstall: async (): Promise<number> => {
    throw new Error("nothing is to be installed");
  },
});

describe("gapcheck init", () => {
  const folders: string[] = [];
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), "gapcheck-init-"));
    folders.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
    vi.restoreAllMocks();
  });
  const quiet = () => vi.spyOn(process.stdout, "write").mockReturnValue(true);

  it("keeps every file that is there, and refuses to touch a suite of the same name", async () => {
    quiet();
    const cwd = folder();
    writeFileSync(join(cwd, ".gitignore"), "secret.txt\n");
    expect(await init({ yes: true }, place(cwd, {}))).toBe(0);
    expect(readFileSync(join(cwd, ".gitignore"), "utf8")).toMatch(/^secret\.txt\nnode_modules\/\n/);
    const before = readFileSync(join(cwd, ".github/workflows/eval.yml"), "utf8");
    await expect(init({ yes: true }, place(cwd, {}))).rejects.toMatchObject({ code: "suite-exists" });
    expect(await init({ yes: true, name: "second", provider: "openai" }, place(cwd, {}))).toBe(0);
    expect(readFileSync(join(cwd, ".github/workflows/eval.yml"), "utf8")).toBe(before);
  });

  it("says which two lines a workflow lacks that was there and hands on no key, and how the first baseline comes about", async () => {
    const said = quiet();
    const text = () => said.mock.calls.map(([part]) => String(part)).join("");
    const cwd = folder();
    await init({ yes: true }, place(cwd));
    expect(text()).not.toContain("warning");
    expect(text()).not.toContain("baseline --update");
    const workflow = join(cwd, ".github/workflows/eval.yml");
    const whole = readFileSync(workflow, "utf8");
    await init({ yes: true, name: "second", provider: "openai" }, place(cwd));
    expect(text()).not.toContain("warning");
    expect(text()).toContain("npx gapcheck baseline --update");
    expect(text()).toContain("gh secret set OPENAI_API_KEY");
    writeFileSync(workflow, whole.replace(/^( +)(OPENAI_API_KEY: .*)$/m, "$1# $2"));
    await init({ yes: true, name: "third", provider: "openai" }, place(cwd));
    expect(text()).toMatch(
      /warning: .*eval\.yml was kept.*OPENAI_API_KEY:\n(?:.*\n)* {8}env:\n {10}OPENAI_API_KEY: \$\{\{ secrets\.OPENAI_API_KEY \}\}\n/,
    );
    for (const line of text().split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("has a baseline written for answers that are there, and for no others", async () => {
    quiet();
    const written = vi.fn(async () => {});
    const cwd = folder();
    await init({ yes: true, provider: "openai" }, place(cwd, {}, written));
    expect(written).not.toHaveBeenCalled();
    await init({ yes: true, name: "second" }, place(cwd, {}, written));
    expect(written).toHaveBeenCalledWith(join(cwd, "evals/second.eval.ts"));
  });

  describe("where gapcheck is not installed", () => {
    /** As npx lays it out for a file that it was given. */
    const npx = (given: string) => {
      const home = join(folder(), "_npx/0a1b");
      mkdirSync(join(home, "node_modules/gapcheck"), { recursive: true });
      writeFileSync(join(home, "package.json"), JSON.stringify({ dependencies: { gapcheck: given } }));
      return { home, own: join(home, "node_modules/gapcheck") };
    };
    const dependency = (cwd: string) =>
      JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")).devDependencies.gapcheck;

    it.each(["plain", "with a space", "评测 für µ"])("installs what npx was given, in a folder %s", async (name) => {
      const said = quiet();
      const cwd = join(folder(), name);
      mkdirSync(cwd);
      const { home, own } = npx("file:../../gap check.tgz");
      const npmInstall = vi.fn(async () => 0);
      expect(await init({ yes: true }, { ...place(cwd), own, npmInstall })).toBe(0);
      expect(npmInstall).toHaveBeenCalledOnce();
      const [, path = ""] = /^file:(.*)$/.exec(dependency(cwd)) ?? [];
      expect(resolve(cwd, path)).toBe(resolve(home, "../../gap check.tgz"));
      const text = said.mock.calls.map(([part]) => String(part)).join("");
      expect(text).toContain("npm install: gapcheck is not in this folder yet");
      expect(text).not.toMatch(/^ {2}npm install/m);
      expect(text.replace(/\s+/g, " ")).toContain("checks on GitHub need a version of the registry there");
    });

    it.each([
      ["^0.1.0", /^\^\d+\.\d+\.\d+$/],
      ["latest", /^\^\d+\.\d+\.\d+$/],
      ["https://example.com/gapcheck.tgz", /^https:\/\/example\.com\/gapcheck\.tgz$/],
    ])("takes what npx has by %s", async (given, spec) => {
      quiet();
      const cwd = folder();
      await init({ yes: true }, { ...place(cwd), own: npx(given).own, npmInstall: async () => 0 });
      expect(dependency(cwd)).toMatch(spec);
    });

    it("leaves it out by --no-install, where it is there, and of a checkout", async () => {
      const said = quiet();
      const cwd = folder();
      const { own } = npx("file:../../gapcheck.tgz");
      await init({ yes: true, install: false }, { ...place(cwd), own });
      expect(said.mock.calls.join("")).toMatch(/^ {2}npm install {11}once: gapcheck is not in this folder yet$/m);
      mkdirSync(join(cwd, "node_modules/gapcheck"), { recursive: true });
      writeFileSync(join(cwd, "node_modules/gapcheck/package.json"), "{}");
      await init({ yes: true, name: "second" }, { ...place(cwd), own });
      await init({ yes: true }, place(folder()));
    });

    it("says what to do where npm fails, and keeps what was written", async () => {
      quiet();
      const cwd = folder();
      const failing = { ...place(cwd), own: npx("^0.1.0").own, npmInstall: async () => 7 };
      await expect(init({ yes: true }, failing)).rejects.toMatchObject({
        name: "StorageError",
        message: "npm install ended with exit code 7: gapcheck is not installed here",
        fix: expect.stringContaining("npm install, and npm run eval"),
      });
      expect(readFileSync(join(cwd, "evals/first-suite.eval.ts"), "utf8")).toContain("defineSuite");
    });

    it.each([
      ["pnpm-lock.yaml", "pnpm"],
      ["yarn.lock", "yarn"],
      ["bun.lock", "bun"],
    ])("names the manager whose %s lies there, and runs none", async (lock, manager) => {
      const said = quiet();
      const cwd = folder();
      writeFileSync(join(cwd, lock), "");
      await init({ yes: true, provider: "openai" }, { ...place(cwd), own: npx("^0.1.0").own });
      const text = said.mock.calls.map(([part]) => String(part)).join("");
      for (const line of [`${manager} install `, `${manager} run plan `, `${manager} run eval `]) {
        expect(text).toContain(`\n  ${line}`);
      }
      expect(text).toContain(`installs by npm ci: put ${manager} in its place`);
      expect(text).not.toMatch(/^ {2}np[mx] /m);
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    });
  });

  it("names no script that runs something else", async () => {
    const said = quiet();
    const cwd = folder();
    writeFileSync(join(cwd, "package.json"), JSON.stringify({ scripts: { eval: "node eval.js" } }));
    await init({ yes: true }, place(cwd));
    const text = said.mock.calls.map(([part]) => String(part)).join("");
    expect(text).toContain("kept   package.json: scripts.eval");
    expect(text).not.toContain("npm run eval");
    expect(text).toMatch(/^ {2}npx gapcheck run {6}its answers are made up/m);
    expect(text).toContain("  npm run plan          what it would call");
  });

  it.each([
    ["npm", "npx gapcheck"],
    ["pnpm", "pnpm exec gapcheck"],
    ["yarn", "yarn run gapcheck"],
    ["bun", "bunx gapcheck"],
  ])("keeps what %s is told apart from what for, where the scripts run something else", async (manager, own) => {
    const cwd = folder();
    const scripts = { eval: "node eval.js", plan: "node plan.js" };
    const said = quiet();
    for (const [at, provider] of ["example", "openai", "anthropic"].entries()) {
      writeFileSync(join(cwd, "package.json"), JSON.stringify({ scripts, packageManager: `${manager}@1.0.0` }));
      await init({ yes: true, name: `suite-${at}`, provider }, place(cwd));
    }
    const text = said.mock.calls.map(([part]) => String(part)).join("");
    expect(text.match(new RegExp(`^  ${own} plan {2,}what it would call`, "gm"))).toHaveLength(3);
    expect(text).toMatch(new RegExp(`^  ${own} run {2,}its answers are made up`, "m"));
    expect(text).toMatch(new RegExp(`^  ${own} run {2,}OPENAI_API_KEY must be set`, "m"));
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("takes the provider whose key is there", async () => {
    quiet();
    const cwd = folder();
    await init({ yes: true }, place(cwd, { ANTHROPIC_API_KEY: "sk-ant-test" }));
    const suite = readFileSync(join(cwd, "evals/first-suite.eval.ts"), "utf8");
    expect(suite).toContain('anthropic("claude');
    expect(suite).not.toContain("sk-ant-test");
  });

  it.each([
    [{ name: "../evil" }, "bad-choice"],
    [{ name: "Ünlaut" }, "bad-choice"],
    [{ provider: "opnai" }, "bad-choice"],
  ])("refuses %o and writes nothing", async (flags, code) => {
    const cwd = folder();
    await expect(init({ yes: true, ...flags }, place(cwd, {}))).rejects.toMatchObject({ code });
    expect(() => readFileSync(join(cwd, "package.json"))).toThrow();
  });

  it("leaves a package.json that is none, and says so before anything is written", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "package.json"), "{ oops");
    await expect(init({ yes: true }, place(cwd, {}))).rejects.toMatchObject({ code: "bad-manifest" });
    expect(readFileSync(join(cwd, "package.json"), "utf8")).toBe("{ oops");
    expect(() => readFileSync(join(cwd, ".gitignore"))).toThrow();
  });
});
