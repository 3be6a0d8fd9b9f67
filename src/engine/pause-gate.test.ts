import { describe, expect, it } from "vitest";
import { PauseGate } from "./pause-gate.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

function gateIn(world = simulatedWorld()) {
  const seen: string[] = [];
  const gate = new PauseGate(world, {
    onClose: () => seen.push(`closed ${world.elapsedMs()}`),
    onOpen: () => seen.push(`open ${world.elapsedMs()}`),
  });
  return { world, gate, seen };
}

describe("PauseGate", () => {
  it("closes for as long as it was told", async () => {
    const { world, gate, seen } = gateIn();
    gate.pause(12_000);
    expect(gate.remainingMs).toBe(12_000);
    await world.play(world.sleep(12_001));
    expect(seen).toEqual(["closed 0", "open 12000"]);
    expect(gate.remainingMs).toBe(0);
    expect(gate.history).toEqual({ times: 1, ms: 12_000 });
  });

  it("takes the longest of several waits and closes once", async () => {
    const { world, gate, seen } = gateIn();
    gate.pause(5_000);
    gate.pause(9_000);
    gate.pause(1_000);
    await world.play(world.sleep(20_000));
    expect(seen).toEqual(["closed 0", "open 9000"]);
  });

  it("closes again after it opened", async () => {
    const { world, gate, seen } = gateIn();
    gate.pause(1_000);
    await world.play(world.sleep(2_000));
    gate.pause(1_000);
    await world.play(world.sleep(2_000));
    expect(seen).toEqual(["closed 0", "open 1000", "closed 2000", "open 3000"]);
  });

  it("opens at once when the run ends, and ignores waits of nothing", async () => {
    const { world, gate, seen } = gateIn();
    gate.pause(0);
    gate.pause(-5);
    expect(seen).toEqual([]);
    gate.pause(60_000);
    gate.open();
    await world.play(world.sleep(1));
    expect(seen).toEqual(["closed 0", "open 0"]);
  });
});
