/** The README is run, not believed: its commands, its suite and its files, its picture of the terminal. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stub, startStub } from "../../src/stub/provider.ts";
import { runCommand } from "../command.ts";
import { refuseKeyIn } from "../planted-key.ts";
import { repository } from "../repository.ts";

const readme = readFileSync(join(repository, "README.md"), "utf8");
const manifest: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(repository, "package.json"), "utf8"),
);

/** Blocks that a line with a file name in backquotes stands before. */
const files = [...readme.matchAll(/^`([^`\n]+)`\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, path = "", text = ""]) => ({
  path,
  text,
}));

/** The file that puts another model in the place of the embedded one. */
const ownModel =
  /let these three lines be `evals\/embedded\/model\.ts`:\n\n```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";

/** A line with its figures and drawn marks taken out. */
function shape(line: string): string {
  return line
    .replace(/[\d.,]+/g, "0")
    .replace(/[├┤─●┊┼○]+/g, "~")
    .replace(/\s+/g, " ")
    .trim();
}

describe("README", () => {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-readme-"));
  let stub: Stub;
  beforeAll(async () => {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    stub = await startStub({ reply: () => "Hello, I understand. It comes within two days. Does that help?" });
  });
  afterAll(async () => {
    await stub.close();
    try {
      refuseKeyIn(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("names only scripts that exist", () => {
    const named = [...readme.matchAll(/npm run (\w[\w:]*)/g)].map(([, script = ""]) => script);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((script) => manifest.scripts[script] === undefined)).toEqual([]);
  });

  it("runs the main job as its first command says, and shows what it prints", { timeout: 840_000 }, () => {
    const { status, stdout } = spawnSync("npm", ["run", "--silent", "eval"], {
      cwd: repository,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", COLUMNS: "80" },
    });
    expect(status).toBe(0);
    for (const suite of ["intent-routing", "support-reply", "order-extraction", "product-facts"]) {
      expect(stdout).toMatch(
        new RegExp(`^${suite} +(KEEP PROMPTING|FINE-TUN(E|ING) (JUSTIFIED|CONFIRMED|REJECTED)|INCONCLUSIVE)$`, "m"),
      );
    }
    const shown = /^```text\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";
    expect(shown.length).toBeGreaterThan(500);
    const said = new Set(stdout.split("\n").map(shape));
    const lines = shown.split("\n");
    // Another processor rounds otherwise, and a figure may differ in its last place: the words and the layout may not.
    const strange = lines.filter((line) => !said.has(shape(line)));
    expect(strange.length, strange.join("\n")).toBeLessThanOrEqual(lines.length / 10);

    const again = spawnSync("npm", ["run", "--silent", "eval"], { cwd: repository, encoding: "utf8" });
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/\b0 sent\b/);
  });

  it("has a suite that plans and runs as it stands", async () => {
    expect(files.map(({ path }) => path)).toContain("evals/complaints.eval.ts");
    const env = { OPENAI_API_KEY: "sk-readme-0123456789abcdef", OPENAI_BASE_URL: stub.openaiBase };
    const plan = await runCommand(["plan"], { cwd: folder, env });
    expect(plan.code).toBe(0);
    // A server of one's own has no price that anybody knows, which a plan says; nothing else is to be mended.
    expect(plan.stderr).toMatch(
      /^warning: evals\/complaints\.eval\.ts: nobody knows what [^\n]* costs[^\n]*\n {2}fix: [^\n]*\n$/,
    );
    expect(stub.count()).toBe(0);
    const run = await runCommand(["run"], { cwd: folder, env });
    expect(run.code).toBe(3);
    expect(run.stdout).toContain("complaints");
    expect(stub.count()).toBeGreaterThan(0);
    const asked = stub.count();
    expect((await runCommand(["run", "--offline"], { cwd: folder, env })).code).toBe(3);
    expect((await runCommand(["gate"], { cwd: folder, env })).code).toBe(3);
    expect(stub.count()).toBe(asked);
  });

  it("has a suite that the compiler takes, and refuses with a wrong variable", { timeout: 120_000 }, () => {
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    // The lines for one's own model are compiled beside it.
    expect(ownModel.trim().split("\n")).toHaveLength(3);
    mkdirSync(join(folder, "evals/embedded"));
    writeFileSync(join(folder, "evals/embedded/model.ts"), ownModel);
    const config = { extends: join(repository, "tsconfig.json"), include: ["evals"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const check = () =>
      spawnSync(join(repository, "node_modules/.bin/tsc"), ["--noEmit", "-p", folder], { encoding: "utf8" });
    expect(check()).toMatchObject({ status: 0, stdout: "" });
    const suite = join(folder, "evals/complaints.eval.ts");
    const text = readFileSync(suite, "utf8");
    writeFileSync(suite, text.replace('user: "{{message}}" } }', 'user: "{{mesage}}" } }'));
    const { status, stdout } = check();
    expect(status).not.toBe(0);
    expect(stdout).toContain("mesage");
  });

  it("lists the options that the commands have", async () => {
    // What npm and the scripts of llama.cpp are told is theirs.
    const ours = readme.replace(/(npm (install|ci)|convert_\w+\.py)[^`\n]*/g, "");
    const options = new Set([...ours.matchAll(/(?<=[`, ])--[a-z][a-z-]+/g)].map(([option]) => option));
    expect(options.size).toBeGreaterThan(5);
    const all = await runCommand(["help"], { cwd: folder });
    const commands = [...all.stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = ""]) => name);
    const named = commands.filter((name) => new RegExp(`gapcheck (?:-- )?${name}\\b`).test(ours));
    const help = await Promise.all(["run", ...named].map((name) => runCommand(["help", name], { cwd: folder })));
    const known = new Set(help.flatMap(({ stdout }) => stdout.match(/--[a-z][a-z-]+/g) ?? []));
    expect([...options].filter((option) => !known.has(option))).toEqual([]);
  });
});
