import { describe, expect, it } from "vitest";
import { answer, failure } from "./fakes.test-data.ts";
import { Flights } from "./flights.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";

const never = () => new Promise<never>(() => {});

describe("Flights", () => {
  it("counts what is under way and gives its result", async () => {
    const world = simulatedWorld();
    const flights = new Flights(world);
    const flight = flights.launch(1_000, async () => {
      await world.sleep(10);
      return answer("ok");
    });
    expect(flights.count).toBe(1);
    expect(await world.play(flight)).toEqual(answer("ok"));
    expect(flights.count).toBe(0);
  });

  it("ends what is past its deadline, tells it so, and hears no late answer", async () => {
    const world = simulatedWorld();
    const flights = new Flights(world);
    let told: AbortSignal | undefined;
    let late: (text: string) => void = () => {};
    const flight = flights.launch(1_000, (signal) => {
      told = signal;
      return new Promise((resolve) => {
        late = (text) => resolve(answer(text));
      });
    });
    expect(await world.play(flight)).toMatchObject({ code: "timeout", retry: "maybe-paid" });
    expect(world.elapsedMs()).toBe(6_000);
    expect(told?.aborted).toBe(true);
    late("too late");
    expect(flights.count).toBe(0);
  });

  it("watches no longer than there is something to watch, and leaves no timer when it is closed", async () => {
    const world = simulatedWorld();
    const flights = new Flights(world);
    const idle = () => world.play(new Promise((resolve) => setTimeout(resolve, 20)));
    await flights.launch(1_000, async () => answer("ok"));
    await idle();
    expect(world.elapsedMs()).toBe(1_000);
    await idle();
    expect(world.elapsedMs()).toBe(1_000);
    await flights.launch(1_000, async () => answer("ok"));
    flights.close();
    await idle();
    expect(world.elapsedMs()).toBe(1_000);
    // And it can be used again.
    expect(await world.play(flights.launch(1_000, never))).toMatchObject({ code: "timeout" });
  });

  it("ends all when the run does", async () => {
    const flights = new Flights(simulatedWorld());
    const all = [flights.launch(1, never), flights.launch(1, never)];
    flights.abortAll("stopped");
    expect(await Promise.all(all)).toMatchObject(
      Array(2).fill({ code: "aborted", retry: "maybe-paid", message: "stopped" }),
    );
  });

  it("makes failures of what is thrown, also before the first await", async () => {
    const flights = new Flights(simulatedWorld());
    const threw = await flights.launch(1, () => {
      throw new TypeError("early");
    });
    expect(threw).toMatchObject({ kind: "failure", code: "threw", retry: "final", message: "the model threw: early" });
    expect(await flights.launch(1, () => Promise.reject("late"))).toMatchObject({ message: "the model threw: late" });
    expect(await flights.launch(1, async () => failure("overloaded"))).toEqual(failure("overloaded"));
  });
});
