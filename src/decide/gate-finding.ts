/** A gate and how it stands. */

/** `passed`, `stopped` for good, or `open` for want of evidence or of a statement. */
export interface GateFinding {
  readonly state: "passed" | "stopped" | "open";
  /** One sentence. */
  readonly why: string;
  /** What would open it, one sentence. */
  readonly change: string;
  /** Of money that stops: not what tuning costs in all, but what one tuned request is expected to cost, is over the suite's own limit. */
  readonly tooDear?: true;
}

export const passed = (why: string): GateFinding => ({ state: "passed", why, change: "" });
export const open = (why: string, change: string): GateFinding => ({ state: "open", why, change });
export const stopped = (why: string, change: string): GateFinding => ({ state: "stopped", why, change });
