import { expect, it } from "vitest";
import { ConfigError, ConfigErrors } from "../errors.ts";
import { mistakesOf, severalMistakes, untoldOf } from "./several-mistakes.ts";

const mistakes = (count: number) =>
  Array.from({ length: count }, (_, at) => new ConfigError("bad", `mistake ${at}`, { fix: "Mend it." }));

it("counts what it leaves out, and what was left out before", () => {
  expect(severalMistakes(mistakes(20), [0, 0])).toMatchObject({ errors: { length: 20 }, untold: 0 });
  expect(severalMistakes(mistakes(23), [0, 30])).toMatchObject({ errors: { length: 20 }, untold: 33 });
  expect(severalMistakes(mistakes(23), [30, "unknown"])).toMatchObject({ errors: { length: 20 }, untold: "unknown" });
  expect(severalMistakes(mistakes(2), [])).toMatchObject({ errors: { length: 2 }, untold: 0 });
});

it("looks into what was thrown", () => {
  const [one, two] = mistakes(2);
  if (one === undefined || two === undefined) throw new Error("two were made");
  expect([mistakesOf(one), untoldOf(one)]).toEqual([[one], 0]);
  const both = new ConfigErrors([one, two], 7);
  expect([mistakesOf(both), untoldOf(both)]).toEqual([[one, two], 7]);
  expect(() => mistakesOf(new Error("ours"))).toThrow("ours");
});
