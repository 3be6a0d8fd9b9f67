/**
 * What a call costs beside the loop that people write themselves: gapcheck and the official SDK in a p-queue, the same stub, the same
 * number of calls at once, in turn, in one run. Then the same calls from the ledger, and memory at ten times the calls.
 *
 *     npm run bench -- [--calls 20000] [--latency 20] [--at-once 100] [--rounds 2] [--long 200000]
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Finished, runMeasured, type Usage } from "./measured-process.ts";

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "20000" },
    latency: { type: "string", default: "20" },
    "at-once": { type: "string", default: "100" },
    rounds: { type: "string", default: "2" },
    /** 0 leaves the long run out. */
    long: { type: "string", default: "200000" },
  },
});
const calls = Number(values.calls);
const atOnce = Number(values["at-once"]);
const long = Number(values.long);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const say = (text: string) => process.stdout.write(`${text}\n`);

async function startStub() {
  const child = spawn(process.execPath, [here("../test/stub/main.ts"), "--latency", values.latency, "--with-parent"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await createInterface({ input: child.stdout })
    [Symbol.asyncIterator]()
    .next()
    .then(({ value }) => [value]);
  const { openaiBase }: { openaiBase: string } = JSON.parse(String(line));
  return { openaiBase, stop: () => child.kill("SIGTERM") };
}

/** A user's project with as many calls as asked for: half of them by each of two targets. */
function project(folder: string, count: number): string {
  const place = join(folder, `project-${count}`);
  for (const name of ["evals", "datasets"]) mkdirSync(join(place, name), { recursive: true });
  const cases = Array.from({ length: count / 2 }, (_, n) =>
    JSON.stringify({ id: `c${n}`, input: `Question ${n}: which word comes after ${n}?`, expected: "ok" }),
  );
  writeFileSync(join(place, "datasets/bench.jsonl"), `${cases.join("\n")}\n`);
  writeFileSync(
    join(place, "evals/bench.eval.ts"),
    `import { defineSuite, exactMatch, jsonl, openai, promptOnly } from "gapcheck";
const model = (id: string) => openai(id, { baseUrl: process.env.STUB, maxTokens: 64, concurrency: ${atOnce} });
const prompt = { system: "Answer with the word that is asked for, and nothing else.", user: "{{input}}" };
export default defineSuite({
  name: "bench", scenario: "cost", cases: jsonl("../datasets/bench.jsonl"), graders: [exactMatch()],
  targets: [promptOnly("a", { model: model("bench-a"), prompt }), promptOnly("b", { model: model("bench-b"), prompt })],
  requirement: { quality: { atLeast: 0.5 } },
});
`,
  );
  return place;
}

const row = (name: string, { wallSeconds, cpuSeconds, peakMegabytes }: Usage) =>
  say(
    `${name.padEnd(34)} ${wallSeconds.toFixed(1).padStart(7)} s ${cpuSeconds.toFixed(1).padStart(7)} CPU-s ${peakMegabytes.toFixed(0).padStart(6)} MB`,
  );

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), "gapcheck-bench-"));
const stub = await startStub();
try {
  const gapcheck = (place: string): Promise<Finished> =>
    runMeasured([here("../src/cli.ts"), "run", "--json", "--concurrency", String(atOnce)], {
      folder,
      cwd: place,
      env: { STUB: stub.openaiBase },
      accepts: [0, 1, 3],
    });
  say(`${calls} calls, ${atOnce} at once, the stub answers after ${values.latency} ms`);
  const ratios: number[] = [];
  let place = "";
  for (let round = 1; round <= Number(values.rounds); round++) {
    rmSync(join(folder, `project-${calls}`), { recursive: true, force: true });
    place = project(folder, calls);
    const peer = await runMeasured([here("sdk-loop.ts"), stub.openaiBase, String(calls), String(atOnce)], { folder });
    row(`${round}. SDK + p-queue loop`, peer);
    const ours = await gapcheck(place);
    row(`${round}. gapcheck run`, ours);
    ratios.push(ours.cpuSeconds / peer.cpuSeconds);
  }
  say(`CPU of gapcheck / SDK loop, median of ${ratios.length}: ${median(ratios).toFixed(2)}`);
  row("again, all from the ledger", await gapcheck(place));
  if (long > 0) {
    row(`gapcheck run, ${long} calls`, await gapcheck(project(folder, long)));
    row("again, all from the ledger", await gapcheck(join(folder, `project-${long}`)));
  }
} finally {
  stub.stop();
  rmSync(folder, { recursive: true, force: true });
}
