/** The prompt ceiling: what the best of k prompts is worth, so that "prompting is exhausted" is a measurement and not an opinion. */

import { bestOfKShares } from "../stats/expected-best.ts";
import { canonicalJson } from "../suite/fingerprint.ts";
import { type CaseValues, caseValues, sampleWhere } from "./case-values.ts";
import type { CeilingPoint, PromptCeiling } from "./ceiling-contract.ts";
import { alphaOf, choiceMetric } from "./checks.ts";
import type { Chosen } from "./choose.ts";
import type { MaybeDifference, MaybeEstimate } from "./decision.ts";
import { shareEstimate, unavailable } from "./estimate.ts";
import { type Sample, spreadOf } from "./mean-bounds.ts";
import { targetAt } from "./measure.ts";
import { ABSENT } from "./number-column.ts";
import type { Observations } from "./observations.ts";
import { differenceOfShares } from "./paired.ts";

/** What several prompts have on the cases that all of them have. */
interface Shared {
  /** One sample a prompt. */
  readonly samples: readonly Sample[];
  readonly means: readonly number[];
}

/**
 * The competing prompts on the model of the chosen one; `undefined` for fewer than two with answers on dev. Which prompt is the best of k is
 * told by dev alone; its score on test is that of a choice that test had no part in. The interval is over cases, given these prompts: it does not
 * say what other prompts would have had.
 */
export function ceilingOf(observations: Observations, { position, candidates }: Chosen): PromptCeiling | undefined {
  const { suite } = observations;
  const model = canonicalJson(targetAt(observations, position).model.identity);
  const measured = new Set(candidates.filter(({ dev }) => dev.available).map(({ target }) => target));
  const positions = suite.targets.flatMap(({ name, model: { identity } }, at) =>
    measured.has(name) && canonicalJson(identity) === model ? [at] : [],
  );
  if (positions.length < 2) return undefined;
  const dev = sharedOn(observations, positions, "dev");
  if (dev.samples[0] === undefined || dev.samples[0].values.length === 0) return undefined;
  const test = sharedOn(observations, positions, "test");
  const shares = positions.map((_, at) => bestOfKShares(dev.means, at + 1));
  return {
    modelId: targetAt(observations, position).model.id,
    prompts: positions.map((at) => targetAt(observations, at).name),
    points: shares.map((share, at): CeilingPoint => ({ k: at + 1, dev: told(dev, share), test: told(test, share) })),
    lastAdds: lastAdds(test, shares, alphaOf(suite)),
  };
}

function sharedOn(observations: Observations, positions: readonly number[], split: "dev" | "test"): Shared {
  const slots = observations.slots(split);
  const metric = choiceMetric(observations.suite);
  const columns = positions.map((at) => caseValues(observations, at, slots, metric, "leave"));
  const marks: CaseValues = slots.map((_, at) =>
    columns.some((values) => (values[at] ?? ABSENT) === ABSENT) ? ABSENT : 1,
  );
  const samples = columns.map((values) => sampleWhere(observations, slots, values, marks));
  return { samples, means: samples.map((sample) => (sample.values.length === 0 ? 0 : spreadOf(sample).mean)) };
}

/** By case, the values of the prompts weighed by their chance of being the best of k. */
function weighed({ samples }: Shared, share: readonly number[]): Sample {
  const [first] = samples;
  if (first === undefined) return { values: [] };
  return {
    ...first,
    values: first.values.map((_, at) => {
      const value = samples.reduce((sum, { values }, which) => sum + (values[at] ?? 0) * (share[which] ?? 0), 0);
      // Shares sum to 1 but for the last bits.
      return Math.min(1, Math.max(0, clean(value)));
    }),
  };
}

function told(shared: Shared, share: readonly number[]): MaybeEstimate {
  return shareEstimate(weighed(shared, share), "share", "no case was answered under every prompt");
}

function lastAdds(test: Shared, shares: readonly (readonly number[])[], alpha: number): MaybeDifference {
  const [all, butOne] = [shares.at(-1), shares.at(-2)];
  if (all === undefined || butOne === undefined) return unavailable("there are not two prompts");
  const best = weighed(test, all);
  if (best.values.length === 0) return unavailable("no test case was answered under every prompt");
  const fewer = weighed(test, butOne);
  const difference = { ...best, values: best.values.map((value, at) => clean(value - (fewer.values[at] ?? 0))) };
  const { shown } = differenceOfShares(difference, alpha);
  return { available: true, ...shown, value: clean(shown.value) };
}

/** Without what the last bits of sums leave where there is nothing; never -0, which JSON would not give back. */
function clean(value: number): number {
  return Number(value.toFixed(12)) + 0;
}
