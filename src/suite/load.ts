/** Finds suite files and loads their suites, all mistakes of all files together. */
import { readFileSync } from "node:fs";
import { glob, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { ConfigError, ConfigErrors } from "../errors.ts";
import { isSuite } from "./define.ts";
import { importSuite } from "./import-suite.ts";
import type { LoadedSuite } from "./suite.ts";

const SUITES = "*.eval.{ts,js,mjs}";
const DEFAULT_PATTERNS = [`evals/**/${SUITES}`];

/**
 * Absolute paths of suite files, sorted, each once.
 *
 * @param cwd absolute folder that patterns start from.
 * @param patterns files, folders (searched to the bottom) or globs; default every `*.eval.ts`, `.js` and `.mjs` below `evals/`.
 *
 * Throws ConfigError for a pattern that matches nothing.
 */
export async function findSuiteFiles(
  cwd: string,
  patterns: readonly string[] = DEFAULT_PATTERNS,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const matches = await match(cwd, pattern);
    if (matches.length === 0) throw noSuite(cwd, pattern, patterns === DEFAULT_PATTERNS);
    for (const path of matches) found.add(path);
  }
  return [...found].sort();
}

/**
 * Imports suite files and returns their suites, in the order of the files. A file's default export is a suite or a list of them.
 *
 * Throws ConfigErrors with the mistakes of all files: a file that cannot be imported, one whose default export was not made by
 * `defineSuite`, two suites with one name.
 *
 * @param files absolute paths, as `findSuiteFiles` gives them.
 */
export async function loadSuites(files: readonly string[]): Promise<readonly LoadedSuite[]> {
  const mistakes: ConfigError[] = [];
  const suites: LoadedSuite[] = [];
  for (const file of files) {
    try {
      for (const suite of await suitesOf(file)) suites.push(suite);
    } catch (thrown) {
      if (!(thrown instanceof ConfigErrors)) throw thrown;
      mistakes.push(...thrown.errors);
    }
  }
  mistakes.push(...sameNames(suites));
  if (mistakes.length > 0) throw new ConfigErrors(mistakes);
  return suites;
}

async function suitesOf(file: string): Promise<readonly LoadedSuite[]> {
  const exported = (await importSuite(file)).default;
  const list: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  const suites = list.filter(isSuite);
  if (suites.length === list.length && suites.length > 0) return suites.map((suite) => ({ ...suite, file }));
  const message =
    exported === undefined
      ? "the file has no default export"
      : list.length === 0
        ? "the default export is an empty list"
        : "the default export was not made by defineSuite";
  const fix = "Write: export default defineSuite({ … }).";
  throw new ConfigErrors([new ConfigError("not-a-suite", message, { place: { file }, fix })]);
}

function sameNames(suites: readonly LoadedSuite[]): readonly ConfigError[] {
  const seen = new Map<string, LoadedSuite>();
  const mistakes: ConfigError[] = [];
  for (const suite of suites) {
    const folded = suite.name.normalize("NFC").toLowerCase();
    const earlier = seen.get(folded);
    if (earlier === undefined) {
      seen.set(folded, suite);
      continue;
    }
    const where = earlier.file === suite.file ? "this file" : earlier.file;
    const like = earlier.name === suite.name ? "" : ` as "${earlier.name}"`;
    const line = lineOfName(suite);
    mistakes.push(
      new ConfigError("duplicate-suite", `the suite name "${suite.name}" is taken in ${where}${like}`, {
        place: { file: suite.file, path: "name", ...(line === undefined ? {} : { line }) },
        fix: "Give every suite a name of its own; upper and lower case do not tell names apart.",
      }),
    );
  }
  return mistakes;
}

/** The last line that quotes the name: of two suites in one file, the later is the one to rename. */
function lineOfName({ file, name }: LoadedSuite): number | undefined {
  const lines = readFileSync(file, "utf8").split("\n");
  const index = lines.findLastIndex((line) =>
    ['"', "'", "`"].some((quote) => line.includes(`${quote}${name}${quote}`)),
  );
  return index < 0 ? undefined : index + 1;
}

async function match(cwd: string, pattern: string): Promise<readonly string[]> {
  const path = resolve(cwd, pattern);
  const kind = await stat(path).catch(() => undefined);
  if (kind?.isFile()) return [path];
  const [from, wanted] = kind?.isDirectory() ? [path, `**/${SUITES}`] : [cwd, pattern];
  const exclude = (entry: string) => basename(entry) === "node_modules";
  const found: string[] = [];
  for await (const entry of glob(wanted, { cwd: from, exclude })) found.push(resolve(from, entry));
  return found;
}

function noSuite(cwd: string, pattern: string, byDefault: boolean): ConfigError {
  const fix = byDefault
    ? "Write one as evals/<name>.eval.ts, or name your files on the command line."
    : "Check the path; it is a file, a folder or a glob, relative to where the command runs.";
  return new ConfigError("no-suite", `no suite at ${pattern} (in ${cwd})`, { fix });
}
