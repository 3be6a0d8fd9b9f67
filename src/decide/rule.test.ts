import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RequirementResult, RequirementState } from "./decision.ts";
import type { GateFinding } from "./gate-finding.ts";
import { GATES, type GateName, type Gates } from "./gates.ts";
import { type Contrast, type Evidence, rule } from "./rule.ts";

type Key = RequirementResult["key"];

function result(key: Key, state: RequirementState, blocking = true): RequirementResult {
  const most = key === "cost" || key === "cost-per-success" || key === "latency";
  return {
    key,
    label: key,
    direction: most ? "at-most" : "at-least",
    threshold: 0.9,
    unit: most ? "ms" : "share",
    blocking,
    estimate: { available: false, why: "made up" },
    state,
    why: "made up",
  };
}

const of = (states: Readonly<Partial<Record<Key, RequirementState>>>): RequirementResult[] =>
  Object.entries(states).map(([key, state]) => result(key as Key, state));

const better: Contrast = { superior: true, noninferior: true, inferior: false, noGain: false };
const same: Contrast = { superior: false, noninferior: true, inferior: false, noGain: false };
const open: Contrast = { superior: false, noninferior: false, inferior: false, noGain: false };
const worse: Contrast = { superior: false, noninferior: false, inferior: true, noGain: true };
const noGain: Contrast = { superior: false, noninferior: true, inferior: false, noGain: true };

/** Gates that are passed but for those named. */
function gates(states: Readonly<Partial<Record<GateName, GateFinding["state"]>>> = {}): Gates {
  const finding = (gate: GateName): GateFinding => ({ state: states[gate] ?? "passed", why: "made up", change: "" });
  return Object.fromEntries(GATES.map((gate) => [gate, finding(gate)])) as unknown as Gates;
}

const MET = "MET";
const MISSED = "NOT_MET";
const AT = "AT_THRESHOLD";
const OPEN = "UNDECIDED";

function tuned(
  states: Readonly<Partial<Record<Key, RequirementState>>>,
  contrasts: readonly (Contrast | undefined)[],
  more = {},
) {
  return {
    results: of(states),
    contrasts,
    losesAbility: false,
    retires: false,
    gainsAbility: contrasts.map((contrast) => contrast?.superior),
    ...more,
  };
}

const unsplit: Evidence = {
  prompt: of({ quality: MISSED, need: MISSED }),
  lenient: of({ quality: MISSED, need: MISSED }),
  oneForm: [["judge"], ["judge"]],
};

