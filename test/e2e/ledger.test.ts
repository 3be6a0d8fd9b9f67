/** `gapcheck ledger`: what was bought and what it cost, whether it is what was written, and how it comes elsewhere, goes, and is saved. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWorkspace, type Workspace } from "./workspace.ts";

let place: Workspace;
beforeAll(async () => {
  place = await openWorkspace({ cases: 40 });
  await place.run(["run"]);
});
afterAll(() => place.close());

/** A copy of the ledger with other rows; what the first one cost, US dollars. */
function tampered(sql: string): number {
  const file = join(place.folder, "tampered.sqlite");
  copyFileSync(join(place.folder, ".gapcheck/ledger.sqlite"), file);
  const db = new DatabaseSync(file);
  try {
    const usd = Number(db.prepare("SELECT usd FROM calls WHERE id = 1").get()?.usd);
    db.exec(sql);
    return usd;
  } finally {
    db.close();
  }
}

it("tells size and spend by model, proves each row, and names the one that is not as it was written", async () => {
  const none = await place.run(["ledger", "--ledger", "none.sqlite"]);
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toContain("there is no ledger");
  const { settledUsd } = place.summary().run.spend;
  const whole = await place.run(["ledger", "verify"]);
  expect(whole).toMatchObject({ code: 0, stderr: "" });
  // With the look at the test cases.
  expect(whole.stdout).toContain("81 rows, every one as it was written");

  const first = tampered(`UPDATE calls SET state = 'unknown', worst_usd = 0.5, usd = NULL WHERE id = 1;
    UPDATE calls SET body = replace(body, 'word', 'ward') WHERE id = 2`);
  const at = ["--ledger", "tampered.sqlite"];
  const told = await place.run(["ledger", ...at]);
  expect(told).toMatchObject({ code: 0, stderr: "" });
  expect(told.stdout).toMatch(/^Calls +79 answered, 1 maybe paid, no answer$/m);
  expect(told.stdout).toMatch(/^stub-tuned +40 /m);
  const { spend, models } = JSON.parse((await place.run(["ledger", "--json", ...at])).stdout);
  expect(spend.unknownAtMostUsd).toBe(0.5);
  expect(spend.settledUsd).toBeCloseTo(settledUsd - first, 12);
  expect(models.map(({ model }: { model: string }) => model).sort()).toEqual(["stub-base", "stub-tuned"]);
  const spoilt = await place.run(["ledger", "--json", "verify", ...at]);
  expect(spoilt.code).toBe(4);
  expect(JSON.parse(spoilt.stdout)).toMatchObject({ whole: false, damaged: [{ kind: "call", why: "checksum" }] });
});

it("carries answers to another ledger, prunes them there, and saves what can be read of a damaged file", async () => {
  const exported = await place.run(["ledger", "export", "a.jsonl"]);
  expect(exported).toMatchObject({ code: 0, stderr: "" });
  expect(exported.stdout).toContain("80 calls");
  place.write("b.jsonl", place.read("a.jsonl").replace('"text":"word 3"', '"text":"ward 3"'));
  const taken = await place.run(["ledger", "import", "b.jsonl", "a.jsonl", "--ledger", "other.sqlite"]);
  expect(taken.code).toBe(4);
  expect(taken.stdout.replace(/\s+/g, " ")).toMatch(/b\.jsonl:\d+: its checksum is wrong/);
  expect(taken.stdout.replace(/\s+/g, " ")).toContain("80 new calls, 0 calls with news, 79 known already");
  expect((await place.run(["run", "--ledger", "other.sqlite"])).code).toBe(0);
  expect(place.stub.count()).toBe(80);

  const prune = ["ledger", "prune", "--ledger", "other.sqlite", "--model", "stub-tuned"];
  const dry = JSON.parse((await place.run([...prune, "--dry-run", "--json"])).stdout);
  expect(dry).toMatchObject({ done: false, calls: 40, answers: 40 });
  const pruned = await place.run(prune);
  expect(pruned.stdout).toMatch(/^Taken out +40 calls/m);

  const file = join(place.folder, ".gapcheck/ledger.sqlite");
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, bytes.length - 9_000));
  const refused = await place.run(["run"]);
  expect([refused.code, refused.stderr.replace(/\s+/g, " ")]).toEqual([
    2,
    expect.stringContaining("gapcheck ledger rescue"),
  ]);
  const rescued = JSON.parse((await place.run(["ledger", "rescue", "--json"])).stdout);
  expect(rescued.answers).toBeGreaterThan(20);
  expect(rescued.leftOut.unreadable).toBeLessThan(20);
  expect(readdirSync(join(place.folder, ".gapcheck")).some((name) => name.startsWith("ledger.sqlite.damaged-"))).toBe(
    true,
  );
});
