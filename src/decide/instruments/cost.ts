/**
 * Cost: the long prompt, the same model with the short prompt, and the tuned model with it. The middle arm tells what the tuning saves from what
 * mere shortening does. Beside it what caching and batching would save before anybody tunes.
 */
import { batchDiscountOf, cacheMinimumOf, type Published } from "../../model/serving-table.ts";
import { costSample, isSample, PER_THOUSAND, tokens, usdPer1k, usdPerSuccess } from "../amounts.ts";
import { NONE_EARLY } from "../anytime.ts";
import { caseMeans, sampleOf, targetColumns } from "../case-values.ts";
import { alphaOf } from "../checks.ts";
import { compareCosts, pairsOf } from "../compare.ts";
import type { MaybeEstimate, Unit } from "../decision.ts";
import { amountEstimate, unavailable } from "../estimate.ts";
import { percentAsWritten, whole } from "../in-words.ts";
import { targetAt } from "../measure.ts";
import { ABSENT } from "../observations.ts";
import { type Paired, pairedAmounts } from "../paired.ts";
import { passChange } from "./arms.ts";
import { estimateInWords } from "./case-shares.ts";
import type { Finding, InstrumentChange, InstrumentRow, MaybeChange, Readings } from "./contract.ts";
import { cachedShare, headTokens, headTokensByCase, staticShare } from "./prompt-share.ts";
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
  const discount = batchDiscountOf(targetAt(observations, position).model);
  if (discount === undefined)
    return unavailable("no batch discount is known: price: { batchDiscount: 0.5 } states one");
  const plain = usdPer1k(observations, position, slots);
  if (!plain.available) return plain;
  const kept = 1 - discount.value;
  const { interval } = plain;
  return {
    ...plain,
    value: plain.value * kept,
    ...(interval === undefined
      ? {}
      : { interval: { ...interval, lower: interval.lower * kept, upper: interval.upper * kept } }),
    method: `${plain.method}; less ${percentAsWritten(discount.value)} (${sourceOf(discount)})`,
  };
}

/** What 1,000 requests would cost if the beginning that all prompts share always came from the cache: the most that caching can save. */
function cached({ observations, slots }: Subjects, position: number): MaybeEstimate {
  const { model } = targetAt(observations, position);
  const minimum = cacheMinimumOf(model);
  if (minimum === undefined)
    return unavailable("no caching minimum is known: price: { cacheMinimumTokens } states one");
  const { price } = model;
  if (price === undefined) return unavailable("no price for the model");
  const { inputPerMillion, cachedInputPerMillion } = price;
  if (cachedInputPerMillion === undefined) return unavailable("the price has no rate for cached tokens");
  const { cachedTokens } = targetColumns(observations, position).details;
  if (cachedTokens.some((count) => count > 0)) return unavailable("the measured cost holds cached tokens already");
  const known = costSample(observations, position, slots);
  if (!isSample(known)) return known;
  const head = headTokens(observations, position, slots);
  if (!head.available) return head;
  if (head.value < minimum.value) return unavailable(`the shared beginning is below ${whole(minimum.value)} tokens`);
  const heads = headTokensByCase(observations, position, slots);
  const usd = caseMeans(observations, targetColumns(observations, position).usd, slots);
  const saved = (inputPerMillion - cachedInputPerMillion) / 1_000_000;
  const values = usd.map((cost, at) => {
    const own = heads[at] ?? ABSENT;
    return cost === ABSENT || own === ABSENT ? ABSENT : Math.max(0, cost - own * saved);
  });
  const estimate = amountEstimate(sampleOf(observations, slots, values), "usd-per-1k", PER_THOUSAND, "no answer");
  return estimate.available ? { ...estimate, method: `${estimate.method}; every request a hit, at most` } : estimate;
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
        const text = `${begins}. From how many tokens on its provider caches is not known: price: { cacheMinimumTokens } states it.`;
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
    text: 'What shortening alone saves, and costs in quality, is not measured: add the tuned target\'s own prompt on the base, with arm: "short-prompt".',
  };
  return [...cachings, ...(hasShort ? [] : [absent])];
}

function sourceOf({ asOf, source }: Published): string {
  return asOf === undefined ? source : `${source}, ${asOf}`;
}
