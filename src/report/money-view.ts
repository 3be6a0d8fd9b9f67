/** The money of a decision, as rows and sentences that both reports show. */

import type { MaybeEstimate } from "../decide/decision.ts";
import type { Money, MoneyFound, VolumeCase } from "../decide/money-contract.ts";
import { countOf, formatCount, formatInterval, formatUsd } from "./numbers.ts";

const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Headings of `moneyRows`. */
export const MONEY_COLUMNS = ["volume", "in month 1", "pays from", "worst to best", "balance by month"];

/** A row a volume: when it breaks even, at both ends of the costs' intervals too, and how the balance runs. */
export function moneyRows({ volumes }: MoneyFound): readonly (readonly string[])[] {
  return volumes.map((one) => [
    one.volume,
    formatCount(one.requestsInMonth1),
    monthOf(one.staysPositiveFrom),
    `${monthOf(one.worst.staysPositiveFrom)} to ${monthOf(one.best.staysPositiveFrom)}`,
    `${sparkline(one.balance)} ${signed(one.balance.at(-1) ?? 0)}`,
  ]);
}

/** What stands below the rows. */
export function moneySentences(money: Money): string[] {
  if (!money.available) return [`The money cannot be told: ${money.why}.`];
  const { oneOff, hostingUsdPerMonth, horizonMonths, breakEvenVolume, prompt, tuned, usdPerExtraSuccess } = money;
  const hosting = hostingUsdPerMonth > 0 ? `, hosting ${formatUsd(hostingUsdPerMonth)} a month` : "";
  const needed = breakEvenVolume.value.available
    ? `Break-even volume over ${countOf(horizonMonths, "month")}: ${formatCount(Math.ceil(breakEvenVolume.value.perMonth))} requests in the first month.`
    : `There is no break-even volume: ${breakEvenVolume.value.why}.`;
  return [
    ...money.told,
    `One-off ${formatUsd(oneOff.totalUsd)}${hosting}. ${needed}`,
    `A satisfied request costs ${estimateText(prompt.usdPerSuccess)} by the prompt, ${estimateText(tuned.usdPerSuccess)} tuned, ${estimateText(tuned.loadedUsdPerSuccess)} with all that tuning costs.`,
    ...(usdPerExtraSuccess.available
      ? [
          usdPerExtraSuccess.value > 0
            ? `One more satisfied request costs ${estimateText(usdPerExtraSuccess)}.`
            : "More satisfied requests cost nothing: tuning saves money.",
        ]
      : []),
    ...money.assumptions,
  ];
}

function estimateText(estimate: MaybeEstimate): string {
  if (!estimate.available) return `nobody knows what (${estimate.why})`;
  const { value, interval, n, unit } = estimate;
  const range =
    interval === undefined ? "no interval" : `95 % interval ${formatInterval(interval.lower, interval.upper, unit)}`;
  return `${formatUsd(value)} (${range}, ${countOf(n, "case")})`;
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
