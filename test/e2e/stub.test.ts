/** `gapcheck stub` as its page tells it: a suite of vendors' models is tried without a key, and what is asked for goes wrong. */
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, it } from "vitest";
import { openWorkspace, suiteText, type Workspace } from "./workspace.ts";

let place: Workspace;
afterEach(() => place.close());

const TARGETS = `[
  promptOnly("one", { model: openai("gpt-5.4-mini"), prompt: { user: "{{input}}" } }),
  promptOnly("other", { model: anthropic("claude-haiku-4-5"), prompt: { user: "{{input}}" } }),
]`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

it("serves both vendors' models, misbehaves as it was told, and says at its end what it saw", async () => {
  place = await openWorkspace({ cases: 5, suite: suiteText({ targets: TARGETS }) });
  const port = await freePort();
  const wrong = ["-m", "500@2", "-m", "redirect@4", "-m", "null-content@model:claude-haiku-4-5"];
  const { process: child, finished, shown } = place.start(["stub", "--port", String(port), ...wrong]);
  await shown("npx gapcheck run --ledger stub.sqlite");
  const env = {
    OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    OPENAI_API_KEY: "stub",
    ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`,
    ANTHROPIC_API_KEY: "stub",
  };
  await place.run(["run", "--ledger", "stub.sqlite", "--concurrency", "1"], { env });
  child.kill("SIGINT");
  const ended = await finished;
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain("\n11 requests, 10 different\n");
  const ends = place.records().map(({ target, completion }) => `${target}: ${completion.code ?? completion.text}`);
  // Which of the two asked first is nobody's to say.
  for (const end of ends) expect(end).toMatch(/^(one: word \d|other: |(one|other): redirect-refused)$/);
  expect(ends.filter((end) => end.endsWith("redirect-refused"))).toHaveLength(1);
  expect(place.summary().run.counts).toMatchObject({ answered: 9, failed: 1, retried: 1 });
  expect(place.stub.count()).toBe(0);
});
