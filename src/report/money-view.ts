/** The money of a decision, as rows and sentences that both reports show. */

import type { MaybeEstimate } from "../decide/decision.ts";
import type { Money, MoneyFound, VolumeCase } from "../decide/money-contract.ts";
import { withInterval } from "./decision-words.ts";
import { countOf, formatCount, formatUsd } from "./numbers.ts";

const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Headings of `moneyRows`. */
export const MONEY_COLUMNS = ["volume", "in month 1", "pays from", "worst to best", "balance by month"];

/** A row a volume: when it breaks even, at both ends of the costs' intervals too, and how the balance runs. */
export function moneyRows({ volumes }: MoneyFound): readonly (readonly string[])[] {
  return volumes.map((one) => [
    one.volume,
    formatCount(one.requestsInMonth1),
    monthOf(one.staysPositiveFrom),
    bothEnds(one),
    `${sparkline(one.balance)} ${signed(one.balance.at(-1) ?? 0)}`,
  ]);
}

/** What stands below the rows. */
export function moneySentences(money: Money): string[] {
  if (!money.available) return [`The money cannot be told: ${money.why}.`];
  const { oneOff, hostingUsdPerMonth, prompt, tuned, usdPerExtraSuccess } = money;
  const hosting = hostingUsdPerMonth > 0 ? `, hosting ${formatUsd(hostingUsdPerMonth)} a month` : "";
  return [
    ...money.told,
    ...balanceSentences(money),
    money.volumeTold,
    `One-off costs ${formatUsd(oneOff.totalUsd)}${hosting}: as the suite states them, not measured, so without interval.`,
    `A satisfied request costs ${estimateText(prompt.usdPerSuccess)} by the prompt, ${estimateText(tuned.usdPerSuccess)} tuned, ${estimateText(tuned.loadedUsdPerSuccess)} with all that tuning costs.`,
    ...(usdPerExtraSuccess.available
      ? [
          usdPerExtraSuccess.value > 0
            ? `One more satisfied request costs ${estimateText(usdPerExtraSuccess)}.`
            : "More satisfied requests cost nothing extra: at base volume tuning saves money, by the balance above.",
        ]
      : []),
    ...money.assumptions,
  ];
}

/** "month 10 to month 9", or one of them where both ends say the same. */
function bothEnds({ worst, best }: VolumeCase): string {
  const [late, early] = [monthOf(worst.staysPositiveFrom), monthOf(best.staysPositiveFrom)];
  return late === early ? late : `${late} to ${early}`;
}

/** The balance at the end, with both costs at the ends of their intervals. */
function balanceSentences({ volumes, horizonMonths, ends, casesTold }: MoneyFound): string[] {
  if (!ends.available) return [`The balances have no interval: ${ends.why}.`];
  const each = volumes.map(({ volume, endBalance: { worst, best } }) => {
    return `${volume} ${formatUsd(worst, { beside: [best] })} to ${formatUsd(best, { beside: [worst] })}`;
  });
  return [
    `Worst to best is at the ends of the 95 % intervals of the costs (${casesTold}); the balance after ${countOf(horizonMonths, "month")} is there: ${each.join(", ")}.`,
  ];
}

function estimateText(estimate: MaybeEstimate): string {
  if (!estimate.available) return `nobody knows what (${estimate.why})`;
  return withInterval(estimate);
}

function monthOf(month: VolumeCase["staysPositiveFrom"]): string {
  return month.available ? `month ${month.month}` : "never";
}

function signed(usd: number): string {
  return usd < 0 ? formatUsd(usd) : `+${formatUsd(usd)}`;
}

/** One sign a month, from the lowest balance to the highest. */
function sparkline(balance: readonly number[]): string {
  const least = Math.min(...balance);
  const most = Math.max(...balance);
  const step = (value: number) =>
    most === least ? 0 : Math.round(((value - least) / (most - least)) * (BARS.length - 1));
  return balance.map((value) => BARS[step(value)] ?? "").join("");
}
