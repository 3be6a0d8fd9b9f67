/** A disk that takes no more in the middle of a run: nothing more is sent, and what was settled stays. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { PLANTED_KEY } from "../../planted-key.ts";
import { repository } from "../../repository.ts";
import { openWorkspace, suiteText, type Workspace } from "../workspace.ts";

const CASES = 200;
const TARGETS = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
let place: Workspace;
afterEach(() => place.close());

it("row 35: a ledger that cannot grow ends the run at once, names the file and what is lost, and loses nothing settled", async () => {
  place = await openWorkspace({ cases: CASES, suite: suiteText({ targets: TARGETS }), stub: { latencyMs: 20 } });
  // No file may grow beyond 400 KiB: what a full disk is to a ledger.
  const command = `ulimit -f 400; exec '${process.execPath}' '${join(repository, "src/start.js")}' run --concurrency 4`;
  const child = spawn("bash", ["-c", command], {
    cwd: place.folder,
    env: { PATH: process.env.PATH ?? "", STUB_OPENAI: place.stub.openaiBase, STUB_KEY: PLANTED_KEY },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  const words = `${stdout}${stderr}`.replace(/\s+/g, " ");
  expect(code).toBe(4);
  expect(words).toContain("ledger.sqlite");
  const sent = place.stub.count();
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(CASES);
  const lost = Number(/(\d+) answers? \(about \$\d+\.\d+\) could not be written and are lost/.exec(words)?.[1] ?? 0);
  expect(lost).toBeLessThanOrEqual(4);
  expect((await place.run(["run"])).code).toBe(0);
  expect(place.summary().run.counts).toMatchObject({ fromLedger: sent - lost });
  expect(place.stub.count()).toBe(CASES + lost);
});
