/** The first pass: fills the ledger with the answers of a plan, and with the judges' replies to them. Keeps nothing else. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { ConfigError, StorageError } from "../errors.ts";
import type { LoadedCase } from "../suite/case.ts";
import type { Answer, Completion } from "../suite/completion.ts";
import type { GradeContext, Graded } from "../suite/grade.ts";
import type { Model, ModelRequest } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { type Account, Accounts } from "./account.ts";
import { Breaker } from "./breaker.ts";
import { Caller, type CallResult, stopForMissingKey } from "./caller.ts";
import { canaryAnswers, labelledAnswers } from "./canary-answers.ts";
import { obeyDeadline } from "./deadline.ts";
import type { PlanEstimate } from "./estimate.ts";
import { Flights } from "./flights.ts";
import { gradeKept, judgeCall, notAsked } from "./judging.ts";
import { type Lane, type Lanes, NO_LANE } from "./lanes.ts";
import type { CallStatus, Ledger } from "./ledger.ts";
import { ModelIdWatch } from "./model-id.ts";
import type { ProgressSnapshot, RunOutcome } from "./outcome.ts";
import type { Plan, PlannedGrader, PlannedTarget, SuitePlan } from "./plan.ts";
import { ProgressMeter } from "./progress.ts";
import { retryDefaults } from "./retry.ts";
import { composeOutcome } from "./run-outcome.ts";
import { obeySignals, type RunSignals } from "./run-signals.ts";
import { type CallCounts, type RunCaps, RunState } from "./run-state.ts";
import { Sender } from "./sender.ts";
import { isInShard, type Shard } from "./shard.ts";
import { gradeWithoutJudges, maySpare, sparedOf } from "./spared.ts";
import { countTasks, type Task, taskBatches } from "./tasks.ts";

export interface RunOptions {
  /** Sends nothing: only counts what is at hand. */
  readonly offline: boolean;
  /** Cap on what this run spends, US dollars. */
  readonly maxUsd?: number;
  /** Cap on the requests that this run sends, judges' and repeated ones too. */
  readonly maxCalls?: number;
  /** Monotonic milliseconds of the world's clock after which nothing is sent any more; it then bounds waits and attempts in their place. */
  readonly deadlineMs?: number;
  /** Calls at once per account, for accounts whose models do not say; default: 20 at first, up to 100 while all goes well. */
  readonly concurrency?: number;
  /** Connections that the system lets this process open besides what it has; absent: as many as are needed. */
  readonly openFiles?: number;
  /** What was found just before: a suite of which all lay in the ledger then is not looked up again. */
  readonly known?: PlanEstimate;
  /** For one request; default 120,000. */
  readonly timeoutMs?: number;
  /** Attempts of a call that cannot have been paid; default 5. */
  readonly maxAttempts?: number;
  /** Longest wait that a provider may ask for; default 120,000. With a deadline, what is left until then. */
  readonly maxWaitMs?: number;
  /** Puts their canaries before the judges that have judged something, and before all what people labelled. Default false. */
  readonly canaries?: boolean;
  /** Makes only this share of the plan's calls: others make the rest. */
  readonly shard?: Shard;
  /** Called at most five times a second, and once at the end. */
  readonly onProgress?: (snapshot: ProgressSnapshot) => void;
  readonly signals: RunSignals;
}

const TIMEOUT_MS = 120_000;
const MAX_WAIT_MS = 120_000;
const TICK_MS = 200;
/** Labelled answers that are judged side by side. */
const LABELLED_AT_ONCE = 16;

/**
 * Makes every call of the plan that the ledger does not hold; running it again continues where it stopped. Provider failures, a spent budget,
 * signals and a full disk are told in the outcome.
 *
 * Throws ConfigError before the first call when `maxUsd` alone is to cap calls whose price is unknown, and, after what was in flight has landed, for a
 * dataset that changed meanwhile.
 */
export async function runCalls(plan: Plan, ledger: Ledger, options: RunOptions, world: World): Promise<RunOutcome> {
  if (!options.offline) refuseUnpriced(plan, options);
  return new Run(plan, ledger, options, world).run();
}

/** What a run keeps per target. */
interface TargetState {
  readonly breaker: Breaker;
  readonly ids: ModelIdWatch;
  /** Whether the keys of its models were found. */
  keysChecked: boolean;
}

