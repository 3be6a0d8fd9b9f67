/** How one target did in two runs on the same cases: the contract between `decide/` and `report/`. */
import type { MaybeDifference, MaybeEstimate } from "./decision.ts";

/** Shares of right answers and their difference, the later run less the earlier. Decides nothing. */
export interface RunDifference {
  /** Over the paired cases, by weight. */
  readonly before: MaybeEstimate;
  readonly after: MaybeEstimate;
  readonly change: MaybeDifference;
  /** By majority of trials on each side. */
  readonly won: number;
  readonly lost: number;
  readonly same: number;
  /** Cases that both runs have and that lack an answer or a grade in one of them. */
  readonly unpaired: number;
  /** Answers of each run that are not there or not graded; a case that was not asked at all counts as one. */
  readonly missing: { readonly before: number; readonly after: number };
  /** The change over all cases of both runs with every missing answer against it, then for it; absent where none is missing. */
  readonly missingBounds?: { readonly lower: number; readonly upper: number };
}
