/**
 * What a workflow that gates merges must lead to, by event, key, what is cached and what the gate says: each row plays the file as it is. Nothing of the file is
 * told here again; what it must come to is.
 */
import { forkOutcome } from "../../src/commands/fork-policy.ts";
import { EVENTS, happening, type Said } from "./happenings.ts";
import type { ParsedWorkflow } from "./readers.ts";
import { type Played, type PlayedStep, play, type Step } from "./simulator.ts";
import { openWorld, type Started, type World } from "./world.ts";

export interface Subject {
  readonly workflow: ParsedWorkflow;
  /** Environment variables that a provider's key may stand in; none where no key is needed. */
  readonly providers: readonly string[];
  /** Its command is told of a merge queue. */
  readonly mergeQueue: boolean;
  /** The key is not a secret: it is had for GitHub's identity token. */
  readonly identity?: true;
  /** What its gate may say; default all. */
  readonly gates?: readonly Gate[];
}

/** What the gate says, as an exit code of the command; without `--ci` nothing to compare with is no matter. */
export const GATES = {
  pass: () => 0,
  fail: () => 1,
  "no comparison": (ci: boolean) => (ci ? 2 : 0),
  inconclusive: () => 3,
  incomplete: () => 4,
} as const;
type Gate = keyof typeof GATES;

const SECRET = "sk-secret";
const SHORT_LIVED = "short-lived";

/** For the stub: how the command ends, whatever it is told and finds. Without a key it is the policy for forks that says. */
function exits(gate: Gate): string {
  const no = [true, false];
  const yes = (one: boolean) => (one ? "yes" : "no");
  return [...EVENTS, ""]
    .flatMap((event) =>
      no.flatMap((key) =>
        no.flatMap((cached) =>
          no.flatMap((mergeQueue) =>
            no.map((ci) => {
              const exitCode = key || cached ? GATES[gate](ci) : 5;
              const told = { exitCode, event, mergeQueue, missingCalls: cached ? 0 : 37, worst: "$0.41" };
              const words = [event, yes(key), yes(cached), yes(mergeQueue), yes(ci)];
              return `${[...words, forkOutcome(told).exitCode].join(" ")}\n`;
            }),
          ),
        ),
      ),
    )
    .join("");
}

interface Row {
  readonly event: (typeof EVENTS)[number];
  /** The provider that the suite asks, and whether its key is there. */
  readonly provider: string;
  readonly key: boolean;
  readonly cached: boolean;
  readonly gate: Gate;
}

/** What the gate says outermost, so that the first rows already show most mistakes. The second provider is asked where all goes well. */
export function rowsOf({ providers, gates = Object.keys(GATES).filter(isGate) }: Subject): readonly Row[] {
  const [first = "", ...others] = providers;
  const both = [true, false];
  return gates.flatMap((gate) =>
    [first, ...(gate === "pass" ? others : [])].flatMap((provider) =>
      EVENTS.flatMap((event) =>
        (provider === "" ? [true] : both).flatMap((key) =>
          both.map((cached) => ({ event, provider, key, cached, gate })),
        ),
      ),
    ),
  );
}

const isGate = (text: string): text is Gate => text in GATES;

/** What GitHub makes of the required job: one that is skipped counts as passed, one that is not there is waited for. */
function checkOf({ jobs }: Played): "green" | "red" | "pending" {
  const result = jobs?.get("gate")?.result;
  if (result === undefined) return "pending";
  return result === "success" || result === "skipped" ? "green" : "red";
}

export interface Run {
  readonly played: Played;
  readonly started: Started;
}

interface Playing extends Partial<Said> {
  readonly provider: string;
  readonly gate: Gate;
  /** Answers that the suites need. */
  readonly needs?: string;
  readonly stub?: { readonly [file: string]: string };
  readonly fails?: (step: Step) => boolean;
  readonly cancels?: (step: Step) => boolean;
}

export async function runOf(subject: Subject, world: World, event: string, playing: Playing): Promise<Run> {
  const { provider, gate, needs = "needed", stub = {}, fails, cancels, fork = false } = playing;
  const identity = subject.identity === true && !fork;
  const started = world.start({
    stub: { provider: `${provider}\n`, needs: `${needs}\n`, exits: exits(gate), ...stub },
    identity,
    ...(fails === undefined ? {} : { fails }),
    ...(cancels === undefined ? {} : { cancels }),
  });
  const played = await play(subject.workflow, happening(event, playing), started.perform);
  return { played, started };
}

const stepsOf = ({ jobs }: Played): readonly PlayedStep[] => [...(jobs?.values() ?? [])].flatMap(({ steps }) => steps);
const holdsText = (step: PlayedStep, text: string) =>
  JSON.stringify([step.env, step.with, step.run ?? ""]).includes(text);

