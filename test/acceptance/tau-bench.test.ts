/** pass^1 to pass^4 of a published agent run, reproduced by the real command from its rewards. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../command.ts";
import { isThere, shared } from "../repository.ts";

const material = "data/tau_bench/airline_gpt4o_rewards.csv";

/** The answers are the rewards themselves: a trial is right when its reward is 1. */
const SUITE = `
import { defineSuite, exactMatch, jsonl, promptOnly, recorded } from "gapcheck";
export default defineSuite({
  name: "airline", scenario: "reasoning", trials: 4,
  cases: jsonl("../cases.jsonl"), graders: [exactMatch()],
  targets: [promptOnly("gpt-4o", { model: recorded("../recording.jsonl"), prompt: { user: "{{input}}" } })],
  requirement: { quality: { atLeast: 0.5 }, stability: { allOf: 4, atLeast: 0.5 } },
});
`;

describe("tau-bench", () => {
  it("pass^1 to pass^4", async (context) => {
    if (!isThere(material)) return context.skip(`../shared/${material} is not there`);
    const folder = mkdtempSync(join(tmpdir(), "gapcheck-tau-"));
    try {
      const rows = readFileSync(shared(material), "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(","));
      const lines = (list: readonly object[]) => list.map((one) => `${JSON.stringify(one)}\n`).join("");
      const tasks = [...new Set(rows.map(([task = ""]) => task))];
      mkdirSync(join(folder, "evals"));
      writeFileSync(join(folder, "evals/airline.eval.ts"), SUITE);
      writeFileSync(join(folder, "cases.jsonl"), lines(tasks.map((id) => ({ id, input: id, expected: "1" }))));
      writeFileSync(
        join(folder, "recording.jsonl"),
        lines(rows.map(([task, trial, reward]) => ({ case: task, trial: Number(trial) + 1, text: reward }))),
      );
      const { stdout, stderr } = await runCommand(["run", "--json"], { cwd: folder });
      expect(stderr).toBe("");
      const [measure] = JSON.parse(stdout).suites[0].decision.measures;
      expect(measure.cases).toBe(50);
      const values: number[] = measure.passHat.map(({ value }: { value: number }) => value);
      expect(values.map((value) => value.toFixed(4))).toEqual(["0.4200", "0.2733", "0.2200", "0.2000"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return undefined;
  });
});
