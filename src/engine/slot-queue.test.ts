import { describe, expect, it } from "vitest";
import { type SlotAsked, SlotQueue } from "./slot-queue.ts";

/** The order in which calls get their slots, each named by its model, kind and number. */
function order(...asked: readonly (readonly [model: string, kind: SlotAsked["kind"]])[]) {
  const queue = new SlotQueue();
  const names = new Map<unknown, string>();
  for (const [index, [model, kind]] of asked.entries()) {
    const start = () => Promise.resolve();
    names.set(start, `${model} ${kind} ${index}`);
    queue.enqueue(start, { model, kind });
  }
  expect(queue.size).toBe(asked.length);
  const served = asked.map(() => names.get(queue.dequeue()));
  expect([queue.size, queue.dequeue()]).toEqual([0, undefined]);
  return served;
}

describe("SlotQueue", () => {
  it("serves the calls of one model in their order", () => {
    expect(order(["a", "fresh"], ["a", "fresh"], ["a", "fresh"])).toEqual(["a fresh 0", "a fresh 1", "a fresh 2"]);
  });

  it("serves models in turn, however many wait for one", () => {
    const served = order(["a", "fresh"], ["a", "fresh"], ["a", "fresh"], ["b", "fresh"], ["b", "fresh"]);
    expect(served).toEqual(["a fresh 0", "b fresh 3", "a fresh 1", "b fresh 4", "a fresh 2"]);
  });

  it("serves those that are sent again and new ones in turn, however many wait to be sent again", () => {
    const served = order(["a", "again"], ["a", "again"], ["a", "again"], ["a", "fresh"], ["a", "fresh"]);
    expect(served).toEqual(["a again 0", "a fresh 3", "a again 1", "a fresh 4", "a again 2"]);
  });

  it("serves judges first", () => {
    expect(order(["a", "again"], ["a", "fresh"], ["j", "judge"])).toEqual(["j judge 2", "a again 0", "a fresh 1"]);
  });
});
