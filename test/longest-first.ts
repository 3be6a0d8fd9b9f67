/** The order of test files where no earlier run has told how long each takes, as in CI: those that are known to take longest begin. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Longest first. Vitest goes by size, and the longest of all, which evaluates four suites, is a short file. */
const LONGEST = [
  "e2e/readme.test.ts",
  "e2e/faults.test.ts",
  "e2e/hang.test.ts",
  "e2e/packed.test.ts",
  "e2e/run.test.ts",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? LONGEST.length : at;
    };
    return sorted.sort((a, b) => place(a) - place(b));
  }
}
