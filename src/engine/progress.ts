/** How a run gets on: counts, a rate over the last seconds, and the time that is left at that rate. Drawing it is not done here. */
import type { World } from "../suite/world.ts";
import type { ProgressSnapshot } from "./outcome.ts";
import type { SuitePlan } from "./plan.ts";
import { countTasks } from "./tasks.ts";

/** The rate is that of the last ten seconds, told in steps of one. */
const WINDOW = 10;
const STEP_MS = 1_000;

/** Counts events in a sliding window; keeps one number per second, not one per event. */
export class RateWindow {
  readonly #counts = new Float64Array(WINDOW);
  readonly #startMs: number;
  #step = 0;

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  add(nowMs: number, count = 1): void {
    this.#moveTo(nowMs);
    this.#counts[this.#step % WINDOW] = (this.#counts[this.#step % WINDOW] ?? 0) + count;
  }

  /** Events per second over the window, or over the time since the start while that is shorter (one second at least). */
  perSecond(nowMs: number): number {
    this.#moveTo(nowMs);
    const sum = this.#counts.reduce((total, count) => total + count, 0);
    // The step under way is only as long as it has lasted.
    const sinceStart = (nowMs - this.#startMs) / STEP_MS;
    const partial = sinceStart - this.#step;
    return sum / Math.max(1, Math.min(sinceStart, WINDOW - 1 + partial));
  }

  #moveTo(nowMs: number): void {
    const step = Math.max(this.#step, Math.floor((nowMs - this.#startMs) / STEP_MS));
    for (let skipped = Math.max(this.#step, step - WINDOW); skipped < step; skipped++)
      this.#counts[(skipped + 1) % WINDOW] = 0;
    this.#step = step;
  }
}

interface SuiteProgress {
  readonly suite: string;
  readonly total: number;
  /** Tasks that are answered, failed for good, or given up. */
  done: number;
  /** Tasks at work: for a slot, a reply, a retry, a judge. */
  waiting: number;
}

/** What the meter does not count itself. */
export interface Reading {
  /** Requests since the start. */
  readonly sent: number;
  readonly spentUsd: number;
  readonly inFlight: number;
  /** Pauses that providers asked for, with the milliseconds left. */
  readonly pauses: readonly { readonly account: string; readonly ms: number }[];
}

/** Counts the tasks of a run. */
export class ProgressMeter {
  readonly #suites = new Map<SuitePlan, SuiteProgress>();
  readonly #world: Pick<World, "monotonicMs">;
  readonly #sentRate: RateWindow;
  readonly #doneRate: RateWindow;
  #sent = 0;

  constructor(suites: readonly SuitePlan[], world: Pick<World, "monotonicMs">) {
    this.#world = world;
    this.#sentRate = new RateWindow(world.monotonicMs());
    this.#doneRate = new RateWindow(world.monotonicMs());
    for (const one of suites) {
      this.#suites.set(one, { suite: one.suite.name, total: countTasks(one), done: 0, waiting: 0 });
    }
  }

  /** Tasks that needed no work. */
  done(suite: SuitePlan, tasks = 1): void {
    const progress = this.#suites.get(suite);
    if (progress !== undefined) progress.done += tasks;
  }

  begun(suite: SuitePlan): void {
    const progress = this.#suites.get(suite);
    if (progress !== undefined) progress.waiting++;
  }

  /** A task that was begun is at its end. Only such count for the time left: what is at hand takes none. */
  finished(suite: SuitePlan): void {
    const progress = this.#suites.get(suite);
    if (progress === undefined) return;
    progress.waiting--;
    progress.done++;
    this.#doneRate.add(this.#world.monotonicMs());
  }

  /** The time left is absent while nothing gets done. */
  snapshot({ sent, spentUsd, inFlight, pauses }: Reading): ProgressSnapshot {
    const now = this.#world.monotonicMs();
    this.#sentRate.add(now, sent - this.#sent);
    this.#sent = sent;
    const suites = [...this.#suites.values()];
    const left = suites.reduce((sum, { total, done }) => sum + total - done, 0);
    const rate = this.#doneRate.perSecond(now);
    return {
      suites: suites.map((one) => ({ ...one })),
      sentPerSecond: this.#sentRate.perSecond(now),
      ...(left === 0 ? { secondsLeft: 0 } : rate > 0 ? { secondsLeft: left / rate } : {}),
      spentUsd,
      inFlight,
      waiting: pauses
        .filter(({ ms }) => ms > 0)
        .map(({ account, ms }) => `${account}: waiting ${Math.ceil(ms / 1_000)} s (provider asked)`),
    };
  }
}
