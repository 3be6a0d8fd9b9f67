/**
 * Early stopping through the whole decision, by seeded simulation: `npm run bench:sequential-decision [-- --runs 400] [--only "5 points"]`. Trials of known truth are told
 * batch by batch as `gapcheck run --sequential` tells them, and each look is decided by `decide`. "Ever false" counts runs in which some look, stopped or
 * not, says what is not true: that is more than any rule of stopping can err. Limits stand beside the figures; one that is missed makes the exit code 1.
 */
import { parseArgs } from "node:util";
import { decide } from "../src/decide/decide.ts";
import type { Decision, RequirementState } from "../src/decide/decision.ts";
import { lookSizes } from "../src/decide/look-sizes.ts";
import { createObservations } from "../src/decide/observations.ts";
import { fineTuned, promptOnly, record, suiteOf, TODAY } from "../src/decide/trials.test-data.ts";
import { type Random, randomFrom } from "../src/stats/random.ts";
import type { VerdictKind } from "../src/suite/requirement.ts";
import { clusterRate } from "./draws.ts";

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "400" }, only: { type: "string", default: "" } },
});
const RUNS = Number(options.runs);
const ALPHA = 0.05;
/** An error of exactly 5 % is told to be more than this in one of a thousand benches. */
const TOLERATED = ALPHA + 3.1 * Math.sqrt((ALPHA * (1 - ALPHA)) / RUNS);

interface Truth {
  readonly name: string;
  readonly planned: number;
  readonly trials?: number;
  /** True share right of the prompt; of the tuned target the same with what it wins and loses, by case. */
  readonly prompt: number;
  readonly tuned?: { readonly win: number; readonly loss: number };
  /** How far cases differ in their own rate (correlation within a case); default one rate for all. */
  readonly icc?: number;
  readonly required: number;
  /** What may not be said, at any look. */
  readonly falseStates?: readonly RequirementState[];
  readonly falseVerdicts?: readonly VerdictKind[];
  readonly falseGap?: "superior" | "noninferior";
  /** What the run should come to, and in how many of the cases at most. A gap is come to when the tuned target is shown to be better, whatever is required. */
  readonly aim?: { readonly of: VerdictKind | "gap"; readonly atLeast: number; readonly used: number };
}

const TRUTHS: readonly Truth[] = [
  { name: "a prompt just at its requirement of 80 %", planned: 300, prompt: 0.8, required: 0.8, falseStates: ["MET"] },
  { name: "the same, shown to be missed", planned: 300, prompt: 0.8, required: 0.8, falseStates: ["NOT_MET"] },
  { name: "a prompt just at 95 %", planned: 200, prompt: 0.95, required: 0.95, falseStates: ["MET"] },
  {
    name: "3 trials, cases that differ, just at 80 %",
    planned: 200,
    trials: 3,
    prompt: 0.8,
    icc: 0.4,
    required: 0.8,
    falseStates: ["MET"],
  },
  {
    name: "3 trials, shown to be missed",
    planned: 200,
    trials: 3,
    prompt: 0.9,
    icc: 0.4,
    required: 0.9,
    falseStates: ["NOT_MET"],
  },
  {
    name: "a tuned model just at 80 %, the prompt below",
    planned: 300,
    prompt: 0.65,
    tuned: { win: 0.2, loss: 0.05 },
    required: 0.8,
    falseVerdicts: ["CONFIRMED"],
  },
  {
    name: "a tuned model no better (8 % / 8 %)",
    planned: 300,
    prompt: 0.8,
    tuned: { win: 0.08, loss: 0.08 },
    required: 0.8,
    falseGap: "superior",
  },
  {
    name: "a tuned model worse by the margin (2 % / 5 %)",
    planned: 300,
    prompt: 0.8,
    tuned: { win: 0.02, loss: 0.05 },
    required: 0.7,
    falseGap: "noninferior",
  },
  {
    name: "a prompt far above (95 % for 80 %)",
    planned: 300,
    prompt: 0.95,
    required: 0.8,
    falseStates: ["NOT_MET"],
    aim: { of: "KEEP_PROMPTING", atLeast: 0.95, used: 0.25 },
  },
  {
    name: "a prompt far below (60 % for 80 %)",
    planned: 300,
    prompt: 0.6,
    required: 0.8,
    falseStates: ["MET"],
    aim: { of: "FINE_TUNE_JUSTIFIED", atLeast: 0.95, used: 0.25 },
  },
  {
    name: "a tuned model that closes 25 points",
    planned: 300,
    prompt: 0.65,
    tuned: { win: 0.27, loss: 0.02 },
    required: 0.8,
    aim: { of: "CONFIRMED", atLeast: 0.9, used: 0.6 },
  },
  {
    name: "a gap of 15 points (17.5 % / 2.5 %)",
    planned: 300,
    prompt: 0.6,
    tuned: { win: 0.175, loss: 0.025 },
    required: 0.68,
    aim: { of: "gap", atLeast: 0.8, used: 0.25 },
  },
  {
    name: "a gap of 5 points, as planned for (7.5 % / 2.5 %)",
    planned: 469,
    prompt: 0.6,
    tuned: { win: 0.075, loss: 0.025 },
    required: 0.62,
    aim: { of: "gap", atLeast: 0.8, used: 0.6 },
  },
];

