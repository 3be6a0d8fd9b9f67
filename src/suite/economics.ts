/** What serving costs beyond the tokens of one request: volume, the one-off cost of tuning, hosting, refreshes. US dollars throughout. */

export interface Volume {
  /** Requests in the first month. */
  readonly perMonth: number;
  /** Growth a month, 0.05 for 5 %; default 0. */
  readonly growth?: number;
  /** The low case as a factor of `perMonth`, in (0, 1]; default 0.5. */
  readonly low?: number;
  /** The high case as a factor, 1 or more; default 2. */
  readonly high?: number;
}

export interface OneOff {
  /** The training itself, all runs of it; default what the tuned target says (`trainingCostUsd`), else 0. */
  readonly trainingUsd?: number;
  readonly labels?: {
    readonly count: number;
    readonly usdEach: number;
    /** Share made twice to check them; default 0. */
    readonly checked?: number;
  };
  readonly evaluationUsd?: number;
  readonly engineering?: { readonly hours: number; readonly usdPerHour: number };
}

export interface Hosting {
  readonly usdPerHour: number;
  /** Default 1; two or more for availability. */
  readonly replicas?: number;
  /** Default 730, a whole month. */
  readonly hoursPerMonth?: number;
  /** ISO day of the price: one older than 90 days is warned of. */
  readonly asOf?: string;
}

export interface Refresh {
  /** Tuned again every so many months: base models retire, data drifts. */
  readonly everyMonths: number;
  readonly usd: number;
}

export interface Economics {
  readonly volume: Volume;
  /** Months over which tuning must pay for itself; default 12. */
  readonly horizonMonths?: number;
  readonly oneOff?: OneOff;
  /** Hosting of the tuned model, paid whether it is used or not. */
  readonly hosting?: Hosting;
  readonly refresh?: Refresh;
  /** Fall of the prompted model's price a month, 0.03 for 3 %; default 0. */
  readonly promptPriceDecline?: number;
  /** What a tuned request is expected to cost while there is no tuned target to measure, per 1,000. */
  readonly tunedUsdPer1k?: number;
}

export const DEFAULT_HORIZON_MONTHS = 12;
export const DEFAULT_LOW = 0.5;
export const DEFAULT_HIGH = 2;
export const HOURS_PER_MONTH = 730;
