/** One target on the test cases, and how far ahead a verdict looks. */
import type { Side } from "./assess.ts";
import type { Observations } from "./observations.ts";

/** A verdict never recommends what ends within this many days. */
export const HORIZON_DAYS = 30;

const DAY_MS = 86_400_000;

export function sideOf(observations: Observations, target: number, world?: "fail" | "pass"): Side {
  return { observations, target, slots: observations.slots("test"), ...(world === undefined ? {} : { world }) };
}

/** Whether an ISO day is past, or comes within the horizon. A day that cannot be read is not believed to lie far off. */
export function endsWithin(day: string, today: Date): boolean {
  const end = Date.parse(day);
  return Number.isNaN(end) || end - today.getTime() <= HORIZON_DAYS * DAY_MS;
}
