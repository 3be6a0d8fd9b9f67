import { expect, it } from "vitest";
import { fakeModel, fakePlan } from "../engine/fakes.test-data.ts";
import type { Model, Price } from "../suite/model.ts";
import type { Requirement } from "../suite/requirement.ts";
import { sayUnpriced } from "./unpriced.ts";

it("names the models without a price where a cost is required, and nothing else", () => {
  const price: Price = { inputPerMillion: 1, outputPerMillion: 2, asOf: "2026-11-01", source: "list" };
  const bare = ({ price: _, ...model }: Model): Model => model;
  const said = (requirement: Requirement, models: readonly Model[]): string => {
    const plan = fakePlan({ name: "s", models });
    const suite = { ...plan.suite, file: "/repo/evals/s.eval.ts", requirement };
    let text = "";
    sayUnpriced({ suites: [{ ...plan, suite }], leftOut: [] }, "/repo", { write: (more) => (text += more) });
    return text;
  };
  const unpriced = bare(fakeModel({ id: "own-8b" }));
  const cost = { usdPer1kAtMost: 1 };
  const told = said({ cost }, [{ ...fakeModel({ id: "known" }), price }, unpriced]);
  expect(told).toMatch(
    /^warning: evals\/s\.eval\.ts: nobody knows what "[^"]+" \(own-8b\) costs, .* UNDECIDED\n {2}fix: Give/,
  );
  expect(told).not.toContain("known)");
  expect(said({ cost: { usdPerSuccessAtMost: 1 } }, [unpriced])).toContain("own-8b");
  expect(said({ cost }, [{ ...unpriced, price }])).toBe("");
  expect(said({ cost }, [{ ...unpriced, answers: "stored" }])).toBe("");
  expect(said({ quality: { atLeast: 0.9 } }, [unpriced])).toBe("");
});
