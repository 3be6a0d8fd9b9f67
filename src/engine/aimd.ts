/**
 * How many calls an account takes at once: grows while all goes well, shrinks when the provider says "too many" (additive increase,
 * multiplicative decrease; Chiu and Jain 1989). What a provider asks us to wait does not enter here: that is the pause gate's.
 */
import type { World } from "../suite/world.ts";

export interface AimdOptions {
  /** First limit, 1 or more. */
  readonly start: number;
  /** Never above this. */
  readonly max: number;
  /** Told each time the limit changes. */
  readonly onChange?: (limit: number) => void;
}

/** Share of the limit that is left after a burst of refusals. */
const CUT = 0.8;
/** Refusals within this time after a cut belong to the same burst; successes in it prove nothing yet. */
const COOLDOWN_MS = 15_000;
/** After trouble on the server's side the limit does not grow for so long. */
const HOLD_MS = 15_000;
/** Successes count towards growth only when at least this share of the limit was in use. */
const SATURATED = 0.8;
/** Growth per clean round after the first cut; before it the limit doubles. */
const GROWTH = 0.05;

export class AimdLimiter {
  readonly #world: Pick<World, "monotonicMs">;
  readonly #options: AimdOptions;
  #limit: number;
  #everCut = false;
  /** Until then nothing counts towards growth: after a cut, or (`holding`) after trouble, which a refusal may cut short. */
  #quietUntil = Number.NEGATIVE_INFINITY;
  #holding = false;
  /** Clean successes of the round under way, and the most calls that were in flight in it. */
  #clean = 0;
  #peak = 0;

  constructor(world: Pick<World, "monotonicMs">, options: AimdOptions) {
    this.#world = world;
    this.#options = options;
    this.#limit = Math.min(Math.max(1, Math.floor(options.start)), Math.floor(options.max));
  }

  get limit(): number {
    return this.#limit;
  }

  /** It never goes above this. */
  get most(): number {
    return Math.floor(this.#options.max);
  }

  /** A call starts; `inFlight` counts it. */
  started(inFlight: number): void {
    if (inFlight > this.#peak) this.#peak = inFlight;
  }

  /** A call succeeded at its first attempt. Successes after a retry and answers from the ledger are not told: they prove nothing. */
  succeeded(): void {
    if (this.#world.monotonicMs() < this.#quietUntil) return;
    this.#clean++;
    if (this.#clean < Math.max(this.#limit, 4)) return;
    if (this.#peak >= SATURATED * this.#limit) {
      this.#set(this.#everCut ? this.#limit + Math.max(1, Math.floor(this.#limit * GROWTH)) : this.#limit * 2);
    }
    this.#newRound();
  }

  /** The provider refused a call because there were too many. Only the first of a burst cuts. */
  refused(): void {
    const now = this.#world.monotonicMs();
    this.#newRound();
    if (now < this.#quietUntil && !this.#holding) return;
    this.#everCut = true;
    this.#holding = false;
    this.#quietUntil = now + COOLDOWN_MS;
    this.#set(Math.floor(this.#limit * CUT));
  }

  /** The server failed or was overloaded: no reason to cut, and none to grow. */
  troubled(): void {
    const now = this.#world.monotonicMs();
    this.#newRound();
    if (now >= this.#quietUntil) this.#holding = true;
    // A cut's own cooldown is never made longer: under steady trouble the limit must still be able to fall.
    if (this.#holding) this.#quietUntil = now + HOLD_MS;
  }

  #newRound(): void {
    this.#clean = 0;
    this.#peak = 0;
  }

  #set(limit: number): void {
    const bounded = Math.min(Math.max(1, limit), Math.floor(this.#options.max));
    if (bounded === this.#limit) return;
    this.#limit = bounded;
    this.#options.onChange?.(bounded);
  }
}
