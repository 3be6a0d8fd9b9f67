/** Published scores of LawBench 1-2 and 2-4, reproduced by the real command from the published outputs. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Finished, runCommand } from "../../command.ts";
import { isThere, shared } from "../../repository.ts";

const material = "data/lawbench";
const suiteFile = fileURLToPath(new URL("lawbench.eval.ts", import.meta.url));

/** Published accuracies, by task and run. */
const PUBLISHED: readonly (readonly [task: string, run: string, accuracy: number])[] = [
  ["1-2", "GPT4/zero_shot", 0.552],
  ["1-2", "GPT4/one_shot", 0.548],
  ["1-2", "ziya-llama-13b/zero_shot", 0.3],
  ["1-2", "ziya-llama-13b/one_shot", 0.28],
  ["1-2", "chatlaw-13b/zero_shot", 0.284],
  ["1-2", "baichuan-7b/zero_shot", 0.018],
  ["1-2", "wisdom-interrogatory-7b/zero_shot", 0.154],
];

interface PublishedRow {
  readonly id: string;
  readonly input: string;
  readonly expected: string;
  readonly outputs: Readonly<Record<string, string>>;
}

function rowsOf(task: string): PublishedRow[] {
  const lines = readFileSync(shared(`${material}/task_${task}.jsonl`), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

function writeLines(file: string, rows: readonly unknown[]): void {
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

interface CaseLine {
  readonly suite: string;
  readonly target: string;
  readonly grades: readonly {
    readonly strict: { readonly kind: string; readonly score?: number; readonly flaw?: string };
    readonly lenient: { readonly kind: string; readonly score?: number; readonly flaw?: string };
  }[];
}

interface Summary {
  readonly suites: readonly {
    readonly decision: {
      readonly suite: string;
      readonly verdict: { readonly kind: string };
      readonly gaps: readonly {
        readonly sameBase: boolean;
        readonly total: Part;
        readonly format: Part;
        readonly ability: Part;
      }[];
    };
  }[];
}

interface Part {
  readonly available: boolean;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

describe.runIf(isThere(material))("LawBench", () => {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-lawbench-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let finished: Finished;
  let summary: Summary;
  let records: readonly CaseLine[];

  beforeAll(async () => {
    const options = JSON.parse(readFileSync(shared(`${material}/tasks.json`), "utf8"));
    const tasks = {
      "1-2": { options: options["1-2"].options, wrapper: "[正确答案]" },
      "2-4": { options: options["2-4"].options, wrapper: "[类别]" },
    };
    writeFileSync(join(folder, "tasks.json"), JSON.stringify(tasks));
    for (const task of Object.keys(tasks)) {
      const rows = rowsOf(task);
      writeLines(
        join(folder, `${task}.cases.jsonl`),
        rows.map(({ id, input, expected }) => ({ id, input, expected })),
      );
      writeLines(
        join(folder, `${task}.recording.jsonl`),
        rows.flatMap(({ id, outputs }) =>
          Object.entries(outputs).map(([target, text]) => ({ case: id, target, trial: 1, text })),
        ),
      );
    }
    mkdirSync(join(folder, "run"));
    finished = await runCommand(["run", suiteFile, "--json"], {
      cwd: join(folder, "run"),
      env: { LAWBENCH_FOLDER: folder },
    });
    summary = JSON.parse(finished.stdout);
    const run = JSON.parse(readFileSync(join(folder, "run/reports/latest"), "utf8")).run;
    const text = readFileSync(join(folder, "run/reports", run, "cases.jsonl"), "utf8");
    records = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  });

  const of = (task: string, run: string) =>
    records.filter(({ suite, target }) => suite.startsWith(task) && target === run);
  const rate = (some: readonly CaseLine[], form: "strict" | "lenient") =>
    some.reduce((sum, { grades }) => sum + (grades[0]?.[form].score ?? Number.NaN), 0) / some.length;

  it("runs through the command and decides each suite", () => {
    expect(summary.suites.map(({ decision }) => decision.suite).sort()).toEqual(
      ["1-2", "2-4"].flatMap((task) => [`${task} GPT-4`, `${task} baichuan`, `${task} ziya`]),
    );
    expect([1, 3]).toContain(finished.code);
  });

  it.each(PUBLISHED)("%s %s: the published accuracy %d by the lenient form", (task, run, accuracy) => {
    const some = of(task, run);
    expect(some).toHaveLength(500);
    expect(Math.abs(rate(some, "lenient") - accuracy)).toBeLessThan(1e-9);
  });

  it.each([
    ["ziya-llama-13b/zero_shot", 57],
    ["ziya-llama-13b/one_shot", 481],
  ])("1-2 %s obeys the demanded form in %d of 500", (run, obeyed) => {
    const parsed = of("1-2", run).filter(({ grades }) => grades[0]?.strict.flaw === undefined);
    expect(parsed).toHaveLength(obeyed);
  });

  it.each(["1-2 ziya", "1-2 baichuan", "2-4 ziya", "2-4 baichuan"])(
    "%s: the gap of the same base, split in two",
    (name) => {
      const decision = summary.suites.map((one) => one.decision).find(({ suite }) => suite === name);
      const gap = decision?.gaps[0];
      if (gap === undefined) throw new Error("no gap");
      expect(gap.sameBase).toBe(true);
      for (const part of [gap.total, gap.format, gap.ability]) {
        expect(part.available).toBe(true);
        expect(part.lower).toBeLessThan(part.value);
        expect(part.upper).toBeGreaterThan(part.value);
      }
      expect(gap.format.value + gap.ability.value).toBeCloseTo(gap.total.value, 12);
      expect(["KEEP_PROMPTING", "CONFIRMED", "REJECTED", "INCONCLUSIVE"]).toContain(decision?.verdict.kind);
    },
  );
});

describe.skipIf(isThere(material))("LawBench", () => {
  it(`../shared/${material} is not there`, (context) => context.skip(`../shared/${material} is not there`));
});
