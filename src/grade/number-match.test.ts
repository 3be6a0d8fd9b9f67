import { describe, expect, it } from "vitest";
import { afterMarker } from "./find-answer.ts";
import { numberMatch } from "./number-match.ts";
import { tryGrader } from "./try-grader.ts";

type Options = NonNullable<Parameters<typeof numberMatch>[0]>;

async function scores(
  text: string,
  expected: string | number,
  options: Omit<Options, "expected"> = {},
): Promise<number[]> {
  const { strict, lenient } = await tryGrader(numberMatch(options), { text, expected });
  return [strict, lenient].map((grade) => (grade.kind === "scored" ? grade.score : Number.NaN));
}

describe("numberMatch", () => {
  it('museum 29: "25" is not 5, "$1,000" is 1000, "60%" is not 60 unless allowed', async () => {
    expect(await scores("25", "5")).toEqual([0, 0]);
    expect(await scores("5", "25")).toEqual([0, 0]);
    expect(await scores("$1,000", "1000")).toEqual([1, 1]);
    expect(await scores("1,000", 1000)).toEqual([1, 1]);
    expect(await scores("1000.00", "1,000")).toEqual([1, 1]);
    expect(await scores("60%", "60")).toEqual([0, 0]);
    expect(await scores("60%", "60", { percent: true })).toEqual([1, 1]);
    expect(await scores("60%", "60%")).toEqual([1, 1]);
    expect(await scores("60", "60%")).toEqual([0, 0]);
  });

  it("demands nothing but the number by the strict form, and takes the last one by the lenient", async () => {
    expect(await scores("The total is 18.", "18")).toEqual([0, 1]);
    expect(await scores("18 eggs, so $2 each", "18")).toEqual([0, 0]);
    expect(await scores("no idea", "18")).toEqual([0, 0]);
  });

  it("compares exactly", async () => {
    expect(await scores("9007199254740993", "9007199254740992")).toEqual([0, 0]);
    expect(await scores("0.30000000000000004", "0.3")).toEqual([0, 0]);
    expect(await scores("1e3", "1000")).toEqual([1, 1]);
    expect(await scores("-0", "0")).toEqual([1, 1]);
  });

  it("allows a tolerance", async () => {
    expect(await scores("3.14", "3.14159", { tolerance: { absolute: 0.01 } })).toEqual([1, 1]);
    expect(await scores("3.1", "3.14159", { tolerance: { absolute: 0.01 } })).toEqual([0, 0]);
    expect(await scores("99", "100", { tolerance: { relative: 0.01 } })).toEqual([1, 1]);
  });

  it("does not take one currency for another", async () => {
    expect(await scores("€5", "$5")).toEqual([0, 0]);
    expect(await scores("€5", "5")).toEqual([1, 1]);
  });

  it("reads after a marker", async () => {
    const options = { extract: { strict: afterMarker("####"), lenient: afterMarker("####") } };
    expect(await scores("1 + 1 = 2\n#### 2", "2", options)).toEqual([1, 1]);
    expect(await scores("#### about 2 apples", "2", options)).toEqual([0, 1]);
    expect(await scores("2", "2", options)).toEqual([0, 0]);
  });

  it("says what it could not read", async () => {
    const { strict } = await tryGrader(numberMatch(), { text: "1,00", expected: "100" });
    expect(strict).toMatchObject({ score: 0, flaw: "unparsed" });
    const noNumber = await tryGrader(numberMatch(), { text: "5", expected: "five" });
    expect(noNumber.strict).toMatchObject({ kind: "ungraded", reason: "missing-expected" });
  });

  it("tells mistakes in its options at once", () => {
    expect(() => numberMatch({ tolerance: { absolute: -1 } })).toThrow(/tolerance.absolute is -1/);
    expect(() => numberMatch({ tolerance: { relative: Number.NaN } })).toThrow(/tolerance.relative is NaN/);
    expect(() => numberMatch({ decimalMark: ";" as "." })).toThrow(/decimalMark/);
  });
});
