/** What the split of a gap means for the next step: one sentence for each pattern of signs. */
import type { Gap, MaybeDifference } from "./decision.ts";
import { points, pointsAsWritten } from "./in-words.ts";

/** `up`: the whole 95 % interval is above 0; `down`: below; `open`: it holds 0. */
export type Sign = "up" | "down" | "open";

export function signOf(difference: MaybeDifference): Sign | undefined {
  if (!difference.available) return undefined;
  return difference.lower > 0 ? "up" : difference.upper < 0 ? "down" : "open";
}

interface Shares extends Pick<Gap, "total" | "format" | "ability"> {
  readonly names: Pick<Gap, "base" | "tuned">;
}

type Words = (shares: {
  readonly ability: string;
  readonly format: string;
  readonly base: string;
  readonly tuned: string;
}) => string;

const SPLIT: Readonly<Record<Sign, Readonly<Record<Sign, Words>>>> = {
  up: {
    up: ({ ability, format }) =>
      `${ability} of the gap are ability, which tuning added; ${format} are format, which structured output or a better prompt closes without tuning.`,
    open: ({ ability }) =>
      `The gap is ability (${ability}), not format: structured output will not close it, only a stronger prompt, a stronger model or tuning.`,
    down: ({ ability, format, tuned }) =>
      `"${tuned}" gains ${ability} in ability and gives back ${format} in form: structured output on top of tuning keeps both.`,
  },
  open: {
    up: ({ format }) =>
      `The gap is format (${format}); no gap in ability is shown. A better prompt or structured output closes it, not fine-tuning.`,
    open: () => "Neither a gap in format nor one in ability is shown: nothing here speaks for fine-tuning.",
    down: ({ format, tuned }) =>
      `"${tuned}" keeps the demanded form less often (${format}) and no gain in ability is shown.`,
  },
  down: {
    up: ({ ability, format }) =>
      `Tuning taught the form (${format}) and cost ability (${ability}): structured output or a better prompt gives the form without that loss.`,
    open: ({ ability, tuned }) =>
      `"${tuned}" is worse in ability (${ability}): tuning did harm, and format does not explain it.`,
    down: ({ ability, format, tuned }) =>
      `"${tuned}" is worse in ability (${ability}) and in form (${format}): tuning did harm.`,
  },
};

const UNSPLIT: Readonly<Record<Sign, Words>> = {
  up: ({ tuned }) =>
    `"${tuned}" is better, but the graders have one form only, so nobody can tell how much of that structured output or a better prompt would close.`,
  open: () => "No gap is shown: nothing here speaks for fine-tuning.",
  down: ({ tuned, base }) => `"${tuned}" is worse than "${base}": tuning did harm.`,
};

/** Both shares are open although the gap as a whole is shown. */
const WHOLE_ONLY: Readonly<Record<"up" | "down", Words>> = {
  up: ({ tuned }) =>
    `"${tuned}" is better as a whole, but these cases do not show whether by form or by ability; try structured output before you pay for tuning.`,
  down: ({ tuned }) => `"${tuned}" is worse as a whole; these cases do not show whether by form or by ability.`,
};

export function gapAdvice({ total, format, ability, names }: Shares): string {
  const whole = signOf(total);
  if (whole === undefined) return "There is no gap to tell.";
  const abilitySign = signOf(ability);
  const formatSign = signOf(format);
  const words = {
    ...names,
    ability: sized(ability, abilitySign),
    format: sized(format, formatSign),
  };
  if (abilitySign === undefined || formatSign === undefined) return UNSPLIT[whole](words);
  if (abilitySign === "open" && formatSign === "open" && whole !== "open") return WHOLE_ONLY[whole](words);
  return SPLIT[abilitySign][formatSign](words);
}

function sized(difference: MaybeDifference, sign: Sign | undefined): string {
  if (!difference.available) return "";
  return sign === "down" ? pointsAsWritten(round(difference.value)) : points(difference.value);
}

/** To a tenth of a point. */
function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
