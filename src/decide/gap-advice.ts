/** What the split of a gap means for the next step: one sentence for each pattern of signs. */
import type { Gap, MaybeDifference } from "./decision.ts";
import { percent, points, pointsAsWritten } from "./in-words.ts";

/** `up`: shown to be above 0; `down`: below; `open`: neither. */
export type Sign = "up" | "down" | "open";

/** What is shown of each part of a gap, by the bounds that decide; a part is absent where there is none. */
export interface Signs {
  readonly total?: Sign;
  readonly format?: Sign;
  readonly ability?: Sign;
  /** Shown to be worse by more than the margin, as a whole or in ability. */
  readonly harmful: boolean;
}

/**
 * What is shown of a difference: a gain by the one-sided bound that decides on "superior"; a loss by the two-sided
 * interval, or beyond the margin by the one-sided bound that decides on "inferior".
 */
export function signOf(
  shown: MaybeDifference,
  { lower, upper }: { readonly lower: number; readonly upper: number },
  margin: number,
): Sign | undefined {
  if (!shown.available) return undefined;
  if (lower > 0) return "up";
  return upper < -margin || (shown.upper < 0 && upper < 0) ? "down" : "open";
}

interface Shares extends Pick<Gap, "total" | "format" | "ability"> {
  readonly names: Pick<Gap, "base" | "tuned">;
  readonly signs: Signs;
  readonly margin: number;
}

type Words = (shares: {
  readonly ability: string;
  readonly format: string;
  readonly base: string;
  readonly tuned: string;
  /** How grave a loss is. */
  readonly harm: string;
  /** Why there is no split, where there is none. */
  readonly unsplit: string;
}) => string;

const SPLIT: Readonly<Record<Sign, Readonly<Record<Sign, Words>>>> = {
  up: {
    up: ({ ability, format }) =>
      `Of the gap ability is ${ability}, which tuning added; format is ${format}, which structured output or a better prompt closes without tuning.`,
    open: ({ ability }) =>
      `The gap is ability, ${ability}, not format: structured output will not close it, only a stronger prompt (retrieval is one), a stronger model or tuning.`,
    down: ({ ability, format, tuned }) =>
      `"${tuned}" gains ability, ${ability}, and gives back form, ${format}: structured output on top of tuning keeps both.`,
  },
  open: {
    up: ({ format }) =>
      `The gap is format, ${format}; no gap in ability is shown. A better prompt or structured output closes it, not fine-tuning.`,
    open: () =>
      "Neither a gap in format nor one in ability is shown: the share of right answers does not speak for fine-tuning.",
    down: ({ format, tuned }) =>
      `"${tuned}" keeps the demanded form less often, by ${format}, and no gain in ability is shown.`,
  },
  down: {
    up: ({ ability, format }) =>
      `Tuning taught the form, ${format}, and cost ability, ${ability}: structured output or a better prompt gives the form without that loss.`,
    open: ({ ability, tuned, harm }) =>
      `"${tuned}" is worse in ability by ${ability}, which format does not explain: ${harm}.`,
    down: ({ ability, format, tuned, harm }) =>
      `"${tuned}" is worse in ability by ${ability} and in form by ${format}: ${harm}.`,
  },
};

const UNSPLIT: Readonly<Record<Sign, Words>> = {
  up: ({ tuned, unsplit }) =>
    `"${tuned}" is better, but nobody can tell how much of that structured output or a better prompt would close (${unsplit}).`,
  open: ({ unsplit }) => `No gap is shown: the share of right answers does not speak for fine-tuning (${unsplit}).`,
  down: ({ tuned, base, harm, unsplit }) => `"${tuned}" is worse than "${base}": ${harm} (${unsplit}).`,
};

/** Both shares are open although the gap as a whole is shown. */
const WHOLE_ONLY: Readonly<Record<"up" | "down", Words>> = {
  up: ({ tuned }) =>
    `"${tuned}" is better as a whole, but these cases do not show whether by form or by ability; try structured output before you pay for tuning.`,
  down: ({ tuned, harm }) =>
    `"${tuned}" is worse as a whole (${harm}); these cases do not show whether by form or by ability.`,
};

export function gapAdvice({ format, ability, names, signs, margin }: Shares): string {
  const { total: whole, ability: abilitySign, format: formatSign, harmful } = signs;
  if (whole === undefined) return "There is no gap to tell.";
  const words = {
    ...names,
    ability: sized(ability, abilitySign),
    format: sized(format, formatSign),
    unsplit: ability.available ? "" : ability.why,
    harm: harmful ? "tuning did harm" : `by more than the margin of ${pointsAsWritten(margin)} is not shown`,
  };
  if (abilitySign === undefined || formatSign === undefined) return UNSPLIT[whole](words);
  if (abilitySign === "open" && formatSign === "open" && whole !== "open") return WHOLE_ONLY[whole](words);
  return SPLIT[abilitySign][formatSign](words);
}

function sized(difference: MaybeDifference, sign: Sign | undefined): string {
  if (!difference.available) return "";
  const { value, lower, upper, confidence } = difference;
  // A loss is told by its size, so that "worse by" does not stand before a minus.
  const [size, least, most] = sign === "down" ? [-value, -upper, -lower] : [value, lower, upper];
  const bare = (share: number) => signless(points(share), sign).replace(" points", "");
  return `${signless(points(size), sign)} (${percent(confidence, 0)} interval ${bare(least)} to ${bare(most)})`;
}

function signless(text: string, sign: Sign | undefined): string {
  return sign === "down" ? text.replace(/^\+/, "") : text;
}
