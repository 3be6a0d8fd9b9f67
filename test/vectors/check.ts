/**
 * `npm run vectors -- FILE`: checks src/stats against any file of reference vectors.
 * Prints a line for each failure, then `N passed, N failed`. Exit 0 all passed, 1 some failed, 2 no such file or not one.
 */
import { resolve } from "node:path";
import { readVectorFile, VectorFileError } from "./file.ts";
import { runVectors } from "./run.ts";

function main(paths: readonly string[]): number {
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0) {
    process.stderr.write("usage: npm run vectors -- FILE (one JSON file of reference vectors)\n");
    return 2;
  }
  try {
    const { passed, failed, lines } = runVectors(readVectorFile(resolve(path)));
    for (const line of lines) process.stdout.write(`${line}\n`);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
    return failed === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof VectorFileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));
