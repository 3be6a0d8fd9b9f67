/** What every report says of a decision in sentences: facts, the standing of the gap, what was not measured. */
import type { Decision, Estimate, Gap, TargetMeasure } from "../decide/decision.ts";
import { comparisonOf, quoted, testMeasure } from "./decision-view.ts";
import { countOf, formatCount, formatEstimate, formatPoints, formatShare } from "./numbers.ts";
import { sentence } from "./words.ts";

/** The gap that the verdict is about, and the others. */
export function gapsOf(decision: Decision): { readonly main: Gap | undefined; readonly others: readonly Gap[] } {
  const main =
    decision.gaps.find(({ base, tuned }) => tuned === decision.tuned && base === decision.bestPrompt?.target) ??
    decision.gaps.find(({ tuned }) => tuned === decision.tuned) ??
    decision.gaps[0];
  return { main, others: decision.gaps.filter((gap) => gap !== main) };
}

/** Scenario, cases, trials, and how the prompt and the tuned target were chosen: each a phrase of its own. */
export function factsOf(decision: Decision): string[] {
  const { cases, trials, bestPrompt, sequential } = decision;
  const clusters = testMeasure(decision, bestPrompt?.target ?? decision.tuned)?.clusters ?? cases.test;
  const grouped = clusters < cases.test ? ` in ${countOf(clusters, "cluster")}` : "";
  const left = sequential !== undefined && sequential.asked < sequential.planned;
  const asked = left
    ? `${formatCount(sequential.asked)} of ${countOf(sequential.planned, "test case")}${sequential.settled ? " (stopped early)" : ""}`
    : countOf(cases.test, "test case");
  const facts = [
    decision.scenario,
    cases.test === 0 ? "no test cases" : `${asked}${grouped} x ${countOf(trials, "trial")}`,
  ];
  if (bestPrompt === undefined) facts.push("no prompt-only target");
  else if (bestPrompt.how === "only") facts.push(`prompt ${quoted(bestPrompt.target)}, the only one`);
  else if (bestPrompt.how === "first") {
    facts.push(`prompt ${quoted(bestPrompt.target)}, the first declared: there are no dev cases to choose on`);
  } else {
    const of = `best of ${formatCount(bestPrompt.candidates.length)}`;
    facts.push(`prompt ${quoted(bestPrompt.target)}, ${of}, chosen on ${countOf(cases.dev, "dev case")}`);
  }
  const tunes = decision.requirements.filter(({ role }) => role === "fine-tuned").length;
  if (decision.tuned !== undefined && tunes > 1) {
    // What is best on dev need not be best on test: a reader of the learning curve has to know which size is judged, and why.
    const how = cases.dev === 0 ? "the first declared" : `best of ${formatCount(tunes)} on the same`;
    facts.push(`${quoted(decision.tuned)}, ${how}`);
  }
  return facts;
}

/** What the chosen prompt has on dev, how much of it may be luck, and what it has on test; nothing for one prompt. */
export function optimismOf(decision: Decision): string | undefined {
  const choice = decision.bestPrompt;
  if (choice?.optimism === undefined) return undefined;
  const dev = choice.candidates.find(({ target }) => target === choice.target)?.dev;
  const test = testMeasure(decision, choice.target)?.strict;
  if (dev?.available !== true || test?.available !== true) return undefined;
  const luck = formatPoints(choice.optimism).replace(/^\+/, "");
  const count = formatCount(choice.candidates.length);
  return `${withInterval(dev)} on dev, of which about ${luck} may be the luck of the best of ${count} (expected, so without interval); ${withInterval(test)} on test.`;
}

/** "71.3 % (95 % interval 65.2 to 76.6 %, 240 cases)". */
export function withInterval(estimate: Estimate): string {
  const { interval, n, clusters, method } = estimate;
  const { figure, range } = formatEstimate(estimate);
  const told =
    interval === undefined ? method : `${formatShare(interval.confidence, { bare: true })} interval ${range}`;
  const grouped = clusters === undefined || clusters >= n ? "" : ` in ${countOf(clusters, "cluster")}`;
  return `${figure} (${told}, ${countOf(n, "case")}${grouped})`;
}

