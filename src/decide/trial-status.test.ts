import { describe, expect, it } from "vitest";
import type { Grade, Graded } from "../suite/grade.ts";
import { absentBecause, Flaw, formStatus, isNotMeasurable, Status } from "./trial-status.ts";
import { scored } from "./trials.test-data.ts";

const ungraded: Grade = { kind: "ungraded", reason: "judge-cannot-tell", why: "made up" };
const spared: Grade = { kind: "spared", by: "exact", why: "made up" };
const declined: Grade = { kind: "declined" };
const both = (grade: Grade): Graded => ({ strict: grade, lenient: grade });

const rules = [
  { name: "exact", required: true, passAt: 1 },
  { name: "rubric", required: true, passAt: 0.7 },
  { name: "shown only", required: false, passAt: 1 },
];

function statusOf(exact: Grade, rubric: Grade, shown: Grade = scored(0)): ReturnType<typeof formStatus> {
  const grades = new Map([
    ["exact", both(exact)],
    ["rubric", both(rubric)],
    ["shown only", both(shown)],
  ]);
  return formStatus(rules, grades, "strict");
}

describe("the status of a trial", () => {
  it.each([
    ["all required graders pass", scored(1), scored(0.7), Status.passed],
    ["a score just under passAt fails", scored(1), scored(0.69), Status.failed],
    ["one required grader fails", scored(0), scored(1), Status.failed],
    ["a declined answer fails", scored(1), declined, Status.failed],
    ["ungraded where nothing failed is missing", scored(1), ungraded, Status.missing],
    ["failed decides although another is ungraded", scored(0), ungraded, Status.failed],
    ["declined decides although another is ungraded", ungraded, declined, Status.failed],
    ["all ungraded is missing", ungraded, ungraded, Status.missing],
    ["a spared judge leaves it to the grader that failed", scored(0), spared, Status.failed],
    ["a spared judge never lets an answer pass", scored(1), spared, Status.missing],
  ])("%s", (_, exact, rubric, status) => {
    expect(statusOf(exact, rubric).status).toBe(status);
  });

  it("does not heed graders that are not required", () => {
    expect(statusOf(scored(1), scored(1), scored(0)).status).toBe(Status.passed);
    expect(statusOf(scored(1), scored(1), ungraded).status).toBe(Status.passed);
  });

  it("says who could not grade and why", () => {
    expect(statusOf(scored(1), ungraded).why).toBe('not graded by "rubric": the judge could not tell');
    expect(formStatus(rules, new Map([["exact", both(scored(1))]]), "strict").why).toContain("was not graded");
  });

  it("names the gravest flaw of what failed", () => {
    expect(statusOf(scored(0, "unparsed"), scored(0, "cut")).flaw).toBe(Flaw.cut);
    expect(statusOf(scored(0, "empty"), declined).flaw).toBe(Flaw.declined);
    expect(statusOf(scored(1), scored(1)).flaw).toBe(Flaw.none);
  });

  it("reads each form by itself", () => {
    const grades = new Map<string, Graded>([
      ["exact", { strict: scored(0, "unparsed"), lenient: scored(1) }],
      ["rubric", both(scored(1))],
    ]);
    expect(formStatus(rules, grades, "strict").status).toBe(Status.failed);
    expect(formStatus(rules, grades, "lenient").status).toBe(Status.passed);
  });
});

describe("a completion that is no answer", () => {
  const failure = { kind: "failure", retry: "final", scope: "call", message: "x" } as const;

  it("is told in plain words, never as a wrong answer", () => {
    expect(absentBecause({ ...failure, code: "rate-limited" })).toBe("rate limit of the provider");
    expect(absentBecause({ kind: "not-called", why: "offline" })).toBe("offline");
    expect(absentBecause({ kind: "answer", text: "", finish: "stop" })).toBeUndefined();
  });

  it("tells what could not be tried from what went wrong", () => {
    expect(isNotMeasurable({ kind: "not-called", why: "offline" })).toBe(true);
    expect(isNotMeasurable({ ...failure, code: "key-missing" })).toBe(true);
    expect(isNotMeasurable({ ...failure, code: "unreachable" })).toBe(false);
  });
});
