/**
 * What a call costs beside the loops that people write themselves: the built-in fetch, the official SDK in a p-queue, and gapcheck, on the
 * same stub, with the same number of calls at once, in turn, in one run; where it is installed, promptfoo too. Then the same calls from the
 * ledger, memory at ten times the calls, a million calls of a function, and the start. Ends with every figure beside its goal and with what was
 * missed; exits with 1 when a ratio or a peak misses by more than noise explains.
 *
 *     npm run bench -- [--calls 20000] [--latency 20,0] [--at-once 100] [--rounds 2] [--long 200000] [--fakes 1000000]
 *                      [--promptfoo <folder>] [--promptfoo-calls 2000]
 *
 * `--rounds 0` leaves the comparison out and fills the ledger once, `--long 0` the long run; the million takes minutes and is run where
 * `--fakes` says so. promptfoo is looked for on PATH, or in the folder where `npm install promptfoo@0.123 --prefix <folder>` put it; it runs
 * once, with fewer calls, since it takes minutes for 20,000, and nothing but loopback hears of it.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createLimits } from "./limits.ts";
import { type Finished, runMeasured, type Usage } from "./measured-process.ts";
import { makeProject } from "./project.ts";
import { findPromptfoo, runPromptfoo } from "./promptfoo.ts";

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "20000" },
    latency: { type: "string", default: "20,0" },
    "at-once": { type: "string", default: "100" },
    rounds: { type: "string", default: "2" },
    /** 0 leaves the long run out. */
    long: { type: "string", default: "200000" },
    fakes: { type: "string", default: "0" },
    /** Where promptfoo is installed; without it PATH tells. */
    promptfoo: { type: "string" },
    "promptfoo-calls": { type: "string", default: "2000" },
  },
});
const calls = Number(values.calls);
const atOnce = Number(values["at-once"]);
const rounds = Number(values.rounds);
const long = Number(values.long);
const fakes = Number(values.fakes);
const promptfoo = findPromptfoo(values.promptfoo);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** What is measured is what users install: without types to take away, which costs a start 0.1 s and a run 40 MB. */
const COMMAND = here("../dist/start.js");
const say = (text: string) => process.stdout.write(`${text}\n`);

