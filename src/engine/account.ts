/** One provider account: its queue of requests, its limit and its pause. Calls of all suites with one account share it. */
import PQueue from "p-queue";
import type { Model } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { AimdLimiter } from "./aimd.ts";
import { PauseGate } from "./pause-gate.ts";

/** Where neither the models nor the command say how many calls at once: first, and never more than. */
const START = 20;
const MOST = 100;

export interface AccountOptions {
  readonly name: string;
  /** Smallest that a model of the account asks for; overrules `concurrency`. */
  readonly models?: number;
  /** What the command asks for. */
  readonly concurrency?: number;
  /** Never more than this, whoever asks for it: what the system leaves. */
  readonly most?: number;
}

export class Account {
  readonly name: string;
  /** Requests: one slot each, held from the reservation of its cost until its answer is on disk, and never while it waits to be sent again. */
  readonly slots: PQueue;
  readonly gate: PauseGate;
  readonly limiter: AimdLimiter;
  /** Whether it may take fewer calls at once than it was meant to. */
  readonly held: boolean;
  /** Monotonic time of the last answer. */
  answeredAtMs = Number.NEGATIVE_INFINITY;
  readonly #lanes: PQueue[] = [];

  constructor({ name, models, concurrency, most = Number.POSITIVE_INFINITY }: AccountOptions, world: World) {
    this.name = name;
    const asked = models ?? concurrency;
    this.held = most < (asked ?? MOST);
    this.limiter = new AimdLimiter(world, {
      start: Math.min(asked ?? START, most),
      max: Math.min(asked ?? MOST, most),
      onChange: (limit) => {
        this.slots.concurrency = limit;
        for (const lanes of this.#lanes) lanes.concurrency = lanesFor(limit);
      },
    });
    this.slots = new PQueue({ concurrency: this.limiter.limit });
    this.gate = new PauseGate(world, { onClose: () => this.slots.pause(), onOpen: () => this.slots.start() });
  }

  /**
   * Lanes of one feeder's own: its tasks at work, whatever they wait for: a slot, a retry, a judge. A feeder waits for a lane, which bounds memory,
   * and there are enough of them for every slot to be taken at once when it becomes free. They are not shared: tasks that wait for a slow
   * judge would hold the lanes that another suite needs.
   */
  newLanes(): PQueue {
    const lanes = new PQueue({ concurrency: lanesFor(this.limiter.limit) });
    this.#lanes.push(lanes);
    return lanes;
  }
}

function lanesFor(limit: number): number {
  return 2 * limit + 8;
}

export interface AccountsOptions {
  readonly concurrency?: number;
  /** Connections that the system leaves for all accounts together. */
  readonly openFiles?: number;
}

/** The accounts of a run, made when they are first needed. */
export class Accounts {
  readonly #byName = new Map<string, Account>();
  /** Smallest concurrency that a model of the account asks for. */
  readonly #asked = new Map<string, number>();
  readonly #concurrency: number | undefined;
  readonly #most: number | undefined;
  readonly #world: World;

  constructor(models: Iterable<Model>, { concurrency, openFiles }: AccountsOptions, world: World) {
    this.#concurrency = concurrency;
    this.#world = world;
    const names = new Set<string>();
    for (const { account, concurrency: asked } of models) {
      names.add(account);
      if (asked !== undefined) this.#asked.set(account, Math.min(asked, this.#asked.get(account) ?? asked));
    }
    this.#most = openFiles === undefined ? undefined : Math.max(1, Math.floor(openFiles / Math.max(1, names.size)));
  }

  of({ account: name }: Model): Account {
    let account = this.#byName.get(name);
    if (account === undefined) {
      const models = this.#asked.get(name);
      const options = {
        ...(models === undefined ? {} : { models }),
        ...(this.#concurrency === undefined ? {} : { concurrency: this.#concurrency }),
        ...(this.#most === undefined ? {} : { most: this.#most }),
      };
      account = new Account({ name, ...options }, this.#world);
      this.#byName.set(name, account);
    }
    return account;
  }

  all(): readonly Account[] {
    return [...this.#byName.values()];
  }
}
