/** A race of prompts on a terminal: its rounds, the winner on dev and on test, and the winner as code. */
import type { Plateau } from "../decide/ceiling-contract.ts";
import type { MaybeDifference, MaybeEstimate } from "../decide/decision.ts";
import { plateauSentence } from "./ceiling-view.ts";
import { disarmCommands } from "./ci-commands.ts";
import { quoted } from "./decision-view.ts";
import { escapeToLine } from "./escape.ts";
import { mapStrings } from "./map-strings.ts";
import { countOf, formatInterval, formatPoints, formatShare, pointsFigure } from "./numbers.ts";
import { palette } from "./paint.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { wrap, wrapHanging } from "./wrap.ts";

export interface SweepRound {
  /** From 1. */
  readonly round: number;
  /** Prompts that took part, the incumbent too. */
  readonly prompts: number;
  /** Dev cases that each of them has now. */
  readonly cases: number;
  readonly best: string;
  readonly incumbent: string;
  readonly bestOnDev: MaybeEstimate;
  readonly incumbentOnDev: MaybeEstimate;
  /** Prompts that too many answers were missing of. */
  readonly leftOut: readonly string[];
}

export interface SweepView {
  readonly suite: string;
  /** The incumbent. */
  readonly from: string;
  /** Different prompts that raced, the incumbent too. */
  readonly prompts: number;
  readonly devCases: number;
  readonly rounds: readonly SweepRound[];
  readonly winner: string;
  readonly winnerOnDev: MaybeEstimate;
  readonly winnerOnTest: MaybeEstimate;
  readonly fromOnTest: MaybeEstimate;
  /** Winner - incumbent, paired on test; absent where they are one. */
  readonly gainOnTest?: MaybeDifference;
  readonly plateau?: Plateau;
  /** What the suite calls the winner, where it declares it. */
  readonly declaredAs?: string;
  /** The winner to paste, where the suite does not declare it. */
  readonly code?: string;
}

/** One round, as soon as it is over. */
export function roundText(suite: string, round: SweepRound): string {
  return `${suite}: round ${round.round}, ${roundFigures(round)}`;
}

function roundFigures({ prompts, cases, best, incumbent, bestOnDev, incumbentOnDev }: SweepRound): string {
  const figures =
    best === incumbent
      ? `${quoted(best)}, the incumbent, leads with ${share(bestOnDev)}`
      : `${quoted(best)} leads with ${share(bestOnDev)}, the incumbent has ${share(incumbentOnDev)}`;
  return `${countOf(prompts, "prompt")} on ${countOf(cases, "dev case")}: ${figures}`;
}

/** Lines of at most the terminal's width but for the code, which is to be copied; ends in a line feed. */
export function renderSweep(view: SweepView, { width, color }: TerminalOptions): string {
  const columns = layoutWidth(width);
  const colors = palette(color);
  const { code, ...rest } = view;
  const safe = mapStrings(rest, escapeToLine);
  const { suite, from, prompts, devCases, rounds, winner, winnerOnDev, winnerOnTest, fromOnTest, gainOnTest, plateau } =
    safe;
  const row = (label: string, text: string) => wrapHanging(label.padEnd(10), text, 10, columns);
  const lines = [
    ...wrap(suite, columns).map(colors.strong),
    ...row(
      "Sweep",
      `${countOf(prompts, "prompt")}, ${quoted(from)} among them, on ${countOf(devCases, "dev case")} at most`,
    ),
    ...rounds.flatMap((round) => row(`Round ${round.round}`, roundFigures(round))),
    ...rounds
      .flatMap(({ leftOut }) => leftOut)
      .flatMap((name) => row("Left out", `${quoted(name)}: too many answers are missing`)),
    ...row("Winner", winnerText(safe)),
    ...row("On dev", `${withRange(winnerOnDev)}; chosen on these cases, which flatters it`),
    ...row(
      "On test",
      `${withRange(winnerOnTest)}${winner === from ? "" : `; ${quoted(from)} ${withRange(fromOnTest)}`}`,
    ),
    ...(gainOnTest === undefined ? [] : row("Gain", gain(gainOnTest))),
    ...(plateau === undefined ? [] : row("Plateau", plateauSentence(plateau).replace(/^Plateau /, ""))),
  ];
  const paste =
    code === undefined
      ? []
      : ["", ...wrap("To paste into the suite's targets:", columns), "", ...code.split("\n").map(escapeToLine)];
  return disarmCommands(`${[...lines, ...paste].join("\n")}\n`);
}

function winnerText({ winner, from, declaredAs }: Omit<SweepView, "code">): string {
  if (winner === from) return `${quoted(winner)}, the incumbent: nothing that was tried does better on dev`;
  return declaredAs === undefined
    ? quoted(winner)
    : `${quoted(winner)}, which the suite declares as ${quoted(declaredAs)}`;
}

function gain(difference: MaybeDifference): string {
  if (!difference.available) return `not known: ${difference.why}`;
  const { value, lower, upper, confidence, n } = difference;
  return `${formatPoints(value)} on test (${formatShare(confidence, { bare: true })} interval ${pointsFigure(lower)} to ${pointsFigure(upper)}, ${countOf(n, "test case")} paired)`;
}

function share(estimate: MaybeEstimate): string {
  return estimate.available ? formatShare(estimate.value) : "no figure";
}

function withRange(estimate: MaybeEstimate): string {
  if (!estimate.available) return `not known: ${estimate.why}`;
  const { value, interval, n } = estimate;
  const range =
    interval === undefined ? "" : `95 % interval ${formatInterval(interval.lower, interval.upper, "share")}, `;
  return `${formatShare(value)} (${range}n=${n})`;
}