describe("the rule without a tuned target", () => {
  it.each<readonly [string, Evidence, string, string]>([
    ["all met", { prompt: of({ quality: MET, need: MET }) }, "KEEP_PROMPTING", "all-met"],
    [
      "one at its threshold",
      { prompt: of({ quality: AT, need: MET }) },
      "KEEP_PROMPTING",
      "need-met-rest-at-threshold",
    ],
    ["the need itself at its threshold", { prompt: of({ quality: MET, need: AT }) }, "INCONCLUSIVE", "undecided"],
    ["one open", { prompt: of({ quality: OPEN, need: MET }) }, "INCONCLUSIVE", "undecided"],
    [
      "one open, one at its threshold",
      { prompt: of({ quality: AT, cost: OPEN, need: MET }) },
      "INCONCLUSIVE",
      "undecided",
    ],
    [
      "one missed",
      { prompt: of({ quality: MISSED, need: MET }), gates: gates() },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
    ],
    [
      "the need missed",
      { prompt: of({ quality: MET, need: MISSED }), gates: gates() },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
    ],
    [
      "missed in form only",
      { prompt: of({ quality: MISSED, need: MISSED }), lenient: of({ quality: MET, need: AT }) },
      "KEEP_PROMPTING",
      "format-first",
    ],
    [
      "missed, and open once form is no matter",
      { prompt: of({ quality: MISSED, need: MISSED }), lenient: of({ quality: MET, need: OPEN }) },
      "INCONCLUSIVE",
      "format-open",
    ],
    [
      "one open once form is no matter, one missed in both",
      { prompt: of({ quality: MISSED, need: MISSED }), lenient: of({ quality: OPEN, need: MISSED }), gates: gates() },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
    ],
    [
      "missed in both forms",
      { prompt: of({ quality: MISSED, need: MET }), lenient: of({ quality: MISSED, need: MET }), gates: gates() },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
    ],
    [
      "one missed in form only, one in both",
      { prompt: of({ quality: MISSED, need: MISSED }), lenient: of({ quality: MET, need: MISSED }), gates: gates() },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
    ],
    [
      "missed by a grader of one form, whatever the gates say",
      { ...unsplit, gates: gates() },
      "INCONCLUSIVE",
      "format-open",
    ],
    [
      "missed by a grader of one form, where something cheaper is shown to do",
      { ...unsplit, gates: gates({ cheaper: "stopped" }) },
      "KEEP_PROMPTING",
      "cheaper-first",
    ],
    [
      "the same before prompting was pushed",
      { ...unsplit, gates: gates({ pushed: "open", cheaper: "stopped" }) },
      "INCONCLUSIVE",
      "format-open",
    ],
    [
      "met once the form of the other graders is no matter, beside one of one form",
      { ...unsplit, lenient: of({ quality: MET, need: MET }), gates: gates() },
      "KEEP_PROMPTING",
      "format-first",
    ],
    [
      "a quality that is split is missed in both forms, the need is not split",
      { ...unsplit, oneForm: [[], ["judge"]], gates: gates() },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
    ],
    [
      "a missed price does not split what is not split",
      {
        prompt: of({ quality: MISSED, cost: MISSED }),
        lenient: of({ quality: MISSED, cost: MISSED }),
        oneForm: [["judge"], []],
        gates: gates(),
      },
      "INCONCLUSIVE",
      "format-open",
    ],
    [
      "form does not explain cost",
      { prompt: of({ cost: MISSED, need: MET }), lenient: of({ cost: MISSED, need: MET }), gates: gates() },
      "FINE_TUNE_JUSTIFIED",
      "requirement-not-met",
    ],
  ])("%s", (_, evidence, kind, code) => {
    expect(rule(evidence)).toMatchObject({ kind, code });
  });

  const missed = of({ quality: MISSED, need: MISSED });
  it.each<readonly [string, Gates | undefined, string, string]>([
    ["nothing stated", undefined, "INCONCLUSIVE", "not-pushed"],
    ["all passed", gates(), "FINE_TUNE_JUSTIFIED", "requirement-not-met"],
    ["prompting not pushed", gates({ pushed: "open", venue: "stopped" }), "INCONCLUSIVE", "not-pushed"],
    ["something cheaper does", gates({ cheaper: "stopped", data: "open" }), "KEEP_PROMPTING", "cheaper-first"],
    ["open whether something cheaper does", gates({ cheaper: "open" }), "INCONCLUSIVE", "cheaper-open"],
    ["no examples", gates({ data: "open", venue: "stopped" }), "INCONCLUSIVE", "no-data"],
    ["nobody trains", gates({ venue: "stopped", money: "stopped" }), "NOT_FEASIBLE", "no-venue"],
    ["nothing known of who trains", gates({ venue: "open" }), "INCONCLUSIVE", "venue-unknown"],
    ["it never pays", gates({ money: "stopped" }), "KEEP_PROMPTING", "never-pays"],
    [
      "a tuned request is over the limit",
      { ...gates(), money: { state: "stopped", why: "made up", change: "", tooDear: true } },
      "KEEP_PROMPTING",
      "too-dear",
    ],
    ["open whether it pays", gates({ money: "open" }), "INCONCLUSIVE", "money-unknown"],
  ])("gates: %s", (_, given, kind, code) => {
    expect(rule({ prompt: missed, ...(given === undefined ? {} : { gates: given }) })).toMatchObject({ kind, code });
  });

  it.each<readonly [string, Evidence, string]>([
    ["all of it", { prompt: missed, lenient: of({ quality: MET, need: AT }) }, "format-first"],
    ["maybe all of it", { prompt: missed, lenient: of({ quality: MET, need: OPEN }) }, "format-open"],
    ["nobody can tell how much", unsplit, "format-open"],
  ])("where output held to the form was tried, asks the gates whatever format explains: %s", (_, given, code) => {
    const untried = { ...given, gates: gates() };
    expect(rule({ ...untried, formTried: false })).toMatchObject({ code });
    expect(rule({ ...untried, formTried: true })).toMatchObject({ kind: "FINE_TUNE_JUSTIFIED" });
    expect(rule({ ...given, gates: gates({ data: "open" }), formTried: true })).toMatchObject({ code: "no-data" });
  });

  it("asks no gate where format explains what is missed, or nothing is missed", () => {
    const shut = gates({ pushed: "open" });
    expect(rule({ prompt: of({ quality: MET, need: MET }), gates: shut })).toMatchObject({ code: "all-met" });
    const lenient = of({ quality: MET, need: MET });
    expect(rule({ prompt: missed, lenient, gates: shut })).toMatchObject({ code: "format-first" });
  });

  it("does not heed what is not blocking", () => {
    const prompt = [result("quality", MISSED, false), result("need", MET)];
    expect(rule({ prompt })).toMatchObject({ code: "all-met" });
  });
});

