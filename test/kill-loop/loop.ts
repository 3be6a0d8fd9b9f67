/** kill -9 at random points over one run, again and again: what is lost, and what is paid twice. */
import { type ChildProcess, execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { openWorkspace, type Workspace } from "../e2e/workspace.ts";

const TARGETS = 2;
const AT_ONCE = 10;
const LATENCY_MS = 20;
/** A kill comes after so many requests at most, and so much later. */
const MOST_REQUESTS = 20;
const MOST_DELAY_MS = 30;
/** Share of the kills that come while the run starts, before a request of it. */
const EARLY = 0.1;

export interface KillLoop {
  readonly calls: number;
  readonly kills: number;
  /** Points at which a run was held (SIGSTOP) and its files taken as a kill would have left them. */
  readonly stops: number;
  /** Answers that were settled at a point and not the same at the next. */
  readonly lostAnswers: number;
  /** Requests that had been sent at a point without a row in the ledger. */
  readonly unwritten: number;
  /** Intents without an outcome that the kills left, all together and at most at one. */
  readonly inFlight: number;
  readonly mostInFlight: number;
  readonly requests: number;
  /** Requests that asked what another one had asked. */
  readonly paidTwice: number;
  /** Kills after which more had been paid twice than was in flight at the kills before. */
  readonly excesses: number;
  /** What the ledger counts as sent for nothing. */
  readonly ledgerLost: number;
  /** The last run, which was left alone: its exit code, and the counts of its report. */
  readonly last: {
    readonly code: number | undefined;
    readonly settledBefore: number;
    /** Calls that the ledger held as sent without an outcome when it began, and how many of them the provider had been asked before, and was again. */
    readonly openBefore: number;
    readonly askedAgain: number;
    /** Trials of its report that have an answer. */
    readonly answers: number;
    /** What it printed, with single blanks. */
    readonly words: string;
    readonly counts: Readonly<Record<string, number>>;
  };
  /** Requests of one more run: everything is there. */
  readonly afterwards: number;
}

/** A small fixed sequence (Lehmer 1951, Park and Miller's multiplier), so that a failure can be seen again. Each in (0, 1). */
function createPoints(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * @param stopsPerKill each run is held so many times before it is killed: what its files hold then is what a kill would have left, and a start
 * of the command is spared. Default 0.
 * @throws Error when the run is over before the last kill: it needs more cases then.
 */
export async function killLoop(
  {
    kills,
    cases,
    seed,
    stopsPerKill = 0,
  }: { readonly kills: number; readonly cases: number; readonly seed: number; readonly stopsPerKill?: number },
  onKill: (kill: number) => void = () => undefined,
): Promise<KillLoop> {
  let onRequest = (): void => undefined;
  const place = await openWorkspace({
    cases,
    stub: {
      latencyMs: LATENCY_MS,
      reply: ({ messages }) => {
        onRequest();
        return messages.at(-1)?.content.replace(/^Say /, "") ?? "";
      },
    },
  });
  const point = createPoints(seed);
  try {
    let before = rowsOf(place);
    let [stops, lostAnswers, unwritten, inFlight, mostInFlight, excesses] = [0, 0, 0, 0, 0, 0];
    /** Holds what the files have against what they had; returns the calls of the latest run that are without an outcome. */
    const compared = (after: Rows, former: Rows): number => {
      lostAnswers += [...former.settled].filter(([key, row]) => after.settled.get(key) !== row).length;
      unwritten += Math.max(0, place.stub.stats().distinct - after.calls);
      // A run that ended before it had written itself down had nothing in flight.
      const left = after.run === before.run ? 0 : after.intents;
      mostInFlight = Math.max(mostInFlight, left);
      return left;
    };
    for (let kill = 1; kill <= kills; kill++) {
      const { process: child, finished } = place.start(["run", "--concurrency", String(AT_ONCE)]);
      const early = stopsPerKill === 0 && point() < EARLY;
      const reach = (): Promise<void> => {
        const requests = 1 + Math.floor(point() * MOST_REQUESTS);
        const delayMs = point() * MOST_DELAY_MS;
        const reached = new Promise<void>((resolve) => {
          let seen = 0;
          onRequest = () => {
            seen++;
            if (seen === requests) resolve();
          };
        });
        return early ? wait(10 * delayMs) : Promise.race([reached, finished]).then(() => wait(delayMs));
      };
      let held = before;
      for (let stop = 0; stop < stopsPerKill; stop++) {
        await reach();
        hold(child);
        const rows = copiedRowsOf(place);
        compared(rows, held);
        held = rows;
        stops++;
        child.kill("SIGCONT");
      }
      await reach();
      // The last one comes while something is in flight, so that the last run has something to count.
      for (let tries = 0; kill === kills && tries < 50; tries++) {
        hold(child);
        if (copiedRowsOf(place).intents > 0) break;
        child.kill("SIGCONT");
        await reach();
      }
      child.kill("SIGKILL");
      const { signal, stderr } = await finished;
      if (signal !== "SIGKILL") throw new Error(`the run was over before kill ${kill} of ${kills}: ${stderr}`);
      const after = rowsOf(place);
      const left = compared(after, held);
      if (paidTwice(place) > inFlight) excesses++;
      inFlight += left;
      before = after;
      onKill(kill);
    }
    const twiceBefore = paidTwice(place);
    const last = await place.run(["run", "--concurrency", String(AT_ONCE)]);
    const askedAgain = paidTwice(place) - twiceBefore;
    const after = rowsOf(place);
    lostAnswers += [...before.settled].filter(([key, row]) => after.settled.get(key) !== row).length;
    const { counts } = place.summary().run;
    const answers = place.records().filter(({ completion }) => completion.kind === "answer").length;
    const words = last.stdout.replace(/\s+/g, " ");
    const { requests } = place.stub.stats();
    const { spend } = JSON.parse((await place.run(["ledger", "--json"])).stdout) as Size;
    await place.run(["run"]);
    return {
      calls: cases * TARGETS,
      kills,
      stops,
      lostAnswers,
      unwritten,
      inFlight,
      mostInFlight,
      excesses,
      requests,
      paidTwice: paidTwice(place),
      ledgerLost: spend.lostCalls + spend.paidTwice,
      last: {
        code: last.code,
        settledBefore: before.settled.size,
        openBefore: before.open,
        askedAgain,
        answers,
        words,
        counts,
      },
      afterwards: place.stub.count() - requests,
    };
  } finally {
    await place.close();
  }
}

interface Size {
  readonly spend: { readonly lostCalls: number; readonly paidTwice: number };
}

interface Rows {
  /** By key, the row as text. */
  readonly settled: ReadonlyMap<string, string>;
  /** Number of the latest run, and its calls without an outcome. */
  readonly run: number;
  readonly intents: number;
  /** Of all runs. */
  readonly open: number;
  /** Calls with a row, whatever became of them. */
  readonly calls: number;
}

const NOTHING: Rows = { settled: new Map(), run: 0, intents: 0, open: 0, calls: 0 };
const LEDGER = ".gapcheck/ledger.sqlite";

/** Stops a process where it stands, and comes back when it does. */
function hold(child: ChildProcess): void {
  child.kill("SIGSTOP");
  while (!/^[TZ]/.test(stateOf(child.pid)));
}

/** As `ps` writes it; where the system tells it in a file, without a process for it. */
function stateOf(pid: number | undefined): string {
  const told = `/proc/${pid}/stat`;
  if (existsSync(told)) return readFileSync(told, "utf8").replace(/^.*\) /s, "");
  return execFileSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" }).trim();
}

/** What the files of a process that is held would give whoever finds them after its death: read from a copy, without its memory and locks. */
function copiedRowsOf({ folder }: Workspace): Rows {
  const copy = mkdtempSync(join(tmpdir(), "gapcheck-held-"));
  try {
    for (const end of ["", "-wal"]) {
      const from = join(folder, `${LEDGER}${end}`);
      if (existsSync(from)) copyFileSync(from, join(copy, `ledger.sqlite${end}`));
    }
    return rowsIn(join(copy, "ledger.sqlite"), false);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function rowsOf({ folder }: Workspace): Rows {
  return rowsIn(join(folder, LEDGER), true);
}

function rowsIn(file: string, readOnly: boolean): Rows {
  if (!existsSync(file)) return NOTHING;
  const db = new DatabaseSync(file, { readOnly });
  try {
    if (db.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.n === 0) return NOTHING;
    const rows = db
      .prepare("SELECT hex(key) AS key, run, at, usd, body, checksum FROM calls WHERE state = 'settled'")
      .all();
    const run = Number(db.prepare("SELECT coalesce(max(id), 0) AS n FROM runs").get()?.n);
    const intents = db.prepare("SELECT count(*) AS n FROM calls WHERE state = 'intent' AND run = ?").get(run);
    const open = db.prepare("SELECT count(*) AS n FROM calls WHERE state IN ('intent', 'unknown')").get();
    const calls = db.prepare("SELECT count(*) AS n FROM calls").get();
    return {
      settled: new Map(rows.map((row) => [String(row.key), JSON.stringify(row)])),
      run,
      intents: Number(intents?.n),
      open: Number(open?.n),
      calls: Number(calls?.n),
    };
  } finally {
    db.close();
  }
}

function paidTwice({ stub }: Workspace): number {
  const { requests, distinct } = stub.stats();
  return requests - distinct;
}

/** What is wrong with the outcome of a loop; empty for one that lost nothing. */
export function faultsOf(loop: KillLoop): readonly string[] {
  const {
    calls,
    lostAnswers,
    unwritten,
    inFlight,
    mostInFlight,
    excesses,
    paidTwice: twice,
    ledgerLost,
    last,
    afterwards,
  } = loop;
  const { counts, code, settledBefore, openBefore, askedAgain, answers } = last;
  const checks: readonly (readonly [boolean, string])[] = [
    [lostAnswers === 0, "settled answers were lost"],
    [unwritten === 0, "requests were sent without a row in the ledger"],
    [mostInFlight <= AT_ONCE, "more was in flight than may be at once"],
    [excesses === 0 && twice <= inFlight, "more was paid twice than was in flight"],
    [ledgerLost === inFlight, "the ledger does not count what was in flight at the kills"],
    [code === 0, "the last run did not pass"],
    [counts.planned === calls && counts.fromLedger === settledBefore, "the report does not count what was there"],
    [counts.sent === calls - settledBefore, "the report does not count what was missing"],
    [
      counts.maybePaidTwice === openBefore,
      "the report does not count as maybe paid twice what the ledger held without an outcome",
    ],
    [askedAgain <= openBefore, "the provider was asked again what the report does not count"],
    [answers === calls, "the report lacks answers"],
    [afterwards === 0, "a run more bought something"],
  ];
  return checks.flatMap(([holds, fault]) => (holds ? [] : [fault]));
}
