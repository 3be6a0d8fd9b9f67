/** kill -9 at random points (museum 18): nothing settled is lost, nothing settled is bought twice. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, type Workspace } from "./workspace.ts";

const CASES = 400;
const TARGETS = 2;
const KILLS = 20;
const AT_ONCE = 10;

/** A small fixed sequence, so that a failure can be seen again. */
function* points(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

describe("kill -9", () => {
  let place: Workspace;
  beforeAll(async () => {
    place = await openWorkspace({ cases: CASES, stub: { latencyMs: 10 } });
  });
  afterAll(() => place.close());

  const settled = () => {
    const db = new DatabaseSync(join(place.folder, ".gapcheck/ledger.sqlite"), { readOnly: true });
    try {
      const rows = db.prepare("SELECT hex(key) AS key, attempts, at, body FROM calls WHERE state = 'settled'").all();
      return new Map(rows.map((row) => [String(row.key), JSON.stringify(row)]));
    } finally {
      db.close();
    }
  };

  it(`row 39: ${KILLS} kills over one run of ${CASES * TARGETS} calls`, { timeout: 240_000 }, async () => {
    const random = points(20_261_124);
    let before = new Map<string, string>();
    let kills = 0;
    while (kills < KILLS) {
      const { process: child, finished } = place.start(["run", "--concurrency", String(AT_ONCE)]);
      const asked = place.stub.count();
      const delay = (random.next().value ?? 0.5) * 60;
      while (place.stub.count() === asked && child.exitCode === null) await wait(2);
      if (place.stub.count() >= CASES * TARGETS * 0.9) {
        child.kill("SIGKILL");
        await finished;
        break;
      }
      await wait(delay);
      child.kill("SIGKILL");
      const { signal } = await finished;
      expect(signal).toBe("SIGKILL");
      kills += 1;
      const after = settled();
      for (const [key, row] of before) expect(after.get(key)).toBe(row);
      expect(after.size).toBeGreaterThanOrEqual(before.size);
      before = after;
    }
    expect(kills).toBe(KILLS);
    const sentBefore = place.stub.count();
    const last = await place.run(["run", "--concurrency", String(AT_ONCE)]);
    expect(last.code).toBe(0);
    const { fromLedger, maybePaidTwice } = place.summary().run.counts;
    expect(fromLedger).toBe(before.size);
    expect(maybePaidTwice).toBeLessThanOrEqual(AT_ONCE * TARGETS);
    const words = last.stdout.replace(/\s+/g, " ");
    expect(words).toContain(`${CASES * TARGETS} planned: ${fromLedger} from the ledger, `);
    if (maybePaidTwice !== 0) expect(words).toMatch(new RegExp(`; ${maybePaidTwice} calls? may have been paid twice`));
    const after = settled();
    for (const [key, row] of before) expect(after.get(key)).toBe(row);
    expect(after.size).toBe(CASES * TARGETS);
    const records = place.records();
    expect(records).toHaveLength(CASES * TARGETS);
    expect(records.every(({ completion }) => completion.kind === "answer")).toBe(true);
    // Each kill may lose what was in flight, and no more.
    expect(place.stub.count()).toBeLessThanOrEqual(CASES * TARGETS + KILLS * AT_ONCE * TARGETS);
    expect(place.stub.count() - sentBefore).toBe(CASES * TARGETS - before.size);
    const lost = place.stub.count() - CASES * TARGETS;
    expect(lost).toBeGreaterThan(0);
    const again = await place.run(["run", "--json"]);
    expect(again.code).toBe(0);
    expect(place.summary().run.counts).toMatchObject({
      planned: CASES * TARGETS,
      fromLedger: CASES * TARGETS,
      sent: 0,
    });
  });
});
