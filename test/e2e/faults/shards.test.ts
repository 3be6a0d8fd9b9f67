/** A run whose calls several machines make: each pays for its share, and their ledgers become one. */
import { afterEach, expect, it } from "vitest";
import { openWorkspace, suiteText, type Workspace } from "../workspace.ts";

const CASES = 40;
const TARGETS = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
let place: Workspace;
afterEach(() => place.close());

it("row 62: shards of which one is missing are refused, what was paid twice is counted, and together they are the run", async () => {
  place = await openWorkspace({ cases: CASES, suite: suiteText({ targets: TARGETS }) });
  const shard = (part: number) => place.run(["run", "--shard", `${part}/3`, "--ledger", `${part}.sqlite`]);
  // A fourth machine that knew of no shares has bought what others buy too.
  const runs = await Promise.all([shard(1), shard(2), shard(3), place.run(["run", "-n", "3", "--ledger", "4.sqlite"])]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 3]);
  expect(runs[1]?.stdout).toContain("shard 2 of 3 is complete");
  expect(place.stub.count()).toBe(CASES + 3);
  expect(place.stub.stats()).toMatchObject({ distinct: CASES, mostRepeated: 2 });

  const refused = await place.run(["merge", "--shards", "3", "1.sqlite", "2.sqlite"]);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toMatch(/shard 3 of 3 missing: [\s\S]*fix: .*gapcheck run --shard 3\/3/);

  const merged = await place.run(["merge", "--shards", "3", ...[1, 2, 3, 4].map((part) => `${part}.sqlite`)]);
  expect(merged).toMatchObject({ code: 0, stderr: "" });
  const words = merged.stdout.replace(/\s+/g, " ");
  expect(words).toContain(`4 ledgers into .gapcheck/ledger.sqlite: ${CASES} calls taken in, 3 known before`);
  expect(words).toMatch(/3 answers paid for twice: \$0\.0000\d+ more, the earlier one counts/);
  expect(words).toContain(`${CASES} of ${CASES} planned calls answered`);

  const { code } = await place.run(["run"]);
  expect(code).toBe(0);
  expect(place.summary().run.counts).toMatchObject({ planned: CASES, fromLedger: CASES, sent: 0 });
  expect(place.stub.count()).toBe(CASES + 3);
});
