/** Requests under way: each with a deadline of its own, so that no model, however broken, can hold a run for ever. */
import { toError } from "../errors.ts";
import type { Completion, Failure, Finish, Usage } from "../suite/completion.ts";
import type { World } from "../suite/world.ts";

interface Flight {
  readonly deadlineMs: number;
  readonly end: (failure: Failure) => void;
}

/** A model keeps its own time; only one that does not is ended from here, so much later. */
const GRACE_MS = 5_000;
/** How often deadlines are looked at, while anything is under way. */
const SWEEP_MS = 1_000;

const FINISHES: ReadonlySet<unknown> = new Set<Finish>(["stop", "length", "refusal", "filtered", "other"]);

export class Flights {
  readonly #world: Pick<World, "monotonicMs" | "sleep">;
  readonly #flying = new Set<Flight>();
  /** Present while the deadlines are watched: one timer for all flights, not one for each. */
  #watch: AbortController | undefined;

  constructor(world: Pick<World, "monotonicMs" | "sleep">) {
    this.#world = world;
  }

  get count(): number {
    return this.#flying.size;
  }

  /** Runs `work` and resolves with what it gives, made sound, or with a failure when it throws, is ended or takes too long. Never rejects. */
  launch(timeoutMs: number, work: (signal: AbortSignal) => Promise<Completion>): Promise<Completion> {
    const controller = new AbortController();
    return new Promise((resolve) => {
      const flight: Flight = {
        deadlineMs: this.#world.monotonicMs() + timeoutMs + GRACE_MS,
        end: (failure) => land(failure, failure.message),
      };
      const land = (completion: Completion, abort?: string): void => {
        if (!this.#flying.delete(flight)) return;
        resolve(completion);
        if (abort !== undefined) controller.abort(new Error(abort));
      };
      this.#flying.add(flight);
      if (this.#watch === undefined) void this.#watchDeadlines();
      try {
        work(controller.signal).then(
          (completion) => land(sound(completion)),
          (thrown: unknown) => land(threw(thrown)),
        );
      } catch (thrown) {
        land(threw(thrown));
      }
    });
  }

  /** Ends all: each may have been paid. */
  abortAll(why: string): void {
    for (const { end } of this.#flying) end(failed("aborted", why, "maybe-paid"));
  }

  /** Leaves no timer behind. */
  close(): void {
    this.#watch?.abort();
  }

  async #watchDeadlines(): Promise<void> {
    const watch = new AbortController();
    this.#watch = watch;
    try {
      do {
        await this.#world.sleep(SWEEP_MS, watch.signal);
        const now = this.#world.monotonicMs();
        for (const { deadlineMs, end } of this.#flying)
          if (now >= deadlineMs) end(failed("timeout", LATE, "maybe-paid"));
      } while (this.#flying.size > 0);
    } catch {
      // Closed.
    }
    this.#watch = undefined;
  }
}

const LATE = "no answer in time, and the model did not stop waiting";

function failed(code: Failure["code"], message: string, retry: Failure["retry"] = "final"): Failure {
  return { kind: "failure", code, retry, scope: "call", message };
}

function threw(thrown: unknown): Failure {
  return failed("threw", `the model threw: ${toError(thrown).message}`.slice(0, 300));
}

/** Nothing unsound enters the ledger: an answer without a text is none, and a measure that cannot be is left out. */
export function sound(completion: Completion): Completion {
  // Typed as a completion, but it comes from a function that anyone may have written.
  const given: unknown = completion;
  if (typeof given !== "object" || given === null) return failed("not-an-answer", "the model returned no completion");
  if (completion.kind === "failure") return completion;
  if (completion.kind !== "answer" || typeof completion.text !== "string" || !FINISHES.has(completion.finish)) {
    return failed("not-an-answer", "the model returned neither an answer nor a failure");
  }
  const { latencyMs, usage } = completion;
  if ((latencyMs === undefined || isMeasure(latencyMs)) && (usage === undefined || isUsage(usage))) return completion;
  const { latencyMs: _latencyMs, usage: _usage, ...rest } = completion;
  return {
    ...rest,
    ...(isMeasure(latencyMs) && { latencyMs }),
    ...(usage !== undefined && isUsage(usage) && { usage }),
  };
}

function isMeasure(value: number | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isUsage({ input, output, cachedInput = 0, cacheWriteInput = 0, reasoning = 0 }: Usage): boolean {
  return [input, output, cachedInput, cacheWriteInput, reasoning].every(isMeasure);
}
