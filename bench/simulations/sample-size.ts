/** Advised numbers of cases: the power that the test which decides has with them, where 80 % was planned. */
import { differenceOfShares } from "../../src/decide/paired.ts";
import { pairedT } from "../../src/stats/paired-mean.ts";
import { clopperPearsonOneSided } from "../../src/stats/proportion.ts";
import {
  sampleSizeMcNemar,
  sampleSizeNoninferiority,
  smallestGap,
  smallestSupportedMargin,
} from "../../src/stats/sample-size.ts";
import { sampleSizePairedT } from "../../src/stats/sample-size-t.ts";
import { tango, tangoNoninferiority } from "../../src/stats/tango.ts";
import { judge, thresholdVerdict } from "../../src/stats/threshold-verdict.ts";
import { mustBeDefined } from "../../src/stats/undefined.ts";
import { normal } from "../draws.ts";
import { chanceOfCount, chanceOfPairs } from "./enumerate.ts";
import { countOf, type Draws, exact, type Figure, near, type Simulation, together } from "./figure.ts";

/** As far as the stated power of the exact McNemar test (77.6 %) and more lies from the plan: the formulas are normal approximations. */
const PLANNED = near(0.8, 0.04);
const ALPHA = 0.05;

const better = (n: number, onlyNew: number, onlyBase: number, confidence: number) =>
  chanceOfPairs(n, onlyNew, onlyBase, (counts) => tango(counts, confidence).lower > 0);
const noWorse = (n: number, discordance: number, margin: number) =>
  chanceOfPairs(n, discordance / 2, discordance / 2, (counts) => tangoNoninferiority(counts, margin).noninferior);

function paired(): Figure[] {
  const gap = mustBeDefined(sampleSizeMcNemar(0.1, 0.05, 0.8, 0.05)).n;
  const five = mustBeDefined(sampleSizeNoninferiority(0.1, 0, 0.05, 0.8, 0.05)).n;
  const three = mustBeDefined(sampleSizeNoninferiority(0.1, 0, 0.03, 0.8, 0.05)).n;
  const seen = mustBeDefined(smallestGap(100, 0.1, 2 * ALPHA));
  return [
    countOf("10 % won, 5 % lost: cases", gap, near(469, 0)),
    exact(`10 % won, 5 % lost, n ${gap}: shown better`, better(gap, 0.1, 0.05, 0.95), PLANNED),
    countOf("no loss, margin 5, 10 % differ: cases", five, near(248, 0)),
    exact(`no loss, margin 5, n ${five}: shown no worse`, noWorse(five, 0.1, 0.05), PLANNED),
    countOf("no loss, margin 3, 10 % differ: cases", three, near(687, 0)),
    exact(`no loss, margin 3, n ${three}: shown no worse`, noWorse(three, 0.1, 0.03), PLANNED),
    ...[
      [100, 0.079],
      [200, 0.056],
      [400, 0.039],
    ].flatMap(([n = 0, stated = 0]) => {
      const margin = smallestSupportedMargin(n, 0.1);
      return [
        exact(`n ${n}, 10 % differ: smallest margin`, margin, near(stated, 0.0006)),
        exact(`n ${n} at that margin: shown no worse`, noWorse(n, 0.1, margin), PLANNED),
      ];
    }),
    exact(
      `n 100, 10 % differ: a gap of ${(seen * 100).toFixed(1)} shown`,
      better(100, (0.1 + seen) / 2, (0.1 - seen) / 2, 1 - 2 * ALPHA),
      PLANNED,
    ),
  ];
}

/** After 100 cases with this share right, 80 % needed: what more cases are advised, were that share the truth. */
function threshold(): Figure[] {
  return [85, 86, 74, 75].map((right) => {
    const { requiredN, planningRate } = thresholdVerdict(right, 100, { threshold: 0.8 });
    const n = mustBeDefined(requiredN);
    const aim = planningRate > 0.8 ? "met" : "not_met";
    const power = chanceOfCount(n, planningRate, (k) => judge(clopperPearsonOneSided(k, n, 0.95), 0.8) === aim);
    return exact(`${right} of 100, 80 % needed, n ${n}: ${aim === "met" ? "met" : "not met"}`, power, PLANNED);
  });
}

/** The formula is that of the paired t test. What decides has two pseudo-cases more and less power: no advice rests on this formula. */
function gradedScores({ runs, random }: Draws): Figure[] {
  return [
    [0.05, 0.2],
    [0.1, 0.25],
  ].flatMap(([delta = 0, sd = 0]) => {
    const { n } = sampleSizePairedT(delta, sd, 0.8, ALPHA);
    const own = random(delta, sd);
    const setting = `graded, gap ${delta * 100}, sd ${sd * 100}, n ${n}`;
    return together(runs, () => {
      const values = Array.from({ length: n }, () => Math.max(-1, Math.min(1, delta + sd * normal(own))));
      const plain = pairedT(values, 1 - ALPHA).bounds;
      return [plain.defined && plain.value.lower > 0, differenceOfShares({ values }, ALPHA / 2).lower > 0];
    }, [[`${setting}: paired t`, PLANNED], [`${setting}: pseudo-cases`]]);
  });
}

export const sampleSize: Simulation = {
  name: "sample-size",
  title: "Advised numbers of cases: power of what decides, planned for 80 %",
  figures: (draws) => [...paired(), ...threshold(), ...gradedScores(draws)],
};
