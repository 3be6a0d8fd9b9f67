/** The page counts cases by itself, from single trials: it must come to what the decision says. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { createObservations } from "../src/decide/observations.ts";
import { trialOutcome } from "../src/decide/trial-outcome.ts";
import { fineTuned, type Outcome, promptOnly, record, seeded, suiteOf, TODAY } from "../src/decide/trials.test-data.ts";
import { caseLine } from "../src/report/cases.ts";
import { countsFor } from "../src/report/html/client/case-filter.js";
import { emptyState } from "../src/report/html/client/url-state.js";
import { readCases } from "../src/report/html/read-cases.ts";

const OUTCOMES: readonly Outcome[] = [
  "right",
  "right",
  "wrong",
  "format",
  "lost",
  "ungraded",
  "declined",
  "not-called",
];

it("counts won, lost and same as the gap of the decision does, with answers missing here and there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-page-"));
  const random = seeded(11);
  try {
    for (const trials of [1, 2, 3]) {
      const suite = suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")], trials });
      const observations = createObservations(suite);
      const lines: string[] = [];
      for (let index = 0; index < 120; index++) {
        for (const target of ["plain", "tuned"]) {
          for (let trial = 1; trial <= trials; trial++) {
            const outcome = OUTCOMES[Math.floor(random() * OUTCOMES.length)] ?? "right";
            const one = record(suite, { target, index, trial, outcome, split: index < 100 ? "test" : "dev" });
            observations.add(one);
            lines.push(caseLine(one, (text) => text, trialOutcome(suite, one)));
          }
        }
      }
      const file = join(folder, "cases.jsonl");
      writeFileSync(file, lines.join("\n"));
      const { gaps } = decide(observations, { today: TODAY });
      const { suites } = await readCases(file, [{ name: suite.name, arms: ["plain", "tuned"], base: 0, fresh: 1 }]);
      const [page] = suites;
      const [gap] = gaps;
      if (page === undefined || gap === undefined) throw new Error("nothing to compare");
      const { won, lost, same, open } = countsFor(page, [], emptyState());
      expect({ won, lost, same, unpaired: open }).toEqual({
        won: gap.won,
        lost: gap.lost,
        same: gap.same,
        unpaired: gap.unpaired,
      });
      expect(gap.won).toBeGreaterThan(5);
      expect(gap.unpaired).toBeGreaterThan(0);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