async function startStub(latency: string) {
  const child = spawn(process.execPath, [here("../test/stub/main.ts"), "--latency", latency, "--with-parent"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await createInterface({ input: child.stdout })
    [Symbol.asyncIterator]()
    .next()
    .then(({ value }) => [value]);
  const { openaiBase }: { openaiBase: string } = JSON.parse(String(line));
  return { openaiBase, stop: () => child.kill("SIGTERM") };
}

const row = (name: string, { wallSeconds, cpuSeconds, peakMegabytes }: Usage) =>
  say(
    `${name.padEnd(34)} ${wallSeconds.toFixed(1).padStart(7)} s ${cpuSeconds.toFixed(1).padStart(7)} CPU-s ${peakMegabytes.toFixed(0).padStart(6)} MB`,
  );

/** Seconds on the wall from outside, nothing preloaded: median of 7, after one that warms the disk's cache. */
function startSeconds(args: readonly string[]): number {
  const times = Array.from({ length: 8 }, () => {
    const began = performance.now();
    execFileSync(process.execPath, args);
    return (performance.now() - began) / 1_000;
  });
  return median(times.slice(1));
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

execFileSync("npm", ["run", "--silent", "build"], { cwd: here(".."), stdio: "inherit" });
const folder = mkdtempSync(join(tmpdir(), "gapcheck-bench-"));
const limits = createLimits();

const gapcheck = (place: string, stub = "", command = "run"): Promise<Finished> =>
  runMeasured([COMMAND, command, "--json", ...(command === "run" ? ["--concurrency", String(atOnce)] : [])], {
    folder,
    cwd: place,
    env: { STUB: stub },
    accepts: [0, 1, 3],
  });

/** The three, in turn; the place of gapcheck's last project and its peak. */
async function compare(latency: string, stub: string): Promise<{ readonly place: string; readonly peak: number }> {
  say(`${calls} calls, ${atOnce} at once, the stub answers after ${latency} ms`);
  const bySdk: number[] = [];
  const byRaw: number[] = [];
  const peaks: number[] = [];
  let place = "";
  for (let round = 1; round <= Math.max(1, rounds); round++) {
    place = makeProject(folder, `${latency}-${round}`, calls, "served", atOnce);
    if (rounds > 0) {
      const raw = await runMeasured([here("raw-loop.ts"), stub, String(calls), String(atOnce)], { folder });
      row(`${round}. raw fetch loop`, raw);
      const sdk = await runMeasured([here("sdk-loop.ts"), stub, String(calls), String(atOnce)], { folder });
      row(`${round}. SDK + p-queue loop`, sdk);
      const ours = await gapcheck(place, stub);
      row(`${round}. gapcheck run`, ours);
      bySdk.push(ours.cpuSeconds / sdk.cpuSeconds);
      byRaw.push(ours.cpuSeconds / raw.cpuSeconds);
      peaks.push(ours.peakMegabytes);
    } else {
      const ours = await gapcheck(place, stub);
      row("gapcheck run", ours);
      peaks.push(ours.peakMegabytes);
    }
  }
  if (rounds > 0) {
    limits.hold(`${latency} ms: CPU / that of the SDK loop`, median(bySdk), 1, "x");
    limits.tell(`${latency} ms: CPU / that of a raw fetch loop`, median(byRaw), "x");
  }
  limits.hold(`${latency} ms: peak of ${calls} calls`, median(peaks), 250, "MB");
  return { place, peak: median(peaks) };
}

/** Once, and gapcheck with as many calls. What cannot be run ends nothing else. */
async function besidePromptfoo(stub: string): Promise<void> {
  const what = "CPU / that of promptfoo";
  if (promptfoo === undefined) {
    say("promptfoo not installed");
    limits.tell(what, undefined, "x", "promptfoo not installed");
    return;
  }
  const many = Math.min(calls, Number(values["promptfoo-calls"]));
  try {
    const theirs = await runPromptfoo(promptfoo, { folder, stub, calls: many, atOnce });
    row(`promptfoo ${promptfoo.version}, ${many} calls`, theirs);
    const ours = await gapcheck(makeProject(folder, "beside-promptfoo", many, "served", atOnce), stub);
    row(`gapcheck run, ${many} calls`, ours);
    limits.tell(`${what} ${promptfoo.version}`, ours.cpuSeconds / theirs.cpuSeconds, "x");
  } catch (thrown) {
    const why = String(thrown instanceof Error ? thrown.message : thrown);
    say(`promptfoo ${promptfoo.version} failed: ${why}`);
    limits.tell(what, undefined, "x", "promptfoo failed");
  }
}

/** Everything from the ledger: the time until it is known that nothing is missing, and the whole run. */
async function again(place: string, count: number, stub: string): Promise<void> {
  const known = await gapcheck(place, stub, "plan");
  row(`${count}: what is missing`, known);
  const whole = await gapcheck(place, stub);
  row(`${count}: again, all from the ledger`, whole);
  limits.hold(`${count} settled: what is missing`, known.wallSeconds, 2, "s", "told");
  if (count === calls) limits.hold(`${count} settled: the whole run`, whole.wallSeconds, 2, "s", "told");
  else limits.tell(`${count} settled: the whole run`, whole.wallSeconds, "s");
  limits.hold(`${count} settled: peak of the whole run`, whole.peakMegabytes, 250, "MB");
}

try {
  for (const [index, latency] of values.latency.split(",").entries()) {
    const stub = await startStub(latency);
    try {
      // Once unmeasured: the first run of what was just built fills Node's cache of compiled code, which takes it 20 MB that no later one takes.
      if (index === 0) await gapcheck(makeProject(folder, "first", 200, "served", atOnce), stub.openaiBase);
      const { place, peak } = await compare(latency, stub.openaiBase);
      if (index > 0) continue;
      if (rounds > 0) await besidePromptfoo(stub.openaiBase);
      await again(place, calls, stub.openaiBase);
      if (long <= 0) continue;
      const far = makeProject(folder, "long", long, "served", atOnce);
      const longer = await gapcheck(far, stub.openaiBase);
      row(`gapcheck run, ${long} calls`, longer);
      limits.tell(`${latency} ms: peak of ${long} calls`, longer.peakMegabytes, "MB");
      limits.hold(`${latency} ms: that peak / that of ${calls}`, longer.peakMegabytes / peak, 1, "x");
      await again(far, long, stub.openaiBase);
    } finally {
      stub.stop();
    }
  }
  if (fakes > 0) {
    const faked = await gapcheck(makeProject(folder, "fakes", fakes, "fake", atOnce));
    row(`${fakes} calls of a function`, faked);
    limits.hold(`${fakes} calls of a function: peak`, faked.peakMegabytes, 300, "MB");
  } else limits.tell("1000000 calls of a function: peak", undefined, "MB", "--fakes 1000000");
  const start = startSeconds([COMMAND, "--version"]);
  limits.hold("start of the command (--version)", start, 0.15, "s", "told");
  limits.tell("start of Node alone", startSeconds(["--eval", "0"]), "s");
  say(`\n${limits.table()}`);
  if (limits.failed()) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
