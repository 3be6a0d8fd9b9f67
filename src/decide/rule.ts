/** The rule of the verdict: from the states of the requirements and the comparisons to one of a closed set. No words here. */
import { isPrice } from "./checks.ts";
import type { RequirementResult } from "./decision.ts";
import type { GateName, Gates } from "./gates.ts";
import { asksBreakEven } from "./money-standing.ts";

/** How a tuned target compares with the best prompt on one check. Bounds are one-sided, fresh - base. */
export interface Contrast {
  readonly superior: boolean;
  readonly noninferior: boolean;
  readonly inferior: boolean;
  /** Shown not to gain: the upper bound of the gain is below 0. */
  readonly noGain: boolean;
}

export interface TunedEvidence {
  readonly results: readonly RequirementResult[];
  /** By position of the check; absent where the two could not be compared. */
  readonly contrasts: readonly (Contrast | undefined)[];
  /** Shown to lose ability (lenient form) by more than the margin, whatever it gains in form. */
  readonly losesAbility: boolean;
  /** On the cases that tuning must not break; absent where the suite names none. */
  readonly regression?: Contrast;
  /** Whether it pays for itself; absent where the suite states no economics. */
  readonly money?: "pays" | "volume-sensitive" | "never" | "unknown";
  /** Shut down already, or within the horizon. */
  readonly retires: boolean;
  /** By position of the check: shown to be better with the answer taken wherever it stands; absent where that is not compared. */
  readonly gainsAbility: readonly (boolean | undefined)[];
}

export interface Evidence {
  /** The best prompt held against every check, in the form the product receives. */
  readonly prompt: readonly RequirementResult[];
  /** The same with the answer taken wherever it stands; present where something is missed. */
  readonly lenient?: readonly RequirementResult[];
  /** By position of the check, the graders of one form that it is worked out by: of these `lenient` is at least what it tells. */
  readonly oneForm?: readonly (readonly string[])[];
  /** Output that cannot leave the form was tried with prompts, or is waived with a reason; absent where nothing is missed. */
  readonly formTried?: boolean;
  readonly tuned?: TunedEvidence;
  /** What stands before the advice to tune; present where the prompt misses something and nothing is tuned yet. */
  readonly gates?: Gates;
}

/** Positions are those of the checks. */
export type Ruling =
  | { readonly kind: "KEEP_PROMPTING"; readonly code: "all-met" }
  | { readonly kind: "KEEP_PROMPTING"; readonly code: "need-met-rest-at-threshold"; readonly watch: readonly number[] }
  | { readonly kind: "KEEP_PROMPTING"; readonly code: "format-first"; readonly failed: readonly number[] }
  | { readonly kind: "FINE_TUNE_JUSTIFIED"; readonly code: "requirement-not-met"; readonly failed: readonly number[] }
  | {
      readonly kind: "KEEP_PROMPTING";
      readonly code: "cheaper-first" | "never-pays" | "too-dear";
      readonly failed: readonly number[];
      readonly gate: GateName;
    }
  | {
      readonly kind: "NOT_FEASIBLE";
      readonly code: "no-venue";
      readonly failed: readonly number[];
      readonly gate: GateName;
    }
  | {
      readonly kind: "INCONCLUSIVE";
      readonly code: "not-pushed" | "cheaper-open" | "no-data" | "venue-unknown" | "money-unknown";
      readonly failed: readonly number[];
      readonly gate: GateName;
    }
  | { readonly kind: "CONFIRMED"; readonly code: "tuned-meets-and-better"; readonly failed: readonly number[] }
  | {
      readonly kind: "REJECTED";
      readonly code: "tuned-misses";
      readonly failed: readonly number[];
      readonly missed: readonly number[];
    }
  | {
      readonly kind: "REJECTED";
      readonly code: "tuned-inferior";
      readonly failed: readonly number[];
      readonly worse: readonly number[];
      readonly losesAbility: boolean;
    }
  | {
      readonly kind: "REJECTED";
      readonly code: "tuned-regresses" | "tuned-never-pays";
      readonly failed: readonly number[];
    }
  | {
      readonly kind: "INCONCLUSIVE";
      readonly code: "undecided";
      readonly failed: readonly number[];
      readonly open: readonly number[];
    }
  | {
      readonly kind: "INCONCLUSIVE";
      readonly code: "format-open";
      readonly failed: readonly number[];
      /** Of `failed`: not settled with the answer taken wherever it stands, or not split by its graders. */
      readonly open: readonly number[];
    }
  | {
      readonly kind: "INCONCLUSIVE";
      readonly code: "regression-open" | "tuned-money-open";
      readonly failed: readonly number[];
    }
  | { readonly kind: "INCONCLUSIVE"; readonly code: "retires"; readonly failed: readonly number[] };

