#!/usr/bin/env node
/**
 * The first thing that runs. It is plain JavaScript: an older Node could not even read the rest, and would say so in riddles; and what is loaded
 * before the cache of compiled code is on has its types stripped and is compiled anew at every start.
 */

const NEEDED = { major: 22, minor: 18 };

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor)) {
  const { enableCompileCache } = await import("node:module");
  // Kept in the system's folder for temporary files.
  enableCompileCache();
  await import("./cli.ts");
} else {
  process.stderr.write(
    `gapcheck needs Node ${NEEDED.major}.${NEEDED.minor} or newer; this is ${process.versions.node}.\n  fix: Install a newer Node, or let npm bring one into this project: npm install --save-dev node@24\n`,
  );
  process.exitCode = 2;
}
