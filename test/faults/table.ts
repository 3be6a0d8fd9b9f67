/** The list of faults with its results, out of what vitest reports. */
import { claimedRows } from "./claims.ts";
import { FAULTS } from "./rows.ts";

/** One test as vitest's JSON report tells it. */
export interface Told {
  readonly title: string;
  readonly status: string;
}

export interface RowResult {
  readonly row: number;
  readonly name: string;
  /** `no test` counts as failed. */
  readonly result: "passed" | "failed" | "no test";
}

/** A row has passed when at least one test claims it and every test that claims it has passed. */
export function rowResults(tests: readonly Told[]): readonly RowResult[] {
  const statuses = new Map<number, string[]>();
  for (const { title, status } of tests) {
    for (const row of claimedRows(title)) statuses.set(row, [...(statuses.get(row) ?? []), status]);
  }
  return FAULTS.map((name, index) => {
    const told = statuses.get(index + 1) ?? [];
    const result = told.length === 0 ? "no test" : told.every((status) => status === "passed") ? "passed" : "failed";
    return { row: index + 1, name, result };
  });
}

/** One line a row, and the count. */
export function faultLines(results: readonly RowResult[]): readonly string[] {
  const width = Math.max(...results.map(({ name }) => name.length));
  const passed = results.filter(({ result }) => result === "passed").length;
  return [
    ...results.map(({ row, name, result }) => `${String(row).padStart(2)}  ${name.padEnd(width)}  ${result}`),
    `${passed} passed, ${results.length - passed} failed`,
  ];
}
