/** `gapcheck init`: a first suite, its cases, the workflow and the scripts, written into a project. Overwrites nothing. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ConfigError, ExitCode, StorageError, toError } from "../errors.ts";
import { codeOf } from "../report/storage-error.ts";
import { writeWhole } from "../report/write-file.ts";
import { handsOn, ignoring, newFiles, WORKFLOW } from "../scaffold/files.ts";
import { addToManifest, type Manifest } from "../scaffold/package-json.ts";
import { keyOf, type Provider } from "../scaffold/starter-suite.ts";
import { createAsker } from "./ask.ts";
import { packageVersion } from "./version.ts";

export interface InitFlags {
  readonly name?: string;
  readonly provider?: string;
  readonly yes?: boolean;
  /** The second workflow too, which comments on pull requests. */
  readonly comment?: boolean;
}

export interface InitPlace {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes the baseline of a suite whose answers are there already. */
  readonly firstBaseline: (suiteFile: string) => Promise<void>;
}

const PROVIDERS: readonly Provider[] = ["openai", "anthropic", "example"];
const NAME = /^[a-z][a-z0-9-]{0,39}$/;

const wrongName = (name: string) =>
  NAME.test(name)
    ? undefined
    : "A name has lower-case letters, digits and hyphens, begins with a letter, and is at most 40 long.";
const wrongProvider = (provider: string) =>
  PROVIDERS.some((one) => one === provider) ? undefined : `Choose from: ${PROVIDERS.join(", ")}.`;

/** Asks on a terminal (unless `yes`), writes, says what was written and what comes next; returns the exit code. Throws ConfigError and StorageError. */
export async function init(flags: InitFlags, { cwd, env, firstBaseline }: InitPlace): Promise<number> {
  const { name, provider } = await choose(flags, env);
  const files = newFiles({ name, provider, comment: flags.comment === true });
  const [suite] = files;
  if (suite !== undefined && (await textOf(join(cwd, suite.path))) !== undefined) {
    throw new ConfigError("suite-exists", `there is a suite at ${suite.path}`, {
      place: { file: suite.path },
      fix: "Give another name with --name; nothing was written.",
    });
  }
  const manifest = await manifestOf(join(cwd, "package.json"));
  const told: string[] = [];
  for (const { path, text } of files)
    told.push(`${(await writeNew(join(cwd, path), text)) ? "wrote" : "kept "}  ${path}`);
  const mended = await mendManifest(cwd, manifest);
  told.push(...mended.told, ...(await mendIgnored(cwd)));
  process.stdout.write(`${told.join("\n")}\n\n`);
  const lacking = await lackingKey(cwd, keyOf(provider));
  if (lacking.length > 0) process.stdout.write(`${lacking.join("\n")}\n\n`);
  // What needs no call has its baseline at once; the others have theirs when they have answers.
  if (keyOf(provider) === undefined) await firstBaseline(join(cwd, `evals/${name}.eval.ts`));
  process.stdout.write(`${nextSteps(provider, mended.kept).join("\n")}\n`);
  return ExitCode.pass;
}

async function choose(
  flags: InitFlags,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly name: string; readonly provider: Provider }> {
  const likely = PROVIDERS.find((one) => env[keyOf(one) ?? ""]) ?? "example";
  const asks = flags.yes !== true && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const asker = asks ? createAsker(process.stdin, process.stdout) : undefined;
  const answer = async (
    given: string | undefined,
    question: string,
    otherwise: string,
    allowed: (text: string) => string | undefined,
  ) => given ?? (await asker?.ask(question, { otherwise, allowed })) ?? otherwise;
  try {
    const name = checked("--name", await answer(flags.name, "Name of the suite?", "first-suite", wrongName), wrongName);
    const question = `Who answers? ${PROVIDERS.join(", ")} (example needs no key)`;
    const provider = checked(
      "--provider",
      await answer(flags.provider, question, likely, wrongProvider),
      wrongProvider,
    );
    return { name, provider: PROVIDERS.find((one) => one === provider) ?? "example" };
  } finally {
    asker?.close();
  }
}

