/**
 * What stands between a requirement that prompting misses and the advice to tune: prompting pushed to its limit, no cheaper way, enough good
 * examples, a place that trains and serves, and money. What a suite does not state is open, never passed.
 */

import { isWaived, RUNG_WORDS, rungsOf } from "../suite/ladder.ts";
import type { LoadedSuite, Suite } from "../suite/suite.ts";
import type { TrainingAudit } from "../suite/training.ts";
import { DEFAULT_FEWEST_EXAMPLES, FEWEST_AGREEMENT } from "../suite/training.ts";
import { alphaOf, checksOf, choiceMetric } from "./checks.ts";
import type { Chosen } from "./choose.ts";
import { compareOn } from "./compare.ts";
import type { RequirementResult } from "./decision.ts";
import { counted, listed, percent, points } from "./in-words.ts";
import type { MoneyStanding } from "./money-standing.ts";
import type { Observations } from "./observations.ts";
import { judgeRequirements } from "./requirements.ts";
import { endsWithin, sideOf } from "./side.ts";

/** A gate and how it stands: `passed`, `stopped` for good, or `open` for want of evidence or of a statement. */
export interface GateFinding {
  readonly state: "passed" | "stopped" | "open";
  /** One sentence. */
  readonly why: string;
  /** What would open it, one sentence. */
  readonly change: string;
}

/** In the order in which they are asked. */
export const GATES = ["pushed", "cheaper", "data", "venue", "money"] as const;
export type GateName = (typeof GATES)[number];
export type Gates = Readonly<Record<GateName, GateFinding>>;

/** Gain of the last prompt over the ones before, in shares, below which trying on is taken to be idle. */
export const PLATEAU = 0.02;

const passed = (why: string): GateFinding => ({ state: "passed", why, change: "" });
const open = (why: string, change: string): GateFinding => ({ state: "open", why, change });
const stopped = (why: string, change: string): GateFinding => ({ state: "stopped", why, change });

export interface GateInputs {
  readonly observations: Observations;
  readonly prompt: Chosen;
  readonly results: readonly RequirementResult[];
  readonly today: Date;
  readonly money: MoneyStanding;
  readonly audit?: TrainingAudit;
}

export function gatesOf(inputs: GateInputs): Gates {
  return {
    pushed: pushedOf(inputs),
    cheaper: cheaperOf(inputs),
    data: dataOf(inputs.observations.suite, inputs.audit),
    venue: venueOf(inputs.observations.suite, inputs.today),
    money: moneyOf(inputs),
  };
}

function pushedOf({ observations, prompt }: GateInputs): GateFinding {
  const { ladder, scenario } = observations.suite;
  const missing = rungsOf(scenario).filter((rung) => ladder?.[rung] === undefined);
  const [next] = missing;
  if (next !== undefined) {
    const others = missing.length - 1;
    const more = others === 0 ? "" : ` (${counted(others, "rung")} more are not stated)`;
    return open(
      `Prompting was not pushed to its limit as far as the suite states: nothing is said of ${RUNG_WORDS[next]}${more}.`,
      `Try ${RUNG_WORDS[next]} as a prompt-only target and name it in \`ladder["${next}"]\`, or waive it there with the reason.`,
    );
  }
  const waived = rungsOf(scenario).filter((rung) => isWaived(ladder?.[rung]));
  const told = waived.length === 0 ? "every rung was tried" : `every rung was tried but ${listed(waived)}, waived`;
  const plateau = plateauOf(observations, prompt);
  if (ladder?.plateau !== undefined)
    return passed(`Prompting: ${told}; the plateau is waived: ${ladder.plateau.waived}.`);
  if (plateau === undefined) {
    return open(
      "Whether more prompting would help cannot be told: there are not two prompts with answers on dev.",
      "Add another prompt, or waive `ladder.plateau` with the reason.",
    );
  }
  const gain = `"${plateau.last}", the last prompt declared, gains ${points(plateau.gain)} over the best before it on dev (at most ${points(plateau.upper)})`;
  return plateau.upper < PLATEAU
    ? passed(`Prompting: ${told}; ${gain}.`)
    : open(
        `Prompting has not reached its plateau: ${gain}; it is reached where less than ${points(PLATEAU)} is shown.`,
        "Try on from the last prompt (`gapcheck sweep` does), add dev cases, or waive `ladder.plateau` with the reason.",
      );
}

interface Plateau {
  readonly last: string;
  readonly gain: number;
  readonly upper: number;
}

/** The prompt declared last against the best of those before it, paired on dev; prompts stand in the order in which they were tried. */
function plateauOf(observations: Observations, { candidates }: Chosen): Plateau | undefined {
  const measured = candidates.filter(({ dev }) => dev.available);
  const last = measured.at(-1);
  const before = measured.slice(0, -1);
  const value = ({ dev }: (typeof measured)[number]) => (dev.available ? dev.value : 0);
  const [first, ...rest] = before;
  if (last === undefined || first === undefined) return undefined;
  const best = rest.reduce((leader, next) => (value(next) > value(leader) ? next : leader), first);
  const position = (name: string) => observations.suite.targets.findIndex((target) => target.name === name);
  const side = (name: string) => ({ observations, target: position(name), slots: observations.slots("dev") });
  const { suite } = observations;
  const compared = compareOn(side(best.target), side(last.target), choiceMetric(suite), alphaOf(suite));
  if (compared === undefined) return undefined;
  return { last: last.target, gain: compared.shown.value, upper: compared.upper };
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

function venueOf({ training }: Suite | LoadedSuite, today: Date): GateFinding {
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
  if (venue.servedUntil !== undefined && endsWithin(venue.servedUntil, today)) {
    return stopped(`What "${venue.name}" would tune is served until ${venue.servedUntil} only.`, change);
  }
  const until = venue.servedUntil === undefined ? "" : `, served until ${venue.servedUntil}`;
  return passed(`"${venue.name}" trains and serves${until}.`);
}

/** Break-even is asked where what is missed is a price. */
function moneyOf({ results, money }: GateInputs): GateFinding {
  const cost = results.some(({ key, blocking, state }) => key === "cost" && blocking && state === "NOT_MET");
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
