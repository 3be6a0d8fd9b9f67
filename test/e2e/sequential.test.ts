/** `gapcheck run --sequential` through the real command: fewer requests, the same said again, and nothing hidden when the rest is bought. */
import { afterAll, expect, it } from "vitest";
import { echo, openWorkspace, type Workspace } from "./workspace.ts";

const CASES = 160;

let place: Workspace | undefined;
afterAll(() => place?.close());

/** The latest run: its decision, what lasts of it, and how many lines `cases.jsonl` has. */
function told(of: Workspace) {
  const [suite] = of.summary().suites;
  if (suite === undefined) throw new Error("a run without a suite");
  return { ...suite.decision, missing: suite.decision.measures.map(({ counts }) => counts.missing), all: suite };
}

it("stops when the verdict is given, says so for good, and hides nothing when the rest is bought", async () => {
  const workspace = await openWorkspace({
    cases: CASES,
    stub: {
      reply: ({ model, messages }) => {
        const said = echo(messages);
        return model === "stub-tuned" || Number(/\d+/.exec(said)?.[0]) % 2 === 0 ? said : "no";
      },
    },
  });
  place = workspace;
  const { stub } = workspace;

  const first = await workspace.run(["run", "--sequential"]);
  expect(first.code).toBe(0);
  const stopped = told(workspace);
  const { asked = 0, callsLeft } = stopped.sequential ?? {};
  expect(stopped.verdict.kind).toBe("CONFIRMED");
  expect(stopped.sequential).toMatchObject({ planned: CASES, settled: true });
  expect(asked).toBeLessThanOrEqual(CASES / 4);
  expect(stub.requests).toHaveLength(2 * asked);
  expect(callsLeft).toBe(2 * (CASES - asked));
  expect(workspace.records()).toHaveLength(2 * asked);
  expect(stopped.missing).toEqual([0, 0]);
  expect(first.stdout).toContain(`${asked} of ${CASES} test cases (stopped early)`);
  expect(first.stdout.replaceAll(/\s+/g, " ")).toContain(`${callsLeft} calls not made`);

  // Without the answers that were not bought there is no baseline; `gate` tells the run as it stopped.
  const [gate, baseline] = await Promise.all([
    workspace.run(["gate", "--json"]),
    workspace.run(["baseline", "--update"]),
  ]);
  expect(gate.code).toBe(0);
  expect(JSON.parse(gate.stdout).suites[0].decision).toEqual(stopped.all.decision);
  expect(baseline.code).toBe(2);
  expect(baseline.stderr).toContain("without --sequential");
  expect(stub.requests).toHaveLength(2 * asked);

  const whole = await workspace.run(["run"]);
  expect(whole.code).toBe(0);
  expect(stub.requests).toHaveLength(2 * CASES);
  expect(told(workspace).sequential).toMatchObject({ asked: CASES, callsLeft: 0 });
  expect(whole.stdout.replaceAll(/\s+/g, " ")).toContain("looked at before all were in");
});
