/**
 * What stands between a requirement that prompting misses and the advice to tune: prompting pushed to its limit, no cheaper way, enough good
 * examples, a place that trains and serves, and money. What a suite does not state is open, never passed.
 */

import { isWaived } from "../suite/ladder.ts";
import type { LoadedSuite, Suite } from "../suite/suite.ts";
import type { Target } from "../suite/target.ts";
import type { TrainingAudit } from "../suite/training.ts";
import { DEFAULT_FEWEST_EXAMPLES, FEWEST_AGREEMENT, GOOD_AGREEMENT, NO_END } from "../suite/training.ts";
import { PER_THOUSAND } from "./amounts.ts";
import { cheaperOf } from "./cheaper.ts";
import { isPrice } from "./checks.ts";
import type { Chosen } from "./choose.ts";
import type { RequirementResult } from "./decision.ts";
import { type GateFinding, open, passed, stopped } from "./gate-finding.ts";
import { counted, figureBeside, requiredFigure } from "./in-words.ts";
import { asksBreakEven, type MoneyStanding, whatWouldPay } from "./money-standing.ts";
import type { Observations } from "./observations.ts";
import { pushedOf } from "./pushed.ts";
import { endsWithin, horizonDays, horizonInWords } from "./side.ts";
import type { SweepEvidence } from "./sweep-contract.ts";
import { tunedVenueOf } from "./tuned-venue.ts";

/** Limits are compared to this share of themselves: dollars per 1,000 and per answer are not exact in binary. */
const ROUNDING = 1e-9;

/** In the order in which they are asked. */
export const GATES = ["pushed", "cheaper", "data", "venue", "money"] as const;
export type GateName = (typeof GATES)[number];
export type Gates = Readonly<Record<GateName, GateFinding>>;

export interface GateInputs {
  readonly observations: Observations;
  readonly prompt: Chosen;
  readonly results: readonly RequirementResult[];
  /** The chosen tuned target: no example need be found for it, and it runs where it runs. */
  readonly tuned?: Target;
  readonly today: Date;
  readonly money: MoneyStanding;
  readonly audit?: TrainingAudit;
  readonly sweep?: SweepEvidence;
}

export function gatesOf(inputs: GateInputs): Gates {
  const { tuned } = inputs;
  const { suite } = inputs.observations;
  return {
    pushed: pushedOf(inputs.observations, inputs.prompt, inputs.sweep),
    cheaper: cheaperOf(inputs.observations, inputs.prompt.position, inputs.results),
    data: tuned === undefined ? dataOf(suite, inputs.audit) : agreementOf(suite),
    venue: tuned === undefined ? venueOf(suite, inputs.today) : tunedVenueOf(suite, tuned),
    money: moneyOf(inputs),
  };
}

function dataOf(suite: Suite | LoadedSuite, audit: TrainingAudit | undefined): GateFinding {
  const { training } = suite;
  const examples = audit === undefined ? training?.examples : Math.min(audit.clean, training?.examples ?? audit.clean);
  const fewest = training?.atLeast ?? DEFAULT_FEWEST_EXAMPLES;
  if (examples === undefined) {
    return open(
      "Nothing is stated of examples to tune on.",
      `State \`training\`: the examples (\`data\`) or how many there are, ${fewest} at least.`,
    );
  }
  if (examples < fewest) {
    return open(
      `There are ${counted(examples, "clean example")} to tune on; ${fewest} are asked for.`,
      `It takes ${counted(fewest - examples, "more clean example")}.`,
    );
  }
  const [trouble] = audit?.errors ?? [];
  if (trouble !== undefined) return open(`The examples are not fit to tune on: ${trouble}.`, "Mend the examples.");
  const agreed = agreementOf(suite);
  if (agreed.state !== "passed") return agreed;
  return passed(`${counted(examples, "clean example")} to tune on (${fewest} asked for); ${agreed.why}`);
}

/** Whether people agree on the labels; what is learned from them, and what is measured by them, is no better. */
function agreementOf({ training }: Pick<Suite, "training">): GateFinding {
  const { agreement } = training ?? {};
  if (agreement === undefined) {
    return open(
      "How far people agree on the labels is not stated: where they do not, tuning learns the noise.",
      `State \`training.agreement\`: Krippendorff's alpha of a sample that two people labelled (${FEWEST_AGREEMENT} at least), or waive it with the reason.`,
    );
  }
  if (isWaived(agreement)) return passed(`that people agree on the labels is waived: ${agreement.waived}.`);
  if (agreement < FEWEST_AGREEMENT) {
    return open(
      `People agree too little on the examples (alpha ${agreement.toFixed(2)}; ${FEWEST_AGREEMENT} at least): tuning would learn the noise.`,
      "Write down how to label, and label a sample twice again.",
    );
  }
  const good = agreement < GOOD_AGREEMENT ? `, where ${GOOD_AGREEMENT} is good` : "";
  return passed(`people agree on the labels (alpha ${agreement.toFixed(2)}${good}).`);
}

