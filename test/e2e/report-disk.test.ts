/** A disk that takes no report: what the run found out is told all the same. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openWorkspace, type Workspace } from "./workspace.ts";

let place: Workspace;
afterEach(() => place.close());

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("reports that cannot be written", () => {
  it("row 35: end with exit 4 and the file's name, after the verdict, the cost and the gate", async () => {
    place = await openWorkspace({ cases: 60, stub: { latencyMs: 50 } });
    const reports = join(place.folder, "reports");
    const { finished } = place.start(["run", "--concurrency", "4"]);
    await until(() => place.stub.count() >= 8);
    for (const run of readdirSync(reports)) rmSync(join(reports, run), { recursive: true });
    const { code, stdout, stderr } = await finished;
    expect(code).toBe(4);
    expect(stderr).toContain("could not be written");
    expect(stderr).toContain("fix: ");
    expect(stderr).not.toContain("in the ledger");
    expect(stdout).toMatch(/KEEP PROMPTING|INCONCLUSIVE|CONFIRMED|REJECTED/);
    expect(stdout).toMatch(/^Gate/m);
    expect(stdout).toContain("$");
    // Nothing is bought again, and the next run brings the report.
    const paid = place.stub.count();
    expect((await place.run(["run"])).code).not.toBe(4);
    expect(place.stub.count()).toBe(paid);
    expect(existsSync(join(reports, "latest"))).toBe(true);
  });
});
