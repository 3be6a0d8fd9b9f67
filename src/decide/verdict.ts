/** The verdict: validity first, then the rule, then whether it stands whatever the missing answers would have been. */
import { sum } from "../stats/sum.ts";
import { PER_THOUSAND } from "./amounts.ts";
import { targetColumns } from "./case-values.ts";
import { checksOf, isPrice, namedGraders } from "./checks.ts";
import { isFirmChoice } from "./choose.ts";
import { claimOf } from "./claim.ts";
import type { ProcedureStep, Reason, TargetMeasure, Verdict, VerdictClaim } from "./decision.ts";
import { type Circumstances, evidenceOf, type Found, WORLDS } from "./evidence.ts";
import { counted } from "./in-words.ts";
import { targetAt } from "./measure.ts";
import type { Observations } from "./observations.ts";
import { procedureOf } from "./procedure.ts";
import { type Cast, gapReason, reasonsFor } from "./reasons.ts";
import { FEWEST_SEEDS } from "./recipe.ts";
import { rule } from "./rule.ts";
import { horizonInWords } from "./side.ts";
import { endOfTune } from "./tuned-venue.ts";
import { type Choices, countUngraded, deciding, validityOf } from "./validity.ts";
import { wouldChange, wouldMend } from "./would-change.ts";

/** Reasons that the missing answers themselves would mend; all others stand however those turn out. */
const OF_MISSING: readonly Reason["code"][] = ["missing-answers", "not-measurable"];

/** A verdict with the evidence that it rests on. */
export interface Judged {
  readonly verdict: Verdict;
  readonly procedure: readonly ProcedureStep[];
  /** Absent without a prompt-only target. */
  readonly found?: Found;
}

export function judgeSuite(
  observations: Observations,
  choices: Choices,
  measures: readonly TargetMeasure[],
  circumstances: Circumstances,
): Judged {
  const found = evidenceOf(observations, choices, circumstances);
  const invalid = validityOf(observations, choices, measures, circumstances);
  const lasting = invalid.filter(({ code }) => !OF_MISSING.includes(code));
  const plain = found === undefined ? undefined : rule(found);
  const anyMissing = isAnyMissing(observations, choices, measures);
  // With every missing answer filled in one way, then the other; whether dev would choose the same is asked apart.
  const worlds =
    anyMissing && invalid.length === 0
      ? WORLDS.flatMap((world) => evidenceOf(observations, choices, circumstances, world) ?? []).map((filled) =>
          rule(filled),
        )
      : [];
  const kinds = new Set(worlds.map(({ kind }) => kind));
  const withFound = found === undefined ? {} : { found };
  const stands = (yes: boolean) => (anyMissing ? { standsDespiteMissing: yes } : {});
  if (invalid.length > 0 || found === undefined || plain === undefined) {
    const gap = gapReason(invalid[0]?.code ?? "undecided", found?.gap?.gap);
    return {
      procedure: procedureOf(invalid, plain, found),
      verdict: {
        kind: "INCONCLUSIVE",
        reasons: [...invalid, ...gap],
        wouldChange: wouldMend(invalid, observations.slots("test").length),
        ...stands(lasting.length > 0),
      },
      ...withFound,
    };
  }
  const cast = castOf(observations, choices, measures);
  const claim = claimOf(plain, observations, choices.tuned?.position, circumstances.recipes ?? []);
  const open = anyMissing ? openByMissing(observations, choices) : [];
  const differs = plain.kind !== "INCONCLUSIVE" && [...kinds].some((kind) => kind !== plain.kind);
  if (differs) {
    const text = `The answers that are there say ${plain.kind}, but the missing ones could change that.`;
    const invalidated: Reason[] = [{ code: "missing-answers", text }];
    return {
      procedure: procedureOf(invalidated, plain, found),
      verdict: {
        kind: "INCONCLUSIVE",
        reasons: [...invalidated, ...gapReason("missing-answers", found.gap?.gap)],
        wouldChange: wouldMend(invalidated, observations.slots("test").length),
        standsDespiteMissing: false,
      },
      ...withFound,
    };
  }
  return {
    procedure: procedureOf([], plain, found),
    verdict: {
      kind: plain.kind,
      reasons: [...reasonsFor(plain, found, cast), ...ofRecipe(plain.code, claim)],
      ...(claim === undefined ? {} : { claim }),
      wouldChange: [...wouldChange(plain, found, cast), ...open],
      ...stands([...kinds].every((kind) => kind === plain.kind) && open.length === 0),
    },
    ...withFound,
  };
}

