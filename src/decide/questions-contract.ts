/** What the closing questions come to. Types only. */
import type { MaybeEstimate } from "./decision.ts";
import type { MaybeChange } from "./instruments/contract.ts";

/** One line of an answer: a figure, a change, or a sentence; a figure may have a sentence beside it. */
export interface Fact {
  readonly key: string;
  readonly label: string;
  readonly figure?: MaybeEstimate;
  readonly change?: MaybeChange;
  readonly text?: string;
}

export interface Question {
  readonly key: "complexity" | "stability" | "volume" | "data";
  readonly question: string;
  readonly facts: readonly Fact[];
}
