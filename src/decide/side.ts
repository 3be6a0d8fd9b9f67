/** One target on the test cases, and how far ahead a verdict looks. */
import type { Suite } from "../suite/suite.ts";
import type { Side } from "./assess.ts";
import type { Observations } from "./observations.ts";

/** A verdict never recommends what ends within this many days, or within the horizon that the suite's economics state. */
export const HORIZON_DAYS = 30;

const DAY_MS = 86_400_000;
const MONTH_DAYS = 365.25 / 12;

export function sideOf(observations: Observations, target: number, world?: "fail" | "pass"): Side {
  return { observations, target, slots: observations.slots("test"), ...(world === undefined ? {} : { world }) };
}

/**
 * Whether an ISO day is past, or comes within the horizon. A day that cannot be read is not believed to lie far off.
 * @param days how far ahead is looked; `horizonDays` of a suite
 */
export function endsWithin(day: string, today: Date, days: number = HORIZON_DAYS): boolean {
  const end = Date.parse(day);
  return Number.isNaN(end) || end - today.getTime() <= days * DAY_MS;
}

/** The months over which the suite says that tuning must pay, unless it prices the training again that comes with an end; 30 days at least. */
export function horizonDays({ economics }: Pick<Suite, "economics">): number {
  const months = economics?.refresh === undefined ? economics?.horizonMonths : undefined;
  return Math.max(HORIZON_DAYS, (months ?? 0) * MONTH_DAYS);
}
