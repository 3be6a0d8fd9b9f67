import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { trialOutcome } from "../src/decide/trial-outcome.ts";
import { fineTuned, type Outcome, promptOnly, record, suiteOf } from "../src/decide/trials.test-data.ts";
import { createCasesWriter } from "../src/report/cases.ts";
import { caseOfRow } from "../src/report/html/client/case-row.js";
import { embeddedJson } from "../src/report/html/document.ts";
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
async function fed(limits = PAGE_LIMITS, planned?: number) {
  const file = join(folder, "cases.jsonl");
  const feed = createPageFeed([{ name: suite.name, arms }], limits, planned);
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
    expect(feed.isWhole()).toBe(true);
    const data = await feed.finished("/nowhere", frames);
    expect(data.suites[0]?.cases).toHaveLength(14);
    expect(data.texts).toContain("[key] \ud800");
    expect(data).toEqual(await readCases(file, frames));
  });

  it("stands in the page with every case: in full, or as a row", async () => {
    const { file, feed } = await fed({ ...PAGE_LIMITS, trials: 8 });
    const { suites } = JSON.parse([...embeddedJson(await feed.finished(file, frames))].join(""));
    const [{ cases, rows }] = suites;
    const ids = [...cases.map(({ id }: { id: string }) => id), ...rows.map((row: string) => caseOfRow(row).id)];
    const all = (await readCases(file, frames)).suites[0]?.cases.map(({ id }) => id) ?? [];
    expect(cases).toHaveLength(2);
    expect(ids.sort()).toEqual([...all].sort());
  });

  it("has the file read where there is no room for all, and comes to what a reader finds", async () => {
    const pairs = [
      [0, 1],
      [1, 0],
      [0, 0],
    ] as const;
    for (const small of [
      { trials: 55 },
      { trials: 17 },
      { trials: 17, rows: 60 },
      { texts: 20 },
      { trials: 30, texts: 20 },
    ]) {
      const limits = { ...PAGE_LIMITS, ...small };
      for (const [base, fresh] of pairs) {
        const { file, feed } = await fed(limits);
        expect(feed.isWhole()).toBe(false);
        const turned = frames.map((frame) => ({ ...frame, base, fresh }));
        expect(await feed.finished(file, turned)).toEqual(await readCases(file, turned, limits));
      }
    }
    expect((await fed({ ...PAGE_LIMITS, trials: 56 })).feed.isWhole()).toBe(true);
  });

  it("comes to the same whatever was planned", async () => {
    for (const planned of [0, 55, 56, 57, 1_000]) {
      for (const trials of [17, 56]) {
        const limits = { ...PAGE_LIMITS, trials };
        const { file, feed } = await fed(limits, planned);
        expect(await feed.finished(file, frames)).toEqual(await readCases(file, frames, limits));
      }
    }
  });

  it("reads no more than the lines of the chosen cases where two arms are compared", async () => {
    const limits = { ...PAGE_LIMITS, trials: 17 };
    const { file, feed } = await fed(limits);
    const whole = await readCases(file, frames, limits);
    const last = Math.max(
      ...whole.suites.flatMap(({ cases }) =>
        cases.flatMap(({ arms: all }) => all.flatMap(({ t }) => t.map(({ n }) => n ?? 0))),
      ),
    );
    const lines = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, [...lines.slice(0, last), ...lines.slice(last).map(() => "not JSON")].join("\n"));
    expect(last).toBeLessThan(56);
    expect(await feed.finished(file, frames)).toEqual(whole);
  });

  it("comes to the same where more was planned than there is room for, whether or not it came", async () => {
    for (const trials of [20, 1_000]) {
      const limits = { ...PAGE_LIMITS, trials };
      const { file, feed } = await fed(limits, 1_001);
      expect(feed.isWhole()).toBe(false);
      expect(await feed.finished(file, frames)).toEqual(await readCases(file, frames, limits));
    }
  });
});
