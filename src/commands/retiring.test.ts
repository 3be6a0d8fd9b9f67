import { expect, it } from "vitest";
import { fakeModel, fakePlan } from "../engine/fakes.test-data.ts";
import { sayRetiring } from "./retiring.ts";

it("names the command for a tuned model that ends within 30 days, and for no other", () => {
  const today = new Date("2026-11-29T12:00:00Z");
  const said = (retiresOn: string | undefined, model = fakeModel()): string => {
    const plan = fakePlan({ name: "my words", models: [model] });
    const targets = plan.targets.map((one) => ({
      ...one,
      target: {
        ...one.target,
        name: "tuned",
        role: "fine-tuned" as const,
        tuning: { tunedFrom: model, ...(retiresOn === undefined ? {} : { retiresOn }) },
      },
    }));
    let text = "";
    sayRetiring({ suites: [{ ...plan, targets }], leftOut: [] }, today, { write: (more) => (text += more) });
    return text;
  };
  expect(said("2026-12-15")).toBe(
    `note: "tuned" ends on 2026-12-15: keep its answers with gapcheck record --suite 'my words' --target tuned\n`,
  );
  expect(said("2026-11-01")).toContain("gapcheck record");
  expect(said("2027-06-30")).toBe("");
  expect(said(undefined)).toBe("");
  expect(said("2026-12-15", fakeModel({ answers: "stored" }))).toBe("");
});
