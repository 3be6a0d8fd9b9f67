/** Ways on which no answer comes, through the real command: what is seen, and what is paid. */
import { once } from "node:events";
import { createServer as createSecureServer } from "node:https";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { openWorkspace, suiteText, type Workspace } from "../workspace.ts";
import { SELF_SIGNED } from "./self-signed.ts";

const places: Workspace[] = [];
afterEach(async () => {
  await Promise.all(places.splice(0).map((place) => place.close()));
});

/** One prompt on four cases; `timeouts` in milliseconds. */
async function open(timeouts: string, stub: Parameters<typeof openWorkspace>[0]["stub"] = {}): Promise<Workspace> {
  const model = `openai("stub-base", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price, maxTokens: 16, timeouts: { ${timeouts} } })`;
  const targets = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
  const place = await openWorkspace({ cases: 4, suite: suiteText({ targets, model }), stub });
  places.push(place);
  return place;
}

const asked = ({ stub }: Workspace, number: number) =>
  stub.requests.filter(({ messages }) => messages.at(-1)?.content === `Say word ${number}`).length;

describe("the network", () => {
  it("rows 12, 13, 33: no such name, a connection that never becomes one, no TLS, a certificate of nobody's, a proxy's login: one clear line, nothing paid, exit 4", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const portOf = (server: Pick<typeof silent, "address">) => {
      const address = server.address();
      return typeof address === "object" ? address?.port : 0;
    };
    let reached = 0;
    const stranger = createSecureServer(SELF_SIGNED, () => reached++).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    const plain = await open("connectMs: 300");
    const proxy = await open("connectMs: 300", { misbehave: "proxy-login" });
    const runs = await Promise.all([
      plain.run(["run"], { env: { STUB_OPENAI: "https://host.invalid/v1" } }),
      (await open("connectMs: 300")).run(["run"], { env: { STUB_OPENAI: `https://127.0.0.1:${portOf(silent)}/v1` } }),
      (await open("connectMs: 300")).run(["run"], {
        env: { STUB_OPENAI: plain.stub.openaiBase.replace("http:", "https:") },
      }),
      proxy.run(["run"]),
      (await open("connectMs: 3000")).run(["run"], {
        env: { STUB_OPENAI: `https://127.0.0.1:${portOf(stranger)}/v1` },
      }),
    ]);
    silent.close();
    stranger.close();
    const words = runs.map(({ stdout }) => stdout.replace(/\s+/g, " "));
    expect(runs.map(({ code }) => code)).toEqual([4, 4, 4, 4, 4]);
    expect(words[0]).toMatch(/cannot reach host\.invalid \((ENOTFOUND|EAI_AGAIN)\)/);
    expect(words[1]).toMatch(/cannot reach 127\.0\.0\.1:\d+ \(no connection in 0\.3 s\)/);
    expect(words[2]).toMatch(/no trusted connection to 127\.0\.0\.1:\d+/);
    expect(words[3]).toMatch(/a proxy on the way to 127\.0\.0\.1:\d+ wants a login \(407\)/);
    expect(words[4]).toMatch(
      /no trusted connection to 127\.0\.0\.1:\d+ \(DEPTH_ZERO_SELF_SIGNED_CERT\): check its certificate, or name your own authority in NODE_EXTRA_CA_CERTS/,
    );
    expect(reached).toBe(0);
    for (const text of words) expect(text).not.toContain("NODE_TLS_REJECT_UNAUTHORIZED");
    for (const place of places) {
      expect(place.summary().run.spend).toMatchObject({ settledUsd: 0, unknownAtMostUsd: 0 });
      expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ failed: 0, missing: 4 });
    }
    expect(plain.stub.count()).toBe(0);
  });

  it("rows 15, 16, 17: silence before the headers, in the body, and one byte at a time: twice at most, and maybe paid", async () => {
    const faults = ["hang", "hang-in-body", "drip"] as const;
    const place = await open("totalMs: 700, idleMs: 300", {
      misbehave: (_, { messages }) => faults[Number(/\d+/.exec(messages.at(-1)?.content ?? "")?.[0]) - 1],
    });
    const { code, stdout } = await place.run(["run"]);
    expect(code).toBe(4);
    const told = place.records().map(({ completion }) => completion);
    expect(told.map(({ code: word }) => word)).toEqual(["timeout", "timeout", "timeout", undefined]);
    expect(told[0]?.message).toContain("no whole answer from");
    expect(told[1]?.message).toContain("no byte for 0.3 s");
    expect(told[2]?.message).toContain("in 0.7 s");
    expect([1, 2, 3, 4].map((number) => asked(place, number))).toEqual([2, 2, 2, 1]);
    expect(stdout).toMatch(/^Cost +.* to \$/m);
    expect(place.summary().run.spend.unknownAtMostUsd).toBeGreaterThan(0);
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ passed: 1, failed: 0, missing: 3 });
  });
});
