/** Whether a run that looks at its test cases as they come in may stop. Any rule may say so: every bound holds at every look. */
import type { ReasonCode, Verdict } from "./decision.ts";

/** What is shown to be missed stays so; what is open then is a statement in the suite, or dev cases, which are all in. */
const OPEN_WHATEVER_COMES: readonly ReasonCode[] = ["not-pushed", "no-data", "venue-unknown", "retires"];

/** A verdict is given, or what keeps it open is nothing that more test cases tell. */
export function isSettled({ kind, reasons, standsDespiteMissing }: Verdict): boolean {
  if (standsDespiteMissing === false) return false;
  if (kind !== "INCONCLUSIVE") return true;
  const [first] = reasons;
  return first !== undefined && OPEN_WHATEVER_COMES.includes(first.code);
}
