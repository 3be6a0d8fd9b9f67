/** Runs the vectors of a file against the functions of src/stats. */
import { type Difference, differences, type Outcome } from "./compare.ts";
import type { Vector, VectorFile } from "./file.ts";
import { FUNCTIONS, type VectorFunction } from "./functions.ts";
import { inputOf } from "./input.ts";

/** How many vectors agreed, and one line for each that did not. */
export type Result = { readonly passed: number; readonly failed: number; readonly lines: readonly string[] };

/** Runs every vector. Those of a function that is not known here count as failed, in one line together. */
export function runVectors(file: VectorFile): Result {
  let passed = 0;
  let failed = 0;
  const lines: string[] = [];
  for (const [name, vectors] of file.functions) {
    const call = FUNCTIONS.get(name);
    if (!call) {
      failed += vectors.length;
      lines.push(`${name}: unknown function, ${vectors.length} ${vectors.length === 1 ? "vector" : "vectors"} failed`);
      continue;
    }
    for (const vector of vectors) {
      const found = runVector(call, vector, file, name);
      if (found.length === 0) passed++;
      else failed++;
      for (const { field, expected, got } of found)
        lines.push(`${name} ${vector.id} ${field}: expected ${expected}, got ${got}`);
    }
  }
  return { passed, failed, lines };
}

/** The differences of one vector; an exception other than a refusal is a difference too. */
export function runVector(call: VectorFunction, vector: Vector, file: VectorFile, name: string): Difference[] {
  let outcome: Outcome;
  try {
    outcome = { kind: "returned", value: call(inputOf(vector.input)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof RangeError))
      return [{ field: "call", expected: JSON.stringify(vector.expected), got: `error: ${message}` }];
    outcome = { kind: "refused", reason: message };
  }
  return differences(vector.expected, outcome, file.toleranceOf(name));
}
