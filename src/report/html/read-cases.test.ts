import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
      line({ target: "steps", id, text: `${text} ${id}` }),
      line({ target: "tuned", id, text: `${text} ${id} tuned`, outcome }),
    ];
    const lines = [...pair("same", "passed", long), ...pair("lost", "failed", long)];
    await writeFile(file, `${lines.join("\n")}\n`);
    const { suites, texts, reduced } = await readCases(file, frames, { ...PAGE_LIMITS, texts: 60_000 });
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
        numbers: suites[0]?.cases.map(({ arms }) => arms[1]?.t[0]?.n),
        totals,
      };
    };
    const all = await shown(12);
    expect(all.ids).toEqual(Object.keys(outcomes));
    expect(all.totals).toMatchObject([
      { cases: 6, unstable: 0, unstableInBoth: 0, arms: [{ always: 4, never: 2, mixed: 0, open: 0 }, { open: 1 }] },
    ]);
    const some = await shown(8);
    expect(some).toMatchObject({ ids: ["failed", "lost", "gone", "won"], numbers: [4, 6, 10, 12], totals: all.totals });
    expect((await shown(11)).ids).toEqual(["plain", "failed", "lost", "gone", "won"]);
    expect((await shown(3)).ids).toEqual(["lost"]);
    // Cut as well, when texts find no room either.
    const both = await readCases(file, frames, { texts: 5, trials: 8 });
    expect(both).toMatchObject({ reduced: true, totals: all.totals });
    await writeFile(file, `${lines.toReversed().join("\n")}\n`);
    await expect(shown(8)).rejects.toMatchObject({ code: "cases-damaged", place: { line: 3 } });
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
