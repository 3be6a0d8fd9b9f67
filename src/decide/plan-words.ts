/** What a suite can show, and what its requirements take, in sentences. */
import type { Suite } from "../suite/suite.ts";
import { FEWEST_CLUSTERS } from "./assess.ts";
import { alphaOf } from "./checks.ts";
import {
  counted,
  dollars,
  listed,
  percent,
  percentAsWritten,
  pointsAsWritten,
  requiredFigure,
  whole,
} from "./in-words.ts";
import { COMMON_DISCORDANCE, type CostNeed, type GapNeed, WORST_DISCORDANCE } from "./plan-needs.ts";
import type { PowerPlan, RequirementPlan, Units } from "./plan-power.ts";
import { FEWEST_CASES } from "./validity.ts";

type Plan = Omit<PowerPlan, "sentences">;

export function planSentences(suite: Suite, plan: Plan): readonly string[] {
  const alpha = alphaOf(suite);
  const tuned = suite.targets.some(({ role }) => role === "fine-tuned");
  return [
    ...enoughCases(plan),
    ...gapSentences(plan, tuned),
    ...plan.requirements.map((requirement) => requirementSentence(requirement, plan.units, alpha)),
    ...(plan.requirements.length === 0 ? [] : [repeatsSentence(plan.requirements)]),
  ];
}

function enoughCases({ testCases, clusters }: Plan): string[] {
  const few =
    testCases >= FEWEST_CASES
      ? []
      : [`${counted(testCases, "test case")}: too few for any verdict, it takes ${FEWEST_CASES}.`];
  if (clusters >= testCases) return few;
  const text = `The ${whole(testCases)} test cases come from ${counted(clusters, "cluster")}: what follows counts them as ${whole(clusters)} and not as ${whole(testCases)}, as if the cases of one cluster were all answered alike.`;
  const fewClusters =
    clusters >= FEWEST_CLUSTERS
      ? []
      : [`${counted(clusters, "cluster")}: too few for any verdict, it takes ${FEWEST_CLUSTERS}.`];
  return [...few, ...fewClusters, text];
}

function gapSentences({ units, smallestGap, smallestMargin, margin, gaps }: Plan, tuned: boolean): string[] {
  const on = counted(units.n, units.name);
  const against = tuned ? "" : ", against a tuned model once there is one";
  const sentences = [`${smallestText(on, smallestGap)}${against}.`, gapNeedSentence(gaps, units.name)];
  if (tuned && smallestMargin !== undefined && smallestMargin > margin.asked) {
    const takes = margin.cases === undefined ? "" : `; it takes ${counted(margin.cases, units.name)}`;
    sentences.push(
      `"No worse than ${pointsAsWritten(margin.asked)}" asks for more ${casesOf(units.name)}: ${on} can show a margin of ${round(smallestMargin)} at best${takes}.`,
    );
  }
  return sentences;
}

function smallestText(on: string, { common, worst }: Plan["smallestGap"]): string {
  const few = percent(COMMON_DISCORDANCE, 0);
  const many = percent(WORST_DISCORDANCE, 0);
  if (worst === undefined) return `${on} cannot show a gap, even if the two differ on ${many} of the cases`;
  const shows = (gap: number) => `${on} show a gap of ${round(gap)} in 8 of 10 runs if the two differ on`;
  if (common === undefined) return `${shows(worst)} ${many} of the cases, and none if they differ on ${few}`;
  return `${shows(common)} ${few} of the cases, of ${round(worst)} if they differ on ${many}`;
}

function gapNeedSentence(gaps: readonly GapNeed[], name: Units["name"]): string {
  const each = gaps.map(({ gap, common, worst }, index) => {
    const ends = [common, worst].flatMap((cases) => (cases === undefined ? [] : [whole(cases)])).join(" to ");
    return `${ends}${index === 0 ? ` ${name}s` : ""} for ${pointsAsWritten(gap)}`;
  });
  const differing = `${percent(COMMON_DISCORDANCE, 0)} to ${percent(WORST_DISCORDANCE, 0)}`;
  return `To show a gap in 8 of 10 runs takes ${listed(each)}, the two differing on ${differing} of them.`;
}