/** What the paired comparison shows, in words that never say more, or less, than the verdict's own bounds do. */
export function gapStanding(gap: Gap): string | undefined {
  const { total, noninferior, superior, inferior, margin } = gap;
  if (!total.available) return undefined;
  const tuned = quoted(gap.tuned);
  const base = quoted(gap.base);
  const bound = formatPoints(margin).replace(/^\+/, "");
  if (superior) return `${tuned} is shown to be better than ${base}${total.lower > 0 ? "" : " (one-sided)"}.`;
  if (inferior) return `${tuned} is shown to be worse than ${base}, by more than the margin of ${bound}.`;
  if (total.upper < 0) {
    const size = noninferior ? "though by less than" : "but not shown to be so by more than";
    return `${tuned} is worse than ${base}, ${size} the margin of ${bound}.`;
  }
  if (total.lower > 0) {
    return `${tuned} looks better, but at the level of the verdict and with missing answers against it that is not shown.`;
  }
  if (noninferior) return `${tuned} is not shown to be better; it is shown not to be worse by ${bound} or more.`;
  return `No difference is shown; that ${tuned} is worse by ${bound} or more is not ruled out.`;
}

/** Cases on which the two differ, and the smallest gap that could have been seen. */
export function gapNotes(gap: Gap): string[] {
  const { won, lost, same, unpaired, tuned, base, smallestDetectable, sameBase } = gap;
  const notes: string[] = [];
  if (gap.total.available) {
    const n = countOf(gap.total.n, "case");
    const only = `Of ${n} paired ${quoted(tuned)} alone is right on ${formatCount(won)}, ${quoted(base)} alone on ${formatCount(lost)}`;
    const apart = unpaired > 0 ? `; ${formatCount(unpaired)} could not be paired` : "";
    notes.push(
      `${only}; on ${formatCount(same)} they are alike${apart} (a case is right where most of its trials are).`,
    );
  }
  if (smallestDetectable.available) {
    const least = formatPoints(smallestDetectable.value).replace(/^\+/, "");
    const n = countOf(smallestDetectable.n, "case");
    notes.push(`The smallest true gap that these ${n} show in 4 runs of 5 is ${least} (planned, so without interval).`);
  }
  if (!sameBase) notes.push("The two do not share a base model: the gap is not that of tuning alone.");
  return notes;
}

/** "(rate limit)", or "(2 x rate limit, 1 x offline)" where there are several reasons. */
export function missingReasonsText({ missingReasons }: TargetMeasure): string {
  const [first, ...others] = missingReasons;
  if (first === undefined) return "";
  if (others.length === 0) return first.why;
  return missingReasons.map(({ why, trials }) => `${formatCount(trials)} x ${why}`).join(", ");
}

function missingOf(measure: TargetMeasure): string {
  const { counts, missingBounds, target } = measure;
  const reasons = missingReasonsText(measure);
  const are = counts.missing === 1 ? "is" : "are";
  const head = `${formatCount(counts.missing)} of ${formatCount(counts.planned)} answers of ${quoted(target)} ${are} missing${reasons === "" ? "" : ` (${reasons})`}`;
  if (missingBounds === undefined) return `${head}.`;
  const { lower, upper } = missingBounds;
  return `${head}: ${formatShare(lower)} are right with all missing counted wrong, ${formatShare(upper)} with all counted right.`;
}

/** What could not be measured, with the bounds it leaves. Targets that the verdict does not name are summed up in one sentence. */
export function notMeasured(decision: Decision): string[] {
  const notes: string[] = [];
  const { columns } = comparisonOf(decision);
  const shown = new Set(columns.map(({ target }) => target));
  const lacking = decision.measures.filter(({ counts }) => counts.missing > 0);
  const central = lacking.filter(({ target, split }) => shown.has(target) && split === "test");
  for (const measure of central) notes.push(missingOf(measure));
  const rest = lacking.filter((measure) => !central.includes(measure));
  const missing = rest.reduce((sum, { counts }) => sum + counts.missing, 0);
  const planned = rest.reduce((sum, { counts }) => sum + counts.planned, 0);
  if (missing > 0) {
    const are = missing === 1 ? "is" : "are";
    notes.push(`${formatCount(missing)} of ${formatCount(planned)} answers on dev or of other targets ${are} missing.`);
  }
  const { main } = gapsOf(decision);
  if (main?.missingBounds !== undefined) {
    const { lower, upper } = main.missingBounds;
    notes.push(`Depending on the missing answers the gap is ${formatPoints(lower)} to ${formatPoints(upper)}.`);
  }
  const stands = decision.verdict.standsDespiteMissing;
  if (stands === true) notes.push("The verdict stands whatever the missing answers would have been.");
  if (stands === false) notes.push("The missing answers could change the verdict.");
  for (const { target, results } of decision.requirements) {
    if (!shown.has(target)) continue;
    for (const { estimate, label } of results) {
      if (!estimate.available) notes.push(sentence(`${label} of ${quoted(target)}: ${estimate.why}`));
      else if (estimate.interval === undefined) {
        notes.push(
          sentence(`${label} of ${quoted(target)} has no interval at n=${formatCount(estimate.n)}: ${estimate.method}`),
        );
      }
    }
  }
  return [...new Set(notes)];
}
