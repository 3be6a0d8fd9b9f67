import { describe, expect, it } from "vitest";
import { fakeCases, fakeModel, fakePlan } from "./fakes.test-data.ts";
import { ProgressMeter, RateWindow } from "./progress.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

describe("RateWindow", () => {
  it("is the rate of the last ten seconds", () => {
    const window = new RateWindow(0);
    for (let ms = 0; ms < 60_000; ms += 100) window.add(ms);
    expect(window.perSecond(60_000)).toBeCloseTo(10, 0);
    for (let ms = 60_000; ms < 80_000; ms += 10) window.add(ms);
    expect(window.perSecond(80_000)).toBeCloseTo(100, -1);
  });

  it("falls to nothing when nothing happens, also after a long silence", () => {
    const window = new RateWindow(0);
    window.add(500, 100);
    expect(window.perSecond(1_000)).toBe(100);
    expect(window.perSecond(5_000)).toBe(20);
    expect(window.perSecond(10_500)).toBe(0);
    window.add(1e9, 7);
    expect(window.perSecond(1e9)).toBeLessThan(1);
  });

  it("does not promise much after an instant", () => {
    const window = new RateWindow(0);
    window.add(1, 5);
    expect(window.perSecond(1)).toBe(5);
    expect(new RateWindow(0).perSecond(0)).toBe(0);
  });
});

describe("ProgressMeter", () => {
  const reading = { sent: 0, spentUsd: 0.5, inFlight: 3, pauses: [] };

  it("counts tasks by suite, and tells the time left at the rate of what took work", () => {
    const world = simulatedWorld();
    const a = fakePlan({ name: "a", cases: fakeCases(100) });
    const b = fakePlan({ name: "b", cases: fakeCases(10), models: [fakeModel(), fakeModel()], trials: 2 });
    const meter = new ProgressMeter([a, b], world);
    expect(meter.snapshot(reading)).not.toHaveProperty("secondsLeft");
    for (let n = 0; n < 40; n++) meter.done(a);
    expect(meter.snapshot(reading)).not.toHaveProperty("secondsLeft");
    for (let n = 0; n < 20; n++) {
      meter.begun(a);
      world.advance(200);
      meter.finished(a);
    }
    meter.begun(b);
    const snapshot = meter.snapshot({ ...reading, sent: 20 });
    expect(snapshot.suites).toEqual([
      { suite: "a", done: 60, total: 100, waiting: 0 },
      { suite: "b", done: 0, total: 40, waiting: 1 },
    ]);
    expect(snapshot.sentPerSecond).toBeCloseTo(5, 6);
    expect(snapshot.secondsLeft).toBeCloseTo(80 / 5, 6);
    expect(snapshot).toMatchObject({ spentUsd: 0.5, inFlight: 3, waiting: [] });
  });

  it("has nothing left when all is done", () => {
    const world = simulatedWorld();
    const plan = fakePlan({ cases: fakeCases(2) });
    const meter = new ProgressMeter([plan], world);
    meter.done(plan);
    meter.done(plan);
    expect(meter.snapshot(reading).secondsLeft).toBe(0);
  });

  it("names who waits, rounded up", () => {
    const meter = new ProgressMeter([], simulatedWorld());
    const pauses = [
      { account: "openai", ms: 11_001 },
      { account: "local", ms: 0 },
    ];
    expect(meter.snapshot({ ...reading, pauses }).waiting).toEqual(["openai: waiting 12 s (provider asked)"]);
  });
});
