/**
 * The second gate: is there a cheaper way to what is missed? The right passages in the prompt for shares; for a price, the same prompt from the
 * provider's cache or in batches. Tuning is asked on only where some of what is missed is left when each cheaper way has been taken.
 */
import { clusterNumbers } from "../stats/cluster-numbers.ts";
import { isWaived } from "../suite/ladder.ts";
import { PER_THOUSAND } from "./amounts.ts";
import type { Side } from "./assess.ts";
import { alphaOf, checksOf, isPrice } from "./checks.ts";
import type { RequirementResult, Unit } from "./decision.ts";
import { amountEstimate } from "./estimate.ts";
import { type GateFinding, open, passed, stopped } from "./gate-finding.ts";
import { casesCounted, figureBeside, listed, percent, requiredFigure, withConfidence } from "./in-words.ts";
import { estimateInWords } from "./instruments/case-shares.ts";
import { meanBounds, type Sample, spreadOf } from "./mean-bounds.ts";
import type { Observations } from "./observations.ts";
import { SHOWN } from "./paired.ts";
import { judgeRequirements } from "./requirements.ts";
import { batchedCost, bothCosts, type Cached, cachedCost, type MaybeServed, type Served } from "./serving-cost.ts";
import { sideOf } from "./side.ts";
import { isSuccessCosts, ratioBounds, ratioOf, successCosts } from "./success-cost.ts";

const NONE_KNOWN = "No cheaper way is known that the suite does not state as tried.";

/**
 * @param prompt position of the best prompt
 * @param results that prompt held against every check
 */
export function cheaperOf(
  observations: Observations,
  prompt: number,
  results: readonly RequirementResult[],
): GateFinding {
  const checks = checksOf(observations.suite);
  const failed = results.flatMap(({ blocking, state }, at) => (blocking && state === "NOT_MET" ? [at] : []));
  const shares = failed.filter((at) => checks[at]?.direction === "at-least");
  const prices = failed.flatMap((at) => {
    const result = results[at];
    return result !== undefined && isPrice(result.key) ? [result] : [];
  });
  const others = failed.length - shares.length - prices.length;
  const parts = [
    ...(shares.length === 0 ? [] : [retrievalOf(observations, shares)]),
    ...prices.map((price) => servingOf(observations, prompt, price)),
    ...(others === 0 ? [] : [passed(NONE_KNOWN)]),
  ];
  // What one way leaves missed is still missed when another closes the rest.
  const left = parts.find(({ state }) => state === "passed");
  return left ?? parts.find(({ state }) => state === "open") ?? parts[0] ?? passed(NONE_KNOWN);
}

/** Whether the right passages in the prompt would do: then what is missing is retrieval. */
function retrievalOf(observations: Observations, shares: readonly number[]): GateFinding {
  const { suite } = observations;
  const oracle = suite.targets.findIndex(({ arm }) => arm === "oracle-context");
  const name = suite.targets[oracle]?.name;
  if (name === undefined) {
    return suite.scenario === "knowledge"
      ? open(
          "Nobody knows whether the model lacks the facts or the skill: no target is given the right passages.",
          'Add a prompt-only target with `arm: "oracle-context"` that is given the right passage each time.',
        )
      : passed(NONE_KNOWN);
  }
  const own = judgeRequirements(sideOf(observations, oracle));
  const states = shares.map((at) => own[at]?.state);
  const figures = shares.flatMap((at) => {
    const result = own[at];
    return result?.estimate.available === true ? [`${result.label} ${estimateInWords(result.estimate)}`] : [];
  });
  const seen = figures.length === 0 ? "" : ` (${figures.join("; ")})`;
  if (states.every((state) => state === "MET")) {
    return stopped(
      `With the right passage in the prompt "${name}" meets what is missed${seen}: what is missing is retrieval, not training.`,
      "Build retrieval and add it as a prompt-only target; should it miss still, tuning is asked again.",
    );
  }
  if (states.includes("NOT_MET")) {
    return passed(`Even with the right passage in the prompt "${name}" misses${seen}: retrieval alone does not do.`);
  }
  return open(
    `Whether the right passage in the prompt would do is not settled by "${name}"${seen}.`,
    `More test cases answered by "${name}" would settle it.`,
  );
}

