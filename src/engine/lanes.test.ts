import { describe, expect, it } from "vitest";
import { type Lane, Lanes } from "./lanes.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

const never = new AbortController().signal;

/** Lanes whose tasks end when they are told to. */
function lanesOf(limit: () => number) {
  const world = simulatedWorld();
  const lanes = new Lanes(limit, world);
  const tasks: { readonly lane: Lane; readonly end: () => void }[] = [];
  const begin = () => void lanes.run((lane) => new Promise<void>((end) => tasks.push({ lane, end })));
  /** Begins as many as there is room for by now. */
  const fill = async () => {
    const before = tasks.length;
    for (;;) {
      const room = await Promise.race([
        lanes.room(never).then(() => true),
        new Promise<false>((resolve) => setImmediate(() => resolve(false))),
      ]);
      if (!room) return tasks.length - before;
      begin();
    }
  };
  return { world, lanes, tasks, fill };
}

describe("Lanes", () => {
  it("has room for as many as its limit, and for one more when one is done or the limit grows", async () => {
    let limit = 3;
    const { lanes, tasks, fill } = lanesOf(() => limit);
    expect(await fill()).toBe(3);
    limit = 4;
    lanes.tell();
    expect(await fill()).toBe(1);
    tasks[0]?.end();
    expect(await fill()).toBe(1);
  });

  it("gives the lane of a task that steps aside to another, once", async () => {
    const { lanes, tasks, fill } = lanesOf(() => 3);
    await fill();
    tasks[0]?.lane.stepAside();
    tasks[0]?.lane.stepAside();
    expect(await fill()).toBe(1);
    tasks[0]?.end();
    expect(await fill()).toBe(0);
    for (const { end } of tasks) end();
    await lanes.idle();
    expect(await fill()).toBe(3);
  });

  it("begins one a second when as many are aside as there are lanes, and more as they come through", async () => {
    const { world, tasks, fill } = lanesOf(() => 2);
    await fill();
    for (const { lane } of [...tasks]) lane.stepAside();
    expect(await fill()).toBe(0);
    world.advance(999);
    expect(await fill()).toBe(0);
    world.advance(1);
    expect(await fill()).toBe(1);
    tasks.at(-1)?.lane.stepAside();
    expect(await fill()).toBe(0);
    world.advance(1_000);
    expect(await fill()).toBe(1);
    tasks.at(-1)?.end();
    expect(await fill()).toBe(2);
  });

  it("lets a thousand stand aside, and tells when it is crowded and how patient to be", async () => {
    const { world, tasks, fill } = lanesOf(() => 100);
    await fill();
    expect(tasks[0]?.lane).toMatchObject({ patience: 1, crowded: false });
    for (let aside = 0; aside < 1_000; aside++) {
      tasks[aside]?.lane.stepAside();
      world.advance(1_000);
      await fill();
    }
    expect(tasks[0]?.lane).toMatchObject({ patience: 4, crowded: true });
    world.advance(10_000);
    expect(await fill()).toBe(0);
    tasks[0]?.end();
    expect(await fill()).toBeGreaterThan(0);
    expect(tasks[0]?.lane.crowded).toBe(false);
  });

  it("waits for nothing when the run stops", async () => {
    const { lanes, fill } = lanesOf(() => 1);
    await fill();
    await lanes.room(AbortSignal.abort());
  });
});
