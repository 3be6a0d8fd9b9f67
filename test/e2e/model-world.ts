/** What a test of a model needs: a world, and a request with its defaults. */
import type { ModelRequest } from "../../src/suite/model.ts";
import type { World } from "../../src/suite/world.ts";

export const TEST_KEY = "stub-key-4711-abcdefgh-wxyz";

export function testWorld(env: World["env"] = {}): World {
  return {
    now: () => new Date("2026-11-24T12:00:00Z"),
    monotonicMs: () => performance.now(),
    random: () => 0.5,
    sleep: async () => undefined,
    env,
    cwd: "/",
  };
}

export function testRequest(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    messages: [
      { role: "system", content: "Answer in one word." },
      { role: "user", content: "Which colour is the sky?" },
    ],
    parameters: {},
    caseId: "sky",
    trial: 1,
    asker: "plain",
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    ...changes,
  };
}
