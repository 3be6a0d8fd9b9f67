/** kill -9 at random points (museum 18): nothing settled is lost, and no more is paid twice than was in flight. */
import { expect, it } from "vitest";
import { faultsOf, killLoop } from "../kill-loop/loop.ts";

const KILLS = 6;
const CASES = 200;

// `npm run kill-loop` does it a hundred times.
it(`row 39: ${KILLS} kills over one run of ${2 * CASES} calls`, { timeout: 240_000 }, async () => {
  const loop = await killLoop({ kills: KILLS, cases: CASES, seed: 20_261_124 });
  expect(faultsOf(loop)).toEqual([]);
  expect(loop.inFlight).toBeGreaterThan(0);
  expect(loop.paidTwice).toBeGreaterThan(0);
  const { words, counts, settledBefore } = loop.last;
  expect(settledBefore).toBeGreaterThan(0);
  expect(words).toContain(`${2 * CASES} planned: ${settledBefore} from the ledger, `);
  const { maybePaidTwice = 0 } = counts;
  if (maybePaidTwice > 0) expect(words).toMatch(new RegExp(`; ${maybePaidTwice} calls? may have been paid twice`));
});