/** A reader who declared seeds wants to know why the claim is not of the recipe. */
function ofRecipe(code: Reason["code"], claim: VerdictClaim | undefined): Reason[] {
  if (claim?.of !== "checkpoint" || claim.recipe === undefined) return [];
  const seeds = counted(claim.seeds ?? 0, "seed");
  const text =
    (claim.seeds ?? 0) < FEWEST_SEEDS
      ? `This is said of the checkpoint "${claim.target}": a claim about its recipe "${claim.recipe}" takes ${FEWEST_SEEDS} seeds, there are ${claim.seeds}.`
      : `This is said of the checkpoint "${claim.target}": that it holds for its recipe "${claim.recipe}" is not shown by ${seeds}.`;
  return [{ code, text }];
}

function isAnyMissing(observations: Observations, choices: Choices, measures: readonly TargetMeasure[]): boolean {
  const named = namedGraders(observations.suite);
  return deciding(choices).some(
    ({ target, split }) =>
      measures.some((each) => each.target === target && each.split === split && each.counts.missing > 0) ||
      named.some((grader) => countUngraded(observations, { target, split }, grader) > 0),
  );
}

/** What no reading of the missing answers tells, in words: whether dev would choose the same, and what the cost would have been. */
function openByMissing(observations: Observations, { prompt, tuned }: Choices): string[] {
  const costs = checksOf(observations.suite).some(({ key, blocking }) => isPrice(key) && blocking);
  const chosen = [prompt, tuned].flatMap((choice) => choice ?? []);
  return [
    ...(chosen.every((choice) => isFirmChoice(observations, choice))
      ? []
      : [
          "With the answers that are missing on dev cases another target could have been chosen: get them, then run again.",
        ]),
    ...(costs && chosen.some(({ position }) => isAnyUnanswered(observations, position))
      ? ["What the missing answers would have cost is not known: get them, then run again."]
      : []),
  ];
}

/** Whether some test trial has no answer, so that nobody knows what it would have cost. */
function isAnyUnanswered(observations: Observations, position: number): boolean {
  const { answered } = targetColumns(observations, position);
  const { trials } = observations;
  return observations.slots("test").some((slot) => answered.subarray(slot * trials, (slot + 1) * trials).includes(0));
}

function castOf(observations: Observations, { prompt, tuned }: Choices, measures: readonly TargetMeasure[]): Cast {
  const retiresOn =
    tuned === undefined ? undefined : endOfTune(observations.suite, targetAt(observations, tuned.position));
  const usdPerCase = costOfOneCase(observations, measures);
  return {
    prompt: prompt?.target ?? "",
    tried: prompt?.candidates.map(({ target }) => target) ?? [],
    ...(tuned === undefined ? {} : { tuned: tuned.target }),
    ...(retiresOn === undefined ? {} : { retiresOn }),
    ...(usdPerCase === undefined ? {} : { usdPerCase }),
    horizon: horizonInWords(observations.suite),
  };
}

/** Judges are not counted: what they cost is no cost of an answer. */
function costOfOneCase({ trials }: Observations, measures: readonly TargetMeasure[]): number | undefined {
  const costs = measures.filter(({ split }) => split === "test").map(({ usdPer1k }) => usdPer1k);
  const known = costs.flatMap((cost) => (cost.available ? [(cost.value / PER_THOUSAND) * trials] : []));
  return known.length === costs.length ? sum(known) : undefined;
}
