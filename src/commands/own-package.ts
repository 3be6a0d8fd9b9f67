/** Where the running gapcheck came from, so that `init` can put the same into a project: a version, or the file that npx was given. */
import { readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the running package. */
export const OWN_ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

export type OwnSource =
  /** As the registry has it. */
  | { readonly kind: "version"; readonly spec: string }
  /** A tarball or a folder that npx was given, or an address. `spec` for a manifest in the project's folder. */
  | { readonly kind: "given"; readonly spec: string }
  /** A checkout: nothing that could be installed. */
  | { readonly kind: "checkout" };

/**
 * npx installs into a folder of its own, `_npx/HASH`, whose manifest says what it was given: `file:` and a path from there, an address, or a version.
 *
 * @param root folder of the running package
 * @param version of it
 */
export function ownSource(root: string, version: string, cwd: string): OwnSource {
  const modules = dirname(root);
  if (basename(modules) !== "node_modules") return { kind: "checkout" };
  const home = dirname(modules);
  const given = basename(dirname(home)) === "_npx" ? givenTo(home) : undefined;
  if (given === undefined || !/[:/\\]/.test(given)) return { kind: "version", spec: `^${version}` };
  if (!given.startsWith("file:")) return { kind: "given", spec: given };
  const path = relative(cwd, resolve(home, given.slice("file:".length)));
  const way = path.split(sep).join("/");
  const whole = /^\.\.?\//.test(way) || isAbsolute(path) ? way : `./${way}`;
  return { kind: "given", spec: `file:${whole}` };
}

/** Undefined where the manifest says nothing of gapcheck. */
function givenTo(home: string): string | undefined {
  try {
    const { dependencies = {} }: { readonly dependencies?: { readonly [name: string]: unknown } } = JSON.parse(
      readFileSync(resolve(home, "package.json"), "utf8"),
    );
    return typeof dependencies.gapcheck === "string" ? dependencies.gapcheck : undefined;
  } catch {
    // Another npm may lay its folder out otherwise: then the version is as good a guess as any.
    return undefined;
  }
}
