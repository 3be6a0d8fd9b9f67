import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrialRecord } from "../suite/trial.ts";
import { fakeCases, fakeModel, fakePlan } from "./fakes.test-data.ts";
import { type Candidate, type Look, lookedBefore, numberLooks, plannedCandidates, watchCandidates } from "./looks.ts";

const ROLES = { plain: "prompt-only", steps: "prompt-only", other: "prompt-only", tuned: "fine-tuned" } as const;
type Name = keyof typeof ROLES;

/** What watching these targets on cases `from` to `to` tells; a target's calls differ by its version. */
function watched(
  names: readonly Name[],
  { from = 0, to = 200, version = 1, answered = 1_000, order = (list: number[]) => list } = {},
): readonly Candidate[] {
  const targets = names.map((name) => ({ name, role: ROLES[name], model: fakeModel() }));
  const watch = watchCandidates(targets);
  for (const at of order(Array.from({ length: to - from }, (_, index) => from + index))) {
    for (const target of names) {
      const completion = at - from < answered ? { kind: "answer", text: "yes" } : { kind: "not-called", why: "" };
      const told = {
        split: "test",
        trial: 1,
        target,
        fingerprint: `case ${at}`,
        callKey: `${target}.${version}.${at}`,
      };
      watch.add({ ...told, completion } as unknown as TrialRecord);
    }
  }
  return watch.candidates();
}

/** Runs one after the other: the numbers of each, and what was kept. */
function inTurn(runs: readonly (readonly Candidate[])[], suite = "s") {
  const kept: Look[] = [];
  const numbers = runs.map((candidates) => {
    const told = numberLooks(suite, candidates, kept);
    if (told.fresh !== undefined) kept.push(told.fresh);
    return Object.fromEntries(told.numbers);
  });
  return { numbers, kept };
}

describe("looks at test cases", () => {
  it("are one for candidates that come together, and none more for the same ones again", () => {
    const { numbers, kept } = inTurn([watched(["plain", "steps"]), watched(["plain", "steps"]), watched(["steps"])]);
    expect(numbers).toEqual([{ plain: 1, steps: 1 }, { plain: 1, steps: 1 }, { steps: 1 }]);
    expect(kept).toHaveLength(1);
  });

  it("count each new candidate's coming, an edited prompt too, and keep the number of the old ones", () => {
    const { numbers } = inTurn([
      watched(["plain"]),
      watched(["plain", "steps"]),
      watched(["plain"], { version: 2 }),
      watched(["plain", "steps"]),
    ]);
    expect(numbers).toEqual([{ plain: 1 }, { plain: 1, steps: 2 }, { plain: 3 }, { plain: 1, steps: 2 }]);
  });

  it("count tuned models apart from prompts", () => {
    const { numbers } = inTurn([watched(["plain"]), watched(["steps"]), watched(["plain", "tuned"])]);
    expect(numbers.at(-1)).toEqual({ plain: 1, tuned: 1 });
  });

  it("know a test set again that got a few cases more, and not one of fresh cases", () => {
    const { numbers } = inTurn([
      watched(["plain"]),
      watched(["plain", "steps"], { to: 220 }),
      watched(["other"], { from: 500, to: 700 }),
    ]);
    expect(numbers).toEqual([{ plain: 1 }, { plain: 1, steps: 2 }, { other: 1 }]);
  });

  it("are one where two runs at once kept it twice", () => {
    const [look] = inTurn([watched(["plain"])]).kept;
    if (look === undefined) throw new Error("nothing was kept");
    expect(numberLooks("s", watched(["steps"]), [look, look]).numbers.get("steps")).toBe(2);
  });

  it("that cannot be read count as one each, before all others, at every suite", () => {
    const { kept } = inTurn([watched(["plain"])]);
    const numbers = (names: Parameters<typeof watched>[0]) =>
      Object.fromEntries(numberLooks("s", watched(names), kept, 2).numbers);
    expect(numbers(["plain"])).toEqual({ plain: 3 });
    expect(numbers(["steps"])).toEqual({ steps: 4 });
    expect(Object.fromEntries(numberLooks("another", watched(["steps"]), [], 2).numbers)).toEqual({ steps: 3 });
  });

  it("are of one suite, and take answers to speak of", () => {
    const kept = inTurn([watched(["plain"])]).kept;
    expect(Object.fromEntries(numberLooks("another", watched(["steps"]), kept).numbers)).toEqual({ steps: 1 });
    expect(watched(["plain"], { answered: 29 })).toEqual([]);
    expect(watched(["plain"], { answered: 30 })).toHaveLength(1);
  });

  it("do not depend on the order of the records", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(200).keys()], { minLength: 200 }), (shuffled) => {
        expect(watched(["plain"], { order: () => shuffled })).toEqual(watched(["plain"]));
      }),
      { numRuns: 10 },
    );
  });

  it("tell recordings apart by what they say, unless they stand for the model that said it", () => {
    const said = (text: string, provider = "recorded") => {
      const model = fakeModel({ answers: "stored", identity: { provider } });
      const watch = watchCandidates([{ name: "plain", role: "prompt-only", model }]);
      for (let at = 0; at < 40; at++) {
        const told = { split: "test", trial: 1, target: "plain", fingerprint: `case ${at}`, callKey: `${at}` };
        watch.add({ ...told, completion: { kind: "answer", text } } as unknown as TrialRecord);
      }
      return watch.candidates();
    };
    expect(inTurn([said("a"), said("b"), said("a")]).numbers).toEqual([{ plain: 1 }, { plain: 2 }, { plain: 1 }]);
    expect(inTurn([said("a", "openai"), said("b", "openai")]).numbers).toEqual([{ plain: 1 }, { plain: 1 }]);
  });

  it("are told of candidates whose answers are still to come, and whether the first came before all were in", async () => {
    const planOf = (count: number, id = "one") =>
      fakePlan({
        cases: fakeCases(count, (index) => (index % 10 === 0 ? { split: "dev" } : {})),
        models: [fakeModel({ id }), fakeModel({ id: "kept", answers: "stored" })],
      });
    const [candidate, ...others] = await plannedCandidates(planOf(300));
    if (candidate === undefined) throw new Error("no candidate");
    expect(others).toEqual([]);
    expect(candidate).toMatchObject({ name: "target 0", role: "prompt-only" });
    expect(Object.keys(candidate.calls)).toHaveLength(64);
    const early: Look = { suite: "s", candidates: [candidate], early: true };
    const { early: _, ...late } = early;
    const grown = await plannedCandidates(planOf(320));
    expect(lookedBefore("s", grown, [early])).toEqual({ early: ["target 0"], late: [] });
    expect(lookedBefore("s", grown, [late, early])).toEqual({ early: [], late: ["target 0"] });
    expect(lookedBefore("other", grown, [early])).toEqual({ early: [], late: [] });
    expect(lookedBefore("s", await plannedCandidates(planOf(300, "two")), [early])).toEqual({ early: [], late: [] });
  });
});
