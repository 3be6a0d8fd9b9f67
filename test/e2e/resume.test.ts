/** Running again: nothing is bought twice, nothing changes, and each filter leaves the rest alone. */
import { afterEach, describe, expect, it } from "vitest";
import { openWorkspace, type Workspace } from "./workspace.ts";

let place: Workspace;
afterEach(() => place.close());

const open = async (options: Parameters<typeof openWorkspace>[0] = {}) => {
  place = await openWorkspace(options);
  return place;
};

/** Everything of a summary that must be the same for the same data. */
function lasting(workspace: Workspace): string {
  const { run: _, ...rest } = workspace.summary();
  return JSON.stringify(rest);
}

describe("running again", () => {
  it("row 58: sends nothing (museum 27), says the same, writes the same bytes", async () => {
    await open();
    const first = await place.run(["run"]);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("KEEP PROMPTING");
    expect(place.stub.count()).toBe(80);
    const before = { summary: lasting(place), records: JSON.stringify(place.records()) };
    const second = await place.run(["run"]);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain("80 from the ledger");
    expect(place.stub.count()).toBe(80);
    expect({ summary: lasting(place), records: JSON.stringify(place.records()) }).toEqual(before);
    const gate = await place.run(["gate"]);
    expect(gate).toMatchObject({ code: 0, stderr: "" });
    expect(gate.stdout).toContain("exit code 0: pass");
    expect(place.stub.count()).toBe(80);
  });

  it("prints exactly the summary with --json", async () => {
    await open();
    const { stdout } = await place.run(["run", "--json"]);
    expect(JSON.parse(stdout)).toEqual(place.summary());
  });

  it("buys with --limit and --case what it needs, and the rest later", async () => {
    await open();
    expect((await place.run(["run", "--limit", "10"])).code).toBe(3);
    expect(place.stub.count()).toBe(20);
    const some = await place.run(["run", "--case", "c0030", "--case", "c0002", "--case", "c0015", "--json"]);
    expect(some.code).toBe(3);
    expect(place.stub.count()).toBe(24);
    // museum 21: ids in any order, answers under their own ids, in the order of the data
    expect(place.records().map(({ caseId, completion }) => [caseId, completion.text])).toEqual(
      ["c0002", "c0015", "c0030"].flatMap((id) => [
        [id, `word ${Number(id.slice(1))}`],
        [id, `word ${Number(id.slice(1))}`],
      ]),
    );
    expect((await place.run(["run"])).code).toBe(0);
    expect(place.stub.count()).toBe(80);
  });

  it("buys only the further trials when there are more of them", async () => {
    await open();
    await place.run(["run", "--limit", "5"]);
    expect(place.stub.count()).toBe(10);
    await place.run(["run", "--limit", "5", "--trials", "3"]);
    expect(place.stub.count()).toBe(30);
  });

  it("--offline sends nothing, and tells missing answers from wrong ones", async () => {
    await open();
    const empty = await place.run(["run", "--offline"]);
    expect(place.stub.count()).toBe(0);
    expect([4, 5]).toContain(empty.code);
    await place.run(["run", "--limit", "20"]);
    const half = await place.run(["run", "--offline"]);
    expect(place.stub.count()).toBe(40);
    expect(half.code).toBe(4);
    const [measure] = place.summary().suites[0]?.decision.measures ?? [];
    expect(measure?.counts).toMatchObject({ passed: 20, failed: 0, missing: 20 });
  });
});
