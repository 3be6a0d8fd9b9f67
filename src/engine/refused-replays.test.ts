import { describe, expect, it } from "vitest";
import { answer, failure, fakeModel, fakePlan } from "./fakes.test-data.ts";
import { watchReplays } from "./refused-replays.ts";

const model = fakeModel({ answers: "stored", recording: { file: "../recordings/words.jsonl" } });

describe("watchReplays", () => {
  it("names the cases that a recording could not answer, each once, with what to do", () => {
    const watch = watchReplays(fakePlan({ name: "words", models: [model] }));
    const changed = failure("prompt-changed");
    for (const caseId of ["a", "a", "b"]) watch.add({ target: "target 0", caseId, completion: changed });
    watch.add({ target: "target 0", caseId: "c", completion: answer("ok") });
    watch.add({ target: "target 0", caseId: "d", completion: failure("not-recorded") });
    expect(watch.notices()).toEqual([
      {
        level: "warning",
        code: "prompt-changed",
        text: '"words", "target 0": ../recordings/words.jsonl was recorded with another prompt or other parameters for 2 cases (a, b): record again from the model, or bring the old prompt back',
      },
      {
        level: "warning",
        code: "not-recorded",
        text: '"words", "target 0": ../recordings/words.jsonl holds no answer for 1 case (d): record the model\'s answers again',
      },
    ]);
  });

  it("counts the cases beyond the first ten", () => {
    const watch = watchReplays(fakePlan({ models: [model] }));
    for (let n = 1; n <= 12; n++)
      watch.add({ target: "target 0", caseId: `c${n}`, completion: failure("not-recorded") });
    expect(watch.notices()[0]?.text).toContain("for 12 cases (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 and 2 more)");
  });

  it("says nothing of other failures, nor of models that are no recording", () => {
    const watch = watchReplays(fakePlan({ models: [model, fakeModel()] }));
    watch.add({ target: "target 0", caseId: "a", completion: failure("timeout") });
    watch.add({ target: "target 1", caseId: "a", completion: failure("not-recorded") });
    expect(watch.notices()).toEqual([]);
  });
});
