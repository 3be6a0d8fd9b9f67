/** The money in sentences, and what is counted that nobody measured or stated. */
import type { Economics } from "../suite/economics.ts";
import { casesCounted, counted, dollars, listed, percentAsWritten, whole } from "./in-words.ts";
import { estimateInWords } from "./instruments/case-shares.ts";
import type { MaybeVolume, MoneyFound, Standing, VolumeCase } from "./money-contract.ts";

/** A price older than this is worth looking up again. */
const STALE_AFTER_DAYS = 90;
const DAY_MS = 86_400_000;

const ANSWERS: Readonly<Record<Standing, string>> = {
  pays: "it pays",
  "volume-sensitive": "it depends on the volume",
  never: "it does not pay",
};

/** Figures from which the words are made. */
export type MoneyUntold = Omit<MoneyFound, "told" | "volumeTold" | "casesTold" | "assumptions">;

/** First the standing, then how sure it is, then what falling prices would do. */
export function moneyTold(money: MoneyUntold): string[] {
  const sure = money.firm
    ? `The answer is the same at both ends of the 95 % intervals of the costs (${casesTold(money)}).`
    : money.ends.available
      ? `Within the 95 % intervals of the costs (${casesTold(money)}) the answer is open: at one end ${ANSWERS[money.ends.worst]}, at the other ${ANSWERS[money.ends.best]}.`
      : `How sure that is, nobody can tell: ${money.ends.why}.`;
  return [standingText(money), sure, ...stressText(money)];
}

function standingText(money: MoneyUntold): string {
  const { standing, horizonMonths } = money;
  const months = counted(horizonMonths, "month");
  const [low, base, high] = money.volumes;
  if (low === undefined || base === undefined || high === undefined) throw new Error("three volumes are told");
  const within = (one: VolumeCase) =>
    `in month ${monthOf(one)} of ${horizonMonths}${atTheEnds(one)} at ${atVolume(one)}`;
  if (standing === "pays") return `Tuning pays for itself ${within(base)}, and ${within(low)}.`;
  if (standing === "volume-sensitive") {
    return `Tuning pays for itself ${within(base)}, but not within ${months} at ${atVolume(low)}: the volume decides.`;
  }
  const never = `Tuning does not pay for itself within ${months} at ${atVolume(base)}`;
  const { prompt, tuned, breakEvenVolume } = money;
  if (prompt.usdPer1k.value <= tuned.usdPer1k.value) {
    const costs = `${estimateInWords(tuned.usdPer1k)} against ${estimateInWords(prompt.usdPer1k)} per 1,000`;
    return `${never}: a tuned request costs no less than a prompted one, ${costs}.`;
  }
  const undone = base.breakEvenMonth.available
    ? `: it breaks even in month ${base.breakEvenMonth.month}, and a later month ends below 0 again`
    : "";
  const more = high.staysPositiveFrom.available
    ? `; at ${atVolume(high)} it would, in month ${monthOf(high)}`
    : breakEvenVolume.value.available
      ? `; it takes ${aboutVolume(breakEvenVolume.value.perMonth, Math.ceil)} requests in the first month`
      : "";
  return `${never}${undone}${more}.`;
}

function stressText({ stress, standing }: MoneyUntold): string[] {
  if (!stress.available) return [];
  const fall = `Were the price of the prompted model to fall by ${percentAsWritten(stress.decline)} a month (supposed, not measured)`;
  if (stress.standing !== standing) return [`${fall}, the answer would be another: ${ANSWERS[stress.standing]}.`];
  const base = stress.volumes.find(({ volume }) => volume === "base")?.staysPositiveFrom;
  const when = standing === "never" || base?.available !== true ? "" : `, from month ${base.month} on at base volume`;
  return [`${fall}, the answer would be the same${when}.`];
}

/** What the month is with both costs at the ends of their intervals, where that is another one. */
function atTheEnds({ staysPositiveFrom, worst, best }: VolumeCase): string {
  const [own, late, early] = [staysPositiveFrom, worst.staysPositiveFrom, best.staysPositiveFrom];
  const month = (found: typeof own) => (found.available ? found.month : undefined);
  if (month(own) === month(late) && month(own) === month(early)) return "";
  const [first, last] = [month(early), month(late)];
  if (first === undefined) return "";
  return last === undefined ? ` (at best month ${first}, at worst none)` : ` (month ${first} to ${last})`;
}

