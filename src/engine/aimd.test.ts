import { describe, expect, it } from "vitest";
import { AimdLimiter } from "./aimd.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

function limiterIn(options = { start: 20, max: 100 }) {
  const world = simulatedWorld();
  const changes: number[] = [];
  const limiter = new AimdLimiter(world, { ...options, onChange: (limit) => changes.push(limit) });
  /** `count` clean successes with so many calls in flight. */
  const succeed = (count: number, inFlight = limiter.limit) => {
    for (let i = 0; i < count; i++) {
      limiter.started(inFlight);
      limiter.succeeded();
    }
  };
  return { world, limiter, changes, succeed };
}

describe("AimdLimiter", () => {
  it("doubles per clean round up to its bound before the first cut", () => {
    const { limiter, changes, succeed } = limiterIn();
    for (let round = 0; round < 5; round++) succeed(limiter.limit);
    expect(changes).toEqual([40, 80, 100]);
  });

  it("cuts by a fifth once per burst, and then grows by a twentieth per round", () => {
    const { world, limiter, changes, succeed } = limiterIn({ start: 100, max: 200 });
    for (let i = 0; i < 30; i++) limiter.refused();
    expect(changes).toEqual([80]);
    world.advance(15_000);
    succeed(80);
    succeed(84);
    expect(changes).toEqual([80, 84, 88]);
  });

  it("ignores successes while it cools down", () => {
    const { world, limiter, succeed } = limiterIn();
    limiter.refused();
    world.advance(14_999);
    succeed(500);
    expect(limiter.limit).toBe(16);
  });

  it("museum 15: 429 every 2 s with Retry-After 89 walks the limit down to 1, then it recovers", () => {
    const { world, limiter, changes, succeed } = limiterIn();
    // The hint goes to the pause gate; the limiter never hears of it.
    for (let t = 0; t < 300_000; t += 2_000) {
      limiter.refused();
      world.advance(2_000);
    }
    expect(changes).toEqual([16, 12, 9, 7, 5, 4, 3, 2, 1]);
    world.advance(15_000);
    for (let round = 0; round < 40; round++) succeed(Math.max(4, limiter.limit));
    expect(limiter.limit).toBeGreaterThan(30);
  });

  it("museum 17: a trickle of successes at a high limit does not grow it", () => {
    const { limiter, succeed } = limiterIn();
    succeed(1_000, 15);
    expect(limiter.limit).toBe(20);
    succeed(20, 16);
    expect(limiter.limit).toBe(40);
  });

  it("neither cuts nor grows for a while when the server is in trouble", () => {
    const { world, limiter, succeed } = limiterIn();
    limiter.troubled();
    succeed(100);
    expect(limiter.limit).toBe(20);
    world.advance(15_000);
    succeed(20);
    expect(limiter.limit).toBe(40);
  });

  it("still cuts while steady trouble holds growth", () => {
    const { world, limiter, changes } = limiterIn();
    for (let t = 0; t < 60_000; t += 1_000) {
      limiter.troubled();
      limiter.refused();
      world.advance(1_000);
    }
    expect(changes).toEqual([16, 12, 9, 7]);
  });

  it("needs a whole clean round: a refusal begins it anew", () => {
    const { world, limiter, succeed } = limiterIn();
    limiter.refused();
    world.advance(15_000);
    succeed(15);
    limiter.troubled();
    world.advance(15_000);
    succeed(15);
    expect(limiter.limit).toBe(16);
    succeed(1);
    expect(limiter.limit).toBe(17);
  });

  it("keeps to 1 or more and to its bound", () => {
    expect(limiterIn({ start: 0, max: 5 }).limiter.limit).toBe(1);
    expect(limiterIn({ start: 50, max: 5 }).limiter.limit).toBe(5);
    const { limiter, succeed } = limiterIn({ start: 1, max: 3 });
    limiter.refused();
    expect(limiter.limit).toBe(1);
    succeed(100);
    expect(limiter.limit).toBe(1);
  });
});
