/** Whether tuning pays for itself over the horizon, as the verdict asks it. */
import type { Money } from "./money-contract.ts";

export interface MoneyStanding {
  readonly state: "pays" | "volume-sensitive" | "never" | "unknown";
  /** One sentence. */
  readonly why: string;
}

/** What holds at one end of the costs' intervals only is no more settled than what holds at one volume only. */
export function standingOfMoney(money: Money | undefined): MoneyStanding {
  if (money === undefined) {
    return { state: "unknown", why: "Volume and the costs of tuning are not stated, so nobody knows whether it pays." };
  }
  if (!money.available) return { state: "unknown", why: `Whether tuning pays is not known: ${money.why}.` };
  const [standing = "", sure = ""] = money.told;
  if (money.firm || money.standing === "volume-sensitive") return { state: money.standing, why: standing };
  // A cost that was assumed has no interval; what the suite states is taken at its word.
  if (!money.ends.available) return { state: money.standing, why: standing };
  return { state: "volume-sensitive", why: `${standing} ${sure}` };
}