interface Words {
  /** Begins a sentence. */
  readonly subject: string;
  /** After "served". */
  readonly phrase: string;
  readonly waive: string;
}

const WAIVE_BATCH = "waive `ladder.batch` with the reason";
const CACHING: Words = {
  subject: "Caching",
  phrase: "from the provider's cache",
  waive: "waive `ladder.caching` with the reason",
};
const BATCH: Words = { subject: "A batch", phrase: "in batches", waive: WAIVE_BATCH };
const BOTH: Words = { subject: "Caching in batches", phrase: "from the cache and in batches", waive: WAIVE_BATCH };

/** Caching first, which no user of the product notices; then batches, whose answers come later; then both at once. */
function servingOf(observations: Observations, prompt: number, cost: RequirementResult): GateFinding {
  const { ladder, requirement } = observations.suite;
  const slots = observations.slots("test");
  const side = sideOf(observations, prompt);
  const cached = isWaived(ladder?.caching) ? undefined : cachedCost(observations, prompt, slots);
  // Whoever states how long an answer may take does not wait for a batch.
  const waits = requirement.latency === undefined && !isWaived(ladder?.batch);
  const batched = waits ? batchedCost(observations, prompt, slots) : undefined;
  const both = cached?.kind === "known" && waits ? bothCosts(cached, observations, prompt, slots) : undefined;
  const hits = cached?.kind === "known" && cost.key === "cost" ? hitsNeeded(cached, cost) : "";
  const ways = [
    ...(cached === undefined ? [] : [heldAgainst(side, cost, cached, CACHING, hits)]),
    ...(batched === undefined ? [] : [heldAgainst(side, cost, batched, BATCH)]),
    ...(both === undefined ? [] : [heldAgainst(side, cost, both, BOTH)]),
  ];
  const enough = ways.find(({ state }) => state === "stopped");
  if (enough !== undefined) return enough;
  const unsettled = ways.filter(({ state }) => state === "open");
  const told = (findings: readonly GateFinding[], of: "why" | "change") => findings.map((one) => one[of]).join(" ");
  if (unsettled.length > 0) return open(told(unsettled, "why"), told(unsettled, "change"));
  const waived = (["caching", "batch"] as const).filter((way) => isWaived(ladder?.[way]));
  const left = waived.length === 0 ? "" : `Waived as cheaper ways: ${listed(waived)}.`;
  return passed([told(ways, "why"), left].filter((part) => part !== "").join(" ") || NONE_KNOWN);
}

/** One way to serve the same prompt for less, held against the limit. */
function heldAgainst(
  side: Side,
  { key, threshold, unit, label }: RequirementResult,
  served: MaybeServed,
  { subject, phrase, waive }: Words,
  need = "",
): GateFinding {
  if (served.kind !== "known") {
    if (served.kind === "no-use") return passed(`${subject} saves nothing here: ${served.why}.`);
    return open(
      `What the same prompt would cost ${phrase} is not known: ${served.why}.`,
      `State what is missing of the price, or ${waive}.`,
    );
  }
  const price = key === "cost-per-success" ? pricePerSuccess(side, served) : pricePerThousand(side, served);
  const beside = (value: number) => figureBeside(value, threshold, unit);
  const sure = withConfidence(1 - alphaOf(side.observations.suite));
  const told = toldPrice(price, threshold, unit);
  const asked = `${requiredFigure(threshold, unit)} allowed`;
  const { upper, lower } = price;
  if (upper !== undefined && upper <= threshold) {
    return stopped(
      `Served ${phrase}, the same prompt meets the price: ${told} (at most ${beside(upper)} ${sure}, ${asked}; ${served.by}).${need}`,
      `Serve the prompt ${phrase} and measure again; should it miss still, tuning is asked again. Where that cannot be done, ${waive}.`,
    );
  }
  if (lower !== undefined && lower > threshold) {
    return passed(
      `Served ${phrase}, the same prompt misses the price still: ${told} (at least ${beside(lower)} ${sure}, ${asked}; ${served.by}).`,
    );
  }
  const bounded = lower !== undefined && upper !== undefined;
  const between = bounded ? `at least ${beside(lower)} and at most ${beside(upper)}, each ${sure}` : "without a bound";
  return open(
    `Whether the same prompt served ${phrase} meets the price is not settled: ${told} (${between}, ${asked}; ${served.by}).`,
    bounded
      ? `More test cases would settle it; or ${waive}.`
      : `More test cases would settle it: they give ${label} a bound.`,
  );
}

