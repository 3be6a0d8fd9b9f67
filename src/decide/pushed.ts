/** The first gate: was prompting pushed to its limit? Every rung tried or waived, and the last round of trying gained next to nothing. */
import { isWaived, RUNG_WORDS, rungsOf } from "../suite/ladder.ts";
import type { Plateau } from "./ceiling-contract.ts";
import type { Chosen } from "./choose.ts";
import { type GateFinding, open, passed } from "./gate-finding.ts";
import { counted, listed, points, pointsAsWritten, withConfidence } from "./in-words.ts";
import type { Observations } from "./observations.ts";
import { plateauOf } from "./plateau.ts";
import type { SweepEvidence } from "./sweep-contract.ts";

export function pushedOf(observations: Observations, prompt: Chosen, sweep: SweepEvidence | undefined): GateFinding {
  const { ladder, scenario } = observations.suite;
  const rungs = rungsOf(scenario);
  const swept = rungs.filter((rung) => ladder?.[rung] === undefined && sweep?.rungs.includes(rung) === true);
  const missing = rungs.filter((rung) => ladder?.[rung] === undefined && !swept.includes(rung));
  const [next] = missing;
  if (next !== undefined) {
    const others = missing.length - 1;
    const more = others === 0 ? "" : ` (${counted(others, "rung")} more are not stated)`;
    const tried = swept.length === 0 ? "" : ` The sweep tried ${listed(swept)}.`;
    return open(
      `Prompting was not pushed to its limit as far as the suite states: nothing is said of ${RUNG_WORDS[next]}${more}.${tried}`,
      `Try ${RUNG_WORDS[next]} as a prompt-only target and name it in \`ladder["${next}"]\`, or waive it there with the reason.`,
    );
  }
  if (sweep !== undefined && !sweep.winnerDeclared) {
    return open(
      `The sweep found "${sweep.winner}" to do best on dev of all prompts that it raced, and the suite does not declare it.`,
      "Paste the target that `gapcheck sweep` prints into the suite.",
    );
  }
  const waived = rungs.filter((rung) => isWaived(ladder?.[rung]));
  const bySweep = swept.length === 0 ? "" : ` (${listed(swept)} by the sweep)`;
  const byReason = Map.groupBy(waived, (rung) => {
    const stated = ladder?.[rung];
    return isWaived(stated) ? stated.waived : "";
  });
  const reasons = [...byReason].map(([why, own]) => `${listed(own)} ("${why}")`);
  const told =
    waived.length === 0
      ? `every rung was tried${bySweep}`
      : `every rung was tried${bySweep} but those that the suite waives with its reason: ${reasons.join("; ")}`;
  if (ladder?.plateau !== undefined) {
    const why = `"${ladder.plateau.waived}"`;
    return passed(
      `Prompting: ${told}; whether the last prompt still gained is not asked, for the reason stated: ${why}.`,
    );
  }
  const plateau = lastPlateau(observations, prompt, sweep);
  if (plateau === undefined) {
    return open(
      "Whether more prompting would help cannot be told: there are not two prompts with answers on dev.",
      "Add another prompt, or waive `ladder.plateau` with the reason.",
    );
  }
  const gain = gainInWords(plateau);
  return plateau.reached
    ? passed(`Prompting: ${told}; ${gain}.`)
    : open(
        `Prompting has not reached its plateau: ${gain}; it is reached where less than ${pointsAsWritten(plateau.limit)} is shown.`,
        "Try on from the last prompt (`gapcheck sweep` does), add dev cases, or waive `ladder.plateau` with the reason.",
      );
}

/**
 * The last round of trying: a sweep, as long as the prompt that it was held against does best on dev of all that are declared and were no part of
 * it; else the prompt that was declared last.
 */
export function lastPlateau(
  observations: Observations,
  prompt: Chosen,
  sweep: SweepEvidence | undefined,
): Plateau | undefined {
  const swept = sweep?.plateau;
  if (sweep === undefined || swept === undefined) return plateauOf(observations, prompt);
  const outside = prompt.candidates.filter(
    ({ target, dev }) => dev.available && (target === swept.before || !sweep.members.includes(target)),
  );
  const held = outside.find(({ target }) => target === swept.before);
  const value = ({ dev }: (typeof outside)[number]) => (dev.available ? dev.value : 0);
  const isBest = held !== undefined && outside.every((each) => value(each) <= value(held));
  return isBest ? swept : plateauOf(observations, prompt);
}

function gainInWords({ last, before, ofSwept, gain, upper, confidence, n }: Plateau): string {
  const sure = `at most ${points(upper)} ${withConfidence(confidence)}, ${counted(n, "case")} paired`;
  const by = (whom: string) => `gains ${points(gain)} over ${whom} on dev (${sure})`;
  return ofSwept === undefined
    ? `"${last}", the last prompt declared, ${by("the best before it")}`
    : `"${last}", the best of the ${counted(ofSwept, "prompt")} of the sweep, ${by(`"${before}"`)}`;
}
