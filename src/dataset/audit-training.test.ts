import { describe, expect, it } from "vitest";
import type { Case, LoadedCase } from "../suite/case.ts";
import { auditTraining } from "./audit-training.ts";

async function* loaded(cases: readonly Case[]): AsyncGenerator<LoadedCase> {
  for (const [index, one] of cases.entries()) {
    yield {
      ...one,
      index,
      cluster: one.cluster ?? one.id,
      weight: 1,
      split: one.split ?? "test",
      fingerprint: `${index}`,
    };
  }
}

const example = (index: number, text: string, expected = "x"): Case => ({
  id: `t${index}`,
  input: { message: text },
  expected,
});
const distinct = Array.from({ length: 100 }, (_, index) =>
  example(index, `message number ${index} about thing ${index * 7} in detail`),
);
const elsewhere: Case[] = [
  { id: "c1", input: { message: "nothing of the kind was ever asked before" }, expected: "x" },
];

describe("training examples", () => {
  it("that are all different and no case's are clean", async () => {
    expect(await auditTraining(distinct, ".", loaded(elsewhere))).toEqual({
      examples: 100,
      clean: 100,
      leakedTestCases: [],
      errors: [],
      warnings: [],
    });
  });

  it("that test cases hold are counted by the cases, apart from those of dev", async () => {
    const same = (id: string, split: "dev" | "test"): Case => ({
      id,
      split,
      input: { message: "message number 7 about thing 49 in detail" },
      expected: "y",
    });
    const told = await auditTraining(
      distinct,
      ".",
      loaded([same("c1", "test"), same("c2", "test"), same("c3", "dev")]),
    );
    expect(told).toMatchObject({ clean: 99, leakedTestCases: ["c1", "c2"] });
  });

  it("that cases of what tuning must not break hold are counted in either split", async () => {
    const input = { message: "message number 7 about thing 49 in detail" };
    const held: Case = { id: "c1", split: "dev", tags: ["rules"], input, expected: "y" };
    const told = (tag?: string) => auditTraining(distinct, ".", loaded([held]), tag);
    expect(await told("rules")).toMatchObject({ leakedTestCases: ["c1"] });
    expect(await told("others")).toMatchObject({ leakedTestCases: [] });
    expect(await told()).toMatchObject({ leakedTestCases: [] });
  });

  it("that a case holds too are told, whatever letter case, spaces and width", async () => {
    const leak: Case[] = [
      { id: "c7", input: { message: "MESSAGE  number ７ about thing 49 in detail" }, expected: "y" },
    ];
    const { clean, errors } = await auditTraining(distinct, ".", loaded(leak));
    expect(clean).toBe(99);
    expect(errors[0]).toMatch(/^1 of them stands among the cases too.*"t7", case "c7"\)$/);
  });

  it("that a case holds too are told where the case has one field more", async () => {
    const message = "message number 7 about thing 49 in detail";
    const leak: Case[] = ["dev", "test", "test"].map((split, at) => ({
      id: `c${at}`,
      split: split === "dev" ? "dev" : "test",
      input: { message, sheet: `a passage ${at}` },
      expected: "y",
    }));
    const told = await auditTraining(distinct, ".", loaded(leak));
    expect(told).toMatchObject({
      clean: 99,
      leakedTestCases: ["c1", "c2"],
      errors: [expect.stringContaining('"t7", case "c0"')],
    });
  });

  it("that a case nearly holds are told, others of the same frame are not", async () => {
    const long =
      "please tell me where my parcel is because it was sent two weeks ago and nobody has seen it since then at all";
    const near: Case[] = [{ id: "c1", input: { message: `${long} thanks` }, expected: "x" }];
    expect((await auditTraining([example(1, long)], ".", loaded(near))).errors).toHaveLength(1);
    const other: Case[] = [{ id: "c1", input: { message: "message number 5 about thing 6 in detail" }, expected: "x" }];
    expect((await auditTraining(distinct, ".", loaded(other))).errors).toEqual([]);
  });

  it("that repeat or contradict each other do not count twice", async () => {
    const more = [...distinct, ...distinct.slice(0, 20).map((one, at) => ({ ...one, id: `r${at}` }))];
    const told = await auditTraining(more, ".", loaded(elsewhere));
    expect(told).toMatchObject({ examples: 120, clean: 100, errors: ["20 of them repeat another"] });
    const against = [...distinct, { ...example(500, "Message number 3 about thing 21 in detail"), expected: "other" }];
    expect(await auditTraining(against, ".", loaded(elsewhere))).toMatchObject({
      clean: 100,
      errors: [],
      warnings: [expect.stringMatching(/1 of them expects something else.*"t500"/)],
    });
  });

  it("of a cluster that the cases have are told", async () => {
    const of = (id: string): Case => ({ ...example(1, `text ${id}`), id, cluster: "doc 1" });
    expect((await auditTraining([of("a")], ".", loaded([of("b")]))).errors).toEqual([
      `they share the cluster "doc 1" with the cases`,
    ]);
  });
});
