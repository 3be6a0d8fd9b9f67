/** The verdict at a glance: the word, what it means, the one number, and what stands beside it. */
import type { Decision, GateResult, MaybeEstimate, Verdict } from "../../../decide/decision.ts";
import { comparisonOf, testMeasure } from "../../decision-view.ts";
import { gapsOf } from "../../decision-words.ts";
import { formatCount, formatEstimate, formatPoints, formatShare, formatValue, pointsFigure } from "../../numbers.ts";
import type { SuiteSummary } from "../../summary.ts";
import { type Meaning, meaningOf } from "../../words.ts";
import { casesText, confidenceText, english, pointsRange, thresholdText } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import type { View } from "../view.ts";

/** A sign beside the word, so that its colour says nothing that is not said otherwise. */
const SIGNS: Readonly<Record<Meaning, readonly [sign: string, tone: string]>> = {
  KEEP_PROMPTING: ["✓", "good"],
  // Prompting is kept although the product misses what it needs today: no tick, and not green.
  "format-first": ["!", "open"],
  "cheaper-first": ["!", "open"],
  "never-pays": ["!", "open"],
  "too-dear": ["!", "open"],
  CONFIRMED: ["✓", "good"],
  FINE_TUNE_JUSTIFIED: ["↗", "change"],
  REJECTED: ["✕", "bad"],
  NOT_FEASIBLE: ["✕", "bad"],
  INCONCLUSIVE: ["?", "open"],
};

export function verdictTone(verdict: Verdict): string {
  return `tone-${SIGNS[meaningOf(verdict)][1]}`;
}

export function verdictMark(verdict: Verdict, t: Strings): Markup {
  const meaning = meaningOf(verdict);
  const short = meaning === verdict.kind ? NOTHING : html` <span class="short">${t.fallsShort}</span>`;
  return html`<span class="sign" aria-hidden="true">${SIGNS[meaning][0]}</span> ${t.verdicts[verdict.kind]}${short}`;
}

const GATE_TONES: Readonly<Record<Exclude<GateResult["outcome"], "pass">, string>> = {
  fail: "bad",
  incomplete: "bad",
  "cannot-measure": "bad",
  inconclusive: "open",
  "no-comparison": "open",
};

/** A gate that does not pass, in its own colour: a verdict in green says nothing of it. */
export function gateMark({ outcome }: GateResult, t: Strings): Markup {
  if (outcome === "pass") return NOTHING;
  const tone = GATE_TONES[outcome];
  const sign = tone === "bad" ? "✕" : "?";
  return html`<b class="gate gate-${tone}"><span aria-hidden="true">${sign}</span> ${t.gate}: ${t.outcomes[outcome]}</b>`;
}

export function verdictStrip({ suite, t }: View): Markup {
  const { decision } = suite;
  const { verdict } = decision;
  const words = html`<div class="words"><h2>${decision.suite}${exampleMark(decision, t)}</h2>${verdictWords(suite, t)}${description(decision)}<p class="facts">${factsText(decision, t)}</p></div>`;
  return html`<header class="strip ${verdictTone(verdict)}">${words}${verdictFigures(suite, t)}</header>`;
}

export function exampleMark({ example }: Decision, t: Strings): Markup {
  return example ? html` <span class="chip">${t.example}</span>` : NOTHING;
}

/** The verdict, what it means and speaks for, and the gate where it does not pass. */
export function verdictWords({ decision: { verdict }, gate }: SuiteSummary, t: Strings): Markup {
  return html`<p class="verdict">${verdictMark(verdict, t)}</p><p class="means">${t.means[meaningOf(verdict)]}</p>${claimText(verdict, t)}${gateText(gate, t)}`;
}

/** The one number, and what stands beside it. */
export function verdictFigures(suite: SuiteSummary, t: Strings): Markup {
  const { decision, gate } = suite;
  const policy = isLetPass(suite) ? html` <small>${t.strip.letPass}</small>` : NOTHING;
  return html`${theNumber(decision, t)}<dl class="beside">${beside(decision, t)}<div><dt>${t.gate}</dt><dd>${t.outcomes[gate.outcome]}${policy}</dd></div></dl>`;
}

/** Nothing else lets a suite pass whose verdict, or whose comparison with the baseline, is open. */
function isLetPass({ decision, gate, baseline }: SuiteSummary): boolean {
  const isOpen = decision.verdict.kind === "INCONCLUSIVE" || baseline?.outcome === "inconclusive";
  return gate.outcome === "pass" && isOpen;
}

/** Whether a verdict on a tuned model speaks for the checkpoint that was measured or for what it was made by. */
function claimText({ claim }: Verdict, t: Strings): Markup {
  if (claim === undefined) return NOTHING;
  const said =
    claim.of === "recipe" ? t.claims.recipe(claim.recipe, formatCount(claim.seeds)) : t.claims.checkpoint(claim.target);
  return html`<p class="means claim">${said}</p>`;
}

function gateText(gate: GateResult, t: Strings): Markup {
  return gate.outcome === "pass" ? NOTHING : html`<p class="means">${gateMark(gate, t)} ${english(gate.why, t)}</p>`;
}