describe("the rule with a tuned target", () => {
  const missed = of({ quality: MISSED, stability: MET, need: MET });
  const met = { quality: MET, stability: MET, need: MET } as const;

  it.each<readonly [string, Evidence, string, string]>([
    [
      "prompting meets all",
      { prompt: of(met), tuned: tuned(met, [better, better, better]) },
      "KEEP_PROMPTING",
      "all-met",
    ],
    [
      "prompting is open",
      { prompt: of({ ...met, quality: OPEN }), tuned: tuned(met, [better, same, same]) },
      "INCONCLUSIVE",
      "undecided",
    ],
    [
      "met and better, no worse elsewhere",
      { prompt: missed, tuned: tuned(met, [better, same, same]) },
      "CONFIRMED",
      "tuned-meets-and-better",
    ],
    [
      "met and not shown to be better",
      { prompt: missed, tuned: tuned(met, [same, same, same]) },
      "INCONCLUSIVE",
      "undecided",
    ],
    [
      "met, a loss elsewhere not ruled out",
      { prompt: missed, tuned: tuned(met, [better, open, same]) },
      "INCONCLUSIVE",
      "undecided",
    ],
    [
      "met, worse elsewhere",
      { prompt: missed, tuned: tuned(met, [better, worse, same]) },
      "REJECTED",
      "tuned-inferior",
    ],
    [
      "better, not met",
      { prompt: missed, tuned: tuned({ ...met, quality: MISSED }, [better, same, same]) },
      "REJECTED",
      "tuned-misses",
    ],
    [
      "better, open",
      { prompt: missed, tuned: tuned({ ...met, quality: OPEN }, [better, same, same]) },
      "INCONCLUSIVE",
      "undecided",
    ],
    [
      "misses something else",
      { prompt: missed, tuned: tuned({ ...met, stability: MISSED }, [better, same, same]) },
      "REJECTED",
      "tuned-misses",
    ],
    [
      "no gain where it is needed",
      { prompt: missed, tuned: tuned({ ...met, quality: OPEN }, [noGain, same, same]) },
      "REJECTED",
      "tuned-inferior",
    ],
    [
      "no gain where none is needed",
      { prompt: missed, tuned: tuned(met, [better, noGain, same]) },
      "CONFIRMED",
      "tuned-meets-and-better",
    ],
    [
      "loses ability",
      { prompt: missed, tuned: tuned(met, [better, same, same], { losesAbility: true }) },
      "REJECTED",
      "tuned-inferior",
    ],
    [
      "ends soon",
      { prompt: missed, tuned: tuned(met, [better, same, same], { retires: true }) },
      "INCONCLUSIVE",
      "retires",
    ],
    [
      "gains form alone, which nothing cheaper was tried for",
      { prompt: missed, lenient: of(met), tuned: tuned(met, [better, same, same], { gainsAbility: [false] }) },
      "KEEP_PROMPTING",
      "format-first",
    ],
    [
      "may gain form alone",
      {
        prompt: missed,
        lenient: of({ ...met, quality: OPEN }),
        tuned: tuned(met, [better, same, same], { gainsAbility: [false] }),
      },
      "INCONCLUSIVE",
      "format-open",
    ],
    [
      "gains form alone, and the cheaper way was tried",
      {
        prompt: missed,
        lenient: of(met),
        formTried: true,
        tuned: tuned(met, [better, same, same], { gainsAbility: [false] }),
      },
      "CONFIRMED",
      "tuned-meets-and-better",
    ],
    [
      "gains ability beside the form",
      { prompt: missed, lenient: of(met), tuned: tuned(met, [better, same, same], { gainsAbility: [true] }) },
      "CONFIRMED",
      "tuned-meets-and-better",
    ],
    [
      "is missed whatever the form",
      { prompt: missed, lenient: missed, tuned: tuned(met, [better, same, same], { gainsAbility: [false] }) },
      "CONFIRMED",
      "tuned-meets-and-better",
    ],
    [
      "a price that the same prompt keeps when served cheaper",
      {
        prompt: of({ cost: MISSED, need: MET }),
        tuned: tuned({ cost: MET, need: MET }, [better, same]),
        gates: gates({ cheaper: "stopped" }),
      },
      "KEEP_PROMPTING",
      "cheaper-first",
    ],
    [
      "a cheaper way that is not known does not undo what is measured",
      {
        prompt: of({ cost: MISSED, need: MET }),
        tuned: tuned({ cost: MET, need: MET }, [better, same]),
        gates: gates({ cheaper: "open" }),
      },
      "CONFIRMED",
      "tuned-meets-and-better",
    ],
    [
      "quality is gained too",
      {
        prompt: of({ quality: MISSED, cost: MISSED, need: MET }),
        tuned: tuned({ quality: MET, cost: MET, need: MET }, [better, better, same]),
        gates: gates({ cheaper: "stopped" }),
      },
      "CONFIRMED",
      "tuned-meets-and-better",
    ],
    [
      "runs where the data may not go",
      { prompt: missed, tuned: tuned(met, [better, same, same]), gates: gates({ venue: "stopped" }) },
      "NOT_FEASIBLE",
      "no-venue",
    ],
    ["not compared", { prompt: missed, tuned: tuned(met, [undefined, same, same]) }, "INCONCLUSIVE", "undecided"],
    [
      "cost must be met, a margin does not help",
      {
        prompt: of({ quality: MISSED, cost: MET, need: MET }),
        tuned: tuned({ quality: MET, cost: OPEN, need: MET }, [better, same, same]),
      },
      "INCONCLUSIVE",
      "undecided",
    ],
  ])("%s", (_, evidence, kind, code) => {
    expect(rule(evidence)).toMatchObject({ kind, code });
  });
});

