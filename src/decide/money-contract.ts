/** What the decision says of money: whether a tuned model pays for itself, and at what volume. US dollars; plain data, valid JSON. */
import type { Estimate, MaybeEstimate, Unavailable } from "./decision.ts";

/** A month of the horizon, the first is 1; not available where no month of the horizon is. */
export type MaybeMonth = { readonly available: true; readonly month: number } | Unavailable;

/** Requests in the first month. */
export type MaybeVolume = { readonly available: true; readonly perMonth: number } | Unavailable;

/**
 * `pays`: in the base and in the low case the balance is 0 or above at the end of the horizon; `volume-sensitive`: in the base
 * case only; `never`: not in the base case.
 */
export type Standing = "pays" | "volume-sensitive" | "never";

/** When tuning has paid for itself. */
export interface Payback {
  /** First month that ends at 0 or above. */
  readonly breakEvenMonth: MaybeMonth;
  /** First month from which no month ends below 0 again: a refresh or falling prices may undo a break-even. */
  readonly staysPositiveFrom: MaybeMonth;
}

export interface VolumeCase extends Payback {
  readonly volume: "low" | "base" | "high";
  readonly requestsInMonth1: number;
  /** Savings less all costs at the end of each month, first month first. */
  readonly balance: readonly number[];
  /** The balance at the end of the horizon with both costs at the ends of their intervals: against tuning, then for it. */
  readonly endBalance: { readonly worst: number; readonly best: number };
  /** With both costs at the ends of their intervals that speak against tuning, then for it; equal to the case itself where there is none. */
  readonly worst: Payback;
  readonly best: Payback;
}

/** One way to serve the requests. */
export interface ArmMoney {
  /** Absent for a tuned model that is not there yet. */
  readonly target?: string;
  readonly usdPer1k: Estimate;
  /** Of the requests alone. */
  readonly usdPerSuccess: MaybeEstimate;
}

export interface MoneyFound {
  readonly available: true;
  readonly prompt: ArmMoney;
  /** `loadedUsdPerSuccess`: one-off costs, hosting and refreshes spread over the requests of the base case. */
  readonly tuned: ArmMoney & { readonly loadedUsdPerSuccess: MaybeEstimate };
  /** The cost of a tuned request is what the suite expects, nobody measured it. */
  readonly assumed: boolean;
  readonly horizonMonths: number;
  readonly growth: number;
  readonly promptPriceDecline: number;
  readonly oneOff: {
    readonly trainingUsd: number;
    readonly labelsUsd: number;
    readonly evaluationUsd: number;
    readonly engineeringUsd: number;
    readonly totalUsd: number;
  };
  readonly hostingUsdPerMonth: number;
  readonly refresh?: { readonly everyMonths: number; readonly usd: number };
  /** Low, base, high. */
  readonly volumes: readonly VolumeCase[];
  /** Volume of the first month from which on tuning pays within the horizon, growth, price decline and refreshes as stated. */
  readonly breakEvenVolume: {
    readonly value: MaybeVolume;
    readonly worst: MaybeVolume;
    readonly best: MaybeVolume;
  };
  readonly standing: Standing;
  /** The standing at both ends of the cost intervals; not available where a measured cost has no interval. */
  readonly ends: { readonly available: true; readonly worst: Standing; readonly best: Standing } | Unavailable;
  /** The standing is the same at both ends. */
  readonly firm: boolean;
  /** The same with the price of the prompted model falling by `decline` a month. */
  readonly stress:
    | {
        readonly available: true;
        readonly decline: number;
        readonly standing: Standing;
        readonly volumes: readonly (Payback & { readonly volume: VolumeCase["volume"] })[];
      }
    | Unavailable;
  /** What a request costs that the tuned model satisfies and the prompt does not, all costs of the base case counted; 0 where tuning saves money. */
  readonly usdPerExtraSuccess: MaybeEstimate;
  /** The standing in words, then how sure it is. */
  readonly told: readonly string[];
  /** The break-even volume in words, with what it is at the ends of the intervals of the costs. */
  readonly volumeTold: string;
  /** What the intervals of the costs rest on: "240 cases". */
  readonly casesTold: string;
  /** What is counted although nobody measured or stated it. */
  readonly assumptions: readonly string[];
}

export type Money = MoneyFound | Unavailable;
