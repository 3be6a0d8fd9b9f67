/**
 * Early stopping against a fixed number of cases, by seeded simulation: `npm run bench:sequential [-- --runs 4000]`. One look after every 10 cases
 * from 20 on. Limits stand beside the figures; one that is missed makes the exit code 1.
 *
 * Alpha is split: a look may declare at `EARLY` of it by the e-process, and the analysis of a fixed n has the rest when all cases are there. Both
 * together err at most at alpha (union bound). Without a split the last look alone would use alpha up, and any stop before it would come on top.
 */
import { parseArgs } from "node:util";
import { betaMixture } from "../src/stats/beta-mixture.ts";
import { bettingProcess } from "../src/stats/betting.ts";
import { clopperPearsonOneSided } from "../src/stats/proportion.ts";
import { type Random, randomFrom } from "../src/stats/random.ts";
import { tango } from "../src/stats/tango.ts";
import { normal } from "./draws.ts";
import { drawsOf } from "./simulations/figure.ts";
import { everOutside, remembered } from "./simulations/sequences.ts";

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "4000" } } });
const RUNS = Number(options.runs);
const ALPHA = 0.05;
const FIRST = 20;
const EVERY = 10;
/** Shares of alpha that the looks before the last may use: what a run would use, between all and half. */
const EARLY = [1, 0.8, 0.5];
const CHOSEN = 0.8;

/** What came of one simulated run. */
interface Told {
  readonly declared: boolean;
  /** Cases used of those planned, 0 to 1. */
  readonly used: number;
}

let missed = false;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const error = (share: number): string => `${(100 * Math.sqrt((share * (1 - share)) / RUNS)).toFixed(1)}`;
const rateOf = (told: readonly Told[]) => told.filter(({ declared }) => declared).length / told.length;
const usedOf = (told: readonly Told[]) => told.reduce((sum, { used }) => sum + used, 0) / told.length;

function limited(
  figure: number,
  limit: { readonly atMost: number } | { readonly atLeast: number } | undefined,
): string {
  if (limit === undefined) return percent(figure);
  const kept = "atMost" in limit ? figure <= limit.atMost : figure >= limit.atLeast;
  if (!kept) missed = true;
  const words = "atMost" in limit ? `<= ${percent(limit.atMost)}` : `>= ${percent(limit.atLeast)}`;
  return `${percent(figure)} (${words}${kept ? "" : ", MISSED"})`;
}

const isLook = (n: number) => n >= FIRST && n % EVERY === 0;

/** Discordant pairs: the new target wins with `win`, loses with `loss`. Declared: that it is better. */
function paired(random: Random, { win, loss, planned }: Gap, share: number): Told[] {
  const bound = -Math.log(ALPHA * share);
  const early = remembered((wins, n) => betaMixture(wins, n, 0.5).logE >= bound);
  const last = remembered((wins, losses) => {
    const rest = planned - wins - losses;
    return (
      share < 1 &&
      tango({ bothPass: rest, onlyNew: wins, onlyBase: losses, bothFail: 0 }, 1 - 2 * ALPHA * (1 - share)).lower > 0
    );
  });
  return Array.from({ length: RUNS }, () => {
    let wins = 0;
    let losses = 0;
    for (let n = 1; n <= planned; n++) {
      const at = random();
      if (at < win) wins++;
      else if (at < win + loss) losses++;
      if ((isLook(n) || n === planned) && early(wins, wins + losses)) return { declared: true, used: n / planned };
    }
    return { declared: last(wins, losses), used: 1 };
  });
}

function fixedPaired(random: Random, { win, loss, planned }: Gap): number {
  const better = remembered(
    (wins, losses) =>
      tango({ bothPass: planned - wins - losses, onlyNew: wins, onlyBase: losses, bothFail: 0 }, 1 - 2 * ALPHA).lower >
      0,
  );
  let declared = 0;
  for (let run = 0; run < RUNS; run++) {
    let wins = 0;
    let losses = 0;
    for (let n = 0; n < planned; n++) {
      const at = random();
      if (at < win) wins++;
      else if (at < win + loss) losses++;
    }
    if (better(wins, losses)) declared++;
  }
  return declared / RUNS;
}

interface Gap {
  readonly name: string;
  readonly win: number;
  readonly loss: number;
  readonly planned: number;
  readonly limits: { readonly used?: number; readonly power?: number; readonly falsely?: number };
}

const GAPS: readonly Gap[] = [
  { name: "15 points (17.5 % / 2.5 %)", win: 0.175, loss: 0.025, planned: 300, limits: { used: 0.25, power: 0.8 } },
  { name: "5 points (7.5 % / 2.5 %)", win: 0.075, loss: 0.025, planned: 469, limits: { used: 0.6, power: 0.8 } },
  { name: "none (5 % / 5 %)", win: 0.05, loss: 0.05, planned: 469, limits: { falsely: ALPHA } },
  { name: "none (10 % / 10 %)", win: 0.1, loss: 0.1, planned: 300, limits: { falsely: ALPHA } },
  { name: "none (1 % / 1 %)", win: 0.01, loss: 0.01, planned: 300, limits: { falsely: ALPHA } },
  { name: "a loss of 5 (2.5 % / 7.5 %)", win: 0.025, loss: 0.075, planned: 469, limits: { falsely: ALPHA } },
];

function row(cells: readonly string[]): void {
  process.stdout.write(`${cells.join("\t")}\n`);
}