function venueOf(suite: Suite | LoadedSuite, today: Date): GateFinding {
  const { training } = suite;
  const venue = training?.venue;
  if (venue === undefined) {
    return open(
      "Nothing is stated of a place that trains and serves the model: hosted tuning ends at several vendors.",
      "State `training.venue`: who trains, until when it is served, whether your data may go there.",
    );
  }
  const { name, trains, dataAllowed, servedUntil } = venue;
  const change = "Another model or venue that trains, serves past the horizon and may have your data would change it.";
  if (!trains) return stopped(`"${name}" takes no tuning jobs.`, change);
  if (dataAllowed === false) return stopped(`Your data may not go to "${name}".`, change);
  if (servedUntil !== undefined && isOver(servedUntil, suite, today)) {
    return stopped(
      `What "${name}" would tune is served until ${servedUntil} only, before the end of ${horizonInWords(suite)}.`,
      change,
    );
  }
  if (dataAllowed === undefined) {
    return open(
      `Whether your data may go to "${name}" and be trained on is not stated.`,
      "State `training.venue.dataAllowed`.",
    );
  }
  if (servedUntil === undefined) {
    return open(
      `Until when "${name}" serves what it would tune is not stated.`,
      `State \`training.venue.servedUntil\`: the day, or "${NO_END}" for weights of your own.`,
    );
  }
  return passed(
    `"${name}" trains and serves${servedUntil === NO_END ? " without an end" : `, until ${servedUntil}`}; your data may go there.`,
  );
}

/** Whether a stated end is past or comes within the horizon. */
function isOver(servedUntil: string, suite: Suite | LoadedSuite, today: Date): boolean {
  return servedUntil !== NO_END && endsWithin(servedUntil, today, horizonDays(suite));
}

/** Whether a tuned request may cost what it is expected to, then whether all of tuning pays where a price is what is missed. */
function moneyOf({ observations, results, tuned, money }: GateInputs): GateFinding {
  const tooDear = tuned === undefined ? tooDearOf(observations.suite, results) : undefined;
  if (tooDear !== undefined) return tooDear;
  const missed = results.filter(({ blocking, state }) => blocking && state === "NOT_MET");
  if (!missed.some(({ key }) => isPrice(key))) {
    return passed("What is missed is not a price: no break-even is asked.");
  }
  if (!asksBreakEven(missed)) return passed("What is missed is not a price alone: no break-even is asked.");
  switch (money.state) {
    case "pays":
      return passed(money.why);
    case "never":
      return stopped(money.why, whatWouldPay(money));
    case "volume-sensitive":
      return open(money.why, "A surer estimate of the volume would settle it.");
    case "unknown":
      return open(money.why, "State `economics`: the volume a month and the costs of tuning.");
  }
}

/**
 * A limit that the suite itself expects a tuned request to pass, whatever the prompt misses: the tune would be rejected by it. A right answer costs a
 * request at least. Equal but for rounding is not over.
 */
function tooDearOf({ economics }: Suite | LoadedSuite, results: readonly RequirementResult[]): GateFinding | undefined {
  const expected = economics?.tunedUsdPer1k;
  if (expected === undefined) return undefined;
  const isOver = ({ key, blocking, threshold }: RequirementResult) => {
    const limit = key === "cost-per-success" ? threshold * PER_THOUSAND : threshold;
    return blocking && isPrice(key) && expected > limit * (1 + ROUNDING);
  };
  const limit = results.find(isOver);
  if (limit === undefined) return undefined;
  const { key, threshold, unit } = limit;
  const [usd, per] = key === "cost" ? [expected, "per 1,000"] : [expected / PER_THOUSAND, "each, right or wrong"];
  const allowed = `${requiredFigure(threshold, unit)} is allowed${key === "cost" ? "" : " for a right answer"}`;
  return {
    ...stopped(
      `Tuned requests are expected to cost ${figureBeside(usd, threshold, unit)} ${per} (\`economics.tunedUsdPer1k\`), and ${allowed}: tuning would miss that limit.`,
      "A tuned model that costs less a request would change it: state its `economics.tunedUsdPer1k`.",
    ),
    tooDear: true,
  };
}
