/** Looks after every 10 cases from 20 to 300: bounds that hold at all of them together, and fixed-n bounds read so. */
import { betaMixture } from "../../src/stats/beta-mixture.ts";
import { rateSequence } from "../../src/stats/confidence-sequence.ts";
import { meanEvidence } from "../../src/stats/mean-sequence.ts";
import { clopperPearsonOneSided } from "../../src/stats/proportion.ts";
import type { Random } from "../../src/stats/random.ts";
import { mean, sumOfSquares } from "../../src/stats/sum.ts";
import { type Band, countOf, type Draws, type Figure, near, type Simulation, together } from "./figure.ts";

const ALPHA = 0.05;
const PLANNED = 300;
const THRESHOLD = 0.8;
const isLook = (n: number) => n >= 20 && n % 10 === 0;

/** Answers to the same counts are formed once. */
export function remembered(of: (a: number, b: number) => boolean): (a: number, b: number) => boolean {
  const known = new Map<number, boolean>();
  return (a, b) => {
    const key = a * 10_000 + b;
    const found = known.get(key) ?? of(a, b);
    known.set(key, found);
    return found;
  };
}

type Happens = (passes: number, n: number) => boolean;

/** The first look at which each of several things happens, `undefined` where it never does. */
function firstLooks(random: Random, rate: number, things: readonly Happens[], look = isLook): (number | undefined)[] {
  const first = things.map((): number | undefined => undefined);
  let passes = 0;
  for (let n = 1; n <= PLANNED; n++) {
    if (random() < rate) passes++;
    if (!look(n)) continue;
    for (const [at, happens] of things.entries()) if (first[at] === undefined && happens(passes, n)) first[at] = n;
  }
  return first;
}

/** How often a rate is outside of its bounds at any look: by the confidence sequence, and by Clopper-Pearson. */
export function everOutside({ runs, random }: Draws, rate: number): Figure[] {
  const own = random(rate, 29);
  const outside = ({ lower, upper }: { readonly lower: number; readonly upper: number }) =>
    rate < lower || rate > upper;
  const things = [
    remembered((passes, n) => outside(rateSequence(passes, n, ALPHA / 2))),
    remembered((passes, n) => outside(clopperPearsonOneSided(passes, n, 1 - ALPHA / 2))),
  ];
  return together(runs, () => firstLooks(own, rate, things).map((at) => at !== undefined), [
    [`rate ${rate * 100} %: ever outside`, { atMost: ALPHA }],
    [`rate ${rate * 100} %: the same by Clopper-Pearson`],
  ]);
}

const met = () => [
  remembered((passes, n) => betaMixture(passes, n, THRESHOLD).logE >= -Math.log(ALPHA)),
  remembered((passes, n) => clopperPearsonOneSided(passes, n, 1 - ALPHA).lower >= THRESHOLD),
];

function falselyMet({ runs, random }: Draws): Figure[] {
  const own = random(THRESHOLD, 30);
  const things = met();
  return together(runs, () => firstLooks(own, THRESHOLD, things).map((at) => at !== undefined), [
    ["80 % needed, true 80 %: ever met", { atMost: ALPHA }],
    ["the same by Clopper-Pearson at each look", near(0.18, 0.01)],
  ]);
}

/** Cases until a requirement of 80 % is shown, of at most 300. The stated means are those of a look after every case. */
function stops({ runs, random }: Draws): Figure[] {
  return [
    [0.95, 38],
    [0.9, 95],
  ].flatMap(([rate = 0, stated = 0]) => [
    usedTill(
      runs,
      random(rate, 31),
      rate,
      `true ${rate * 100} %, every case a look: cases to met`,
      () => true,
      near(stated, 1),
    ),
    usedTill(runs, random(rate, 33), rate, `true ${rate * 100} %, these looks: cases to met`, isLook),
  ]);
}

function usedTill(
  runs: number,
  random: Random,
  rate: number,
  setting: string,
  look: (n: number) => boolean,
  band?: Band,
): Figure {
  const things = met().slice(0, 1);
  const used = Array.from({ length: runs }, () => firstLooks(random, rate, things, look)[0] ?? PLANNED);
  const average = mean(used);
  const error = runs > 1 ? Math.sqrt(sumOfSquares(used) / (runs - 1) / runs) : PLANNED;
  return countOf(setting, average, band, error);
}

/** Graded scores on a grid of tenths: the evidence against the true mean, on either side, at any look. */
function gradedScores({ runs, random }: Draws): Figure[] {
  return [0.5, 0.9].flatMap((rate) => {
    const own = random(rate, 32);
    return together(Math.ceil(runs / 4), () => {
      const values: number[] = [];
      let [low, high] = [false, false];
      for (let n = 1; n <= PLANNED; n++) {
        let tenths = 0;
        for (let at = 0; at < 10; at++) if (own() < rate) tenths += 1;
        values.push(tenths / 10);
        if (!isLook(n)) continue;
        low ||= meanEvidence(values, rate) >= 2 / ALPHA;
        high ||=
          meanEvidence(
            values.map((value) => 1 - value),
            1 - rate,
          ) >=
          2 / ALPHA;
      }
      return [low || high];
    }, [[`graded, mean ${rate * 100} %: ever outside`, { atMost: ALPHA }]]);
  });
}

export const sequences: Simulation = {
  name: "sequences",
  title: "29 looks at up to 300 cases: confidence sequences and the e-process",
  figures: (draws) => [
    ...[0.5, 0.8, 0.95].flatMap((rate) => everOutside(draws, rate)),
    ...falselyMet(draws),
    ...stops(draws),
    ...gradedScores(draws),
  ],
};