describe("what a tuned model that is better costs", () => {
  const all = { quality: MET, cost: MET, "cost-per-success": MET, latency: MET, need: MET } as const;
  const judged = (missed: readonly Key[], money: "pays" | "volume-sensitive" | "never" | "unknown") =>
    rule({
      prompt: of({ ...all, ...Object.fromEntries(missed.map((key) => [key, MISSED])) }),
      tuned: tuned(all, [better, better, better, better, better], { money }),
    }).code;

  it.each<readonly [readonly Key[], asked: boolean]>([
    [["cost"], true],
    [["cost-per-success"], true],
    [["cost", "cost-per-success"], true],
    [["cost", "latency"], true],
    [["cost-per-success", "latency"], true],
    [["latency"], false],
    [["quality"], false],
    [["quality", "cost"], false],
    [["need", "cost-per-success"], false],
  ])("%j missed: a break-even is asked: %s", (missed, asked) => {
    const confirmed = "tuned-meets-and-better";
    expect(judged(missed, "pays")).toBe(confirmed);
    expect(judged(missed, "never")).toBe(asked ? "tuned-never-pays" : confirmed);
    expect(judged(missed, "volume-sensitive")).toBe(asked ? "tuned-money-open" : confirmed);
    expect(judged(missed, "unknown")).toBe(asked ? "tuned-money-open" : confirmed);
  });
});

