/**
 * `npm run faults`: runs every end-to-end test that claims a row of the list and prints the list with its results. Exit 1 when a row
 * failed or has no test.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../repository.ts";
import { CLAIM, claimedRows } from "./claims.ts";
import { faultLines, rowResults, type Told } from "./table.ts";

interface Result extends Told {
  readonly fullName: string;
  /** With stacks. */
  readonly failureMessages?: readonly string[];
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Result[] }[];
}

/** A busy machine is no fault of ours. */
const PATIENCE = ["--testTimeout=300000", "--hookTimeout=300000"];

const folder = mkdtempSync(join(tmpdir(), "gapcheck-faults-"));
try {
  const file = join(folder, "report.json");
  // A dot a test on standard error, since this takes minutes.
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
  const child = spawn(
    process.execPath,
    [
      join(repository, "node_modules/vitest/vitest.mjs"),
      "run",
      "--project",
      "e2e",
      "-t",
      CLAIM,
      ...PATIENCE,
      ...reporters,
    ],
    { cwd: repository, stdio: ["ignore", process.stderr.fd, "inherit"] },
  );
  await once(child, "exit");
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const results = rowResults(tests);
  const lines = faultLines(results);
  process.stdout.write(`${lines.slice(0, -1).join("\n")}\n`);
  // One that claims a row and did not run had no place to run in.
  const told = tests.filter(({ title, status }) => status !== "passed" && claimedRows(title).length > 0);
  for (const { fullName, status, failureMessages = [] } of told) {
    const why = failureMessages.map((message) => `  ${message.split("\n")[0]}\n`).join("");
    process.stdout.write(`${status}: ${fullName}\n${why}`);
  }
  process.stdout.write(`${lines.at(-1)}\n`);
  if (results.some(({ result }) => result !== "passed")) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
