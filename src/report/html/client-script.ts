/** The page's script as one text: the files of `client/` one after the other, as they stand, in an order in which each finds what it uses. */
import { readFileSync } from "node:fs";

const FILES = [
  "show-text.js",
  "case-outcome.js",
  "case-row.js",
  "url-state.js",
  "word-diff.js",
  "json-diff.js",
  "case-filter.js",
  "elements.js",
  "case-table.js",
  "case-drawer.js",
  "start.js",
];

/** One scope instead of modules: what a file imports stands above it. Names are unique over all files. */
export function joinScripts(sources: readonly string[]): string {
  const bodies = sources.map((source) =>
    source
      .replace(/^import [^;]*;\n/gm, "")
      .replace(/^export (?=function |const )/gm, "")
      .trim(),
  );
  return `"use strict";\n(() => {\n${bodies.join("\n\n")}\n})();\n`;
}

let joined: string | undefined;

export function clientScript(): string {
  joined ??= joinScripts(FILES.map((name) => readFileSync(new URL(`client/${name}`, import.meta.url), "utf8")));
  return joined;
}
