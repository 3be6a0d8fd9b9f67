/** What the machine may do to a run: clocks that jump, few open files. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { PLANTED_KEY } from "../../planted-key.ts";
import { repository } from "../../repository.ts";
import { openWorkspace, suiteText, type Workspace } from "../workspace.ts";

const TARGETS = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
let place: Workspace;
afterEach(() => place.close());

describe("the machine", () => {
  it("row 34: a clock that jumps an hour back and forth bends no latency and no wait", async () => {
    place = await openWorkspace({
      cases: 40,
      suite: suiteText({ targets: TARGETS }),
      // A time of day is the provider's to tell: by our clock the wait would be an hour, or over.
      stub: { misbehave: (n) => (n <= 6 ? "retry-after-date" : undefined) },
    });
    place.write(
      "jump.mjs",
      `const real = Date.now; let n = 0; const jump = () => ((n++ * 7_919) % 13 < 6 ? 3_600_000 : -3_600_000);
globalThis.Date = class extends Date { constructor(...given) { if (given.length === 0) super(real() + jump()); else super(...given); }
static now() { return real() + jump(); } };`,
    );
    const { code } = await place.run(["run"], { env: { NODE_OPTIONS: `--import=${join(place.folder, "jump.mjs")}` } });
    expect(code).toBe(0);
    expect(place.stub.count()).toBe(46);
    const lines = place.read(`reports/${place.summary().run.id}/cases.jsonl`).trim().split("\n");
    const latencies = lines.map((line) => Number(JSON.parse(line).completion.latencyMs));
    expect(latencies).toHaveLength(40);
    for (const ms of latencies) expect(ms >= 0 && ms < 60_000).toBe(true);
  });

  it("row 61: with 64 open files fewer calls go at once, one line says so, and each is paid once", async () => {
    place = await openWorkspace({ cases: 100, suite: suiteText({ targets: TARGETS }), stub: { latencyMs: 20 } });
    const command = `ulimit -n 64; exec '${process.execPath}' '${join(repository, "src/start.js")}' run --concurrency 100`;
    const child = spawn("sh", ["-c", command], {
      cwd: place.folder,
      env: {
        PATH: process.env.PATH ?? "",
        STUB_OPENAI: place.stub.openaiBase,
        STUB_KEY: PLANTED_KEY,
        COLUMNS: "80",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.match(/few files be open/g)).toHaveLength(1);
    expect(place.stub.count()).toBe(100);
    expect(place.stub.stats().peakInFlight).toBeLessThan(48);
    expect(place.summary().run.counts).toMatchObject({ answered: 100, failed: 0, retried: 0 });
  });
});
