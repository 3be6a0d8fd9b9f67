import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { realWorld } from "./world.ts";

describe("a sleep", () => {
  const { sleep } = realWorld();

  it("ends in time, and leaves nothing behind", async () => {
    const { signal } = new AbortController();
    await sleep(1, signal);
    await sleep(1);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("is given up with the signal's own reason, before it begins or in the middle", async () => {
    const reason = new Error("over");
    await expect(sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const stopping = new AbortController();
    const slept = sleep(60_000, stopping.signal);
    stopping.abort(reason);
    await expect(slept).rejects.toBe(reason);
    expect(getEventListeners(stopping.signal, "abort")).toEqual([]);
  });

  it("of more than the system's longest timer, 24 days, does not end at once, without a warning", async () => {
    const warned: string[] = [];
    const onWarning = ({ name }: Error) => warned.push(name);
    process.on("warning", onWarning);
    const stopping = new AbortController();
    for (const ms of [2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY]) {
      const slept = sleep(ms, stopping.signal).then(
        () => "slept",
        () => "given up",
      );
      expect(await Promise.race([slept, sleep(10).then(() => "sleeps")])).toBe("sleeps");
    }
    stopping.abort();
    process.off("warning", onWarning);
    expect(warned).toEqual([]);
  });
});
