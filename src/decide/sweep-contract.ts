/** What a finished sweep says to the verdict of its suite. Plain data, valid JSON. */
import type { Rung } from "../suite/ladder.ts";
import type { Plateau } from "./ceiling-contract.ts";

export interface SweepEvidence {
  /** Rungs of the ladder that the axes of the space try. */
  readonly rungs: readonly Rung[];
  /** The best on dev of all that raced. */
  readonly winner: string;
  /** Whether the suite has the winner among its targets, under whatever name: only then the verdict is about it. */
  readonly winnerDeclared: boolean;
  /** Declared targets that are prompts of the space. */
  readonly members: readonly string[];
  /** The best of the space against the declared prompt that it was held against; absent where no case can be paired. */
  readonly plateau?: Plateau;
}
