import { describe, expect, it } from "vitest";
import { createSecretRedactor } from "../redact.ts";
import { watchHiddenKeys } from "./hidden-keys.ts";

const answer = (text: string) => ({ kind: "answer", text, finish: "stop" }) as const;

describe("watchHiddenKeys", () => {
  it("tells answers that were changed, by target and variable, with the fix", () => {
    const hide = createSecretRedactor({ MY_API_KEY: "planted-key-123" });
    const hidden = watchHiddenKeys("words");
    for (const caseId of ["c1", "c2"]) {
      hidden.add({ target: "plain", caseId, completion: answer(hide("it is planted-key-123")) });
    }
    hidden.add({ target: "plain", caseId: "c3", completion: answer("wait… [no mark] … here") });
    hidden.add({ target: "tuned", caseId: "c1", completion: answer("a [key…cate] of long ago") });
    expect(hidden.notices()).toEqual([
      {
        level: "warning",
        code: "key-hidden",
        text: expect.stringMatching(
          /^"words", "plain": answers to 2 cases \(c1, c2\) held the value of MY_API_KEY: \[MY_API_KEY…-123\] stands there, and so they are graded; .*run again$/,
        ),
      },
      {
        level: "warning",
        code: "key-hidden",
        text: expect.stringMatching(
          /^"words", "tuned": answers to 1 case \(c1\) have \[key…cate\] where .* run again$/,
        ),
      },
    ]);
  });

  it("says nothing of answers that are as they came", () => {
    const hidden = watchHiddenKeys("words");
    hidden.add({ target: "plain", caseId: "c1", completion: answer("a bearer certificate") });
    expect(hidden.notices()).toEqual([]);
  });
});
