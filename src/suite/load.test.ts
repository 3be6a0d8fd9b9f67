/** Real imports in a child process: a test runner's own module loader would hide what Node's does. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findSuiteFiles } from "./load.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-load-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(folder, "case-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

interface Loaded {
  readonly suites?: readonly { readonly name: string; readonly file: string }[];
  readonly errors?: readonly {
    readonly code: string;
    readonly at: string;
    readonly message: string;
    readonly fix: string;
  }[];
}

/** What `loadSuites` gives for all suites of a folder; places are told as `file:line`. */
function load(root: string): Loaded {
  const script = `
    import { findSuiteFiles, loadSuites } from ${JSON.stringify(fileURLToPath(new URL("load.ts", import.meta.url)))};
    const at = ({ file = "", line = "", path = "" }) => [file.slice(${root.length + 1}), line, path].join(":");
    try {
      const suites = await loadSuites(await findSuiteFiles(process.cwd(), ["."]));
      console.log(JSON.stringify({ suites: suites.map(({ name, file }) => ({ name, file: file.slice(${root.length + 1}) })) }));
    } catch (thrown) {
      if (thrown.errors === undefined) throw thrown;
      console.log(JSON.stringify({ errors: thrown.errors.map(({ code, message, fix, place }) => ({ code, message, fix, at: at(place) })) }));
    }`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Loaded;
}

const suite = (name: string, targets = "[target]") => `
import { defineSuite, jsonl, promptOnly } from "gapcheck";
const model = { id: "m", complete: async () => ({ kind: "answer", text: "x", finish: "stop" }) };
const target = promptOnly("plain", { model, prompt: { user: "{{message}}" } });
export default defineSuite({ name: "${name}", scenario: "format", cases: jsonl("x.jsonl"), targets: ${targets},
  graders: [function isX({ text }) { return text === "x"; }] });
`;

describe("findSuiteFiles", () => {
  it("finds suites below evals, sorted, but not in node_modules", async () => {
    const root = write({
      "evals/b.eval.ts": "",
      "evals/deep/a.eval.mjs": "",
      "evals/c.eval.js": "",
      "evals/node_modules/x/d.eval.ts": "",
      "evals/helper.ts": "",
      "other/e.eval.ts": "",
    });
    const names = (found: readonly string[]) => found.map((path) => path.slice(root.length + 1));
    expect(names(await findSuiteFiles(root))).toEqual(["evals/b.eval.ts", "evals/c.eval.js", "evals/deep/a.eval.mjs"]);
    expect(names(await findSuiteFiles(root, ["other", "other/e.eval.ts", "evals/*.js"]))).toEqual([
      "evals/c.eval.js",
      "other/e.eval.ts",
    ]);
    expect(names(await findSuiteFiles(root, ["evals/helper.ts"]))).toEqual(["evals/helper.ts"]);
  });

  it("tells a pattern that matches nothing", async () => {
    const root = write({ "evals/b.eval.ts": "" });
    await expect(findSuiteFiles(root, ["evals", "nope/*.ts"])).rejects.toMatchObject({
      code: "no-suite",
      message: expect.stringContaining("nope/*.ts"),
    });
    await expect(findSuiteFiles(join(root, "nowhere"))).rejects.toMatchObject({ code: "no-suite" });
  });
});

describe("loadSuites", () => {
  it("imports TypeScript, JavaScript, lists, and ESM in a CommonJS package, with one instance of gapcheck", () => {
    const root = write({
      "package.json": '{"type":"commonjs"}',
      "a.eval.ts": `const n: number = 1;${suite("a")}`,
      "b.eval.js": suite("b"),
      "c.eval.mjs": `${suite("c1").replace("export default ", "const c1 = ")}\nexport default [c1, { ...c1 }].slice(0, 1);`,
    });
    expect(load(root)).toEqual({
      suites: [
        { name: "a", file: "a.eval.ts" },
        { name: "b", file: "b.eval.js" },
        { name: "c1", file: "c.eval.mjs" },
      ],
    });
  });

  it("tells what cannot be imported, with file and line, of all files together", () => {
    const root = write({
      "a-missing.eval.ts": 'const before = 1;\nimport { x } from "./nope.ts";\nexport default x;',
      "b-package.eval.ts": '\n\nimport { x } from "no-such-package";\nexport default x;',
      "c-type.eval.ts": "export default 1;\nconst x: = 3;",
      "d-script.eval.mjs": 'export default 1;\n\nconst x = "abc;\n',
      "e-enum.eval.ts": "export default 1;\nenum A { x }",
      "f-throws.eval.ts": 'function f() {\n  throw new Error("boom");\n}\nf();\nexport default 1;',
      "g-helper.eval.ts": 'import "./helper.ts";\nexport default 1;',
      "helper.ts": "const fine = 1;\nconst y: = 2;",
      "h-none.eval.ts": "export const suite = 1;",
      "i-other.eval.ts": 'export default { name: "x" };',
      "j-empty.eval.ts": "export default [];",
    });
    const { errors = [] } = load(root);
    expect(errors.map(({ code, at }) => `${code} ${at}`)).toEqual([
      "suite-import a-missing.eval.ts:2:",
      "suite-import b-package.eval.ts:3:",
      "suite-syntax c-type.eval.ts:2:",
      "suite-syntax d-script.eval.mjs:3:",
      "suite-syntax e-enum.eval.ts:2:",
      "suite-threw f-throws.eval.ts:2:",
      "suite-syntax helper.ts:2:",
      "not-a-suite h-none.eval.ts::",
      "not-a-suite i-other.eval.ts::",
      "not-a-suite j-empty.eval.ts::",
    ]);
    expect(errors[4]?.fix).toMatch(/without enums/);
    expect(errors[5]?.message).toMatch(/boom/);
    expect(errors.slice(7).map(({ message }) => message)).toEqual([
      "the file has no default export",
      "the default export was not made by defineSuite",
      "the default export is an empty list",
    ]);
  });

  it("adds file and line to the mistakes that defineSuite found", () => {
    const targets =
      '[\n  target,\n  promptOnly("second", { model,\n    prompt: { user: "{{" } }),\n  promptOnly("third", { model, prompt: { user: "x" },\n    parameters: { topP: 2 } }),\n  target,\n]';
    const { errors = [] } = load(write({ "s.eval.ts": suite("s", targets) }));
    expect(errors.map(({ code, at }) => `${code} ${at}`)).toEqual([
      "bad-value s.eval.ts:10:targets[2].parameters.topP",
      "duplicate-name s.eval.ts:4:targets[3].name",
      "bad-template s.eval.ts:8:targets[1].prompt.user",
    ]);
  });

  it("tells two suites with one name", () => {
    const { errors = [] } = load(write({ "a.eval.ts": suite("same"), "b.eval.ts": `\n\n${suite("Same")}` }));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: "duplicate-suite", at: "b.eval.ts:7:name" });
    expect(errors[0]?.message).toMatch(/"Same" is taken in .*a\.eval\.ts as "same"/);
  });
});
