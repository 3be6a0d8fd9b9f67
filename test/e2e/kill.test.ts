/**
 * kill -9 at random points (museum 18): nothing settled is lost, no more is paid twice than was in flight, and no request leaves without a row in
 * the ledger. A start of the command costs more than all else here, so that each run is also held at some points before it is killed.
 */
import { expect, it } from "vitest";
import { faultsOf, killLoop } from "../kill-loop/loop.ts";

const KILLS = 5;
const STOPS = 3;
const CASES = 250;

// `npm run kill-loop` does it a hundred times.
it(`row 39: ${KILLS * (1 + STOPS)} points of one run of ${2 * CASES} calls, killed at ${KILLS}`, {
  timeout: 240_000,
}, async () => {
  const loop = await killLoop({ kills: KILLS, stopsPerKill: STOPS, cases: CASES, seed: 20_261_124 });
  expect(faultsOf(loop)).toEqual([]);
  expect(loop).toMatchObject({ kills: KILLS, stops: KILLS * STOPS });
  expect(loop.inFlight).toBeGreaterThan(0);
  expect(loop.paidTwice).toBeGreaterThan(0);
  const { words, counts, settledBefore, openBefore, askedAgain } = loop.last;
  expect(settledBefore).toBeGreaterThan(0);
  expect(words).toContain(`${2 * CASES} planned: ${settledBefore} from the ledger, `);
  // Both are counted, exactly: by the ledger, by the provider, and in the report.
  expect(askedAgain).toBeGreaterThan(0);
  expect(askedAgain).toBeLessThanOrEqual(openBefore);
  expect(counts).toMatchObject({ fromLedger: settledBefore, maybePaidTwice: openBefore });
  expect(words).toMatch(new RegExp(`; ${openBefore} calls? may have been paid twice`));
});
