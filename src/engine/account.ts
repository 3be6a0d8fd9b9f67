/** One provider account: its queue of requests, its limit and its pause. Calls of all suites with one account share it. */
import PQueue from "p-queue";
import type { Model } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { AimdLimiter } from "./aimd.ts";
import { Lanes } from "./lanes.ts";
import { PauseGate } from "./pause-gate.ts";
import { type SlotAsked, SlotQueue } from "./slot-queue.ts";
import { Standing } from "./standing.ts";

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
  readonly slots: PQueue<SlotQueue, SlotAsked>;
  readonly gate: PauseGate;
  readonly limiter: AimdLimiter;
  /** Whether it may take fewer calls at once than it was meant to. */
  readonly held: boolean;
  /** Monotonic time of the last answer. */
  answeredAtMs = Number.NEGATIVE_INFINITY;
  readonly #world: World;
  readonly #lanes: Lanes[] = [];
  readonly #standings = new Map<string, Standing>();
  #end: string | undefined;

  constructor({ name, models, concurrency, most = Number.POSITIVE_INFINITY }: AccountOptions, world: World) {
    this.name = name;
    this.#world = world;
    const asked = models ?? concurrency;
    this.held = most < (asked ?? MOST);
    this.limiter = new AimdLimiter(world, {
      start: Math.min(asked ?? START, most),
      max: Math.min(asked ?? MOST, most),
      onChange: (limit) => {
        this.slots.concurrency = limit;
        for (const lanes of this.#lanes) lanes.tell();
      },
    });
    this.slots = new PQueue<SlotQueue, SlotAsked>({ concurrency: this.limiter.limit, queueClass: SlotQueue });
    this.gate = new PauseGate(world, { onClose: () => this.slots.pause(), onOpen: () => this.slots.start() });
  }

  /**
   * Lanes of one feeder's own: enough of them for every slot to be taken at once when it becomes free. They are not shared: tasks that wait for a slow
   * judge would hold the lanes that another suite needs.
   */
  newLanes(): Lanes {
    const lanes = new Lanes(() => lanesFor(this.limiter.limit), this.#world);
    this.#lanes.push(lanes);
    return lanes;
  }

  standingOf({ id }: Model): Standing {
    const standing = this.#standings.get(id) ?? new Standing(this.#world);
    this.#standings.set(id, standing);
    return standing;
  }

  /** Why nothing more is sent on it in this run; undefined while calls go on. */
  get end(): string | undefined {
    return this.#end;
  }

  /** Sends nothing more; the first reason stays. */
  endFor(why: string): void {
    this.#end ??= why;
    this.release();
  }

  /** Lets all who wait go on, because there is nothing more to wait for. */
  release(): void {
    this.gate.open();
    for (const standing of this.#standings.values()) standing.release();
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
