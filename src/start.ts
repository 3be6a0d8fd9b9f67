#!/usr/bin/env node
/** The first thing that runs: an older Node could not even read the rest, and would say so in riddles. */

const NEEDED = [22, 18] as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) await import("./cli.ts");
else {
  process.stderr.write(
    `gapcheck needs Node ${NEEDED.join(".")} or newer; this is ${process.versions.node}.\n  fix: Install a newer Node, or let npm bring one into this project: npm install --save-dev node@24\n`,
  );
  process.exitCode = 2;
}
