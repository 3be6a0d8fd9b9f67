/** The user's package.json with what gapcheck needs added; what stands there stays. */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Table = { readonly [key: string]: Json };

export interface Manifest {
  readonly [key: string]: Json;
}

const SCRIPTS = { eval: "gapcheck run", plan: "gapcheck plan", gate: "gapcheck gate" } as const;

export interface AddedToManifest {
  readonly manifest: Manifest;
  /** What was added, such as `scripts.eval`. */
  readonly added: readonly string[];
  /** Scripts of the same names that do something else, and were left. */
  readonly kept: readonly string[];
}

const isTable = (value: Json | undefined): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const tableOf = (value: Json | undefined): Table => (isTable(value) ? value : {});

/** `spec`: what to install as gapcheck, such as `^0.1.0` or `file:../gapcheck.tgz`; left out where there is such a dependency already. */
export function addToManifest(manifest: Manifest, spec: string): AddedToManifest {
  const scripts = tableOf(manifest.scripts);
  const missing = Object.entries(SCRIPTS).filter(([name]) => scripts[name] === undefined);
  const kept = Object.entries(SCRIPTS).filter(
    ([name, command]) => scripts[name] !== undefined && scripts[name] !== command,
  );
  const depends = ["dependencies", "devDependencies"].some((kind) => "gapcheck" in tableOf(manifest[kind]));
  return {
    manifest: {
      ...manifest,
      ...(missing.length === 0 ? {} : { scripts: { ...scripts, ...Object.fromEntries(missing) } }),
      ...(depends ? {} : { devDependencies: { ...tableOf(manifest.devDependencies), gapcheck: spec } }),
    },
    added: [...missing.map(([name]) => `scripts.${name}`), ...(depends ? [] : ["devDependencies.gapcheck"])],
    kept: kept.map(([name]) => `scripts.${name}`),
  };
}
