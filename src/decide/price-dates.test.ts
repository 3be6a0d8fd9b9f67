import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import { createObservations } from "./observations.ts";
import { model, promptOnly, record, STATED, suiteOf } from "./trials.test-data.ts";

const priced = {
  ...model("base"),
  price: { inputPerMillion: 1, outputPerMillion: 2, asOf: "2026-08-01", source: "ours" },
};

function decidedOn(day: string) {
  const suite = suiteOf({
    targets: [promptOnly("plain", priced)],
    stated: { ...STATED, scenario: "cost", economics: { volume: { perMonth: 1000 } } },
  });
  const observations = createObservations(suite);
  for (let index = 0; index < 40; index++) {
    observations.add(record(suite, { target: "plain", index, trial: 1, outcome: "right", split: "test", usd: 0.001 }));
  }
  return decide(observations, { today: new Date(day) });
}

describe("the day of prices", () => {
  it("stands beside the money figures, and is warned of there after 90 days", () => {
    const told = (day: string) => {
      const { questions, warnings, stalePrices } = decidedOn(day);
      const volume = questions?.find(({ key }) => key === "volume")?.facts ?? [];
      return { text: volume.find(({ key }) => key === "prices")?.text ?? "", warnings, stalePrices };
    };
    const fresh = told("2026-10-30");
    expect(fresh.text).toMatch(/^of 2026-08-01 \(ours\), looked up and not measured/);
    expect([fresh.warnings, fresh.stalePrices]).toEqual([[], undefined]);
    const old = told("2026-10-31");
    expect(old.stalePrices).toEqual({ asOf: "2026-08-01", days: 91 });
    for (const text of [old.text, ...old.warnings]) expect(text).toContain("a price of 2026-08-01, 91 days old");
    expect(old.warnings).toHaveLength(1);
  });
});