/** The keys of a row, as secrets of the repository or as an identity that GitHub vouches for. */
function keysOf({ identity }: Subject, { provider, key }: Pick<Row, "provider" | "key">): Partial<Said> {
  if (provider === "" || identity === true) return { fork: !key };
  return { key: key ? { [provider]: SECRET } : {}, fork: !key };
}

/** Everything that comes out otherwise than it must, as it is found: the first is enough to call a file wrong. */
export async function* deviations(subject: Subject): AsyncGenerator<string> {
  yield* groups(subject);
  yield* starts(subject);
  const [provider = ""] = subject.providers;
  const owner = keysOf(subject, { provider, key: true });
  const empty = openWorld();
  const filled = openWorld();
  try {
    // What earlier runs on main have left: answers to other questions, then to those of today.
    for (const [world, needs] of [
      [empty, ["other"]],
      [filled, ["other", "needed"]],
    ] as const) {
      for (const [at, one] of needs.entries()) {
        await runOf(subject, world, "push", { ...owner, provider, gate: "pass", needs: one, run: 100 + at });
      }
    }
    const all = rowsOf(subject);
    const well = all.filter(({ gate }) => gate === "pass");
    yield* rowDeviations(subject, well, { empty, filled });
    yield* authors(subject, empty, provider);
    yield* endings(subject, empty, { ...owner, provider });
    yield* rowDeviations(subject, all.slice(well.length), { empty, filled });
  } finally {
    empty.close();
    filled.close();
  }
}

async function* rowDeviations(
  subject: Subject,
  rows: readonly Row[],
  { empty, filled }: { readonly empty: World; readonly filled: World },
): AsyncGenerator<string> {
  for (const row of rows) {
    const world = (row.cached ? filled : empty).fork();
    try {
      const { event, provider, key, cached, gate } = row;
      const told = `${event}, ${key ? "" : "no "}key${provider === "" ? "" : ` of ${provider}`}, ${cached ? "" : "not "}cached, ${gate}`;
      for await (const wrong of oneRow(subject, row, world)) yield `${told}: ${wrong}`;
    } finally {
      world.close();
    }
  }
}

async function* oneRow(subject: Subject, row: Row, world: World): AsyncGenerator<string> {
  const { event, provider, key, cached, gate } = row;
  const run = await runOf(subject, world, event, { ...keysOf(subject, row), provider, gate });
  const check = checkOf(run.played);
  const deferred = !key && !cached && event === "pull_request" && subject.mergeQueue;
  const green = key || cached ? gate === "pass" : deferred;
  if (check !== (green ? "green" : "red")) yield `the check is ${check}`;
  const yes = (one: boolean) => (one ? "yes" : "no");
  const told = `run event=${event} key=${yes(key)} cached=${yes(cached)} queue=${yes(subject.mergeQueue)} ci=yes usd=2 deadline=35m`;
  const calls = run.started.calls();
  if (calls.length !== 1 || calls[0] !== told) yield `the command was told ${JSON.stringify(calls)}, not ${told}`;
  const secret = subject.identity === true ? SHORT_LIVED : SECRET;
  const holders = stepsOf(run.played).filter((step) => holdsText(step, secret));
  if (holders.length !== (key && provider !== "" ? 1 : 0)) yield `the key stands in ${holders.length} steps`;
  if (holders.some((step) => holdsText({ ...step, env: {} }, secret))) yield "the key stands in a script";
  yield* left(run);
  if (!key || cached || provider === "") return;
  // What was paid is there for a run without the key: the same verdict, for nothing.
  const again = await runOf(subject, world, event, { provider, gate, fork: true, attempt: 2 });
  if (checkOf(again.played) !== check) yield `run again without the key the check is ${checkOf(again.played)}`;
}

/** Whose pull requests are measured as anybody's, with what of their conditions a file may ask. */
const AUTHORS: readonly (readonly [name: string, pull: Partial<Said>])[] = [
  ["a draft", { draft: true }],
  ["a bot's", { user: "Bot", association: "NONE" }],
  ["a member's", { association: "MEMBER" }],
  ["a stranger's draft", { fork: true, draft: true }],
  ["a known stranger's", { fork: true, association: "CONTRIBUTOR" }],
];

/** No pull request is green for what it is: each is measured by the command, and what that finds wrong is red. */
async function* authors(subject: Subject, before: World, provider: string): AsyncGenerator<string> {
  for (const [name, pull] of AUTHORS) {
    const { key = {} } = keysOf(subject, { provider, key: pull.fork !== true });
    const { played, times } = await withFork(before, async (world) => {
      const run = await runOf(subject, world, "pull_request", { key, provider, gate: "fail", needs: "other", ...pull });
      return { played: run.played, times: run.started.calls().length };
    });
    if (times !== 1) yield `${name} pull request is evaluated ${times} times`;
    if (checkOf(played) !== "red") yield `${name} pull request fails, and the check is ${checkOf(played)}`;
  }
}

