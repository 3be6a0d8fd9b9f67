import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { caseOfRow, rowText } from "./client/case-row.js";
import { line } from "./pages.test-data.ts";
import { CUT_AT, PAGE_LIMITS, readCases } from "./read-cases.ts";
import { shareOut } from "./survey-cases.ts";

const frames = [{ name: "support-reply", arms: ["steps", "tuned"], base: 0, fresh: 1 }] as const;
let folder = "";
let file = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gapcheck-page-"));
  file = join(folder, "cases.jsonl");
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("a row", () => {
  it("is read back as it was written, whatever the id", () => {
    const parts = {
      lines: [7, 12] as const,
      ...{ split: "held" as const, tags: [2, 0], strict: ["ppf", "mm", ""], lenient: ["ppp", "mm", ""] },
      ...{ graders: [[1], [], []], items: [[0, 3], [2], []], id: "a\tb; c,\n" },
    };
    const one = caseOfRow(rowText(parts));
    expect(one).toMatchObject({ id: parts.id, split: "held", tags: [2, 0], lines: [7, 12] });
    expect(one.arms.map(({ t }) => t.map(({ s, l }) => s + l).join(" "))).toEqual(["pp pp fp", "mm mm", ""]);
    expect(one.arms[0]?.t[2]).toEqual({ s: "f", l: "p", x: [0, 3], g: [{ g: 1, s: 0, l: 0 }] });
    expect(one.arms[1]?.t[0]?.x).toEqual([2]);
  });
});

