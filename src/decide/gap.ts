/**
 * The gap between a tuned target and a prompt-only one, paired by case, split into what the form of the answers explains
 * (strict minus lenient) and what it does not (lenient).
 */
import canonicalize from "canonicalize";
import { normalQuantile } from "../stats/normal.ts";
import { lastAlpha, NONE_EARLY } from "./anytime.ts";
import type { Side } from "./assess.ts";
import { toldByAll } from "./case-values.ts";
import { marginOf } from "./checks.ts";
import { compareOn, pairsOf, valuesOf } from "./compare.ts";
import type { Gap, MaybeDifference, MaybeEstimate } from "./decision.ts";
import { unavailable } from "./estimate.ts";
import { notSplit, oneFormed } from "./forms.ts";
import { gapAdvice, type Sign, type Signs, signOf } from "./gap-advice.ts";
import { percent } from "./in-words.ts";
import { targetAt } from "./measure.ts";
import { differenceOfShares, type Paired, pairedShares } from "./paired.ts";

const POWER = 0.8;

/** A gap with the one-sided bounds behind its flags. */
export interface MeasuredGap {
  readonly gap: Gap;
  /** Of the total, whatever the missing answers would have been; absent when nothing could be paired. */
  readonly bounds?: { readonly lower: number; readonly upper: number };
  /** What is shown of its parts; absent when nothing could be paired. */
  readonly signs?: Signs;
  /** One-sided upper bound of the ability share; absent where the gap cannot be split. */
  readonly abilityUpper?: number;
}

/** @param alpha error of each one-sided bound */
export function measureGap(base: Side, tuned: Side, alpha: number): MeasuredGap {
  const { observations, slots } = tuned;
  const { suite } = observations;
  const margin = marginOf(suite);
  const names = {
    base: targetAt(observations, base.target).name,
    tuned: targetAt(observations, tuned.target).name,
    sameBase: isSameBase(base, tuned),
  };
  const strict = { kind: "pass", form: "strict" } as const;
  const lenient = { kind: "pass", form: "lenient" } as const;
  const robust = compareOn(base, tuned, strict, alpha);
  // All three differences are over the same cases, so that the shares add up.
  const values = toldByAll({
    baseStrict: valuesOf(base, strict, "leave"),
    baseLenient: valuesOf(base, lenient, "leave"),
    strict: valuesOf(tuned, strict, "leave"),
    lenient: valuesOf(tuned, lenient, "leave"),
  });
  const strictPairs = pairsOf(tuned, values.baseStrict, values.strict);
  const n = strictPairs.fresh.length;
  if (robust === undefined || n === 0) return { gap: unmeasured(names, slots.length, margin) };
  const lenientPairs = pairsOf(tuned, values.baseLenient, values.lenient);
  const total = pairedShares(strictPairs, alpha);
  const oneForm = oneFormed(observations, lenient);
  const split = oneForm.length === 0;
  const ability = pairedShares(lenientPairs, alpha);
  const form = differenceOfShares(
    {
      ...strictPairs,
      values: strictPairs.fresh.map(
        (value, at) =>
          value - (lenientPairs.fresh[at] ?? 0) - ((strictPairs.base[at] ?? 0) - (lenientPairs.base[at] ?? 0)),
      ),
    },
    alpha,
  );
  const format = split ? told(form) : unavailable(notSplit(oneForm));
  const abilityTold = split ? told(ability) : unavailable(notSplit(oneForm));
  const signs: Signs = {
    ...signed("total", signOf(told(total), robust, margin)),
    ...signed("format", signOf(format, form, margin)),
    ...signed("ability", signOf(abilityTold, ability, margin)),
    harmful: robust.upper < -margin || (split && ability.upper < -margin),
  };
  const gap: Gap = {
    ...names,
    total: told(total),
    format,
    ability: abilityTold,
    ...majorities(strictPairs.fresh, strictPairs.base),
    unpaired: slots.length - n,
    ...(robust.missingBounds === undefined ? {} : { missingBounds: robust.missingBounds }),
    margin,
    smallestDetectable:
      strictPairs.look === "early"
        ? unavailable(NONE_EARLY)
        : smallestDetectable(total, n, strictPairs.look === "last" ? lastAlpha(alpha) : alpha),
    noninferior: robust.lower > -margin,
    superior: robust.lower > 0,
    inferior: robust.upper < -margin,
    replaceable: robust.upper < margin,
    advice: gapAdvice({ total: told(total), format, ability: abilityTold, names, signs, margin }),
  };
  return {
    gap,
    bounds: { lower: robust.lower, upper: robust.upper },
    signs,
    ...(split ? { abilityUpper: ability.upper } : {}),
  };
}

/** Whether the prompt-only target runs on the very model that the tuned one was made from. */
export function isSameBase(
  base: Pick<Side, "observations" | "target">,
  tuned: Pick<Side, "observations" | "target">,
): boolean {
  const from = targetAt(tuned.observations, tuned.target).tuning?.tunedFrom;
  if (from === undefined) return false;
  const { model } = targetAt(base.observations, base.target);
  // Two recordings of one model are one model: their identities tell apart what was recorded, not who answered.
  if (model.provider === "recorded" && from.provider === "recorded") return model.id === from.id;
  return canonicalize(model.identity) === canonicalize(from.identity);
}

function signed(part: "total" | "format" | "ability", sign: Sign | undefined): Partial<Signs> {
  return sign === undefined ? {} : { [part]: sign };
}

function told({ shown }: Paired): MaybeDifference {
  return { available: true, ...shown };
}

/** Cases won and lost where more than half of the trials pass on one side only. */
function majorities(fresh: readonly number[], base: readonly number[]): Pick<Gap, "won" | "lost" | "same"> {
  let won = 0;
  let lost = 0;
  for (const [at, value] of fresh.entries()) {
    const passes = value > 0.5;
    const basePasses = (base[at] ?? 0) > 0.5;
    if (passes && !basePasses) won += 1;
    else if (basePasses && !passes) lost += 1;
  }
  return { won, lost, same: fresh.length - won - lost };
}

/**
 * The true gap that this many cases show to be above 0 in 80 % of all runs: the larger root of d = z sqrt(se^2 + d / n), with
 * z = z_alpha + z_power. A gap that is not there yet comes as cases on which the two differ, and these add to the variance.
 */
export function smallestDetectable({ se }: Pick<Paired, "se">, n: number, alpha: number): MaybeEstimate {
  const z = normalQuantile(POWER) - normalQuantile(alpha);
  const share = (z * z) / n;
  const value = (share + Math.sqrt(share * share + 4 * z * z * se * se)) / 2;
  const method = `${percent(POWER, 0)} power, one-sided ${percent(1 - alpha, 0)}, at the variation seen`;
  if (value > 1) return unavailable(`${n} cases are too few to show any gap`);
  return { available: true, value, n, unit: "share", method };
}

function unmeasured(names: Pick<Gap, "base" | "tuned" | "sameBase">, planned: number, margin: number): Gap {
  const none = unavailable("no case was answered by both targets");
  return {
    ...names,
    total: none,
    format: none,
    ability: none,
    won: 0,
    lost: 0,
    same: 0,
    unpaired: planned,
    margin,
    smallestDetectable: none,
    noninferior: false,
    superior: false,
    inferior: false,
    replaceable: false,
    advice: "No case was answered by both targets, so there is no gap to tell.",
  };
}