row([
  `Seeded, ${RUNS} runs a row; a rate of 5 % has a Monte Carlo error of ${error(0.05)} points, one of 80 % of ${error(0.8)}`,
]);
row(["\nPaired, one 0/1 a case: the tuned target is better than the prompt, one-sided 5 %"]);
row(["gap", "planned", "alpha of the looks", "cases used", "declared", "declared at fixed n"]);
for (const gap of GAPS) {
  const fixed = fixedPaired(randomFrom([gap.win, gap.loss, gap.planned, 2]), gap);
  for (const share of EARLY) {
    const told = paired(randomFrom([gap.win, gap.loss, gap.planned]), gap, share);
    const { used, power, falsely } = share === CHOSEN ? gap.limits : {};
    const limit = power !== undefined ? { atLeast: power } : falsely !== undefined ? { atMost: falsely } : undefined;
    row([
      gap.name,
      String(gap.planned),
      percent(share * ALPHA),
      limited(usedOf(told), used === undefined ? undefined : { atMost: used }),
      limited(rateOf(told), limit),
      percent(fixed),
    ]);
  }
}

/** Looks at one share against a threshold of 80 %: shown to be met, or shown to be missed. */
function threshold(
  random: Random,
  rate: number,
  planned: number,
): { readonly met: Told[]; readonly notMet: Told[]; readonly used: number } {
  const bound = -Math.log(ALPHA * CHOSEN);
  const rest = 1 - ALPHA * (1 - CHOSEN);
  const met = remembered((passes, n) => betaMixture(passes, n, 0.8).logE >= bound);
  const notMet = remembered((passes, n) => betaMixture(n - passes, n, 0.2).logE >= bound);
  const runs = Array.from({ length: RUNS }, () => {
    let passes = 0;
    for (let n = 1; n <= planned; n++) {
      if (random() < rate) passes++;
      if (!isLook(n)) continue;
      const shown = { met: met(passes, n), notMet: notMet(passes, n) };
      if (shown.met || shown.notMet) return { ...shown, used: n / planned };
    }
    const { lower, upper } = clopperPearsonOneSided(passes, planned, rest);
    return { met: lower > 0.8, notMet: upper < 0.8, used: 1 };
  });
  return {
    met: runs.map(({ met: declared, used }) => ({ declared, used })),
    notMet: runs.map(({ notMet: declared, used }) => ({ declared, used })),
    used: runs.reduce((sum, { used }) => sum + used, 0) / RUNS,
  };
}

row(["\nA requirement of 80 %, 300 cases planned; 4 % for the looks, 1 % for the last (Clopper-Pearson)"]);
row(["true rate", "cases used", "met", "not met"]);
for (const rate of [0.6, 0.65, 0.7, 0.75, 0.79, 0.8, 0.85, 0.9, 0.95]) {
  const { met, notMet, used } = threshold(randomFrom([rate, 300]), rate, 300);
  row([
    percent(rate),
    percent(used),
    limited(rateOf(met), rate <= 0.8 ? { atMost: ALPHA } : undefined),
    limited(rateOf(notMet), rate >= 0.8 ? { atMost: ALPHA } : undefined),
  ]);
}

/** Differences in [-1, 1], in their order; declared as soon as the bet on (d + 1)/2 against (1 - margin)/2 reaches its bound. */
function bets(draw: () => number, margin: number, planned: number): Told[] {
  const alpha = ALPHA * CHOSEN;
  return Array.from({ length: RUNS }, () => {
    const values = Array.from({ length: planned }, () => (draw() + 1) / 2);
    const { eValues } = bettingProcess(values, (1 - margin) / 2, alpha);
    const at = eValues.findIndex((capital, index) => isLook(index + 1) && capital >= 1 / alpha);
    return at < 0 ? { declared: false, used: 1 } : { declared: true, used: (at + 1) / planned };
  });
}

const clipped = (random: Random, mean: number, spread: number) =>
  Math.max(-1, Math.min(1, mean + spread * normal(random)));
const GRADED: readonly (readonly [string, number, (random: Random) => number, "true" | "false"])[] = [
  ["graded, no gap, sd 0.2: better", 0, (random) => clipped(random, 0, 0.2), "false"],
  ["graded, 10 points, sd 0.2: better", 0, (random) => clipped(random, 0.1, 0.2), "true"],
  ["graded, 5 points, sd 0.2: better", 0, (random) => clipped(random, 0.05, 0.2), "true"],
  ["0/1, 5 lost (2.5 % / 7.5 %): no worse by 5", 0.05, (random) => threePoint(random, 0.025, 0.075), "false"],
  ["0/1, no gap (2.5 % / 2.5 %): no worse by 5", 0.05, (random) => threePoint(random, 0.025, 0.025), "true"],
  ["graded, 5 lost, sd 0.2: no worse by 5", 0.05, (random) => clipped(random, -0.05, 0.2), "false"],
];

function threePoint(random: Random, win: number, loss: number): number {
  const at = random();
  return at < win ? 1 : at < win + loss ? -1 : 0;
}

row(["\nBets on differences, 300 cases planned, 4 % for the looks alone"]);
row(["differences and claim", "cases used", "declared"]);
for (const [name, margin, draw, truth] of GRADED) {
  const random = randomFrom([name.length, margin, truth.length]);
  const told = bets(() => draw(random), margin, 300);
  row([name, percent(usedOf(told)), limited(rateOf(told), truth === "false" ? { atMost: ALPHA } : undefined)]);
}

row([
  "\nThe interval to show at a stop: how often it misses the rate at any look (a bound each at 2.5 %), and fixed-n bounds read so",
]);
row(["rate", "confidence sequence", "Clopper-Pearson"]);
for (const rate of [0.5, 0.8, 0.95]) {
  const [ever, fixed] = everOutside(drawsOf(RUNS, 1), rate);
  if (ever === undefined || fixed === undefined) throw new Error("two figures a rate");
  row([percent(rate), limited(ever.value, { atMost: ALPHA }), percent(fixed.value)]);
}

process.exitCode = missed ? 1 : 0;
