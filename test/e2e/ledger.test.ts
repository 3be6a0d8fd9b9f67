/** `gapcheck ledger`: what was bought, what it cost, and whether every row is what was written. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWorkspace, type Workspace } from "./workspace.ts";

let place: Workspace;
beforeAll(async () => {
  place = await openWorkspace({ cases: 5 });
});
afterAll(() => place.close());

const inLedger = (sql: string) => {
  const db = new DatabaseSync(join(place.folder, ".gapcheck/ledger.sqlite"));
  db.exec(sql);
  db.close();
};

it("tells size and spend by model, proves each row, and names the one that is not as it was written", async () => {
  const none = await place.run(["ledger"]);
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toContain("there is no ledger");
  await place.run(["run"]);
  const { settledUsd } = place.summary().run.spend;
  const whole = await place.run(["ledger", "verify"]);
  expect(whole).toMatchObject({ code: 0, stderr: "" });
  expect(whole.stdout).toContain("10 rows, every one as it was written");

  inLedger(`UPDATE calls SET state = 'unknown', worst_usd = 0.5, usd = NULL WHERE id = 1;
    UPDATE calls SET body = replace(body, 'word', 'ward') WHERE id = 2`);
  const told = await place.run(["ledger"]);
  expect(told).toMatchObject({ code: 0, stderr: "" });
  expect(told.stdout).toMatch(/^Calls +9 answered, 1 maybe paid, no answer$/m);
  expect(told.stdout).toMatch(/^stub-tuned +5 /m);
  const { spend, models } = JSON.parse((await place.run(["ledger", "--json"])).stdout);
  expect(spend.unknownAtMostUsd).toBe(0.5);
  expect(spend.settledUsd).toBeCloseTo(settledUsd * 0.9, 12);
  expect(models.map(({ model }: { model: string }) => model).sort()).toEqual(["stub-base", "stub-tuned"]);
  const spoilt = await place.run(["ledger", "--json", "verify"]);
  expect(spoilt.code).toBe(4);
  expect(JSON.parse(spoilt.stdout)).toMatchObject({ whole: false, damaged: [{ kind: "call", why: "checksum" }] });
});
