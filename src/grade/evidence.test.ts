import { describe, expect, it } from "vitest";
import { evidenceProblem } from "./evidence.ts";

const answer = "Dear Ms Gray,\n\n  we refund  the caf\u00e9 bill within 30\u00a0days.\r\nYours";

describe("evidenceProblem", () => {
  it.each([
    ["word for word", "we refund"],
    ["with other white space", " Gray, we refund\tthe "],
    ["composed otherwise", "the cafe\u0301 bill"],
    ["with characters that are not seen", "re\u200bfund"],
    ["over a no-break space", "30 days"],
    ["all of it", answer],
  ])("takes what stands in the answer, %s", (_, quote) => {
    expect(evidenceProblem(quote, answer)).toBeUndefined();
  });

  it.each([
    ["nothing", undefined, /quotes nothing/],
    ["white space", " \n", /quotes nothing/],
    ["other words", "we will refund", /does not stand/],
    ["another letter case", "dear ms gray", /does not stand/],
    ["two places with a gap", "Dear Ms Gray … Yours", /does not stand/],
    ["a single letter", "w", /fewer than 2 letters/],
    ["punctuation", ",", /fewer than 2 letters/],
  ])("does not take %s", (_, quote, why) => {
    expect(evidenceProblem(quote, answer)).toMatch(why);
  });

  it("takes the whole of an answer that has no more", () => {
    expect(evidenceProblem("7", "7")).toBeUndefined();
    expect(evidenceProblem("您好", "您好，我明白了")).toBeUndefined();
  });
});