function checked(flag: string, value: string, wrong: (text: string) => string | undefined): string {
  const fix = wrong(value);
  if (fix === undefined) return value;
  throw new ConfigError("bad-choice", `${flag} cannot be ${JSON.stringify(value)}`, { fix });
}

/** Undefined where there is no such file. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return undefined;
    throw new StorageError(`it cannot be read: ${toError(thrown).message}`, {
      file,
      fix: "Make it readable, or move it away.",
      cause: thrown,
    });
  }
}

/** Writes a file that is not there yet; false where one is. */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === "EEXIST" && (await textOf(file)) !== undefined) return false;
    throw new StorageError(`it cannot be written: ${toError(thrown).message}`, {
      file,
      fix: "Make the folder writable and run this again.",
      cause: thrown,
    });
  }
}

async function manifestOf(file: string): Promise<Manifest | undefined> {
  const text = await textOf(file);
  if (text === undefined) return undefined;
  try {
    const value: Manifest = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below, as any other text that is no manifest.
  }
  throw new ConfigError("bad-manifest", "package.json is not a JSON object", {
    place: { file },
    fix: "Mend it; nothing was written.",
  });
}

async function mendManifest(
  cwd: string,
  before: Manifest | undefined,
): Promise<{ readonly told: readonly string[]; readonly kept: readonly string[] }> {
  const start: Manifest = before ?? { name: "evals", private: true, type: "module" };
  const { manifest, added, kept } = addToManifest(start, packageVersion());
  if (added.length > 0 || before === undefined)
    await writeWhole(join(cwd, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const told = [
    ...(before === undefined
      ? ["wrote  package.json"]
      : added.length > 0
        ? [`added  package.json: ${added.join(", ")}`]
        : []),
    ...(kept.length > 0 ? [`kept   package.json: ${kept.join(", ")} (they run something else)`] : []),
  ];
  return { told, kept };
}

async function mendIgnored(cwd: string): Promise<readonly string[]> {
  const file = join(cwd, ".gitignore");
  const before = await textOf(file);
  const after = ignoring(before ?? "");
  if (after === before) return [];
  await writeWhole(file, after);
  return [before === undefined ? "wrote  .gitignore" : "added  .gitignore"];
}

/** What to write into a workflow that was there before and does not hand on the provider's key: without it every check ends unmeasured. */
async function lackingKey(cwd: string, key: string | undefined): Promise<readonly string[]> {
  if (key === undefined || handsOn((await textOf(join(cwd, WORKFLOW))) ?? "", key)) return [];
  return [
    `warning: ${WORKFLOW} was kept, and it hands on no ${key}:`,
    "  its checks will end with exit code 5, cannot measure.",
    '  fix: the step that runs gapcheck ("Evaluate") needs these two lines:',
    "        env:",
    `          ${key}: \${{ secrets.${key} }}`,
  ];
}

/** `kept`: scripts that run something else than gapcheck, such as `scripts.eval`. */
function nextSteps(provider: Provider, kept: readonly string[]): readonly string[] {
  const key = keyOf(provider);
  const step = (script: string, command: string) =>
    (kept.includes(`scripts.${script}`) ? `npx gapcheck ${command}` : `npm run ${script}`).padEnd(22);
  return [
    "Next:",
    "  npm install           once, where gapcheck is not installed yet",
    `  ${step("plan", "plan")}what it would call and cost, and what it can show`,
    `  ${step("eval", "run")}${key === undefined ? "its answers are made up: no key is needed" : `${key} must be set: it calls the models`}`,
    ...(key === undefined
      ? []
      : [
          "  npx gapcheck baseline --update",
          "                        after the first whole run: what pull requests are held",
          "                        against (reports/baseline.json, to be committed)",
          `  gh secret set ${key}`,
          "                        the key for the checks, as a secret of the repository",
        ]),
    "  git add -A            the workflow in .github gates pull requests: require its",
    '                        job "gate"',
  ];
}
