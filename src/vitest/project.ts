/**
 * Suites as a project of Vitest: each criterion of a suite's gate is a test over stored answers, so that `-t`, watch, reporters and shards work
 * on them. Tests never call a model: `gapcheck run` does.
 */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

export interface EvalsOptions {
  /** Suite files; default: those that end in `.eval.ts`, `.js` or `.mjs` below `evals/`. */
  readonly include?: readonly string[];
  /** Name of the project; default `evals`. */
  readonly name?: string;
  /** Path of the ledger, relative to where Vitest runs; default `.gapcheck/ledger.sqlite`. */
  readonly ledger?: string;
}

/** What stands in `test.projects`. */
export interface EvalsProject {
  readonly plugins: {
    readonly name: string;
    readonly enforce: "pre";
    readonly load: (id: string) => { readonly code: string; readonly map: { readonly mappings: "" } } | undefined;
  }[];
  readonly test: {
    readonly name: string;
    readonly include: string[];
    readonly server: { readonly deps: { readonly external: RegExp[] } };
  };
}

const SUITE = /\.eval\.(ts|js|mjs)$/;
const REGISTER = fileURLToPath(new URL(`./register${extname(import.meta.url)}`, import.meta.url));
const OURS = new RegExp(
  `^(file://)?${fileURLToPath(new URL("..", import.meta.url)).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`,
);

/**
 * A project for `test.projects` of vitest.config.ts. A suite file is not run through Vite: the test that stands in its place has it loaded as
 * `gapcheck run` would, so that both see the same suite, and lines in failures are those of the file.
 */
export function evals({ include, name = "evals", ledger }: EvalsOptions = {}): EvalsProject {
  return {
    plugins: [
      {
        name: "gapcheck-suites",
        enforce: "pre",
        load: (id) => {
          const [path = id] = id.split("?");
          if (!SUITE.test(path)) return undefined;
          const options = JSON.stringify(ledger === undefined ? {} : { ledger });
          const code = `import { registerSuites } from ${JSON.stringify(REGISTER)};\nawait registerSuites(${JSON.stringify(path)}, ${options});\n`;
          return { code, map: { mappings: "" } };
        },
      },
    ],
    test: {
      name,
      include: [...(include ?? ["evals/**/*.eval.{ts,js,mjs}"])],
      // By Node and not through Vite, so that a suite is loaded by our loader and not taken for the test in its place.
      server: { deps: { external: [OURS] } },
    },
  };
}

/** Files that suites read without importing them: with these as `test.forceRerunTriggers`, watch mode decides again when one changes. */
export const rerunTriggers: readonly string[] = ["**/datasets/**", "**/evals/prompts/**", "**/.gapcheck/ledger.sqlite"];
