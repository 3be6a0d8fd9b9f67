/** Installs what a project's manifest says, by npm: the last step of `gapcheck init`, so that the next command runs. */
import { type SpawnOptions, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Whether gapcheck can be found from a folder as Node looks for it: there, or in a folder above. */
export function isInstalled(folder: string): boolean {
  if (existsSync(join(folder, "node_modules/gapcheck/package.json"))) return true;
  return dirname(folder) !== folder && isInstalled(dirname(folder));
}

/** What npm told its child about the command that it runs: another npm would take it for its own, and the folder above for the project. */
const OF_THE_CALLER =
  /^(INIT_CWD|npm_command|npm_lifecycle_.*|npm_package_.*|npm_config_(local_prefix|package|call|global|location))$/i;

/**
 * Runs `npm install` in the folder, its output shown; returns its exit code, 1 where it cannot be started or is ended by a signal. The npm that started this
 * process is taken, where one did.
 */
export function npmInstall(folder: string, env: NodeJS.ProcessEnv): Promise<number> {
  const { npm_execpath: own } = env;
  const options: SpawnOptions = {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !OF_THE_CALLER.test(name))),
  };
  const child =
    own !== undefined && /npm-cli\.[cm]?js$/.test(own)
      ? spawn(process.execPath, [own, "install"], options)
      : spawn("npm", ["install"], { ...options, shell: process.platform === "win32" });
  return new Promise((done) => {
    child.on("error", () => done(1));
    child.on("close", (code) => done(code ?? 1));
  });
}