/**
 * Keep prompting when the share of the need is met and no blocking requirement is missed or open. When one is missed: without
 * a tuned target, format first where it is shown that format explains it; where it is shown that it does not, what the gates say; and
 * neither where that is open, be it for want of cases or of a grader that tells the forms apart. Where output held to the form was tried and the best
 * prompt misses still, the gates decide whatever the form explains. With one, it must meet what the prompt misses, be better there, and no worse elsewhere; and what it gains must not be
 * what structured output, or the same prompt served cheaper, gives without it.
 */
export function rule(evidence: Evidence): Ruling {
  const { prompt, oneForm, tuned, gates, formTried = false } = evidence;
  const blocking = prompt.flatMap((result, index) => (result.blocking ? [index] : []));
  const inState = (state: RequirementResult["state"]) => blocking.filter((index) => prompt[index]?.state === state);
  const failed = inState("NOT_MET");
  if (failed.length === 0) {
    const watch = inState("AT_THRESHOLD");
    const open = inState("UNDECIDED");
    const needMet = blocking.some((index) => prompt[index]?.key === "need" && prompt[index]?.state === "MET");
    if (open.length === 0 && needMet) {
      return watch.length === 0
        ? { kind: "KEEP_PROMPTING", code: "all-met" }
        : { kind: "KEEP_PROMPTING", code: "need-met-rest-at-threshold", watch };
    }
    return { kind: "INCONCLUSIVE", code: "undecided", failed, open: [...open, ...watch].sort((a, b) => a - b) };
  }
  const inForm = inFormOf(evidence, failed);
  if (tuned !== undefined) return ruleTuned({ prompt, gates, inForm, formTried }, blocking, failed, tuned);
  const explains = formExplains(evidence, failed);
  if (explains === "no" || formTried) return ruleGates(failed, gates);
  if (explains === "yes") return { kind: "KEEP_PROMPTING", code: "format-first", failed };
  const open = failed.filter((_, at) => inForm[at] === "open");
  // What is shown to do without tuning does so whatever the format explains.
  const cheaper = gates?.pushed.state === "passed" && gates.cheaper.state === "stopped";
  if (cheaper && open.every((index) => isUnsplit(index, oneForm))) return ruleGates(failed, gates);
  return { kind: "INCONCLUSIVE", code: "format-open", failed, open };
}

/** Format does not explain what is missed: tuning is advised when every gate on the way is passed, in their order. */
function ruleGates(failed: readonly number[], gates: Gates | undefined): Ruling {
  const isOpen = (gate: GateName) => gates?.[gate].state !== "passed";
  if (isOpen("pushed")) return { kind: "INCONCLUSIVE", code: "not-pushed", failed, gate: "pushed" };
  if (gates?.cheaper.state === "stopped") {
    return { kind: "KEEP_PROMPTING", code: "cheaper-first", failed, gate: "cheaper" };
  }
  if (isOpen("cheaper")) return { kind: "INCONCLUSIVE", code: "cheaper-open", failed, gate: "cheaper" };
  if (isOpen("data")) return { kind: "INCONCLUSIVE", code: "no-data", failed, gate: "data" };
  if (gates?.venue.state === "stopped") return { kind: "NOT_FEASIBLE", code: "no-venue", failed, gate: "venue" };
  if (isOpen("venue")) return { kind: "INCONCLUSIVE", code: "venue-unknown", failed, gate: "venue" };
  if (gates?.money.state === "stopped") {
    const code = gates.money.tooDear === true ? "too-dear" : "never-pays";
    return { kind: "KEEP_PROMPTING", code, failed, gate: "money" };
  }
  if (isOpen("money")) return { kind: "INCONCLUSIVE", code: "money-unknown", failed, gate: "money" };
  return { kind: "FINE_TUNE_JUSTIFIED", code: "requirement-not-met", failed };
}

type InForm = "yes" | "no" | "open";

function inFormOf({ prompt, lenient, oneForm }: Evidence, failed: readonly number[]): readonly InForm[] {
  return failed.map((index) => isFormat(prompt[index], lenient?.[index], isUnsplit(index, oneForm)));
}

/**
 * Whether format explains all that is missed.
 * @param failed positions of what is missed
 */
export function formExplains(evidence: Evidence, failed: readonly number[]): InForm {
  const { prompt, oneForm } = evidence;
  const inForm = inFormOf(evidence, failed);
  const open = failed.filter((_, at) => inForm[at] === "open");
  const unsplit = open.some((index) => isUnsplit(index, oneForm));
  // A price or a time that is missed is no format; it does not make what nobody split anything else.
  const shown = failed.some(
    (index, at) => inForm[at] === "no" && (!unsplit || prompt[index]?.direction === "at-least"),
  );
  return shown ? "no" : open.length === 0 ? "yes" : "open";
}

