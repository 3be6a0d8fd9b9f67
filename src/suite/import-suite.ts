/** Imports a module of the user's: as ESM whatever its package says, with `gapcheck` meaning this very program, and with errors that tell the line. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { basename, extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ConfigError, ConfigErrors, toError } from "../errors.ts";
import { lineOf } from "./anchor.ts";
import { awaitUserCode } from "./user-code.ts";

/** One instance of the package for all suites: src/index.ts when we run from the source, dist/index.js when installed. */
const DOOR = new URL(`../index${extname(import.meta.url)}`, import.meta.url).href;

/** Longest time that a file may wait at its top level. */
const LOAD_LIMIT_MS = 60_000;

/** Frames kept of an error, so that the file's own line is among them however deep below its call the mistake was found. */
const FRAMES = 200;

const suiteUrls = new Set<string>();
let hooked = false;

/**
 * Imports a suite file and returns its exports. Throws ConfigErrors with file and, where it can be told, line: a syntax error, an import that
 * fails, mistakes that `defineSuite` or another call of the file found, or anything else that the file throws.
 *
 * @param file absolute path.
 * @param limitMs longest time that the file may take at its top level.
 */
export async function importSuite(file: string, limitMs = LOAD_LIMIT_MS): Promise<Readonly<Record<string, unknown>>> {
  const url = pathToFileURL(file).href;
  suiteUrls.add(url);
  if (!hooked) hook();
  hooked = true;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  try {
    return await inTime(
      awaitUserCode(
        () => `the top level of ${basename(file)}`,
        () => import(/* @vite-ignore */ url),
      ),
      limitMs,
    );
  } catch (thrown) {
    throw new ConfigErrors(toMistakes(thrown, file));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Fails when `loading` takes too long. Does not keep the process alive: a file that waits for nothing that can come ends it. */
async function inTime<Result>(loading: Promise<Result>, limitMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new ConfigError("suite-waits", `the file did not finish loading within ${limitMs / 1_000} s`, {
      fix: "Wait at its top level only for what surely comes, or nowhere.",
    });
    timer = setTimeout(reject, limitMs, error).unref();
  });
  try {
    return await Promise.race([loading, late]);
  } finally {
    clearTimeout(timer);
  }
}

function hook(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "gapcheck") return { url: DOOR, shortCircuit: true };
      const resolved = next(specifier, context);
      if (!suiteUrls.has(resolved.url)) return resolved;
      return { ...resolved, format: resolved.url.endsWith(".ts") ? "module-typescript" : "module" };
    },
  });
}

function toMistakes(thrown: unknown, file: string): readonly ConfigError[] {
  const source = readFileSync(file, "utf8");
  const errors = thrown instanceof ConfigErrors ? thrown.errors : [thrown];
  return errors.map((error) => {
    if (!(error instanceof ConfigError)) return importFailure(toError(error), file, source);
    const line = error.place.file === undefined ? (lineOf(error, source) ?? frameLine(error, file)) : undefined;
    const place = { file, ...(line === undefined ? {} : { line }), ...error.place };
    return new ConfigError(error.code, error.message, { place, fix: error.fix, cause: error });
  });
}

function importFailure(error: Error & { readonly code?: unknown }, file: string, source: string): ConfigError {
  const { message } = error;
  if (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED") {
    const missing = basename(/'([^']+)'/.exec(message)?.[1] ?? "");
    const lines = source.split("\n");
    const index = lines.findIndex((text) => missing !== "" && /["']/.test(text.split(missing)[1]?.[0] ?? ""));
    const line = index < 0 ? undefined : index + 1;
    return new ConfigError("suite-import", message, {
      place: line === undefined ? { file } : { file, line },
      fix: "Check the import: its path ends in the file's extension (./models.ts), a package must be installed.",
      cause: error,
    });
  }
  if (error instanceof SyntaxError) {
    return new ConfigError("suite-syntax", message, {
      place: syntaxPlace(error, file),
      fix:
        error.code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX"
          ? "Write it without enums, namespaces and parameter properties: types are only stripped here."
          : "Correct the file so that it is valid TypeScript or JavaScript (an ES module).",
      cause: error,
    });
  }
  const line = frameLine(error, file);
  return new ConfigError("suite-threw", `the file threw while loading: ${message}`, {
    place: line === undefined ? { file } : { file, line },
    fix: "Correct what the file does at the top level.",
    cause: error,
  });
}

/** Where a syntax error stands: Node puts `file:line` before the message for most, and tells the rest when it only checks the file. */
function syntaxPlace(error: Error, file: string): { readonly file: string; readonly line?: number } {
  const told = /^(.+):(\d+)$/m;
  const first = error.stack?.split("\n")[0] ?? "";
  const [, path, line] = told.exec(first) ?? (/\.m?js$/.test(file) ? told.exec(checkOutput(file)) : null) ?? [];
  if (path === undefined || line === undefined) return { file };
  return { file: path.startsWith("file:") ? fileURLToPath(path) : path, line: Number(line) };
}

function checkOutput(file: string): string {
  const { stderr } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8", timeout: 10_000 });
  return stderr.split("\n")[0] ?? "";
}

/** Line of the innermost call that stands in the file. */
function frameLine(error: Error, file: string): number | undefined {
  for (const at of [pathToFileURL(file).href, file]) {
    const start = error.stack?.indexOf(`${at}:`) ?? -1;
    const line = start < 0 ? undefined : /^\d+/.exec(error.stack?.slice(start + at.length + 1) ?? "")?.[0];
    if (line !== undefined) return Number(line);
  }
  return undefined;
}
