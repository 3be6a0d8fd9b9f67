/** Published scores of LawBench 1-2 and 2-4, reproduced by the real command from the published outputs. */
import { createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
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

interface Line {
  readonly target: string;
  readonly strict: number;
  readonly lenient: number;
  readonly form: boolean;
}

describe.runIf(isThere(material))("LawBench", () => {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-lawbench-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let finished: Finished;
  let summary: { suites: { suite: string; verdict: { kind: string }; gaps: Record<string, never>[] }[] };
  const lines = new Map<string, Line[]>();

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
  });

  it("runs through the command", () => {
    expect(finished.stderr).toBe("");
    expect(summary.suites).toHaveLength(6);
  });
});

describe.skipIf(isThere(material))("LawBench", () => {
  it(`../shared/${material} is not there`, (context) => context.skip(`../shared/${material} is not there`));
});
