import { describe, expect, it } from "vitest";
import { type ForkCheck, forkOutcome } from "./fork-policy.ts";

const unmeasured: ForkCheck = {
  ...{ exitCode: 5, event: "pull_request", mergeQueue: false, missingCalls: 37, worst: "$0.41" },
};

describe("a run that could not be measured", () => {
  it("passes only as a pull request before the queue, and says so everywhere", () => {
    for (const event of ["pull_request", "merge_group", "push", undefined]) {
      for (const mergeQueue of [true, false]) {
        const { exitCode, first, deferred } = forkOutcome({ ...unmeasured, event, mergeQueue });
        const passes = event === "pull_request" && mergeQueue;
        expect([event, mergeQueue, exitCode, deferred === true]).toEqual([event, mergeQueue, passes ? 0 : 5, passes]);
        expect(first).toMatch(/^NOT MEASURED: 37 calls, at most \$0\.41; /);
        for (const measured of [0, 1, 2, 3, 4, 130]) {
          expect(forkOutcome({ ...unmeasured, event, mergeQueue, exitCode: measured })).toEqual({ exitCode: measured });
        }
      }
    }
  });

  it("tells a maintainer a way that starts the workflow with the key, and to read the code before it", () => {
    const told = (more = {}) => forkOutcome({ ...unmeasured, ...more }).first ?? "";
    const advice = told({ ref: "refs/pull/12/merge" });
    const steps = [
      "reads the code first",
      "gh pr checkout 12",
      "git diff",
      "git push origin HEAD:refs/heads/measure-12",
      "gh pr create --head measure-12",
    ];
    const places = steps.map((step) => advice.indexOf(step));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(told()).toContain("gh pr checkout NUMBER");
    expect(told({ ref: "refs/pull/12/merge; rm -rf ~" })).toContain("gh pr checkout NUMBER");
  });
});
