/** `gapcheck init`: a first suite, its cases, the workflow and the scripts, written into a project, and gapcheck installed there. Overwrites nothing. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ConfigError, ExitCode, StorageError, toError } from "../errors.ts";
import { codeOf } from "../report/storage-error.ts";
import { writeWhole } from "../report/write-file.ts";
import { handsOn, ignoring, newFiles, WORKFLOW } from "../scaffold/files.ts";
import { addToManifest, type Manifest } from "../scaffold/package-json.ts";
import { keyOf, type Provider } from "../scaffold/starter-suite.ts";
import { createAsker, isYes, wrongYesOrNo } from "./ask.ts";
import { canInstall, installed, type Means, type MeansPlace, meansOf } from "./init-means.ts";
import { nextSteps } from "./init-next.ts";
import type { OwnSource } from "./own-package.ts";
import { packageVersion } from "./version.ts";

export interface InitFlags {
  readonly name?: string;
  readonly provider?: string;
  readonly yes?: boolean;
  /** The second workflow too, which comments on pull requests. */
  readonly comment?: boolean;
  /** False: gapcheck is not installed, whether it is there or not. */
  readonly install?: boolean;
}

export interface InitPlace extends MeansPlace {
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

/** Asks on a terminal (unless `yes`), writes, installs, says what was written and what comes next; returns the exit code. Throws ConfigError and StorageError. */
export async function init(flags: InitFlags, place: InitPlace): Promise<number> {
  const { cwd, env, firstBaseline } = place;
  const manifest = await manifestOf(join(cwd, "package.json"));
  const means = await meansOf(manifest, place);
  const { name, provider, install } = await choose(flags, env, means);
  const files = newFiles({ name, provider, comment: flags.comment === true });
  const [suite] = files;
  if (suite !== undefined && (await textOf(join(cwd, suite.path))) !== undefined) {
    throw new ConfigError("suite-exists", `there is a suite at ${suite.path}`, {
      place: { file: suite.path },
      fix: "Give another name with --name; nothing was written.",
    });
  }
  const told: string[] = [];
  for (const { path, text } of files)
    told.push(`${(await writeNew(join(cwd, path), text)) ? "wrote" : "kept "}  ${path}`);
  const mended = await mendManifest(cwd, manifest, means.source);
  told.push(...mended.told, ...(await mendIgnored(cwd)));
  process.stdout.write(`${told.join("\n")}\n\n`);
  const lacking = await lackingKey(cwd, keyOf(provider));
  if (lacking.length > 0) process.stdout.write(`${lacking.join("\n")}\n\n`);
  // What needs no call has its baseline at once; the others have theirs when they have answers.
  if (keyOf(provider) === undefined) await firstBaseline(join(cwd, `evals/${name}.eval.ts`));
  if (install) await installed(place, means);
  process.stdout.write(`${nextSteps(provider, { kept: mended.kept, means, installed: install }).join("\n")}\n`);
  return ExitCode.pass;
}

const INSTALL = "Install gapcheck into this folder too, by npm install? yes, no";

async function choose(
  flags: InitFlags,
  env: NodeJS.ProcessEnv,
  means: Means,
): Promise<{ readonly name: string; readonly provider: Provider; readonly install: boolean }> {
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
    const wanted = flags.install !== false && canInstall(means);
    const install = wanted && isYes(await answer(undefined, INSTALL, "yes", wrongYesOrNo));
    return { name, provider: PROVIDERS.find((one) => one === provider) ?? "example", install };
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

async function mendManifest(
  cwd: string,
  before: Manifest | undefined,
  source: OwnSource,
): Promise<{ readonly told: readonly string[]; readonly kept: readonly string[] }> {
  const start: Manifest = before ?? { name: "evals", private: true, type: "module" };
  const { manifest, added, kept } = addToManifest(
    start,
    source.kind === "checkout" ? `^${packageVersion()}` : source.spec,
  );
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
