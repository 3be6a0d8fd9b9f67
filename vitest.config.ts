import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { evals, rerunTriggers } from "./src/vitest/project.ts";

const alias = { gapcheck: fileURLToPath(new URL("src/index.ts", import.meta.url)) };

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
    // Tests of the command wait more than they work, and one processor is not to make them wait in a row.
    maxWorkers: Math.max(2, availableParallelism()),
    forceRerunTriggers: [...rerunTriggers, "**/vitest.config.ts", "**/package.json"],
    projects: [
      evals(),
      {
        resolve: { alias },
        test: {
          name: "unit",
          testTimeout: 30_000,
          setupFiles: ["test/property-seed.ts"],
          include: ["src/**/*.test.ts", "test/*.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: { name: "workflows", include: ["test/workflows/*.test.ts"], testTimeout: 30_000 },
      },
      {
        resolve: { alias },
        test: { name: "browser", include: ["test/browser/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        resolve: { alias },
        test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        resolve: { alias },
        test: { name: "acceptance", include: ["test/acceptance/**/*.test.ts"], testTimeout: 120_000 },
      },
    ],
  },
});