/** "about 14,400,000 requests in the first month … (14,300,000 to 14,600,000 at the ends of the 95 % intervals of the costs, 240 cases)". */
export function volumeTold(money: MoneyUntold): string {
  const { value, worst, best } = money.breakEvenVolume;
  const over = `over ${counted(money.horizonMonths, "month")}`;
  if (!value.available) return `There is no break-even volume ${over}: ${value.why}.`;
  const volume = (found: MaybeVolume, round: (value: number) => number) =>
    found.available ? aboutVolume(found.perMonth, round).replace("about ", "") : "none";
  const ends = money.ends.available
    ? `${volume(best, Math.floor)} to ${volume(worst, Math.ceil)} at the ends of the 95 % intervals of the costs, ${casesTold(money)}`
    : `without interval: ${money.ends.why}`;
  return `To break even ${over} takes ${aboutVolume(value.perMonth, Math.ceil)} requests in the first month (${ends}).`;
}

/** What the intervals of the costs rest on. */
export function casesTold({ prompt, tuned, assumed }: Pick<MoneyFound, "prompt" | "tuned" | "assumed">): string {
  const own = casesCounted(prompt.usdPer1k.n, prompt.usdPer1k.clusters);
  if (assumed) return `${own} of the prompt, the tuned cost stated and not measured`;
  const other = casesCounted(tuned.usdPer1k.n, tuned.usdPer1k.clusters);
  return own === other ? own : `${own} of the prompt, ${other} of the tuned model`;
}

/** Three digits: the rest would say more than prices and intervals do. */
function aboutVolume(requests: number, round: (value: number) => number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, requests))) - 2);
  return `about ${whole(round(requests / step) * step)}`;
}

function monthOf({ staysPositiveFrom }: VolumeCase): string {
  return staysPositiveFrom.available ? String(staysPositiveFrom.month) : "none";
}

function atVolume({ requestsInMonth1 }: VolumeCase): string {
  return `${counted(requestsInMonth1, "request")} a month`;
}

export function moneyAssumptions(
  { oneOff, hosting, volume }: Economics,
  money: Pick<MoneyFound, "assumed" | "tuned" | "growth">,
  trainingCostUsd: number | undefined,
): string[] {
  const none = [
    ...(oneOff?.trainingUsd === undefined && trainingCostUsd === undefined ? ["training"] : []),
    ...(oneOff?.labels === undefined ? ["labels"] : []),
    ...(oneOff?.evaluationUsd === undefined ? ["evaluation"] : []),
    ...(oneOff?.engineering === undefined ? ["engineering"] : []),
    ...(hosting === undefined ? ["hosting"] : []),
  ];
  const assumed = `The cost of a tuned request is assumed, not measured: ${dollars(money.tuned.usdPer1k.value)} per 1,000.`;
  return [
    ...(money.assumed ? [assumed] : []),
    ...(none.length === 0 ? [] : [`The suite states no cost of ${listed(none)}: counted as $0.`]),
    ...(volume.growth === undefined || volume.growth === 0
      ? []
      : [`The volumes are those of the first month; they change by ${percentAsWritten(volume.growth)} a month.`]),
  ];
}

/** Warnings of a hosting price that is old, or has a day that cannot be read. */
export function moneyWarnings(economics: Economics | undefined, today: Date): string[] {
  const asOf = economics?.hosting?.asOf;
  if (asOf === undefined) return [];
  const day = Date.parse(asOf);
  if (Number.isNaN(day))
    return [`economics.hosting.asOf "${asOf}" is not a day, so nobody can tell how old the price is.`];
  const age = Math.floor((today.getTime() - day) / DAY_MS);
  if (age <= STALE_AFTER_DAYS) return [];
  return [`The hosting price is of ${asOf}, ${whole(age)} days old: look it up again before you count on the money.`];
}
