/** Copied cases are no more evidence than one of them. */
import { expect, it } from "vitest";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { createObservations } from "./observations.ts";
import { record, suiteOf, TODAY } from "./trials.test-data.ts";

/** 40 questions of which 34 are answered rightly, each asked `copies` times. */
function decided(copies: number): Decision {
  const suite = suiteOf({ requirement: { quality: { atLeast: 0.75 } } });
  const observations = createObservations(suite);
  for (let copy = 0; copy < copies; copy++) {
    for (let question = 0; question < 40; question++) {
      const told = record(suite, {
        target: "plain",
        index: copy * 40 + question,
        outcome: question < 34 ? "right" : "wrong",
        cluster: `case ${question}`,
      });
      observations.add(copy === 0 ? told : { ...told, repeats: `case ${question}` });
    }
  }
  return decide(observations, { today: TODAY });
}

it("copies of a case are one cluster: no verdict is bought by copying, and the report says so", () => {
  const plain = decided(1);
  const copied = decided(10);
  expect(plain.verdict.kind).toBe("INCONCLUSIVE");
  expect(copied.verdict.kind).toBe("INCONCLUSIVE");
  const width = ({ measures }: Decision) => {
    const strict = measures[0]?.strict;
    return strict?.available === true && strict.interval !== undefined
      ? strict.interval.upper - strict.interval.lower
      : 0;
  };
  expect(width(copied)).toBeGreaterThan(width(plain) * 0.95);
  expect(copied.cases).toMatchObject({ test: 400, clusters: 40, repeated: 360 });
  expect(plain.cases).not.toHaveProperty("repeated");
  expect(copied.warnings[0]).toMatch(
    /^360 of 400 test cases repeat the input of another \("case 40" that of "case 0"\)/,
  );
  expect(plain.warnings.join(" ")).not.toContain("repeat");
});