/** A price in the unit of its limit, with the bounds that decide; absent where they cannot be formed. */
interface ServedPrice {
  readonly value: number;
  readonly interval?: { readonly lower: number; readonly upper: number };
  readonly n: number;
  readonly clusters?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly per: string;
}

function pricePerThousand({ observations }: Side, { sample }: Served): ServedPrice {
  const bounds = meanBounds(sample, 1 - alphaOf(observations.suite));
  const estimate = amountEstimate(sample, "usd-per-1k", PER_THOUSAND, "no answer");
  return {
    value: spreadOf(sample).mean * PER_THOUSAND,
    ...(estimate.available && estimate.interval !== undefined ? { interval: estimate.interval } : {}),
    n: sample.values.length,
    ...clustersIn(sample),
    ...(bounds === undefined
      ? {}
      : { lower: Math.max(0, bounds.lower * PER_THOUSAND), upper: bounds.upper * PER_THOUSAND }),
    per: "per 1,000",
  };
}

/** Missing answers are read against what is claimed, as of the price that was measured. */
function pricePerSuccess(side: Side, { costs }: Served): ServedPrice {
  const confidence = 1 - alphaOf(side.observations.suite);
  const [left, failed, right] = (["leave", "fail", "pass"] as const).map((missing) =>
    successCosts(side, missing, costs),
  );
  const per = "a right answer";
  if (left === undefined || failed === undefined || right === undefined) return { value: 0, n: 0, per };
  if (!isSuccessCosts(left) || !isSuccessCosts(failed) || !isSuccessCosts(right)) return { value: 0, n: 0, per };
  const shown = ratioBounds(left, (1 + SHOWN) / 2);
  const upper = ratioBounds(failed, confidence)?.upper;
  const lower = ratioBounds(right, confidence)?.lower;
  return {
    value: ratioOf(left),
    ...(shown?.upper === undefined ? {} : { interval: { lower: shown.lower, upper: shown.upper } }),
    n: left.costs.length,
    ...clustersIn(left.right),
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    per,
  };
}

function clustersIn({ clusters }: Sample): { readonly clusters?: number } {
  return clusters === undefined ? {} : { clusters: clusterNumbers(clusters).sizes.length };
}

/** "$0.31 per 1,000 (95 % interval $0.30 to $0.32, 200 cases)". */
function toldPrice({ value, interval, n, clusters, per }: ServedPrice, threshold: number, unit: Unit): string {
  const shown = interval === undefined ? [value] : [value, interval.lower, interval.upper];
  const beside = (usd: number) => figureBeside(usd, threshold, unit, shown);
  const range = interval === undefined ? "" : `95 % interval ${beside(interval.lower)} to ${beside(interval.upper)}, `;
  return `${beside(value)} ${per} (${range}${casesCounted(n, clusters)})`;
}

/** The share of requests that must find the beginning in the cache: a request that does not pays for writing it. */
function hitsNeeded({ hitUsd, missUsd }: Cached, { threshold }: RequirementResult): string {
  const limit = threshold / PER_THOUSAND;
  const saved = missUsd - hitUsd;
  if (!(saved > 0) || limit <= hitUsd) return "";
  const share = Math.min(1, Math.max(0, (missUsd - limit) / saved));
  return ` It holds as long as about ${percent(share, 0)} of the requests find it there.`;
}
