/** Colours for the terminal. They only repeat what the words say, so that nothing is lost without them. */
import { styleText } from "node:util";
import type { RequirementState } from "../decide/decision.ts";
import type { VerdictKind } from "../suite/requirement.ts";
import type { Paint } from "./table.ts";

export interface Palette {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly verdict: (kind: VerdictKind) => Paint;
  readonly state: (state: RequirementState) => Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly open: Paint;
}

const plain: Paint = (text) => text;

/** `validateStream` off: whether to colour is decided by the caller, once, and not by each text. */
const style =
  (...format: ("bold" | "dim" | "green" | "red" | "yellow")[]): Paint =>
  (text) =>
    text === "" ? text : styleText(format, text, { validateStream: false });

/** Real colours, or none at all. */
export function palette(color: boolean): Palette {
  if (!color) {
    return {
      strong: plain,
      faint: plain,
      verdict: () => plain,
      state: () => plain,
      good: plain,
      bad: plain,
      open: plain,
    };
  }
  const good = style("green");
  const bad = style("red");
  const open = style("yellow");
  return {
    strong: style("bold"),
    faint: style("dim"),
    verdict: (kind) =>
      kind === "KEEP_PROMPTING" || kind === "CONFIRMED"
        ? style("bold", "green")
        : kind === "INCONCLUSIVE"
          ? style("bold", "yellow")
          : style("bold", "red"),
    state: (state) => (state === "MET" ? good : state === "NOT_MET" ? bad : open),
    good,
    bad,
    open,
  };
}
