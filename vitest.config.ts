import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { evals, rerunTriggers } from "./src/vitest/project.ts";
import { LongestFirst } from "./test/longest-first.ts";

const alias = { gapcheck: fileURLToPath(new URL("src/index.ts", import.meta.url)) };

/** One processor is not to make tests that wait do so in a row. */
const WORKERS = Math.max(2, availableParallelism());

/**
 * Six projects, one runner:
 * - `unit`: beside the code, no process and no port;
 * - `workflows`: what GitHub reads, by packages of its own (`npm run test:workflows` installs them);
 * - `browser`: the page in a real Chromium (`npm run test:browser` installs it);
 * - `e2e`: the real command as a child process against the stub provider on loopback;
 * - `evals`: each criterion of the suites' gates, over stored answers (`npm run eval` makes the calls);
 * - `acceptance`: published outputs and reference values, read where they exist.
 */
export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    sequence: { sequencer: LongestFirst },
    forceRerunTriggers: [...rerunTriggers, "**/vitest.config.ts", "**/package.json"],
    projects: [
      evals(),
      {
        resolve: { alias },
        test: {
          name: "unit",
          testTimeout: 30_000,
          hookTimeout: 30_000,
          // They share a process, and with it what is loaded: nearly half of their time otherwise. None changes what another sees.
          isolate: false,
          setupFiles: ["test/property-seed.ts"],
          include: ["src/**/*.test.ts", "test/*.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: { name: "workflows", include: ["test/workflows/*.test.ts"], testTimeout: 30_000, hookTimeout: 30_000 },
      },
      {
        resolve: { alias },
        test: { name: "browser", include: ["test/browser/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        resolve: { alias },
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Tests of the command wait a good part of their time: for a limit, a retry, an answer that does not come.
          maxWorkers: WORKERS + 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "acceptance",
          include: ["test/acceptance/**/*.test.ts"],
          testTimeout: 120_000,
          // The runs that several tests look at are made before them.
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