/** What one simulated run came to. */
interface Told {
  /** Whether it came to its aim. */
  readonly aimed: boolean;
  readonly used: number;
  readonly everFalse: boolean;
  /** The interval shown at the stop misses the truth: of the quality, and of the gap. */
  readonly qualityMissed: boolean;
  readonly gapMissed: boolean;
}

function simulated(truth: Truth, random: Random): Told {
  const { planned, trials = 1, prompt, tuned, icc, required, aim } = truth;
  const targets = [promptOnly("prompt"), ...(tuned === undefined ? [] : [fineTuned("tuned")])];
  const suite = suiteOf({ targets, trials, requirement: { quality: { atLeast: required }, enough: required } });
  const observations = createObservations(suite, { plannedTestCases: planned });
  let index = 0;
  let stopped: Decision | undefined;
  let everFalse = false;
  for (const size of lookSizes(planned)) {
    for (; index < size; index++) {
      const rate = icc === undefined ? prompt : clusterRate(random, prompt, icc);
      for (let trial = 1; trial <= trials; trial++) {
        const right = random() < rate;
        const at = random();
        observations.add(record(suite, { target: "prompt", index, trial, outcome: right ? "right" : "wrong" }));
        if (tuned === undefined) continue;
        const turns = right ? at < tuned.loss / prompt : at < tuned.win / (1 - prompt);
        const outcome = right !== turns ? "right" : "wrong";
        observations.add(record(suite, { target: "tuned", index, trial, outcome }));
      }
    }
    const decision = decide(observations, { today: TODAY });
    everFalse ||= isFalse(decision, truth);
    const settled = aim?.of === "gap" ? decision.gaps[0]?.superior : decision.sequential?.settled;
    if (stopped === undefined && (settled === true || size === planned)) stopped = decision;
  }
  if (stopped === undefined) throw new Error("a run without a last look");
  const quality = stopped.measures.find(({ target, split }) => target === "prompt" && split === "test")?.strict;
  const shown = stopped.gaps[0];
  const gap = shown?.total;
  const misses = (of: { readonly lower: number; readonly upper: number } | undefined, value: number) =>
    of !== undefined && (value < of.lower || value > of.upper);
  return {
    aimed: aim?.of === "gap" ? shown?.superior === true : stopped.verdict.kind === aim?.of,
    used: (stopped.sequential?.asked ?? planned) / planned,
    everFalse,
    qualityMissed: quality?.available === true && misses(quality.interval, prompt),
    gapMissed: gap?.available === true && tuned !== undefined && misses(gap, tuned.win - tuned.loss),
  };
}

function isFalse(decision: Decision, { falseStates = [], falseVerdicts = [], falseGap }: Truth): boolean {
  // With several trials the share of cases that are right each time is another figure, of another truth.
  const states =
    decision.requirements[0]?.results.filter(({ key }) => key === "quality").map(({ state }) => state) ?? [];
  const gap = decision.gaps[0];
  return (
    states.some((state) => falseStates.includes(state)) ||
    falseVerdicts.includes(decision.verdict.kind) ||
    (falseGap !== undefined && gap?.[falseGap] === true)
  );
}

let missed = false;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
function limited(figure: number, kept: boolean, words: string): string {
  if (!kept) missed = true;
  return `${percent(figure)} (${words}${kept ? "" : ", MISSED"})`;
}
const row = (cells: readonly string[]) => process.stdout.write(`${cells.join("\t")}\n`);
const atMost = (figure: number) => limited(figure, figure <= TOLERATED, `<= ${percent(ALPHA)}`);

row([`Seeded, ${RUNS} runs a row; up to ${percent(TOLERATED)} is within the Monte Carlo error of 5 %`]);
row(["truth", "planned", "ever false", "quality's interval misses", "gap's interval misses", "cases used", "comes to"]);
for (const truth of TRUTHS.filter(({ name }) => name.includes(options.only))) {
  const random = randomFrom([truth.planned, truth.prompt, truth.required, truth.name.length]);
  const told = Array.from({ length: RUNS }, () => simulated(truth, random));
  const share = (of: (one: Told) => boolean) => told.filter(of).length / RUNS;
  const used = told.reduce((total, one) => total + one.used, 0) / RUNS;
  const { aim } = truth;
  const right = share(({ aimed }) => aimed);
  row([
    truth.name,
    String(truth.planned),
    atMost(share(({ everFalse }) => everFalse)),
    atMost(share(({ qualityMissed }) => qualityMissed)),
    truth.tuned === undefined ? "-" : atMost(share(({ gapMissed }) => gapMissed)),
    aim === undefined ? percent(used) : limited(used, used <= aim.used, `<= ${percent(aim.used)}`),
    aim === undefined ? "-" : `${aim.of} ${limited(right, right >= aim.atLeast, `>= ${percent(aim.atLeast)}`)}`,
  ]);
}
process.exitCode = missed ? 1 : 0;
