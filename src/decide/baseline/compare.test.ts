/** The rule of the merge gate on made-up answers of known truth. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GatePolicy } from "../../suite/requirement.ts";
import { decide } from "../decide.ts";
import type { GateResult } from "../decision.ts";
import { createObservations } from "../observations.ts";
import { type Outcome, promptOnly, record, suiteOf, TODAY } from "../trials.test-data.ts";
import { compareWithBaseline } from "./compare.ts";
import type { Baseline } from "./contract.ts";
import { gateWithBaseline } from "./gate.ts";
import { type Head, headOf, snapshotOf } from "./head.ts";
import { isWorthALook, settleAll } from "./settle.ts";

const hash = "0".repeat(64);
const LOOK = { looks: [1], plannedLooks: [1] };

/** A head of one prompt; `outcomes` by case, then trial. */
function head(
  outcomes: readonly (readonly Outcome[])[],
  gate: GatePolicy = {},
  changes: Partial<Head["identity"]> = {},
  asked: { readonly askedHash?: string } = {},
): Head {
  const trials = outcomes[0]?.length ?? 1;
  const suite = suiteOf({ targets: [promptOnly("plain")], trials, gate });
  const observations = createObservations(suite);
  for (const [index, own] of outcomes.entries()) {
    for (const [at, outcome] of own.entries()) {
      observations.add(record(suite, { target: "plain", index, trial: at + 1, outcome }));
    }
  }
  const target = {
    target: "plain",
    model: "base",
    returned: ["base"],
    modelHash: hash,
    parametersHash: hash,
    ...asked,
  };
  return headOf(observations, decide(observations, { today: TODAY }), {
    identity: { suite: "made up", dataset: hash, graders: [], thresholds: {}, ...changes },
    targets: { prompt: target },
    fingerprintAt: () => hash,
  });
}
const cases = (count: number, right: number, trials = 3) =>
  Array.from({ length: count }, (_, at) => Array<Outcome>(trials).fill(at < right ? "right" : "wrong"));
const baselineOf = (of: Head): Baseline => ({ main: [snapshotOf(of).suite], release: [] });
const idOf = (of: Head, at: number) => of.cases[at]?.id ?? "";

