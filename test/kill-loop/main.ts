/** `npm run kill-loop [-- KILLS [SEED]]`: kills one run so many times (100), and counts what was lost and paid twice. Exit 1 when that is more than may be. */
import { faultsOf, killLoop } from "./loop.ts";

/** Calls that a run makes between two kills, with room. */
const CALLS_PER_KILL = 40;
/** Fewer cases give no verdict, and the last run has to pass. */
const LEAST_CASES = 40;

const [kills = 100, seed = 20_261_129] = process.argv.slice(2).map(Number);
if (![kills, seed].every((one) => Number.isSafeInteger(one) && one > 0)) {
  process.stderr.write("kills and seed are whole numbers, 1 or more\n");
  process.exit(2);
}
const began = performance.now();
const loop = await killLoop({ kills, cases: Math.max(LEAST_CASES, (kills * CALLS_PER_KILL) / 2), seed }, (kill) => {
  if (process.stderr.isTTY || kill % 10 === 0) process.stderr.write(`${kill} of ${kills} kills\n`);
});
const seconds = Math.round((performance.now() - began) / 1_000);
const { counts, settledBefore } = loop.last;
const lines = [
  `${loop.kills} kills over one run of ${loop.calls} calls, seed ${seed}, ${seconds} s`,
  `settled answers lost         ${loop.lostAnswers}`,
  `in flight at the kills       ${loop.inFlight}, at most ${loop.mostInFlight} at one`,
  `requests                     ${loop.requests}`,
  `paid twice                   ${loop.paidTwice}, after each kill no more than had been in flight: ${loop.excesses === 0}`,
  `counted in the ledger        ${loop.ledgerLost} requests that brought nothing`,
  `the last run's report        ${counts.planned} planned, ${counts.fromLedger} from the ledger (${settledBefore} were there), ${counts.sent} sent, ${counts.maybePaidTwice} maybe paid twice`,
  `requests of one run more     ${loop.afterwards}`,
];
const faults = faultsOf(loop);
process.stdout.write(`${[...lines, ...(faults.length === 0 ? ["ok"] : faults)].join("\n")}\n`);
if (faults.length > 0) process.exitCode = 1;
