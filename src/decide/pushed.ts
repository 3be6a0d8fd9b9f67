/** The first gate: was prompting pushed to its limit? Every rung tried or waived, and the last round of trying gained next to nothing. */
import { isWaived, RUNG_WORDS, rungsOf } from "../suite/ladder.ts";
import type { Chosen } from "./choose.ts";
import { type GateFinding, open, passed } from "./gate-finding.ts";
import { counted, listed, points, pointsAsWritten } from "./in-words.ts";
import type { Observations } from "./observations.ts";
import { plateauOf } from "./plateau.ts";

export function pushedOf(observations: Observations, prompt: Chosen): GateFinding {
  const { ladder, scenario } = observations.suite;
  const missing = rungsOf(scenario).filter((rung) => ladder?.[rung] === undefined);
  const [next] = missing;
  if (next !== undefined) {
    const others = missing.length - 1;
    const more = others === 0 ? "" : ` (${counted(others, "rung")} more are not stated)`;
    return open(
      `Prompting was not pushed to its limit as far as the suite states: nothing is said of ${RUNG_WORDS[next]}${more}.`,
      `Try ${RUNG_WORDS[next]} as a prompt-only target and name it in \`ladder["${next}"]\`, or waive it there with the reason.`,
    );
  }
  const waived = rungsOf(scenario).filter((rung) => isWaived(ladder?.[rung]));
  const told = waived.length === 0 ? "every rung was tried" : `every rung was tried but ${listed(waived)}, waived`;
  if (ladder?.plateau !== undefined)
    return passed(`Prompting: ${told}; the plateau is waived: ${ladder.plateau.waived}.`);
  const plateau = plateauOf(observations, prompt);
  if (plateau === undefined) {
    return open(
      "Whether more prompting would help cannot be told: there are not two prompts with answers on dev.",
      "Add another prompt, or waive `ladder.plateau` with the reason.",
    );
  }
  const gain = `"${plateau.last}", the last prompt declared, gains ${points(plateau.gain)} over the best before it on dev (at most ${points(plateau.upper)})`;
  return plateau.reached
    ? passed(`Prompting: ${told}; ${gain}.`)
    : open(
        `Prompting has not reached its plateau: ${gain}; it is reached where less than ${pointsAsWritten(plateau.limit)} is shown.`,
        "Try on from the last prompt, add dev cases, or waive `ladder.plateau` with the reason.",
      );
}