export function description({ description: text }: Decision): Markup {
  return text === undefined ? html`` : html`<p class="about">${text}</p>`;
}

export function factsText(decision: Decision, t: Strings): string {
  const { cases, trials, bestPrompt, scenario } = decision;
  const chosen =
    bestPrompt === undefined
      ? []
      : bestPrompt.how === "dev"
        ? [t.facts.chosen(bestPrompt.target, formatCount(bestPrompt.candidates.length), formatCount(cases.dev))]
        : [bestPrompt.how === "only" ? t.facts.only(bestPrompt.target) : t.facts.first(bestPrompt.target)];
  const clusters = cases.clusters < cases.test ? [t.facts.clusters(formatCount(cases.clusters))] : [];
  return [
    t.scenarios[scenario],
    t.facts.cases(formatCount(cases.test), formatCount(trials)),
    ...clusters,
    ...chosen,
  ].join(" · ");
}

/** The gap where there is a tuned target, else the best prompt's quality. */
function theNumber(decision: Decision, t: Strings): Markup {
  const { main } = gapsOf(decision);
  if (main !== undefined) {
    const { total } = main;
    const name = html`<p class="name">${t.strip.gap} <small>${t.strip.gapOf(main.tuned, main.base)}</small></p>`;
    if (!total.available) {
      return html`<div class="number">${name}<p class="figure none">${t.unmeasured}</p><p class="range">${english(total.why, t)}</p></div>`;
    }
    return html`<div class="number">${name}<p class="figure">${bigPoints(pointsFigure(total.value), t)}</p><p class="range">${confidenceText(total.confidence, t)} ${pointsRange(total, t, main.margin)} · ${casesText(total.n, t)}</p></div>`;
  }
  const [result] = decision.requirements[0]?.results ?? [];
  const target = decision.requirements[0]?.target ?? decision.bestPrompt?.target ?? "";
  const estimate: MaybeEstimate | undefined = result?.estimate ?? testMeasure(decision, target)?.strict;
  const label = result?.label ?? comparisonOf(decision).rows[0]?.label ?? "";
  const name = html`<p class="name">${t.strip.quality(t.say(label) ?? label, target)}</p>`;
  if (estimate === undefined || !estimate.available) {
    const why = estimate === undefined ? html`` : english(estimate.why, t);
    return html`<div class="number">${name}<p class="figure none">${t.unmeasured}</p><p class="range">${why}</p></div>`;
  }
  const { value, unit, interval, n } = estimate;
  const apart = result === undefined ? {} : { apartFrom: result.threshold };
  const range =
    interval === undefined
      ? ""
      : `${confidenceText(interval.confidence, t)} ${formatValue(interval.lower, unit)}${t.to}${formatValue(interval.upper, unit)} · `;
  const needed =
    result === undefined
      ? ""
      : ` · ${t.strip.needed} ${thresholdText(result.direction, result.threshold, result.unit, t)}`;
  return html`<div class="number">${name}<p class="figure">${formatValue(value, unit, apart)}</p><p class="range">${range}${casesText(n, t)}${needed}</p></div>`;
}

/** The figure large, its unit small. */
export function bigPoints(figure: string, t: Strings): Markup {
  const [before = "", after = ""] = t.points("\n").split("\n");
  return html`${before}${figure}<span class="unit">${after}</span>`;
}

function beside(decision: Decision, t: Strings): Markup[] {
  const { main } = gapsOf(decision);
  const items: Markup[] = [];
  const item = (name: string, value: Markup) => items.push(html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  if (main !== undefined) {
    item(t.strip.margin, html`${t.points(formatPoints(main.margin).replace(/^\+| points$/g, ""))}`);
    if (main.smallestDetectable.available) {
      const least = t.points(pointsFigure(main.smallestDetectable.value).replace("+", ""));
      item(t.strip.detectable, html`${least} <small>${t.strip.detectableNote}</small>`);
    }
  }
  const arms = [decision.bestPrompt?.target, decision.tuned].filter((name) => name !== undefined);
  const costs = arms.map((target) => [target, testMeasure(decision, target)?.usdPer1k] as const);
  const known = costs.map(([target, cost]) => {
    const figure = cost?.available === true ? formatEstimate(cost).figure : t.unmeasured;
    return html`<span class="pair">${figure} <small>${target}</small></span>`;
  });
  if (known.length > 0) item(t.strip.cost, html`${known}`);
  item(t.strip.missing, missingText(decision, t));
  return items;
}

function missingText({ measures, verdict }: Decision, t: Strings): Markup {
  const missing = measures.reduce((sum, { counts }) => sum + counts.missing, 0);
  const planned = measures.reduce((sum, { counts }) => sum + counts.planned, 0);
  if (missing === 0) return html`<small>${t.strip.none}</small>`;
  const stands =
    verdict.standsDespiteMissing === undefined ? "" : verdict.standsDespiteMissing ? t.strip.stands : t.strip.falls;
  return html`${t.strip.missingCount(formatCount(missing), formatCount(planned))} (${formatShare(missing / planned)}) <small>${stands}</small>`;
}