describe("a head against its baseline", () => {
  it("passes unchanged with cases enough, and settles nothing with few", () => {
    const many = head(cases(200, 180));
    expect(compareWithBaseline(many, baselineOf(many), LOOK)).toMatchObject({ outcome: "pass", exam: [], cases: 200 });
    const few = head(cases(40, 36));
    expect(compareWithBaseline(few, baselineOf(few), LOOK).outcome).toBe("inconclusive");
  });

  describe("that asks what it asked on main", () => {
    const [asked, otherwise] = ["a".repeat(64), "b".repeat(64)];
    const few = (right: number, askedHash: string, trials = 3, count = 40) =>
      head(cases(count, right, trials), {}, {}, { askedHash });
    const against = (now: Head, of: Head) => {
      return compareWithBaseline(now, { main: [snapshotOf(of).suite], release: [snapshotOf(of).suite] }, LOOK);
    };

    it("passes where every case comes out alike, however few there are", () => {
      const result = against(few(36, asked), few(36, asked));
      expect(result).toMatchObject({
        outcome: "pass",
        why: '"plain" is asked what it was asked on main, and all 40 cases came out alike.',
        comparisons: [
          { unchanged: true, state: "pass" },
          { against: "release", state: "pass" },
        ],
      });
      expect(result.comparisons[0]?.lower).toBeLessThan(-0.03);
      expect(settleAll([result])[0]?.outcome).toBe("pass");
    });

    it("passes in the first of its trials, where all of the baseline's say the same", () => {
      expect(against(few(36, asked, 1), few(36, asked, 3)).outcome).toBe("pass");
    });

    it.each([
      ["another question", few(36, otherwise)],
      ["a case that comes out otherwise", few(35, asked)],
      ["a case less", few(36, asked, 3, 39)],
    ])("settles nothing with %s", (_, now) => {
      const result = against(now, few(36, asked));
      expect(result).toMatchObject({ outcome: "inconclusive", comparisons: [{ unchanged: false }, {}] });
    });

    it("settles nothing where an answer is missing, or the baseline does not say what was asked", () => {
      const lost = cases(40, 36).map((own, at) => (at === 0 ? (["lost", ...own.slice(1)] as Outcome[]) : own));
      expect(against(head(lost, {}, {}, { askedHash: asked }), few(36, asked)).outcome).toBe("inconclusive");
      expect(against(few(36, asked), head(cases(40, 36))).outcome).toBe("inconclusive");
    });
  });

  it("fails where it is shown to be down, lost cases first", () => {
    const base = baselineOf(head(cases(200, 180)));
    const result = compareWithBaseline(head(cases(200, 150)), base, LOOK);
    expect(result).toMatchObject({ outcome: "fail", comparisons: [{ won: 0, lost: 30, same: 170 }] });
    expect(result.comparisons[0]?.lostCases).toHaveLength(30);
    expect(result.comparisons[0]?.difference.value).toBeCloseTo(-0.15, 10);
  });

  it("reads missing answers against whatever is claimed, and is incomplete above two of a hundred", () => {
    const whole = cases(200, 180);
    const base = baselineOf(head(whole));
    const lose = (count: number) =>
      whole.map((own, at) => (at < count ? Array<Outcome>(own.length).fill("lost") : own));
    const some = compareWithBaseline(head(lose(4)), base, LOOK);
    expect(some.comparisons[0]?.missingBounds).toEqual({ lower: -4 / 200, upper: 0 });
    expect(compareWithBaseline(head(lose(5)), base, LOOK).outcome).toBe("incomplete");
  });

  it("fails a case that must pass by 2 of 3 trials, not by 1, and never a flaky one", () => {
    const before = cases(200, 200);
    const base = baselineOf(head(before));
    const id = idOf(head(before), 7);
    const now = (own: readonly Outcome[]) => before.map((one, at) => (at === 7 ? own : one));
    const outcome = (own: readonly Outcome[], against = base) =>
      compareWithBaseline(head(now(own), { mustPass: [id] }), against, LOOK).outcome;
    expect(outcome(["wrong", "wrong", "right"])).toBe("fail");
    expect(outcome(["wrong", "right", "right"])).toBe("pass");
    expect(outcome(["wrong", "wrong", "wrong"], baselineOf(head(now(["right", "wrong", "right"]))))).toBe("pass");
  });

  describe("with a case that must pass and that the baseline does not have as it is", () => {
    const before = cases(200, 200);
    const base = baselineOf(head(before));
    const id = idOf(head(before), 7);
    const [main] = base.main;
    const changed = (kind: "new" | "edited"): Baseline => ({
      main:
        main === undefined
          ? []
          : [
              {
                ...main,
                cases:
                  kind === "new"
                    ? main.cases.filter((one) => one.id !== id)
                    : main.cases.map((one) => (one.id === id ? { ...one, fingerprint: "f".repeat(16) } : one)),
              },
            ],
      release: [],
    });
    const now = (own: readonly Outcome[], policy: GatePolicy = {}) =>
      head(
        before.map((one, at) => (at === 7 ? own : one.slice(0, own.length))),
        { mustPass: [id], ...policy },
      );
    const look = (own: readonly Outcome[], of: Baseline | undefined, looked = LOOK) =>
      compareWithBaseline(now(own), of, looked);

    it.each([
      ["new", "it is new, and it fails"],
      ["edited", "it was changed, and it fails"],
    ] as const)("fails by most of its trials where it is %s, and passes by few", (kind, why) => {
      const failed = look(["wrong", "wrong", "right"], changed(kind));
      expect(failed).toMatchObject({
        outcome: "fail",
        why: `The case "${id}" must pass: ${why} (1 of 3).`,
        mustPass: [{ state: "fail", base: [0, 0] }],
      });
      expect(look(["wrong", "right", "right"], changed(kind)).outcome).toBe("pass");
    });

    it("takes one answer for enough where no more are asked, and asks again where they are", () => {
      const single = baselineOf(head(cases(200, 200, 1)));
      const without = {
        ...single,
        main: single.main.map((one) => ({ ...one, cases: one.cases.filter((own) => own.id !== id) })),
      };
      expect(look(["wrong"], without)).toMatchObject({ outcome: "fail" });
      expect(look(["wrong"], without, { looks: [1], plannedLooks: [1, 3] })).toMatchObject({
        outcome: "inconclusive",
        mustPass: [{ state: "open" }],
      });
      expect(look(["lost"], without).mustPass).toMatchObject([
        { state: "open", why: "1 of its 1 answers are missing" },
      ]);
    });

    it("fails the gate where nothing is compared, and leaves it as it is where the case passes", () => {
      const verdict: GateResult = {
        suite: "made up",
        verdict: "KEEP_PROMPTING",
        outcome: "pass",
        exitCode: 0,
        why: "",
      };
      const gated = (own: readonly Outcome[], strict: boolean, policy: GatePolicy = {}) => {
        const result = compareWithBaseline(now(own, policy), undefined, LOOK);
        expect(result.outcome).toBe("no-comparison");
        return gateWithBaseline(verdict, result, policy, strict);
      };
      const wrong: readonly Outcome[] = ["wrong", "wrong", "wrong"];
      for (const strict of [true, false]) {
        expect(gated(wrong, strict)).toMatchObject({ outcome: "fail", exitCode: 1 });
        expect(gated(wrong, strict, { onInconclusive: "pass" })).toMatchObject({ outcome: "fail" });
      }
      expect(gated(wrong, false).why).toBe(
        `The case "${id}" must pass: the baseline has no answers to hold it against, and it fails (0 of 3).`,
      );
      expect(gated(["right", "right", "right"], false).outcome).toBe("pass");
      expect(gated(["right", "right", "right"], true).outcome).toBe("no-comparison");
      expect(gated(["right", "wrong"], false).outcome).toBe("inconclusive");
      expect(gated(["right", "wrong"], false, { onInconclusive: "pass" }).outcome).toBe("pass");
    });
  });

  describe("with a case that had to pass when the baseline was written", () => {
    const before = cases(200, 200);
    const id = idOf(head(before), 7);
    const base = baselineOf(head(before, { mustPass: [id] }));
    const now = (own: readonly Outcome[]) => head(before.map((one, at) => (at === 7 ? own : one.slice(0, own.length))));
    const wrong: readonly Outcome[] = ["wrong", "wrong", "wrong"];
    const lost = `1 case that had to pass has lost the mark ("${id}"), and still must`;

    it("is held to it where the mark is taken off, which is said first", () => {
      const result = compareWithBaseline(now(wrong), base, LOOK);
      expect(result).toMatchObject({
        outcome: "fail",
        why: `The case "${id}" must pass: it always passed, and mostly fails now (0 of 3).`,
        exam: [{ kind: "cases", text: lost }],
      });
      const passing = compareWithBaseline(now(["right", "right", "right"]), base, LOOK);
      expect(passing).toMatchObject({ outcome: "pass", exam: [{ text: lost }], mustPass: [{ id, state: "pass" }] });
      // A baseline from before marks were kept knows of none.
      expect(compareWithBaseline(now(wrong), baselineOf(head(before)), LOOK)).toMatchObject({ exam: [], mustPass: [] });
      expect(compareWithBaseline(head(before, { mustPass: [id] }), base, LOOK).exam).toEqual([]);
    });

    it("is held to it under another id, and where nothing is compared", () => {
      const [main] = base.main;
      const contents = main?.cases.map((one, at) => ({ ...one, fingerprint: String(at).padStart(16, "0") })) ?? [];
      const own = { ...base, main: main === undefined ? [] : [{ ...main, cases: contents }] };
      const content = new Map(contents.map((one) => [one.id, one.fingerprint]));
      const other = now(wrong);
      const renamed = {
        ...other,
        cases: other.cases.map((one) => ({ ...one, id: `new-${one.id}`, fingerprint: content.get(one.id) ?? "" })),
      };
      const result = compareWithBaseline(renamed, own, LOOK);
      expect(result).toMatchObject({
        outcome: "no-comparison",
        why: expect.stringContaining(
          "the ids of the cases changed: 200 of 200 cases have a content that the baseline holds under another id",
        ),
        mustPass: [{ id: `new-${id}`, state: "fail" }],
      });
      expect(result.exam[0]?.text).toBe(lost.replace(id, `new-${id}`));
    });

    it("is missed where it is gone, and no further look is taken for it", () => {
      const whole = now(["right", "right", "right"]);
      const without = { ...whole, cases: whole.cases.filter((one) => one.id !== id) };
      const result = compareWithBaseline(without, base, { looks: [3], plannedLooks: [3, 5] });
      expect(result).toMatchObject({
        outcome: "inconclusive",
        why: expect.stringContaining("it had to pass and is gone"),
        mustPass: [{ id, state: "open", base: [3, 3], head: [0, 0] }],
      });
      expect(result.exam[0]?.text).toBe(`1 case that had to pass is gone ("${id}")`);
      expect(isWorthALook(result)).toBe(false);
      const open = compareWithBaseline(head(cases(40, 36)), baselineOf(head(cases(40, 36))), LOOK);
      expect(isWorthALook(open)).toBe(true);
    });

    it("fails by all of fewer trials where no further look comes, and the fewer are named", () => {
      const fewer = { kind: "thresholds", text: "1 trial of a case is asked at most, and the baseline holds 3" };
      const result = compareWithBaseline(now(["wrong"]), base, LOOK);
      expect(result).toMatchObject({ outcome: "fail", exam: [{ text: lost }, fewer] });
      expect(result.why).toContain("it always passed, and fails in the one answer that is asked now (0 of 1)");
      const two = compareWithBaseline(now(["wrong", "right"]), base, LOOK);
      expect(two.mustPass).toMatchObject([{ state: "open" }]);
      const more = compareWithBaseline(now(["wrong"]), base, { looks: [1], plannedLooks: [1, 3] });
      expect(more).toMatchObject({ mustPass: [{ state: "open" }], exam: [{ text: lost }] });
    });
  });

  it("says that missing answers decide, where they do", () => {
    const whole = cases(240, 240);
    const base = baselineOf(head(whole));
    const lose = (count: number, of = whole) =>
      head(of.map((own, at) => (at < count ? Array<Outcome>(own.length).fill("lost") : own)));
    const some = compareWithBaseline(lose(4), base, LOOK);
    expect(some).toMatchObject({
      outcome: "inconclusive",
      why: expect.stringMatching(
        /^"plain" would be shown to be within 3\.0 points of main, and 12 missing answers, which may have failed, decide: 0\.0 points \(.*, 236 cases paired\)\.$/,
      ),
      comparisons: [{ missing: { trials: 12, decide: true } }],
    });
    expect(compareWithBaseline(lose(0), base, LOOK).outcome).toBe("pass");
    const few = cases(60, 60);
    const open = compareWithBaseline(lose(1, few), baselineOf(head(few)), LOOK);
    expect(open).toMatchObject({ outcome: "inconclusive", why: expect.stringContaining("neither shown") });
    expect(open.comparisons[0]?.missing).not.toHaveProperty("decide");
  });

  it("passes no case that must pass by answers that are not there", () => {
    const before = cases(200, 200);
    const base = baselineOf(head(before));
    const id = idOf(head(before), 7);
    const now = (own: readonly Outcome[]) => before.map((one, at) => (at === 7 ? own : one));
    const against = (own: readonly Outcome[], of = base) =>
      compareWithBaseline(head(now(own), { mustPass: [id], margin: 0.05 }), of, LOOK);
    const none = against(["lost", "lost", "lost"]);
    expect(none).toMatchObject({
      outcome: "inconclusive",
      why: `The case "${id}" must pass and is not shown to: 3 of its 3 answers are missing.`,
      comparisons: [{ state: "pass" }],
      mustPass: [{ state: "open", head: [0, 0] }],
    });
    expect(settleAll([none])[0]?.outcome).toBe("inconclusive");
    expect(against(["right", "lost", "lost"])).toMatchObject({
      outcome: "inconclusive",
      mustPass: [{ state: "open" }],
    });
    expect(against(["wrong", "lost", "right"]).outcome).toBe("inconclusive");
    expect(against(["right", "lost", "right"])).toMatchObject({ outcome: "pass", mustPass: [{ state: "pass" }] });
    expect(against(["wrong", "lost", "wrong"])).toMatchObject({ outcome: "fail", mustPass: [{ state: "fail" }] });
    const flaky = baselineOf(head(now(["right", "wrong", "right"])));
    expect(against(["lost", "lost", "lost"], flaky).outcome).toBe("pass");
  });

  it("holds small losses together against the release", () => {
    const released = snapshotOf(head(cases(300, 300))).suite;
    const main = snapshotOf(head(cases(300, 276))).suite;
    const now = head(cases(300, 276), { margin: 0.03 });
    expect(compareWithBaseline(now, { main: [main], release: [] }, LOOK).outcome).toBe("pass");
    const result = settleAll([compareWithBaseline(now, { main: [main], release: [released] }, LOOK)])[0];
    expect(result).toMatchObject({ outcome: "fail", why: expect.stringContaining("the release") });
  });

  it("says that the release may not be compared, and lets no strict gate pass on it", () => {
    const released = snapshotOf(head(cases(200, 200))).suite;
    const grader = { name: "exact", kind: "exact", version: 1, argsHash: hash };
    const now = head(cases(200, 180), {}, { graders: [grader] });
    const result = compareWithBaseline(now, { main: [snapshotOf(now).suite], release: [released] }, LOOK);
    expect(result).toMatchObject({ outcome: "pass", comparisons: [{ against: "main" }] });
    expect(result.noRelease).toMatch(
      /^No comparison with the release: the grader "exact" is new\. .*baseline --release --suite/,
    );
    const gate: GateResult = { suite: "s", verdict: "CONFIRMED", outcome: "pass", exitCode: 0, why: "Met." };
    const gated = (strict: boolean, of = result) => gateWithBaseline(gate, settleAll([of])[0] ?? of, {}, strict);
    expect(gated(true)).toMatchObject({ outcome: "no-comparison", exitCode: 2, why: result.noRelease });
    expect(gated(false)).toMatchObject({ outcome: "pass" });
    const down = compareWithBaseline(head(cases(200, 150), {}, { graders: [grader] }), baselineOf(now), LOOK);
    expect(gated(true, { ...down, noRelease: result.noRelease ?? "" })).toMatchObject({ outcome: "fail" });
    const refused = compareWithBaseline(now, { main: [released], release: [released] }, LOOK);
    expect(refused).toMatchObject({ outcome: "no-comparison", noRelease: result.noRelease });
    expect(compareWithBaseline(now, baselineOf(now), LOOK)).not.toHaveProperty("noRelease");
  });

  it("is not compared under other graders, unless the case is gone; thresholds are told only", () => {
    const base = baselineOf(head(cases(200, 180)));
    const grader = { name: "exact", kind: "exact", version: 1, argsHash: hash };
    const other = compareWithBaseline(head(cases(200, 180), {}, { graders: [grader] }), base, LOOK);
    expect(other).toMatchObject({ outcome: "no-comparison", comparisons: [] });
    const lower = compareWithBaseline(head(cases(200, 180), {}, { thresholds: { "gate.margin": "0.2" } }), base, LOOK);
    expect(lower.outcome).toBe("pass");
    expect(lower.exam).toEqual([{ kind: "thresholds", text: "gate.margin was not set and is 0.2" }]);
    expect(compareWithBaseline(head(cases(200, 180)), undefined, LOOK).outcome).toBe("no-comparison");
  });

  it("corrects for all that is compared in one run", () => {
    const one = compareWithBaseline(head(cases(200, 173)), baselineOf(head(cases(200, 180))), LOOK);
    expect(one.outcome).toBe("fail");
    expect(settleAll([one])[0]?.outcome).toBe("fail");
    const same = compareWithBaseline(head(cases(200, 180)), baselineOf(head(cases(200, 180))), LOOK);
    const together = settleAll([one, ...Array.from({ length: 5 }, () => same)]);
    expect(together[0]?.comparisons[0]?.pDropHolm).toBeCloseTo(6 * (one.comparisons[0]?.pDrop ?? 0), 10);
  });

  it("never fails an unchanged head, whatever its answers (property)", () => {
    const trial = fc.constantFrom<Outcome>("right", "wrong");
    const answers = fc.array(fc.array(trial, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(answers, (own) => {
        const now = head(own);
        const result = compareWithBaseline(now, baselineOf(now), LOOK);
        expect(result.outcome).not.toBe("fail");
        expect(result.comparisons[0]).toMatchObject({ won: 0, lost: 0, pDrop: 1 });
        expect(compareWithBaseline(head(own), baselineOf(head(own)), LOOK)).toEqual(result);
      }),
      { numRuns: 40 },
    );
  });
});
