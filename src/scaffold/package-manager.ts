/** Which package manager a project uses, and what is typed to it. */

export const MANAGERS = ["npm", "pnpm", "yarn", "bun"] as const;
export type PackageManager = (typeof MANAGERS)[number];

const LOCKS: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
];

/**
 * What the manifest says (`packageManager`, such as `pnpm@11.2.0`), else the lock that lies there, else who started this process
 * (`npm_config_user_agent`), else npm.
 *
 * @param files names of the files in the project's folder
 */
export function packageManagerOf({
  declared,
  files,
  userAgent,
}: {
  readonly declared?: unknown;
  readonly files: readonly string[];
  readonly userAgent?: string | undefined;
}): PackageManager {
  return managerIn(declared) ?? LOCKS.find(([file]) => files.includes(file))?.[1] ?? managerIn(userAgent) ?? "npm";
}

/** Of `pnpm@11.2.0`, or `pnpm/11.2.0 npm/? node/v24`. */
function managerIn(text: unknown): PackageManager | undefined {
  const name = typeof text === "string" ? /^[a-z]+(?=[@/])/.exec(text)?.[0] : undefined;
  return MANAGERS.find((one) => one === name);
}

/** Runs a script of the manifest. */
export function scriptCommand(manager: PackageManager, script: string): string {
  return `${manager} run ${script}`;
}

/** Runs gapcheck as it is installed in the project. */
export function ownCommand(manager: PackageManager, command: string): string {
  const run = { npm: "npx", pnpm: "pnpm exec", yarn: "yarn run", bun: "bunx" } as const;
  return `${run[manager]} gapcheck ${command}`;
}
