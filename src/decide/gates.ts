/**
 * What stands between a requirement that prompting misses and the advice to tune: prompting pushed to its limit, no cheaper way, enough good
 * examples, a place that trains and serves, and money. What a suite does not state is open, never passed.
 */

import type { LoadedSuite, Suite } from "../suite/suite.ts";
import type { TrainingAudit } from "../suite/training.ts";
import { DEFAULT_FEWEST_EXAMPLES, FEWEST_AGREEMENT } from "../suite/training.ts";
import { checksOf } from "./checks.ts";
import type { Chosen } from "./choose.ts";
import type { RequirementResult } from "./decision.ts";
import { type GateFinding, open, passed, stopped } from "./gate-finding.ts";
import { counted, percent } from "./in-words.ts";
import type { MoneyStanding } from "./money-standing.ts";
import type { Observations } from "./observations.ts";
import { pushedOf } from "./pushed.ts";
import { judgeRequirements } from "./requirements.ts";
import { endsWithin, horizonDays, sideOf } from "./side.ts";
import type { SweepEvidence } from "./sweep-contract.ts";

/** In the order in which they are asked. */
export const GATES = ["pushed", "cheaper", "data", "venue", "money"] as const;
export type GateName = (typeof GATES)[number];
export type Gates = Readonly<Record<GateName, GateFinding>>;

export interface GateInputs {
  readonly observations: Observations;
  readonly prompt: Chosen;
  readonly results: readonly RequirementResult[];
  readonly today: Date;
  readonly money: MoneyStanding;
  readonly audit?: TrainingAudit;
  readonly sweep?: SweepEvidence;
}

export function gatesOf(inputs: GateInputs): Gates {
  return {
    pushed: pushedOf(inputs.observations, inputs.prompt, inputs.sweep),
    cheaper: cheaperOf(inputs),
    data: dataOf(inputs.observations.suite, inputs.audit),
    venue: venueOf(inputs.observations.suite, inputs.today),
    money: moneyOf(inputs),
  };
}

/** Whether the right passages in the prompt would do: then what is missing is retrieval. */
function cheaperOf({ observations, results }: GateInputs): GateFinding {
  const { suite } = observations;
  const failed = results.flatMap(({ blocking, state }, at) => (blocking && state === "NOT_MET" ? [at] : []));
  const shares = failed.filter((at) => checksOf(suite)[at]?.direction === "at-least");
  const oracle = suite.targets.findIndex(({ arm }) => arm === "oracle-context");
  const name = suite.targets[oracle]?.name;
  if (shares.length === 0) return passed("No cheaper way is known that the suite does not state as tried.");
  if (name === undefined) {
    return suite.scenario === "knowledge"
      ? open(
          "Nobody knows whether the model lacks the facts or the skill: no target is given the right passages.",
          'Add a prompt-only target with `arm: "oracle-context"` that is given the right passage each time.',
        )
      : passed("No cheaper way is known that the suite does not state as tried.");
  }
  const own = judgeRequirements(sideOf(observations, oracle));
  const states = shares.map((at) => own[at]?.state);
  const figures = shares.flatMap((at) => {
    const result = own[at];
    return result?.estimate.available === true ? [`${result.label} ${percent(result.estimate.value)}`] : [];
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
    `More test cases answered by "${name}".`,
  );
}

function dataOf({ training }: Suite | LoadedSuite, audit: TrainingAudit | undefined): GateFinding {
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
      `${counted(fewest - examples, "more clean example")}.`,
    );
  }
  const [trouble] = audit?.errors ?? [];
  if (trouble !== undefined) return open(`The examples are not fit to tune on: ${trouble}.`, "Mend the examples.");
  const { agreement } = training ?? {};
  if (agreement !== undefined && agreement < FEWEST_AGREEMENT) {
    return open(
      `People agree too little on the examples (alpha ${agreement.toFixed(2)}; ${FEWEST_AGREEMENT} at least): tuning would learn the noise.`,
      "Write down how to label, and label a sample twice again.",
    );
  }
  const sure =
    agreement === undefined ? "; how far people agree on them is not stated" : `, alpha ${agreement.toFixed(2)}`;
  return passed(`${counted(examples, "clean example")} to tune on (${fewest} asked for)${sure}.`);
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
  const change = "Another model or venue that trains, serves past the horizon and may have your data.";
  if (!venue.trains) return stopped(`"${venue.name}" takes no tuning jobs.`, change);
  if (venue.dataAllowed === false) return stopped(`Your data may not go to "${venue.name}".`, change);
  if (venue.servedUntil !== undefined && endsWithin(venue.servedUntil, today, horizonDays(suite))) {
    return stopped(`What "${venue.name}" would tune is served until ${venue.servedUntil} only.`, change);
  }
  const until = venue.servedUntil === undefined ? "" : `, served until ${venue.servedUntil}`;
  return passed(`"${venue.name}" trains and serves${until}.`);
}

/** Break-even is asked where prices alone are missed, as of a tuned target: what quality is worth is for people to say. */
function moneyOf({ results, money }: GateInputs): GateFinding {
  const missed = results.filter(({ blocking, state }) => blocking && state === "NOT_MET");
  const cost = missed.length > 0 && missed.every(({ key }) => key === "cost");
  if (!cost) return passed("What is missed is not a price: no break-even is asked.");
  switch (money.state) {
    case "pays":
      return passed(money.why);
    case "never":
      return stopped(
        money.why,
        "A larger volume, a cheaper tuned model, or a prompt that costs less (caching, batches, a smaller model).",
      );
    case "volume-sensitive":
      return open(money.why, "A surer estimate of the volume.");
    case "unknown":
      return open(money.why, "State `economics`: the volume a month and the costs of tuning.");
  }
}