function requirementSentence(requirement: RequirementPlan, units: Units, alpha: number): string {
  const { key, label, threshold, fewestRight, zeroFailureCases, costs } = requirement;
  const { n, name } = units;
  if (key === "cost") return costSentence(label, threshold, costs ?? [], units);
  if (key === "cost-per-success") return rightSentence(label, threshold, costs ?? [], units);
  const sure = `with ${percent(1 - alpha, 0)} confidence`;
  const latency = key === "latency";
  const asked = latency ? `at most ${requiredFigure(threshold, "ms")}` : percentAsWritten(threshold);
  if (fewestRight !== undefined) {
    const of = name === "cluster" ? `of ${counted(n, name)}` : `of ${n}`;
    const right = latency ? `${of} in time` : `${of} right`;
    return `${label}: at least ${fewestRight} ${right} (${percent(fewestRight / n)}) would show ${asked} ${sure}. ${needText(requirement, units)}`;
  }
  if (zeroFailureCases === undefined) return `${label}: no number of cases can show ${asked}.`;
  if (latency) {
    return `${label}: cannot be bounded from above by fewer than ${counted(zeroFailureCases, name)}; there are ${n}. ${needText(requirement, units)}`;
  }
  return `${label}: ${counted(n, name)} cannot show ${asked} ${sure} even if all are right; it takes ${counted(zeroFailureCases, name === "cluster" ? name : "case")} without a failure. ${needText(requirement, units)}`;
}

function needText({ key, cases, assumedShare = 1 }: RequirementPlan, { n, name }: Units): string {
  const truth =
    key === "latency"
      ? `if in truth ${percentAsWritten(assumedShare)} of the answers come in time`
      : `if in truth it is ${percentAsWritten(assumedShare)}`;
  if (cases === undefined) return `No affordable number shows it in 8 of 10 runs ${truth}.`;
  const more = cases > n ? `${whole(cases - n)} more than there are` : "there are enough";
  return `About ${counted(cases, name)} show it in 8 of 10 runs ${truth}: ${more}.`;
}

function costSentence(label: string, limit: number, costs: readonly CostNeed[], { n, name }: Units): string {
  const asked = `at most ${requiredFigure(limit, "usd-per-1k")}`;
  if (costs.length === 0) {
    return `${label}: how many ${casesOf(name)} show ${asked} depends on how far costs differ from call to call, which the first answers tell.`;
  }
  const each = costs.map(({ target, answers, usdPer1k, cases }) => {
    const seen = `"${target}" at ${dollars(usdPer1k)} in ${counted(answers, "answer")}`;
    if (usdPer1k >= limit) return `${seen} does not keep it`;
    if (cases === undefined) return `${seen}: too few to tell`;
    const more = cases > n ? `, ${whole(cases - n)} more than there are` : "";
    return `${seen}: ${counted(cases, name)}${more}`;
  });
  return `${label}: ${casesOf(name)} that show ${asked} in 8 of 10 runs, by what answers cost so far: ${each.join("; ")}.`;
}

function rightSentence(label: string, limit: number, costs: readonly CostNeed[], { n, name }: Units): string {
  const asked = `at most ${requiredFigure(limit, "usd")}`;
  if (costs.length === 0) {
    return `${label}: how many ${casesOf(name)} show ${asked} depends on what an answer costs, which the first answers tell.`;
  }
  const each = costs.map(({ target, answers, usdPer1k, rightShare = 0, cases }) => {
    const seen = `"${target}" at ${dollars(usdPer1k)} per 1,000 in ${counted(answers, "answer")}`;
    if (rightShare >= 1) return `${seen} does not keep it even if all are right`;
    if (rightShare <= 0) return `${seen} keeps it with any right answer`;
    const right = `${seen} keeps it where ${percent(rightShare)} are right`;
    if (cases === undefined) return `${right}, which no affordable number shows`;
    const more = cases > n ? `, ${whole(cases - n)} more than there are` : "";
    return `${right}: ${counted(cases, name)} if in truth ${percent((1 + rightShare) / 2)} are${more}`;
  });
  return `${label}: ${casesOf(name)} that show ${asked} in 8 of 10 runs, by what answers cost so far: ${each.join("; ")}.`;
}

/** Which requirements need repeats, and what repeats are good for. */
function repeatsSentence(requirements: readonly RequirementPlan[]): string {
  const numbers = [...new Set(requirements.map(({ trials }) => trials))].sort((a, b) => b - a);
  const takes = numbers.map((number, index) => {
    const labels = requirements.filter(({ trials }) => trials === number).map(({ label }) => label);
    const what = index === 0 ? `${counted(number, "trial")} of each case` : whole(number);
    return `${listed(labels)} ${labels.length === 1 ? "takes" : "take"} ${what}`;
  });
  return `Repeats: ${takes.join("; ")}. More are no more cases: they narrow only what differs between answers to one case.`;
}

function casesOf(name: Units["name"]): string {
  return name === "cluster" ? "clusters" : "cases";
}

function round(share: number): string {
  return pointsAsWritten(Math.round(share * 1000) / 1000);
}
