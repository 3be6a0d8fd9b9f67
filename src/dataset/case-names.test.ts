import { expect, it } from "vitest";
import { createCaseNames } from "./case-names.ts";

it("counts a cluster once, whether declared by name or by a case's own id", () => {
  const names = createCaseNames();
  names.add("a", undefined);
  names.add("b", "sheet 1");
  names.add("c", "a");
  names.add("d", "sheet 1");
  names.add("e", "e");
  names.add("f", undefined);
  expect([0, 1, 2, 3, 4, 5].map(names.clusterAt)).toEqual(["a", "sheet 1", "a", "sheet 1", "e", "f"]);
  expect(names.at(2)).toEqual({ id: "c", cluster: "a" });
  expect([...names.clusters()].sort()).toEqual(["a", "e", "f", "sheet 1"]);
});