function* left({ started: { artifacts } }: Run): Generator<string> {
  const names = [...artifacts.keys()].sort();
  if (names.join() !== "gapcheck-reports,report.html") yield `these artifacts are left: ${names.join() || "none"}`;
}

/** Of runs that come to no verdict: none is green, and what was paid and found is kept. */
async function* endings(subject: Subject, before: World, said: Omit<Playing, "gate">): AsyncGenerator<string> {
  const playing: Playing = { ...said, gate: "pass" };
  const whole = await withFork(before, (world) => runOf(subject, world, "pull_request", playing));
  for (const { job, at } of stepsOf(whole.played)) {
    const fails = (step: Step) => step.job === job && step.at === at;
    const { played } = await withFork(before, (world) => runOf(subject, world, "pull_request", { ...playing, fails }));
    if (checkOf(played) !== "red") yield `step ${at} of ${job} fails, and the check is ${checkOf(played)}`;
  }
  const cancels = ({ run = "" }: Step) => run.includes("--event");
  const { cut, again } = await withFork(before, async (world) => ({
    cut: await runOf(subject, world, "pull_request", { ...playing, stub: { hangs: "" }, cancels }),
    again: await runOf(subject, world, "pull_request", {
      provider: said.provider,
      gate: "pass",
      fork: true,
      attempt: 2,
    }),
  }));
  if (checkOf(cut.played) !== "red") yield `cancelled, and the check is ${checkOf(cut.played)}`;
  for (const wrong of left(cut)) yield `cancelled: ${wrong}`;
  if (checkOf(again.played) !== "green") yield "cancelled, and what was paid until then is lost";
  const skipped = await withFork(before, (world) => runOf(without(subject, "run"), world, "pull_request", playing));
  if (checkOf(skipped.played) !== "red") yield `the run is skipped, and the check is ${checkOf(skipped.played)}`;
}

/** The same where a job is skipped, for whatever condition. */
function without(subject: Subject, job: string): Subject {
  const { conditions } = subject.workflow;
  const never = { steps: [], ...conditions.get(job), job: "false" };
  return { ...subject, workflow: { ...subject.workflow, conditions: new Map([...conditions, [job, never]]) } };
}

async function withFork<Got>(world: World, use: (fork: World) => Promise<Got>): Promise<Got> {
  const fork = world.fork();
  try {
    return await use(fork);
  } finally {
    fork.close();
  }
}

/** Only a newer push to the same pull request replaces a run. */
async function* groups({ workflow }: Subject): AsyncGenerator<string> {
  const of = async (event: string, said: Partial<Said> = {}) =>
    play(workflow, happening(event, said), async () => ({ outcome: "success" }));
  const all = [
    await of("pull_request", { number: 1, run: 301 }),
    await of("pull_request", { number: 2, run: 302 }),
    await of("merge_group", { number: 1, run: 303 }),
    await of("merge_group", { number: 2, run: 304 }),
    await of("push", { run: 305 }),
  ];
  if (new Set(all.map(({ group }) => group)).size !== all.length)
    yield "two that have nothing to do with each other are of one group";
  if ((await of("pull_request", { number: 1, run: 306 })).group !== all[0]?.group)
    yield "a newer push is of another group";
  const cancels = all.map(({ cancelsInProgress }) => cancelsInProgress).join();
  if (cancels !== "true,true,false,false,false") yield `runs are cut off: ${cancels}`;
}

/** What must start it, and what must not. */
async function* starts(subject: Subject): AsyncGenerator<string> {
  // A pull request opened to try what a stranger wrote may go to any branch.
  const elsewhere = { ...happening("pull_request", {}), branch: "release" };
  if ((await play(subject.workflow, elsewhere, async () => ({ outcome: "success" }))).jobs === undefined) {
    yield "a pull request to another branch does not start it";
  }
  for (const event of EVENTS) {
    const { jobs } = await play(subject.workflow, happening(event, {}), async () => ({ outcome: "success" }));
    if (jobs === undefined) yield `${event} does not start it: the check is pending`;
  }
  for (const [what, told] of [
    ["a push to another branch", { ...happening("push", {}), branch: "topic" }],
    ["pull_request_target", happening("pull_request_target", {})],
  ] as const) {
    const { jobs } = await play(subject.workflow, told, async () => ({ outcome: "success" }));
    if (jobs !== undefined) yield `${what} starts it`;
  }
}
