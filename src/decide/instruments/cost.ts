/**
 * Cost: the long prompt, the same model with the short prompt, and the tuned model with it. The middle arm tells what the tuning saves from what
 * mere shortening does. Beside it what caching and batching would save before anybody tunes.
 */
import { cacheMinimumOf } from "../../model/serving-table.ts";
import { PER_THOUSAND, tokens, usdPer1k, usdPerSuccess } from "../amounts.ts";
import { NONE_EARLY } from "../anytime.ts";
import { caseMeans, targetColumns } from "../case-values.ts";
import { alphaOf } from "../checks.ts";
import { compareCosts, pairsOf } from "../compare.ts";
import type { MaybeEstimate, Unit } from "../decision.ts";
import { amountEstimate, unavailable } from "../estimate.ts";
import { whole } from "../in-words.ts";
import { targetAt } from "../measure.ts";
import { type Paired, pairedAmounts } from "../paired.ts";
import { batchedCost, cachedCost, noFigure, sourceOf } from "../serving-cost.ts";
import { passChange } from "./arms.ts";
import { estimateInWords } from "./case-shares.ts";
import type { Finding, InstrumentChange, InstrumentRow, MaybeChange, Readings } from "./contract.ts";
import { cachedShare, headTokens, staticShare } from "./prompt-share.ts";
import { columnsOf, type Subject, type Subjects } from "./subjects.ts";

export function readCost(subjects: Subjects): Readings {
  const { observations, slots } = subjects;
  const columns = columnsOf(subjects, ["short-prompt"]);
  const row = (key: string, label: string, cell: (position: number) => MaybeEstimate): InstrumentRow => ({
    key,
    label,
    cells: columns.map(({ position }) => cell(position)),
  });
  const detail = (told: InstrumentRow): InstrumentRow => ({ ...told, detail: true });
  const rows: InstrumentRow[] = [
    row("usd-per-1k", "cost per 1,000", (at) => usdPer1k(observations, at, slots)),
    row("usd-per-right", "cost per right answer", (at) => usdPerSuccess(observations, at, slots)),
    row("input-tokens", "input", (at) => tokens(observations, at, slots, "inputTokens")),
    row("output-tokens", "output", (at) => tokens(observations, at, slots, "outputTokens")),
    row("static-share", "same in every prompt", (at) => staticShare(observations, at, slots)),
    detail(row("cached-share", "cached (told by the provider)", (at) => cachedShare(observations, at, slots))),
    detail(row("head-tokens", "same beginning (by characters)", (at) => headTokens(observations, at, slots))),
    row("usd-per-1k-batched", "per 1,000 if batched", (at) => batched(subjects, at)),
    detail(row("usd-per-1k-cached", "per 1,000 if cached", (at) => cached(subjects, at))),
  ];
  return { rows, changes: changesOf(subjects, columns), findings: findingsOf(subjects, columns) };
}

/** Every pair of arms in their order: later minus earlier. */
function changesOf(subjects: Subjects, columns: readonly Subject[]): InstrumentChange[] {
  const { observations, slots } = subjects;
  const alpha = alphaOf(observations.suite);
  return columns.flatMap((base, at) =>
    columns.slice(at + 1).flatMap((fresh): InstrumentChange[] => {
      const side = ({ position }: Subject) => ({ observations, target: position, slots });
      const names = { target: fresh.target, minus: base.target };
      const early = observations.frame(slots).look === "early" ? NONE_EARLY : undefined;
      const told = (column: "inputTokens" | "outputTokens"): MaybeChange => {
        const means = ({ position }: Subject) =>
          caseMeans(observations, targetColumns(observations, position)[column], slots);
        const pairs = pairsOf(side(base), means(base), means(fresh));
        const paired = pairs.fresh.length === 0 ? undefined : pairedAmounts(pairs, alpha);
        return changeOf(paired, "tokens", early ?? "fewer than two cases have the tokens of both");
      };
      const usd = changeOf(
        compareCosts(side(base), side(fresh), alpha),
        "usd-per-1k",
        early ?? "the cost of one is not known",
      );
      return [
        { key: "usd-per-1k", label: "cost per 1,000", ...names, change: usd },
        { key: "input-tokens", label: "input", ...names, change: told("inputTokens") },
        { key: "output-tokens", label: "output", ...names, change: told("outputTokens"), detail: true },
        { key: "right", label: "right", ...names, change: passChange(subjects, base, fresh) },
      ];
    }),
  );
}

function changeOf(paired: Paired | undefined, unit: Unit, why: string): MaybeChange {
  return paired === undefined ? unavailable(why) : { available: true, ...paired.shown, unit };
}

/** What 1,000 requests would cost in batches, were every token cheaper by the published discount. */
function batched({ observations, slots }: Subjects, position: number): MaybeEstimate {
  const served = batchedCost(observations, position, slots);
  if (served.kind !== "known") return noFigure(served);
  const plain = usdPer1k(observations, position, slots);
  const estimate = amountEstimate(served.sample, "usd-per-1k", PER_THOUSAND, "no answer");
  if (!estimate.available || !plain.available) return estimate;
  return { ...estimate, method: `${plain.method}; ${served.by}` };
}

/** What 1,000 requests would cost if the beginning that all prompts share always came from the cache: the most that caching can save. */
function cached({ observations, slots }: Subjects, position: number): MaybeEstimate {
  const served = cachedCost(observations, position, slots);
  if (served.kind !== "known") return noFigure(served);
  const estimate = amountEstimate(served.sample, "usd-per-1k", PER_THOUSAND, "no answer");
  return estimate.available ? { ...estimate, method: `${estimate.method}; ${served.by}` } : estimate;
}

/** Whether the prompt is long enough to be cached, for each column that is prompted. */
function findingsOf(subjects: Subjects, columns: readonly Subject[]): Finding[] {
  const { observations, slots } = subjects;
  const cachings = columns
    .filter(({ as }) => as !== "fine-tuned")
    .map(({ target, position }): Finding => {
      const minimum = cacheMinimumOf(targetAt(observations, position).model);
      const head = headTokens(observations, position, slots);
      const begins = `The beginning that all prompts of "${target}" share: ${estimateInWords(head)}, estimated by characters`;
      if (minimum === undefined) {
        const text = `${begins}. From how many tokens on its provider caches is not known; \`price: { cacheMinimumTokens: 1024 }\` states it.`;
        return { code: "cache-unknown", text };
      }
      const from = `${whole(minimum.value)} tokens, from which on it is cached (${sourceOf(minimum)})`;
      if (!head.available) return { code: "cache-unknown", text: `${begins}. Caching begins at ${from}.` };
      return head.value >= minimum.value
        ? { code: "cache-reached", text: `${begins}; that reaches ${from}.` }
        : { code: "cache-not-reached", text: `${begins}; that is below ${from}: no discount.` };
    });
  const hasShort = columns.some(({ as }) => as === "short-prompt");
  const absent: Finding = {
    code: "no-short-prompt",
    text: 'Not measured: what shortening alone saves, and costs in quality. The tuned target\'s own prompt on the base, with `arm: "short-prompt"`, measures it.',
  };
  return [...cachings, ...(hasShort ? [] : [absent])];
}
