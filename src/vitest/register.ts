/** Turns a suite file into tests: one for each criterion of its gate, over what is stored. Loaded by the test files that `project.ts` makes up. */
import { describe, test } from "vitest";
import { storedCriteria } from "../commands/stored-criteria.ts";
import { suiteFailure } from "./suite-failure.ts";

/**
 * Registers the tests of a suite file. What is wrong with the file itself fails the file. A criterion that the gate's policy lets pass is skipped,
 * with the reason.
 *
 * @param file absolute path.
 */
export async function registerSuites(file: string, options: { readonly ledger?: string } = {}): Promise<void> {
  const criteria = await storedCriteria(file, options);
  for (const suite of new Set(criteria.map((one) => one.suite))) {
    describe(suite, () => {
      for (const criterion of criteria) {
        if (criterion.suite !== suite) continue;
        test(criterion.name, ({ skip }) => {
          if (criterion.state === "waived") skip(criterion.why);
          else if (criterion.state !== "pass") throw suiteFailure(criterion, process.cwd());
        });
      }
    });
  }
}
