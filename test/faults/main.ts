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
import { CLAIM } from "./claims.ts";
import { faultLines, rowResults, type Told } from "./table.ts";

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly (Told & { readonly fullName: string })[] }[];
}

/** A busy machine is no fault of ours. */
const PATIENCE = "--testTimeout=300000";

const folder = mkdtempSync(join(tmpdir(), "gapcheck-faults-"));
try {
  const file = join(folder, "report.json");
  const reporters = ["--reporter=json", `--outputFile=${file}`];
  const child = spawn(
    process.execPath,
    [
      join(repository, "node_modules/vitest/vitest.mjs"),
      "run",
      "--project",
      "e2e",
      "-t",
      CLAIM,
      PATIENCE,
      ...reporters,
    ],
    { cwd: repository, stdio: ["ignore", "ignore", "inherit"] },
  );
  await once(child, "exit");
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const results = rowResults(tests);
  process.stdout.write(`${faultLines(results).join("\n")}\n`);
  for (const { fullName, status } of tests.filter((test) => test.status === "failed")) {
    process.stdout.write(`${status}: ${fullName}\n`);
  }
  if (results.some(({ result }) => result !== "passed")) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
