/** How one target did in two runs on the same cases: the contract between `decide/` and `report/`. */
import type { MaybeDifference } from "./decision.ts";

/** Shares of right answers and their difference, the later run less the earlier. Decides nothing. */
export interface RunDifference {
  /** Means over the paired cases, by weight. Absent where no case is paired. */
  readonly before?: number;
  readonly after?: number;
  readonly change: MaybeDifference;
  /** By majority of trials on each side. */
  readonly won: number;
  readonly lost: number;
  readonly same: number;
  /** Cases that both runs have and that lack an answer or a grade in one of them. */
  readonly unpaired: number;
}
