/** How gapcheck comes into the project that `init` writes into: by which manager, from where, and whether it has to. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { StorageError } from "../errors.ts";
import { escapeToLine } from "../report/escape.ts";
import { wrap } from "../report/wrap.ts";
import type { Manifest } from "../scaffold/package-json.ts";
import { type PackageManager, packageManagerOf } from "../scaffold/package-manager.ts";
import { isInstalled } from "./install-here.ts";
import { type OwnSource, ownSource } from "./own-package.ts";
import { packageVersion } from "./version.ts";

/** Of what is said, in columns. */
export const WIDTH = 80;

export interface MeansPlace {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the running package. */
  readonly own: string;
  /** Runs `npm install` in `cwd`; gives its exit code. */
  readonly npmInstall: () => Promise<number>;
}

/** How gapcheck comes into the project. */
export interface Means {
  readonly manager: PackageManager;
  readonly source: OwnSource;
  readonly isThere: boolean;
}

/** @param manifest the project's, undefined where there is none */
export async function meansOf(manifest: Manifest | undefined, { cwd, env, own }: MeansPlace): Promise<Means> {
  const files = await readdir(cwd).catch((): string[] => []);
  return {
    manager: packageManagerOf({ declared: manifest?.packageManager, files, userAgent: env.npm_config_user_agent }),
    source: ownSource(own, packageVersion(), cwd),
    isThere: isInstalled(cwd),
  };
}

/** npm alone is run: what another manager does here was not tried, so that its command is named and left to the user. */
export function canInstall({ manager, source, isThere }: Means): boolean {
  return !isThere && manager === "npm" && source.kind !== "checkout";
}

/** Throws StorageError: what was written stays. */
export async function installed({ cwd, npmInstall }: MeansPlace, { source }: Means): Promise<void> {
  const what = source.kind === "given" ? ` (${source.spec})` : "";
  const line = escapeToLine(`npm install: gapcheck is not in this folder yet${what}`);
  process.stdout.write(`${wrap(line, WIDTH).join("\n")}\n`);
  const code = await npmInstall();
  process.stdout.write("\n");
  if (code === 0) return;
  throw new StorageError(`npm install ended with exit code ${code}: gapcheck is not installed here`, {
    file: join(cwd, "node_modules"),
    fix: "Everything else is written. Mend what npm says above, then type npm install, and npm run eval.",
  });
}