/**
 * Walks the tasks of one suite that wait for one model of one account first: were there one feeder for all, the tasks of a slow account, or of a model
 * that only fails, would hold back those that come after them in the plan.
 */
interface Feeder {
  readonly suitePlan: SuitePlan;
  readonly targets: readonly PlannedTarget[];
  /** Made when the first task needs one. */
  lanes?: Lanes;
}

class Run {
  readonly #plan: Plan;
  readonly #ledger: Ledger;
  readonly #options: RunOptions;
  readonly #world: World;
  readonly #timeoutMs: number;
  readonly #state: RunState;
  readonly #flights: Flights;
  readonly #sender: Sender;
  readonly #caller: Caller;
  readonly #accounts: Accounts;
  readonly #targets = new Map<PlannedTarget, TargetState>();
  readonly #judges = new Map<Model, Breaker>();
  /** Graders whose judges gave a verdict. */
  readonly #heard = new Set<PlannedGrader>();
  readonly #meter: ProgressMeter;
  readonly #over = new AbortController();
  #stored = 0;
  /** Tasks of other shares. */
  #elsewhere = 0;

  constructor(plan: Plan, ledger: Ledger, options: RunOptions, world: World) {
    const { timeoutMs = TIMEOUT_MS, maxAttempts = retryDefaults.maxAttempts } = options;
    const { deadlineMs = Number.POSITIVE_INFINITY, maxWaitMs = MAX_WAIT_MS } = options;
    this.#plan = plan;
    this.#ledger = ledger;
    this.#options = options;
    this.#world = world;
    this.#timeoutMs = timeoutMs;
    this.#state = new RunState(options);
    this.#flights = new Flights(world);
    this.#sender = new Sender({ ledger, state: this.#state, flights: this.#flights, timeoutMs, world });
    // Another process needs no longer for a call than this one would: two attempts and the pause between.
    const maxBusyMs = 2 * timeoutMs + maxWaitMs;
    const limits = { ...retryDefaults, maxAttempts, maxWaitMs, maxBusyMs, deadlineMs };
    // Who sets a deadline says how long to wait: a provider may ask for all of it.
    const waits = options.deadlineMs === undefined ? {} : { maxWaitMs: deadlineMs, totalMs: Number.POSITIVE_INFINITY };
    this.#caller = new Caller({
      ledger,
      state: this.#state,
      sender: this.#sender,
      options: { ...limits, ...waits },
      world,
    });
    this.#accounts = new Accounts(paidModels(plan), options, world);
    this.#meter = new ProgressMeter(plan.suites, world);
    for (const target of plan.suites.flatMap(({ targets }) => targets)) {
      this.#targets.set(target, { breaker: new Breaker(), ids: new ModelIdWatch(target.model.id), keysChecked: false });
    }
  }

  async run(): Promise<RunOutcome> {
    const start = this.#world.monotonicMs();
    this.#state.onHalt(() => {
      for (const account of this.#accounts.all()) account.release();
    });
    const stopListening = obeySignals(this.#options.signals, this.#state, this.#flights, this.#world);
    const forget = obeyDeadline(this.#options.deadlineMs, this.#state, this.#flights, this.#world);
    const telling = this.#tellProgress();
    // All at once: an account's free slots go to whoever asked first, so that suites take turns.
    const feeders = this.#plan.suites.filter((suitePlan) => !this.#isAtHand(suitePlan)).flatMap(feedersOf);
    await Promise.all(feeders.map((feeder) => this.#feed(feeder)));
    for (const { lanes } of feeders) await lanes?.idle();
    if (this.#options.canaries && !this.#options.offline) await this.#tryJudges();
    // Only now: what waits for other accounts has been done first.
    for (const { end } of this.#accounts.all()) if (end !== undefined) this.#state.stop("account", end);
    stopListening();
    forget();
    this.#over.abort();
    await telling;
    this.#flights.close();
    const lost = await this.#sender.finish();
    this.#emit();
    if (this.#state.defect !== undefined) throw this.#state.defect;
    return composeOutcome({
      state: this.#state,
      ledger: this.#ledger,
      accounts: this.#accounts.all(),
      targets: this.#plan.suites.flatMap(({ suite, targets }) =>
        targets.map((one) => ({ suite: suite.name, target: one.target.name, ...this.#targetState(one) })),
      ),
      judges: [...this.#judges].map(([{ id }, breaker]) => ({ judge: id, breaker })),
      planned: this.#plan.suites.reduce((sum, suitePlan) => sum + countTasks(suitePlan), 0) - this.#elsewhere,
      stored: this.#stored,
      judged: this.#plan.suites.some(({ graders }) => graders.some(({ asksPaid }) => asksPaid)),
      lost,
      wallMs: this.#world.monotonicMs() - start,
    });
  }

  /** Whether nothing is left to call for a suite, as was found just before; it is counted then as if each call had been looked up. */
  #isAtHand(suitePlan: SuitePlan): boolean {
    const { known, shard } = this.#options;
    const found = known?.suites.find(({ suite }) => suite === suitePlan.suite.name);
    const all = countTasks(suitePlan);
    if (known === undefined || found === undefined || found.toSend > 0 || found.calls !== all) return false;
    if (shard !== undefined || paidJudges(suitePlan).length > 0) return false;
    this.#stored += found.stored;
    this.#state.target.fromLedger += found.inLedger;
    for (const target of suitePlan.targets) {
      for (const id of known.returned.get(target.target) ?? []) this.#targetState(target).ids.saw(id);
    }
    this.#meter.done(suitePlan, all);
    return true;
  }

  /** Walks tasks of a suite; what needs a call waits for a lane, which is what keeps memory flat. */
  async #feed(feeder: Feeder): Promise<void> {
    const { suitePlan, targets } = feeder;
    try {
      for await (const batch of taskBatches({ ...suitePlan, targets })) {
        const paid = batch.filter(({ target }) => target.model.answers === "paid");
        const statuses = this.#ledger.statuses(paid.map(({ key }) => key));
        const byTask = new Map(paid.map((task, index) => [task, statuses[index]]));
        for (const task of batch) {
          if (this.#state.aborted.aborted || this.#state.defect !== undefined) return;
          // What is at hand is counted to the end: who reads the counts would take it for lost otherwise.
          if (this.#state.halted.aborted) this.#count(suitePlan, task, byTask.get(task));
          else await this.#begin(feeder, task, byTask.get(task));
        }
        // Other work, such as signals and replies, gets its turn. Counting what is left takes none.
        if (!this.#state.halted.aborted) await nextTurn();
      }
    } catch (thrown) {
      this.#broke(thrown);
    }
  }

  /** Hands a task to a lane, as soon as there is one, or finds that it needs none. */
  async #begin(feeder: Feeder, task: Task, status: CallStatus | undefined): Promise<void> {
    const { suitePlan } = feeder;
    const { shard } = this.#options;
    if (shard !== undefined && !isInShard(task.key, shard)) {
      this.#elsewhere++;
      this.#meter.done(suitePlan);
      return;
    }
    const account = this.#accountFor(suitePlan, task, status);
    if (account === undefined) {
      this.#meter.done(suitePlan);
      return;
    }
    feeder.lanes ??= account.newLanes();
    const { lanes } = feeder;
    await lanes.room(this.#state.halted);
    if (this.#state.halted.aborted) {
      // A stored answer is counted already.
      if (task.target.model.answers === "paid") this.#count(suitePlan, task, status);
      return;
    }
    this.#meter.begun(suitePlan);
    void lanes.run((lane) => this.#lane(suitePlan, task, lane));
  }

  /** Counts what is at hand of a task for which nothing is sent any more. */
  #count(suitePlan: SuitePlan, task: Task, status: CallStatus | undefined): void {
    const { shard } = this.#options;
    if (shard !== undefined && !isInShard(task.key, shard)) this.#elsewhere++;
    else if (task.target.model.answers === "stored") this.#stored++;
    else if (status?.state === "settled") {
      this.#state.target.fromLedger++;
      this.#targetState(task.target).ids.saw(status.modelId);
    } else return;
    this.#meter.done(suitePlan);
  }

  async #lane(suitePlan: SuitePlan, task: Task, lane: Lane): Promise<void> {
    try {
      const answer = await this.#answerOf(task, lane);
      if (answer !== undefined) await this.#judge(suitePlan, task, answer, lane);
    } catch (thrown) {
      this.#broke(thrown);
    }
    this.#meter.finished(suitePlan);
  }

  /** The account that a task waits for first; undefined when everything is at hand, or nothing can be done for it. */
  #accountFor(suitePlan: SuitePlan, task: Task, status: CallStatus | undefined): Account | undefined {
    const { model } = task.target;
    const judge = this.#options.offline ? undefined : paidJudges(suitePlan)[0];
    if (model.answers === "stored") {
      this.#stored++;
      return judge && this.#accounts.of(judge);
    }
    const target = this.#targetState(task.target);
    if (status?.state === "settled") {
      if (judge !== undefined) return this.#accounts.of(judge);
      this.#state.target.fromLedger++;
      target.ids.saw(status.modelId);
      return undefined;
    }
    if (this.#options.offline || target.breaker.end !== undefined) return undefined;
    // An answer that cannot be judged in this run is half a loss.
    if ([model, ...paidJudges(suitePlan)].some((one) => this.#accounts.of(one).end !== undefined)) return undefined;
    if (!target.keysChecked) {
      // Before anything of the target is paid: an answer that no judge can grade is half a loss.
      for (const one of [model, ...paidJudges(suitePlan)]) {
        if (stopForMissingKey(one, this.#state, this.#world)) return undefined;
      }
      target.keysChecked = true;
    }
    return this.#accounts.of(model);
  }

  async #answerOf(task: Task, lane: Lane): Promise<Answer | undefined> {
    const { target, case: one, trial, prompt } = task;
    const { model, parameters } = target;
    const request = { messages: prompt.messages, parameters, caseId: one.id, trial, asker: target.target.name };
    if (model.answers === "stored") {
      const completion = await this.#replay(model, request);
      return completion.kind === "answer" ? completion : undefined;
    }
    const { breaker, ids } = this.#targetState(target);
    const account = this.#accounts.of(model);
    const result = await this.#caller.call({
      ...request,
      key: task.key,
      model,
      account,
      kind: "target",
      breaker,
      lane,
    });
    tally(this.#state.target, result);
    if (result.kind !== "answered") return undefined;
    ids.saw(result.answer.modelId);
    return result.answer;
  }

  /** Grades by the graders that ask a paid model, so that the second pass finds their replies in the ledger. */
  async #judge(suitePlan: SuitePlan, task: Task, answer: Answer, lane: Lane): Promise<void> {
    const asked = suitePlan.graders.filter(({ asksPaid }) => asksPaid);
    const others = asked.some(({ grader }) => maySpare(suitePlan, grader))
      ? await gradeWithoutJudges(suitePlan, (planned) => this.#grade(suitePlan, planned, task.case, answer, lane))
      : undefined;
    for (const planned of asked) {
      if (this.#state.halted.aborted) return;
      if (others !== undefined && sparedOf(suitePlan, planned.grader, answer, others) !== undefined) continue;
      const { strict } = await this.#grade(suitePlan, planned, task.case, answer, lane);
      if (strict.kind === "scored") this.#heard.add(planned);
    }
  }

  /** A judge that gave no verdict to anything gives none to a canary: it is not asked. */
  async #tryJudges(): Promise<void> {
    try {
      for (const suitePlan of this.#plan.suites) {
        const asked: Promise<Graded>[] = [];
        for await (const { planned, case: one, answer } of canaryAnswers(suitePlan)) {
          if (this.#state.halted.aborted) break;
          if (this.#heard.has(planned)) asked.push(this.#grade(suitePlan, planned, one, answer, NO_LANE));
        }
        await Promise.all(asked);
        await this.#askOfLabelled(suitePlan);
      }
    } catch (thrown) {
      this.#broke(thrown);
    }
  }

  /** What people labelled, some at a time. */
  async #askOfLabelled(suitePlan: SuitePlan): Promise<void> {
    const tasks = labelledAnswers(suitePlan);
    const worker = async () => {
      for (const { planned, case: one, answer } of tasks) {
        if (this.#state.halted.aborted) return;
        if (planned.asksPaid) await this.#grade(suitePlan, planned, one, answer, NO_LANE);
      }
    };
    await Promise.all(Array.from({ length: LABELLED_AT_ONCE }, worker));
  }

  #grade(suitePlan: SuitePlan, planned: PlannedGrader, one: LoadedCase, answer: Answer, lane: Lane): Promise<Graded> {
    return gradeKept(planned, one, answer, this.#ledger, {
      ask: this.#ask(suitePlan, { caseId: one.id, asker: planned.grader.name, judged: answer.text, lane }),
      world: this.#world,
      signal: this.#state.aborted,
      keep: true,
    });
  }

  /** How a grader reaches its judge in this pass: by the same way as every call. */
  #ask(
    suitePlan: SuitePlan,
    asking: { readonly caseId: string; readonly asker: string; readonly judged: string; readonly lane: Lane },
  ): GradeContext["ask"] {
    return async (asked, messages, options) => {
      const call = { ...judgeCall(suitePlan, asked, messages, options), ...asking };
      const { model } = call;
      if (model.answers === "stored") return this.#replay(model, call);
      const breaker = this.#judges.get(model) ?? new Breaker();
      this.#judges.set(model, breaker);
      try {
        const result = await this.#caller.call({ ...call, account: this.#accounts.of(model), kind: "judge", breaker });
        tally(this.#state.judge, result);
        if (result.kind === "answered") return result.answer;
        return result.kind === "failed" ? result.failure : notAsked(result.why);
      } catch (thrown) {
        this.#broke(thrown);
        return notAsked("the ledger cannot be read");
      }
    };
  }

  /** Reads an answer that lies on disk. */
  #replay(model: Model, request: Omit<ModelRequest, "timeoutMs" | "signal">): Promise<Completion> {
    const timeoutMs = this.#timeoutMs;
    return this.#flights.launch(timeoutMs, (signal) => model.complete({ ...request, timeoutMs, signal }, this.#world));
  }

  /** Tells how the run gets on until it is over. */
  async #tellProgress(): Promise<void> {
    if (this.#options.onProgress === undefined) return;
    try {
      for (;;) {
        await this.#world.sleep(TICK_MS, this.#over.signal);
        this.#emit();
      }
    } catch {
      // Over.
    }
  }

  #emit(): void {
    this.#options.onProgress?.(
      this.#meter.snapshot({
        sent: this.#state.target.sent + this.#state.judge.sent,
        spentUsd: this.#state.settledUsd,
        inFlight: this.#flights.count,
        pauses: this.#accounts.all().map(({ name, gate }) => ({ account: name, ms: gate.remainingMs })),
      }),
    );
  }

  /** What is no provider's doing: the disk, a dataset that changed, a defect. Nothing more is launched. */
  #broke(thrown: unknown): void {
    if (thrown instanceof StorageError) this.#state.stop("storage", `${thrown.file}: ${thrown.message}`);
    else this.#state.fail(thrown);
  }

  #targetState(target: PlannedTarget): TargetState {
    const state = this.#targets.get(target);
    if (state === undefined) throw new Error(`the target ${target.target.name} is not of this plan`);
    return state;
  }
}

/** Targets of recordings, which wait for nobody but a judge, are one feeder's. */
function feedersOf(suitePlan: SuitePlan): readonly Feeder[] {
  const byAccount = Map.groupBy(suitePlan.targets, ({ model }) =>
    model.answers === "paid" ? `paid ${model.account} ${model.id}` : "stored",
  );
  return [...byAccount.values()].map((targets) => ({ suitePlan, targets }));
}

function tally(counts: CallCounts, result: CallResult): void {
  if (result.kind === "failed") counts.failed++;
  else if (result.kind === "answered") counts[result.fresh ? "answered" : "fromLedger"]++;
}

function paidJudges({ graders, judges }: SuitePlan): readonly Model[] {
  const asked = graders.flatMap(({ grader }) => grader.asks.map((model) => judges.get(model) ?? model));
  return asked.filter(({ answers }) => answers === "paid");
}

function paidModels(plan: Plan): readonly Model[] {
  return plan.suites.flatMap((suitePlan) => [
    ...suitePlan.targets.map(({ model }) => model).filter(({ answers }) => answers === "paid"),
    ...paidJudges(suitePlan),
  ]);
}

/** A cap on spend means nothing where nobody knows what a call costs, unless the calls are capped too. */
export function refuseUnpriced(plan: Plan, { maxUsd, maxCalls }: RunCaps): void {
  if (maxUsd === undefined || maxCalls !== undefined) return;
  const unpriced = [
    ...new Set(
      paidModels(plan)
        .filter(({ price }) => price === undefined)
        .map(({ id }) => id),
    ),
  ];
  if (unpriced.length === 0) return;
  throw new ConfigError(
    "price-unknown",
    `nobody knows the price of ${unpriced.join(", ")}: a cap on spend cannot be kept`,
    {
      fix: "Give each of them a price in the suite (price: { inputPerMillion, outputPerMillion, asOf, source }), or cap the calls with --max-calls.",
    },
  );
}
