/**
 * What the merge gate does with known truths: `npm run bench:gate [-- --runs 2000]`. Base of 5 stored samples a case, 15 % of the cases flaky, looks
 * after 1, 3 and 5 trials of all cases. Seeded. Ends with 1 where a limit is missed.
 */
import { parseArgs } from "node:util";
import { dropTest } from "../src/decide/baseline/drop-test.ts";
import { levelsAt } from "../src/decide/baseline/looks.ts";
import { differenceOfShares } from "../src/decide/paired.ts";
import { type Random, randomFrom } from "../src/stats/random.ts";

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "2000" } } });
const RUNS = Number(options.runs);
const LOOKS = [1, 3, 5];
const BASE_SAMPLES = 5;
const FLAKY = 0.15;
const STABLE_RIGHT = 0.85;
const MARGIN = 0.05;
const ALPHA = 0.05;

interface Tally {
  pass: number;
  fail: number;
  calls: number;
}

/** Pass rates of the cases: 15 % flaky between 20 % and 80 %, of the others 85 % always right. */
function rates(random: Random, cases: number): number[] {
  return Array.from({ length: cases }, () => {
    if (random() < FLAKY) return 0.2 + 0.6 * random();
    return random() < STABLE_RIGHT ? 1 : 0;
  });
}

/** A drop: so many right cases break that the mean falls by `drop` in expectation. */
function changed(random: Random, base: readonly number[], drop: number): number[] {
  const broken = drop / ((1 - FLAKY) * STABLE_RIGHT + FLAKY * 0.5);
  return base.map((rate) => (random() < broken ? 0 : rate));
}

function passes(random: Random, rate: number, trials: number): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if (random() < rate) count += 1;
  return count;
}

function one(random: Random, cases: number, drop: number, looks: readonly number[], tally: Tally): void {
  const before = rates(random, cases);
  const now = changed(random, before, drop);
  const base = before.map((rate) => passes(random, rate, BASE_SAMPLES) / BASE_SAMPLES);
  const seen = now.map(() => 0);
  let done = 0;
  for (const [at, trials] of looks.entries()) {
    for (const [index, rate] of now.entries()) seen[index] = (seen[index] ?? 0) + passes(random, rate, trials - done);
    done = trials;
    const fresh = seen.map((count) => count / trials);
    const levels = levelsAt(at + 1, LOOKS.length, ALPHA);
    const values = fresh.map((value, index) => value - (base[index] ?? 0));
    const passed = differenceOfShares({ values }, levels.pass).lower > -MARGIN;
    const failed = !passed && dropTest({ fresh, base }, BASE_SAMPLES < trials) < levels.fail;
    if (passed) tally.pass += 1;
    if (failed) tally.fail += 1;
    if (passed || failed) break;
  }
  tally.calls += done;
}

function simulate(cases: number, drop: number, looks: readonly number[] = LOOKS): Tally {
  const random = randomFrom([cases, drop * 1000, looks.length]);
  const tally: Tally = { pass: 0, fail: 0, calls: 0 };
  for (let run = 0; run < RUNS; run++) one(random, cases, drop, looks, tally);
  return { pass: tally.pass / RUNS, fail: tally.fail / RUNS, calls: tally.calls / RUNS };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8);
const held: boolean[] = [];
function limit(name: string, value: number, shown: string, ok: boolean): void {
  held.push(ok);
  process.stdout.write(`${ok ? "held  " : "MISSED"}  ${name}: ${shown}\n`);
  if (!Number.isFinite(value)) throw new RangeError(name);
}

process.stdout.write(`${RUNS} runs a row, margin 5 points, looks after ${LOOKS.join(", ")} trials\n\n`);
process.stdout.write("cases  change      pass      fail  not settled  trials a case\n");
const rows = new Map<string, Tally>();
for (const cases of [60, 200]) {
  for (const drop of [0, 0.05, 0.1]) {
    const tally = simulate(cases, drop);
    rows.set(`${cases} ${drop}`, tally);
    const open = 1 - tally.pass - tally.fail;
    const change = drop === 0 ? "none" : `-${drop * 100} points`;
    process.stdout.write(
      `${String(cases).padStart(5)}  ${change.padEnd(10)}${percent(tally.pass)}  ${percent(tally.fail)}     ${percent(open)}  ${tally.calls.toFixed(2).padStart(13)}\n`,
    );
  }
}
process.stdout.write("\n");

const row = (cases: number, drop: number): Tally => {
  const found = rows.get(`${cases} ${drop}`);
  if (found === undefined) throw new Error(`no row of ${cases} cases`);
  return found;
};
const unchanged = row(200, 0);
const dropped = row(200, 0.05);
limit(
  "200 unchanged cases called a drop, at most 2 %",
  unchanged.fail,
  percent(unchanged.fail),
  unchanged.fail <= 0.02,
);
limit(
  "a drop of 5 points in 200 cases caught, at least 75 %",
  dropped.fail,
  percent(dropped.fail),
  dropped.fail >= 0.75,
);
limit(
  "trials a case for 200 unchanged, at most 1.5",
  unchanged.calls,
  unchanged.calls.toFixed(2),
  unchanged.calls <= 1.5,
);
// However many looks: the levels spend one error between them.
for (const looks of [LOOKS.slice(0, 1), LOOKS, [1, 3, 5, 7, 9]]) {
  for (const cases of [60, 200]) {
    const { pass } = looks === LOOKS ? row(cases, MARGIN) : simulate(cases, MARGIN, looks);
    limit(
      `a loss of the margin in ${cases} cases passes, ${looks.length} looks, at most 5 %`,
      pass,
      percent(pass),
      pass <= 0.05,
    );
    const { fail } = looks === LOOKS ? row(cases, 0) : simulate(cases, 0, looks);
    limit(`no loss in ${cases} cases fails, ${looks.length} looks, at most 2 %`, fail, percent(fail), fail <= 0.02);
  }
}
process.exitCode = held.every((ok) => ok) ? 0 : 1;
