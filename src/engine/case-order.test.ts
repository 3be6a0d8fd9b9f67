import { describe, expect, it } from "vitest";
import type { Case } from "../suite/case.ts";
import { caseOrder } from "./case-order.ts";
import { fakeCases, fakePlan } from "./fakes.test-data.ts";

const of = (over: (index: number) => Partial<Case> = () => ({}), count = 40, limit?: number) => {
  const plan = fakePlan({ cases: fakeCases(count, over), ...(limit === undefined ? {} : { limit }) });
  return { ...plan, suite: { ...plan.suite, requirement: { regression: { tag: "held" } } } };
};

describe("the order of cases", () => {
  it("puts first what every look takes, then the test cases in an order of their own that other cases do not change", async () => {
    const mixed = (index: number): Partial<Case> =>
      index % 4 === 0 ? { split: "dev" } : index % 4 === 1 ? { tags: ["held"] } : {};
    const { always, test, unfit } = await caseOrder(of(mixed));
    expect(always).toEqual(Array.from({ length: 20 }, (_, at) => `c${Math.floor(at / 2) * 4 + (at % 2)}`));
    expect(test).toHaveLength(20);
    expect(test).not.toEqual(test.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
    expect(unfit).toBeUndefined();
    const fewer = await caseOrder(of(mixed, 30));
    expect(test.filter((id) => fewer.test.includes(id))).toEqual(fewer.test);
  });

  it("takes the cases of the plan alone", async () => {
    const { test } = await caseOrder(of(undefined, 40, 5));
    expect(test.toSorted()).toEqual(["c0", "c1", "c2", "c3", "c4"]);
  });

  it("tells weights and clusters of test cases, and no others", async () => {
    expect((await caseOrder(of((index) => ({ weight: 1 + (index % 2) })))).unfit).toBe("weights");
    expect((await caseOrder(of((index) => ({ cluster: `c${index % 9}` })))).unfit).toBe("clusters");
    const inDev = (index: number): Partial<Case> => (index < 9 ? { split: "dev", cluster: "one", weight: 3 } : {});
    expect((await caseOrder(of(inDev))).unfit).toBeUndefined();
  });
});
