/** One target on the test cases, and how far ahead a verdict looks. */
import { DEFAULT_HORIZON_MONTHS } from "../suite/economics.ts";
import type { Suite } from "../suite/suite.ts";
import type { Side } from "./assess.ts";
import { counted } from "./in-words.ts";
import type { Observations } from "./observations.ts";

const DAY_MS = 86_400_000;
const MONTH_DAYS = 365.25 / 12;

export function sideOf(observations: Observations, target: number, world?: "fail" | "pass"): Side {
  return { observations, target, slots: observations.slots("test"), ...(world === undefined ? {} : { world }) };
}

/**
 * Whether an ISO day is past, or comes within so many days. A day that cannot be read is not believed to lie far off.
 * @param days how far ahead is looked; `horizonDays` of a suite
 */
export function endsWithin(day: string, today: Date, days: number): boolean {
  const end = Date.parse(day);
  return Number.isNaN(end) || end - today.getTime() <= days * DAY_MS;
}

/** How far ahead a verdict looks: it never recommends what ends before. */
export function horizonDays(suite: Pick<Suite, "economics">): number {
  return horizonOf(suite).months * MONTH_DAYS;
}

/** "the 12 months of the horizon", "the 6 months to the next refresh". */
export function horizonInWords(suite: Pick<Suite, "economics">): string {
  const { months, refreshed } = horizonOf(suite);
  return `the ${counted(months, "month")} ${refreshed ? "to the next refresh" : "of the horizon"}`;
}

/**
 * The months in which tuning must pay, the same as those of the money. A refresh is a tuning of a later model that is paid for (base models retire):
 * where one is planned, an end is a cost and no bar, as long as what is tuned now serves until then.
 */
function horizonOf({ economics }: Pick<Suite, "economics">): { readonly months: number; readonly refreshed: boolean } {
  const horizon = economics?.horizonMonths ?? DEFAULT_HORIZON_MONTHS;
  const refresh = economics?.refresh?.everyMonths ?? horizon;
  return { months: Math.min(horizon, refresh), refreshed: refresh < horizon };
}