/** Whether nobody can tell how much of a check is form. */
export function isUnsplit(index: number, oneForm: Evidence["oneForm"]): boolean {
  return (oneForm?.[index]?.length ?? 0) > 0;
}

/**
 * Whether what is missed in the demanded form is no longer missed once form is no matter. That it is not shown to be
 * missed is not enough: one failure of form among many others would do for that. Where a grader has one form the lenient figure is too low, if
 * anything: that it is met shows as much, that it is missed shows nothing.
 */
function isFormat(
  strict: RequirementResult | undefined,
  lenient: RequirementResult | undefined,
  unsplit: boolean,
): InForm {
  if (strict === undefined || lenient === undefined || strict.direction === "at-most") return "no";
  if (lenient.state === "NOT_MET") return unsplit ? "open" : "no";
  return lenient.state === "UNDECIDED" ? "open" : "yes";
}

/** What is known of the prompt beside the tuned target. */
interface Beside {
  readonly prompt: readonly RequirementResult[];
  readonly gates: Gates | undefined;
  /** Of each that failed. */
  readonly inForm: readonly InForm[];
  readonly formTried: boolean;
}

function ruleTuned(
  { prompt, gates, inForm, formTried }: Beside,
  blocking: readonly number[],
  failed: readonly number[],
  tuned: TunedEvidence,
): Ruling {
  const { results, contrasts } = tuned;
  const missed = blocking.filter((index) => results[index]?.state === "NOT_MET");
  if (missed.length > 0) return { kind: "REJECTED", code: "tuned-misses", failed, missed };
  const worse = blocking.filter((index) => {
    const contrast = contrasts[index];
    return contrast !== undefined && (contrast.inferior || (failed.includes(index) && contrast.noGain));
  });
  if (worse.length > 0 || tuned.losesAbility) {
    return { kind: "REJECTED", code: "tuned-inferior", failed, worse, losesAbility: tuned.losesAbility };
  }
  if (tuned.regression?.inferior === true) return { kind: "REJECTED", code: "tuned-regresses", failed };
  const open = blocking.filter((index) => {
    const met = results[index]?.state === "MET";
    const contrast = contrasts[index];
    if (failed.includes(index)) return !(met && contrast?.superior === true);
    // A margin is a share: of money and time it is asked that the requirement is met.
    return results[index]?.direction === "at-most" ? !met : contrast?.noninferior !== true;
  });
  if (open.length > 0) return { kind: "INCONCLUSIVE", code: "undecided", failed, open };
  const formFirst = formTried ? undefined : ruleForm(failed, inForm, tuned.gainsAbility);
  if (formFirst !== undefined) return formFirst;
  const pricesOnly = failed.every((index) => isPrice(prompt[index]?.key ?? "need"));
  if (pricesOnly && gates?.cheaper.state === "stopped") {
    return { kind: "KEEP_PROMPTING", code: "cheaper-first", failed, gate: "cheaper" };
  }
  if (gates?.venue.state === "stopped") return { kind: "NOT_FEASIBLE", code: "no-venue", failed, gate: "venue" };
  if (tuned.regression?.noninferior === false) return { kind: "INCONCLUSIVE", code: "regression-open", failed };
  const asked = asksBreakEven(failed.flatMap((index) => prompt[index] ?? []));
  const money = asked ? tuned.money : undefined;
  if (money === "never") return { kind: "REJECTED", code: "tuned-never-pays", failed };
  if (money !== undefined && money !== "pays") return { kind: "INCONCLUSIVE", code: "tuned-money-open", failed };
  if (tuned.retires) return { kind: "INCONCLUSIVE", code: "retires", failed };
  return { kind: "CONFIRMED", code: "tuned-meets-and-better", failed };
}

/**
 * What the tuned target is better in may be form alone, which output that cannot leave the form gives without tuning. Ability is taken for gained
 * where a failed check is shown to be, or where the prompt misses it whatever the form.
 */
function ruleForm(
  failed: readonly number[],
  inForm: readonly InForm[],
  gainsAbility: TunedEvidence["gainsAbility"],
): Ruling | undefined {
  if (failed.some((index, at) => inForm[at] === "no" || gainsAbility[index] === true)) return undefined;
  const open = failed.filter((_, at) => inForm[at] === "open");
  return open.length === 0
    ? { kind: "KEEP_PROMPTING", code: "format-first", failed }
    : { kind: "INCONCLUSIVE", code: "format-open", failed, open };
}
