import { describe, expect, it } from "vitest";
import { exactMatch } from "./exact-match.ts";
import { normalizer } from "./normalize.ts";
import { tryGrader } from "./try-grader.ts";

async function scores(
  grader: ReturnType<typeof exactMatch>,
  text: string,
  expected: string | readonly string[],
): Promise<readonly (number | string)[]> {
  const { strict, lenient } = await tryGrader(grader, { text, expected });
  return [strict, lenient].map((grade) => (grade.kind === "scored" ? grade.score : grade.kind));
}

describe("exactMatch", () => {
  it("leaves aside white space and Unicode form, nothing else", async () => {
    expect(await scores(exactMatch(), "  New\n York ", "New York")).toEqual([1, 1]);
    expect(await scores(exactMatch(), "cafe\u0301", "caf\u00e9")).toEqual([1, 1]);
    expect(await scores(exactMatch(), "new york", "New York")).toEqual([0, 0]);
    expect(await scores(exactMatch(), "25", "5")).toEqual([0, 0]);
  });

  it("unwraps by the lenient form only", async () => {
    expect(await scores(exactMatch(), "**Paris**.", "Paris")).toEqual([0, 1]);
    expect(await scores(exactMatch(), "```\nParis\n```", "Paris")).toEqual([0, 1]);
    expect(await scores(exactMatch(), "The answer is Paris", "Paris")).toEqual([0, 0]);
    expect(await scores(exactMatch(), "Yes.", "Yes.")).toEqual([1, 1]);
    expect(await scores(exactMatch(), "Yes", "Yes.")).toEqual([0, 1]);
  });

  it("leaves case and punctuation aside when told to", async () => {
    expect(await scores(exactMatch({ caseFold: true }), "STRASSE", "Straße")).toEqual([1, 1]);
    expect(await scores(exactMatch({ ignorePunctuation: true }), "Hello, world!", "Hello world")).toEqual([1, 1]);
    expect(await scores(exactMatch({ ignorePunctuation: true }), "-1.5", "1.5")).toEqual([0, 0]);
    expect(await scores(exactMatch({ ignorePunctuation: true }), "15", "1.5")).toEqual([0, 0]);
  });

  it("takes any of several right answers", async () => {
    expect(await scores(exactMatch(), "NYC", ["New York", "NYC"])).toEqual([1, 1]);
  });

  it("reads a field of what is expected", async () => {
    const grader = exactMatch({ expected: "city" });
    const { strict } = await tryGrader(grader, { text: "Paris", expected: { city: "Paris" } });
    expect(strict).toMatchObject({ kind: "scored", score: 1 });
  });

  it("cannot tell without an expected text, and does not call that wrong", async () => {
    const ungraded = { kind: "ungraded", reason: "missing-expected" };
    expect((await tryGrader(exactMatch(), { text: "x" })).strict).toMatchObject(ungraded);
    const field: unknown = { other: "x" };
    const byField = await tryGrader(exactMatch({ expected: "city" }), {
      text: "x",
      expected: field as { city: string },
    });
    expect(byField.lenient).toMatchObject(ungraded);
    const wrongKind: unknown = { a: 1 };
    expect((await tryGrader(exactMatch(), { text: "x", expected: wrongKind as string })).strict).toMatchObject(
      ungraded,
    );
  });

  it("tells empty, cut and refused answers apart", async () => {
    const grader = exactMatch();
    expect((await tryGrader(grader, { text: " \n", expected: "x" })).strict).toMatchObject({ score: 0, flaw: "empty" });
    const cut = await tryGrader(grader, { text: "x", expected: "x", finish: "length" });
    expect(cut).toMatchObject({ strict: { score: 0, flaw: "cut" }, lenient: { score: 0, flaw: "cut" } });
    const kept = await tryGrader(exactMatch({ cut: "grade" }), { text: "x", expected: "x", finish: "length" });
    expect(kept.strict).toMatchObject({ score: 1 });
    for (const finish of ["refusal", "filtered"] as const) {
      expect((await tryGrader(grader, { text: "x", expected: "x", finish })).strict.kind).toBe("declined");
    }
  });

  it("tells mistakes in its options at once", () => {
    expect(() => exactMatch({ passAt: 0 })).toThrow(/passAt is 0/);
    expect(() => exactMatch({ passAt: Number.NaN })).toThrow(/passAt is NaN/);
    expect(() => exactMatch({ name: " " })).toThrow(/name is empty/);
    expect(() => exactMatch({ casefold: true } as object)).toThrow(/no option "casefold"/);
    expect(() => exactMatch({ expected: "" })).toThrow(/names no field/);
  });

  it("is another grade under other options", () => {
    expect(exactMatch().args).not.toEqual(exactMatch({ caseFold: true }).args);
    expect(exactMatch().args).not.toEqual(exactMatch({ cut: "grade" }).args);
  });
});

describe("normalizer", () => {
  it("is stable: normal text stays as it is", () => {
    const normal = normalizer({ caseFold: true, ignorePunctuation: true });
    for (const text of ["  Ａ b", "Ὀδυσσεύς", "İstanbul", "a-b -5 .5", "\ud800 x"]) {
      expect(normal(normal(text))).toBe(normal(text));
    }
  });
});
