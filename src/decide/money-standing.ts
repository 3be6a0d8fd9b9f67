/** Whether tuning pays for itself over the horizon, as the verdict asks it. */
import { isPrice } from "./checks.ts";
import type { RequirementResult } from "./decision.ts";
import type { Money } from "./money-contract.ts";

export interface MoneyStanding {
  readonly state: "pays" | "volume-sensitive" | "never" | "unknown";
  /** One sentence. */
  readonly why: string;
  /** A tuned request costs no less than a prompted one, so that no volume makes up for it; present where it never pays. */
  readonly dearer?: boolean;
}

/** What would make tuning pay that never does, in a sentence. */
export function whatWouldPay({ dearer }: Pick<MoneyStanding, "dearer">): string {
  return dearer === true
    ? "A tuned model that costs less a request than the prompt would change it; no volume would."
    : "A larger volume or a cheaper tuned model would change it; a prompt that costs less (caching, batches, a smaller model) would make it needless.";
}

/**
 * Whether tuning must pay for itself to be advised: where a price is missed and no share of right answers is. What right answers are worth is for
 * people to say. A time that is missed beside a price changes nothing: both are efficiency, and the price is to be kept all the same.
 * @param missed the blocking requirements that the prompt misses
 */
export function asksBreakEven(missed: readonly Pick<RequirementResult, "key" | "direction">[]): boolean {
  return missed.some(({ key }) => isPrice(key)) && missed.every(({ direction }) => direction === "at-most");
}

/** What holds at one end of the costs' intervals only is no more settled than what holds at one volume only. */
export function standingOfMoney(money: Money | undefined): MoneyStanding {
  if (money === undefined) {
    return { state: "unknown", why: "Volume and the costs of tuning are not stated, so nobody knows whether it pays." };
  }
  if (!money.available) return { state: "unknown", why: `Whether tuning pays is not known: ${money.why}.` };
  const [standing = "", sure = ""] = money.told;
  const dearer = money.standing === "never" && money.prompt.usdPer1k.value <= money.tuned.usdPer1k.value;
  const told = { state: money.standing, why: standing, ...(dearer ? { dearer } : {}) };
  if (money.firm || money.standing === "volume-sensitive") return told;
  // A cost that was assumed has no interval; what the suite states is taken at its word.
  if (!money.ends.available) return told;
  return { state: "volume-sensitive", why: `${standing} ${sure}` };
}
