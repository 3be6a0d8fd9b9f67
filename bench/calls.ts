/**
 * What a call costs beside the loops that people write themselves: the built-in fetch, the official SDK in a p-queue, and gapcheck, on the
 * same stub, with the same number of calls at once, in turn, in one run. Then the same calls from the ledger, memory at ten times the
 * calls, a million calls of a function, and the start. Ends with every figure beside its goal and with what was missed; exits with 1 when a
 * ratio or a peak misses by more than noise explains.
 *
 *     npm run bench -- [--calls 20000] [--latency 20,0] [--at-once 100] [--rounds 2] [--long 200000] [--fakes 1000000]
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

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "20000" },
    latency: { type: "string", default: "20,0" },
    "at-once": { type: "string", default: "100" },
    rounds: { type: "string", default: "2" },
    /** 0 leaves the long run out. */
    long: { type: "string", default: "200000" },
    /** 0 leaves the fakes out. */
    fakes: { type: "string", default: "1000000" },
  },
});
const calls = Number(values.calls);
const atOnce = Number(values["at-once"]);
const long = Number(values.long);
const fakes = Number(values.fakes);
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

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

execFileSync("npm", ["run", "--silent", "build"], { cwd: here(".."), stdio: "inherit" });
const folder = mkdtempSync(join(tmpdir(), "gapcheck-bench-"));
const limits = createLimits();
const results: string[] = [];

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
  for (let round = 1; round <= Number(values.rounds); round++) {
    const raw = await runMeasured([here("raw-loop.ts"), stub, String(calls), String(atOnce)], { folder });
    row(`${round}. raw fetch loop`, raw);
    const sdk = await runMeasured([here("sdk-loop.ts"), stub, String(calls), String(atOnce)], { folder });
    row(`${round}. SDK + p-queue loop`, sdk);
    place = makeProject(folder, `${latency}-${round}`, calls, "served", atOnce);
    const ours = await gapcheck(place, stub);
    row(`${round}. gapcheck run`, ours);
    bySdk.push(ours.cpuSeconds / sdk.cpuSeconds);
    byRaw.push(ours.cpuSeconds / raw.cpuSeconds);
    peaks.push(ours.peakMegabytes);
  }
  say(`CPU of gapcheck / raw fetch loop, median of ${byRaw.length}: ${median(byRaw).toFixed(2)}`);
  results.push(limits.hold(`CPU of gapcheck / SDK loop, ${latency} ms`, median(bySdk), 1, ""));
  results.push(limits.hold(`peak of gapcheck, ${latency} ms`, median(peaks), 250, "MB"));
  return { place, peak: median(peaks) };
}

/** Everything from the ledger: the time until it is known that nothing is missing, and the whole run. */
async function again(place: string, count: number, stub: string): Promise<void> {
  const known = await gapcheck(place, stub, "plan");
  row(`${count}: what is missing`, known);
  const whole = await gapcheck(place, stub);
  row(`${count}: again, all from the ledger`, whole);
  results.push(limits.hold(`${count} settled: to know what is missing`, known.wallSeconds, 2, "s", "told"));
  results.push(limits.hold(`${count} settled: peak of that`, known.peakMegabytes, 250, "MB"));
  if (count === calls) results.push(limits.hold(`${count} settled: the whole run`, whole.wallSeconds, 2, "s", "told"));
}

try {
  for (const [index, latency] of values.latency.split(",").entries()) {
    const stub = await startStub(latency);
    try {
      const { place, peak } = await compare(latency, stub.openaiBase);
      if (index > 0) continue;
      await again(place, calls, stub.openaiBase);
      if (long <= 0) continue;
      const far = makeProject(folder, "long", long, "served", atOnce);
      const longer = await gapcheck(far, stub.openaiBase);
      row(`gapcheck run, ${long} calls`, longer);
      results.push(limits.hold(`peak at ${long} calls / at ${calls}`, longer.peakMegabytes / peak, 1, ""));
      await again(far, long, stub.openaiBase);
    } finally {
      stub.stop();
    }
  }
  if (fakes > 0) {
    const faked = await gapcheck(makeProject(folder, "fakes", fakes, "fake", atOnce));
    row(`${fakes} calls of a function`, faked);
    results.push(limits.hold(`peak at ${fakes} calls of a function`, faked.peakMegabytes, 300, "MB"));
  }
  const starts: number[] = [];
  for (let round = 0; round < 5; round++) {
    starts.push((await runMeasured([COMMAND, "--version"], { folder })).wallSeconds);
  }
  results.push(limits.hold("start (--version, median of 5)", median(starts), 0.15, "s", "told"));
  const missed = limits.missed();
  const verdict = missed.length === 0 ? "every goal met" : `${missed.length} missed: ${missed.join("; ")}`;
  say(`\n${results.join("\n")}\n${results.length} goals, ${verdict}`);
  if (limits.failed()) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