describe("readCases", () => {
  it("keeps every number, and every text once", async () => {
    const lines = [
      line({ target: "steps", id: "a", item: "greets", outcome: "failed", tags: ["refund"] }),
      line({ target: "steps", id: "a", trial: 2 }),
      line({ target: "tuned", id: "a", text: "Good day" }),
      line({ target: "tuned", id: "a", trial: 2, outcome: "missing" }),
      line({ target: "not in the summary", id: "a" }),
    ];
    await writeFile(file, `${lines.join("\n")}\n`);
    const { suites, texts, reduced } = await readCases(file, frames);
    const [one] = suites[0]?.cases ?? [];
    expect(reduced).toBe(false);
    expect(new Set(texts).size).toBe(texts.length);
    expect(one).toMatchObject({ id: "a", split: "test", tags: [0] });
    expect(one?.arms[0]?.t[0]).toMatchObject({ n: 1, s: "f", ms: 12.3, in: 10, out: 5, usd: 0.0001, x: [0] });
    expect(one?.arms.map(({ t }) => t.map(({ s }) => s).join(""))).toEqual(["fp", "pm"]);
    expect(texts[one?.arms[1]?.t[0]?.t ?? -1]).toBe("Good day");
    expect(texts[one?.arms[1]?.t[1]?.why ?? -1]).toBe("rate limit of the provider");
    expect(suites[0]).toMatchObject({ tags: ["refund"], graders: ["steps"], items: [["steps", "greets"]] });
  });

  it("takes line feeds alone for the ends of lines", async () => {
    await writeFile(file, `${line({ target: "steps", id: "a", text: "one\u2028two\u2029three\u0085four" })}\n`);
    const { suites, texts } = await readCases(file, frames);
    expect(texts[suites[0]?.cases[0]?.arms[0]?.t[0]?.t ?? -1]).toBe("one\u2028two\u2029three\u0085four");
  });

  it("beyond its limit keeps all numbers, texts only of cases that people look at, and cuts them", async () => {
    const long = "long ".repeat(4_000);
    const pair = (id: string, outcome: "passed" | "failed", text: string) => [
      line({ target: "steps", id, text: `${id} ${text}` }),
      line({ target: "tuned", id, text: `${id} tuned ${text}`, outcome }),
    ];
    const lines = [...pair("same", "passed", long), ...pair("lost", "failed", long)];
    await writeFile(file, `${lines.join("\n")}\n`);
    const { suites, texts, reduced } = await readCases(file, frames, { ...PAGE_LIMITS, texts: 33_000 });
    const [same, lost] = suites[0]?.cases ?? [];
    expect(reduced).toBe(true);
    expect(same?.arms.map(({ t, p }) => [t[0]?.t, t[0]?.s, t[0]?.n, p])).toEqual([
      [undefined, "p", 1, undefined],
      [undefined, "p", 2, undefined],
    ]);
    const [answer] = lost?.arms[1]?.t ?? [];
    expect(answer).toMatchObject({ s: "f", n: 4, cut: true });
    expect(texts[answer?.t ?? -1]).toHaveLength(CUT_AT);
  });

  it("beyond its limit of trials keeps whole cases, those that people look at first, and counts all of them", async () => {
    const outcomes = { plain: "++", failed: "--", lost: "+-", more: "++", gone: "+x", won: "-+" };
    const told = { "+": "passed", "-": "failed", x: "missing" } as const;
    const lines = Object.entries(outcomes).flatMap(([id, marks], index) =>
      frames[0].arms.map((target, arm) => {
        const mark = marks[arm];
        const outcome = mark === "+" || mark === "-" || mark === "x" ? told[mark] : "missing";
        return line({ target, id, index, outcome });
      }),
    );
    await writeFile(file, `${lines.join("\n")}\n`);
    const shown = async (trials: number) => {
      const { suites, totals } = await readCases(file, frames, { ...PAGE_LIMITS, trials });
      return {
        ids: suites[0]?.cases.map(({ id }) => id),
        rows: Array.from(suites[0]?.rows ?? [], caseOfRow),
        numbers: suites[0]?.cases.map(({ arms }) => arms[1]?.t[0]?.n),
        totals,
      };
    };
    const all = await shown(12);
    expect(all.ids).toEqual(Object.keys(outcomes));
    expect(all.totals).toMatchObject([
      { cases: 6, unstable: 0, unstableInBoth: 0, arms: [{ always: 4, never: 2, mixed: 0, open: 0 }, { open: 1 }] },
    ]);
    expect(all.rows).toEqual([]);
    const some = await shown(8);
    // Of the others a row, with what the table shows of them.
    expect(some.rows).toMatchObject([
      { id: "plain", lines: [1, 2], arms: [{ t: [{ s: "p", l: "p" }] }, { t: [{ s: "p" }] }] },
      { id: "more", lines: [7, 8] },
    ]);
    expect(some).toMatchObject({ ids: ["failed", "lost", "gone", "won"], numbers: [4, 6, 10, 12], totals: all.totals });
    expect((await shown(11)).ids).toEqual(["plain", "failed", "lost", "gone", "won"]);
    expect((await shown(3)).ids).toEqual(["lost"]);
    // The first whatever its size: it has two trials.
    expect((await shown(1)).ids).toEqual(["lost"]);
    // Cut as well, when texts find no room either.
    const both = await readCases(file, frames, { texts: 5, trials: 8, rows: 0 });
    expect(both).toMatchObject({ reduced: true, totals: all.totals });
    await writeFile(file, `${lines.toReversed().join("\n")}\n`);
    await expect(shown(8)).rejects.toMatchObject({ code: "cases-damaged", place: { line: 3 } });
  });

  it("points by rows and whole cases to the same tags, graders and items", async () => {
    const ids = ["odd", "even", "odd again"];
    const lines = ids.flatMap((id, index) =>
      frames[0].arms.map((target) =>
        line({
          ...{ target, id, index, tags: [id.split(" ")[0] ?? ""], item: `rule ${index % 2}`, itemWhy: "no" },
          grader: `grader ${index % 2}`,
          // The last is looked at first, so that its names come first where positions are counted anew.
          outcome: id === "odd again" && target === "tuned" ? "passed" : "failed",
        }),
      ),
    );
    await writeFile(file, `${lines.join("\n")}\n`);
    const { suites } = await readCases(file, frames, { ...PAGE_LIMITS, trials: 2 });
    const [suite] = suites;
    expect(suite?.cases.map(({ id }) => id)).toEqual(["odd again"]);
    const told = [...(suite?.cases ?? []), ...Array.from(suite?.rows ?? [], caseOfRow)].map(({ id, tags, arms }) => {
      const [trial] = arms[0]?.t ?? [];
      return [
        id,
        tags.map((at) => suite?.tags[at]),
        trial?.x?.map((at) => suite?.items[at]?.[1]),
        trial?.g?.map(({ g }) => suite?.graders[g]),
      ];
    });
    expect(told).toEqual([
      ["odd again", ["odd"], ["rule 0"], ["grader 0"]],
      ["odd", ["odd"], ["rule 0"], ["grader 0"]],
      ["even", ["even"], ["rule 1"], ["grader 1"]],
    ]);
  });

  it("keeps no more rows than there is room for, those that people look at first", async () => {
    const marks = { plain: "++", lost: "+-", other: "++", won: "-+", wrong: "--" };
    const lines = Object.entries(marks).flatMap(([id, own], index) =>
      frames[0].arms.map((target, arm) => line({ target, id, index, outcome: own[arm] === "+" ? "passed" : "failed" })),
    );
    await writeFile(file, `${lines.join("\n")}\n`);
    const rows = async (room: number) => {
      const { suites, totals } = await readCases(file, frames, { ...PAGE_LIMITS, trials: 2, rows: room });
      expect(totals[0]?.cases).toBe(5);
      return Array.from(suites[0]?.rows ?? [], (row) => caseOfRow(row).id);
    };
    expect(await rows(1_000)).toEqual(["plain", "other", "won", "wrong"]);
    expect(await rows(60)).toEqual(["won", "wrong"]);
    expect(await rows(0)).toEqual([]);
  });

  it("gives what room for texts there is to cases that are looked at, then to wrong ones, then to others", async () => {
    const marks = { plain: "++", wrong: "--", lost: "+-" };
    const lines = Object.entries(marks).flatMap(([id, own], index) =>
      frames[0].arms.map((target, arm) =>
        line({ target, id, index, text: `${id} ${target}`, outcome: own[arm] === "+" ? "passed" : "failed" }),
      ),
    );
    await writeFile(file, `${lines.join("\n")}\n`);
    const texted = async (texts: number) => {
      const { suites, reduced } = await readCases(file, frames, { ...PAGE_LIMITS, texts });
      const has = suites[0]?.cases.filter(({ arms }) => arms.every(({ t }) => t[0]?.t !== undefined));
      return [reduced, has?.map(({ id }) => id)];
    };
    expect(await texted(1_000)).toEqual([false, ["plain", "wrong", "lost"]]);
    expect(await texted(101)).toEqual([true, ["wrong", "lost"]]);
    expect(await texted(50)).toEqual([true, ["lost"]]);
  });

  it("shares its room fairly between suites", () => {
    expect(shareOut([10, 100, 30], 60)).toEqual([10, 25, 25]);
    expect(shareOut([10, 20], 60)).toEqual([10, 20]);
    expect(shareOut([], 60)).toEqual([]);
  });

  it("tells the line that is damaged, and what to do", async () => {
    await writeFile(file, `${line({ target: "steps", id: "a" })}\n{"suite":1}\n`);
    await expect(readCases(file, frames)).rejects.toMatchObject({ code: "cases-damaged", place: { file, line: 2 } });
    await writeFile(file, "not JSON\n");
    await expect(readCases(file, frames)).rejects.toMatchObject({ code: "cases-damaged", place: { file, line: 1 } });
    await expect(readCases(join(folder, "none"), frames)).rejects.toMatchObject({ code: "cases-unreadable" });
  });
});
