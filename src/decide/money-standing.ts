/** Whether tuning pays for itself over the horizon, as the verdict asks it. */
export interface MoneyStanding {
  readonly state: "pays" | "volume-sensitive" | "never" | "unknown";
  /** One sentence. */
  readonly why: string;
}
