import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { trialOutcome } from "../src/decide/trial-outcome.ts";
import { fineTuned, type Outcome, promptOnly, record, suiteOf } from "../src/decide/trials.test-data.ts";
import { createCasesWriter } from "../src/report/cases.ts";
import { createPageFeed } from "../src/report/html/page-feed.ts";
import { PAGE_LIMITS, readCases } from "../src/report/html/read-cases.ts";

const suite = suiteOf({ targets: [promptOnly("plain"), fineTuned("tuned")], trials: 2 });
const arms = ["plain", "tuned"];
const frames = [{ name: suite.name, arms, base: 0, fresh: 1 }];
const OUTCOMES: readonly Outcome[] = ["right", "wrong", "format", "lost", "ungraded", "declined", "not-called"];

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-feed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes `cases.jsonl` while the feed looks on. */
async function fed(limits = PAGE_LIMITS) {
  const file = join(folder, "cases.jsonl");
  const feed = createPageFeed([{ name: suite.name, arms }], limits);
  const redact = (text: string) => text.replaceAll("hidden", "[key]");
  const writer = createCasesWriter(file, { redact, onLine: feed.add });
  for (let index = 0; index < 14; index++) {
    for (const target of arms) {
      for (const trial of [1, 2]) {
        const outcome = OUTCOMES[(index + trial + target.length) % OUTCOMES.length] ?? "right";
        const one = record(suite, { target, index, trial, outcome });
        const told = {
          ...one,
          messages: [{ role: "user", content: "hidden \ud800" } as const],
          expected: { b: -0, a: [1] },
        };
        await writer.write(told, trialOutcome(suite, one));
      }
    }
  }
  await writer.close();
  return { file, feed };
}

describe("the feed of the page", () => {
  it("holds what a reader of the file finds", async () => {
    const { file, feed } = await fed();
    const data = feed.finished(frames);
    expect(data?.suites[0]?.cases).toHaveLength(14);
    expect(data?.texts).toContain("[key] \ud800");
    expect(data).toEqual(await readCases(file, frames));
  });

  it("holds nothing where there is no room for all", async () => {
    expect((await fed({ ...PAGE_LIMITS, trials: 55 })).feed.finished(frames)).toBeUndefined();
    expect((await fed({ ...PAGE_LIMITS, texts: 20 })).feed.finished(frames)).toBeUndefined();
    expect((await fed({ ...PAGE_LIMITS, trials: 56 })).feed.finished(frames)).toBeDefined();
  });
});