describe("the rule, whatever the states", () => {
  const states = fc.constantFrom<RequirementState>(MET, MISSED, AT, OPEN);
  const contrast = fc.record({
    superior: fc.boolean(),
    noninferior: fc.boolean(),
    inferior: fc.boolean(),
    noGain: fc.boolean(),
  });
  const three = fc.record({ quality: states, cost: states, need: states });
  const standing = fc.constantFrom<GateFinding["state"]>("passed", "passed", "passed", "stopped", "open");
  const evidence = fc
    .record({
      gates: fc.option(
        fc.record({ pushed: standing, cheaper: standing, data: standing, venue: standing, money: standing }),
        { nil: undefined },
      ),
      prompt: three,
      lenient: fc.option(three, { nil: undefined }),
      formTried: fc.boolean(),
      tuned: fc.option(
        fc.record({
          states: three,
          contrasts: fc.tuple(contrast, contrast, contrast),
          losesAbility: fc.boolean(),
          retires: fc.boolean(),
          gainsAbility: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        }),
        { nil: undefined },
      ),
    })
    .map(
      (given): Evidence => ({
        prompt: of(given.prompt),
        formTried: given.formTried,
        ...(given.lenient === undefined ? {} : { lenient: of(given.lenient) }),
        ...(given.gates === undefined ? {} : { gates: gates(given.gates) }),
        ...(given.tuned === undefined ? {} : { tuned: { ...given.tuned, results: of(given.tuned.states) } }),
      }),
    );
  const inState = (results: readonly RequirementResult[], state: RequirementState) =>
    results.filter((each) => each.state === state);

  it("claims only what the states allow", () => {
    fc.assert(
      fc.property(evidence, (given) => {
        const { kind, code } = rule(given);
        const missed = inState(given.prompt, MISSED).length;
        if (code === "all-met") expect(inState(given.prompt, MET).length).toBe(3);
        if (code === "need-met-rest-at-threshold") expect(missed + inState(given.prompt, OPEN).length).toBe(0);
        if (code === "format-first" || code === "format-open") expect(given.formTried).toBe(false);
        if (code === "format-first") {
          expect(given.prompt.some((each, at) => each.state === MISSED && given.lenient?.[at]?.state === OPEN)).toBe(
            false,
          );
        }
        const stands = (gate: GateName) => given.gates?.[gate].state;
        if (kind === "FINE_TUNE_JUSTIFIED") {
          expect(missed > 0 && given.tuned === undefined).toBe(true);
          expect(GATES.filter((gate) => stands(gate) !== "passed")).toEqual([]);
        }
        if (kind === "NOT_FEASIBLE") expect(stands("venue")).toBe("stopped");
        if (code === "never-pays") expect(stands("money")).toBe("stopped");
        if (code === "cheaper-first") expect(stands("cheaper")).toBe("stopped");
        if (kind === "CONFIRMED") {
          expect(missed).toBeGreaterThan(0);
          expect(inState(given.tuned?.results ?? [], MISSED)).toEqual([]);
          expect(given.tuned).toMatchObject({ losesAbility: false, retires: false });
          expect(stands("venue")).not.toBe("stopped");
          const failed = given.prompt.flatMap((each, at) => (each.state === MISSED ? [at] : []));
          const pricesOnly = failed.every((at) => given.prompt[at]?.key === "cost");
          expect(pricesOnly && stands("cheaper") === "stopped").toBe(false);
          const formAlone = failed.every((at) => {
            const lenient = given.lenient?.[at];
            const aside = lenient !== undefined && lenient.direction === "at-least" && lenient.state !== MISSED;
            return aside && given.tuned?.gainsAbility[at] !== true;
          });
          expect(formAlone && given.formTried === false).toBe(false);
        }
        if (kind === "REJECTED") expect(missed > 0 && given.tuned !== undefined).toBe(true);
      }),
      { seed: 6, numRuns: 2000 },
    );
  });
});
