/**
 * Runs after `npm ci` in a checkout (`dependencies`, which npm runs of the project itself alone; `prepare` would make it warn who installs the package): takes the C headers away that the `node` package brings, 67 MB that only native builds read.
 * Nothing here builds native code. What is not there is no mistake.
 */
import { globSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const modules = join(dirname(import.meta.dirname), "node_modules/node/node_modules");
for (const headers of globSync(join(modules, "node-*", "include"))) rmSync(headers, { recursive: true, force: true });
