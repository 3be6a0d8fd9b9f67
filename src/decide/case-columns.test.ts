import { expect, it } from "vitest";
import { createCaseColumns } from "./case-columns.ts";
import { record, suiteOf } from "./trials.test-data.ts";

const suite = suiteOf();
/** More than there is room for at first, in an order of their own. */
const CASES = 700;
const tagsOf = (n: number) => (n % 3 === 0 ? [] : ["hard", `topic ${n % 5}`]);

it("gives back what each case came with, beyond the first room too", () => {
  const cases = createCaseColumns(16, "topic 4");
  const told = Array.from({ length: CASES }, (_, n) => {
    const base = record(suite, { index: n, target: "plain" });
    const caseIndex = (n * 13) % CASES;
    const weight = n % 50 === 7 ? 0.25 : 1;
    const split = n % 4 === 0 ? ("dev" as const) : ("test" as const);
    return { ...base, caseId: `id ${n}`, caseIndex, weight, split, cluster: `c${n % 90}`, tags: tagsOf(n) };
  });
  expect(told.map(cases.slotOf)).toEqual(told.map((_, slot) => slot));
  // A second trial of a case makes no other.
  expect(told.slice(5, 7).map(cases.slotOf)).toEqual([5, 6]);
  expect(
    told.map((_, slot) => ({
      caseId: cases.idAt(slot),
      caseIndex: cases.indexAt(slot),
      weight: cases.weightAt(slot),
      split: cases.splitAt(slot),
      cluster: cases.clusterName(cases.clusterAt(slot)),
      tags: cases.tagsAt(slot),
      isHeld: cases.isHeld(slot),
    })),
  ).toEqual(
    told.map(({ caseId, caseIndex, weight, split, cluster, tags }) => ({
      caseId,
      caseIndex,
      weight,
      split,
      cluster,
      tags,
      isHeld: tags.includes("topic 4"),
    })),
  );
  expect(cases.size()).toBe(CASES);
  expect(new Set(told.map((_, slot) => cases.clusterAt(slot))).size).toBe(90);
  expect(Math.max(...told.map((_, slot) => cases.clusterAt(slot)))).toBeLessThan(cases.clusterLimit());
});

it("keeps lists of tags apart, however many there are", () => {
  const cases = createCaseColumns(1, undefined);
  const base = record(suite, { index: 0, target: "plain" });
  const many = 5_000;
  for (let n = 0; n < many; n++) cases.slotOf({ ...base, caseId: `id ${n}`, caseIndex: n, tags: [`only ${n}`] });
  expect(Array.from({ length: many }, (_, slot) => cases.tagsAt(slot)[0])).toEqual(
    Array.from({ length: many }, (_, n) => `only ${n}`),
  );
});

it("takes a cluster of a case's own id and a declared one of that name for one, whichever comes first", () => {
  const of = (pairs: readonly (readonly [id: string, cluster: string])[]) => {
    const cases = createCaseColumns(1, undefined);
    const base = record(suite, { index: 0, target: "plain" });
    for (const [caseIndex, [caseId, cluster]] of pairs.entries()) cases.slotOf({ ...base, caseId, caseIndex, cluster });
    const numbers = pairs.map((_, slot) => cases.clusterAt(slot));
    expect(numbers.map(cases.clusterName)).toEqual(pairs.map(([, cluster]) => cluster));
    return new Set(numbers).size;
  };
  const pairs = [
    ["a", "a"],
    ["b", "a"],
    ["c", "c"],
    ["d", "sheet"],
    ["e", "a"],
    ["f", "sheet"],
  ] as const;
  expect(of(pairs)).toBe(3);
  expect(of(pairs.toReversed())).toBe(3);
});

it("holds a tag once that a case came with twice", () => {
  const cases = createCaseColumns(1, undefined);
  const slot = cases.slotOf({ ...record(suite, { index: 0, target: "plain" }), tags: ["hard", "new", "hard"] });
  expect(cases.tagsAt(slot)).toEqual(["hard", "new"]);
});
