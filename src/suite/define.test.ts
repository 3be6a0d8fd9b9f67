import { describe, expect, it } from "vitest";
import { ConfigErrors } from "../errors.ts";
import { fineTuned, promptOnly } from "./declare-target.ts";
import { defineSuite, isSuite } from "./define.ts";
import type { Grader, Subject } from "./grade.ts";
import type { Model } from "./model.ts";
import { csv, file, jsonl } from "./references.ts";

const model: Model = {
  provider: "fake",
  id: "scripted",
  account: "fake",
  identity: {},
  parameters: {},
  answers: "paid",
  complete: async () => ({ kind: "answer", text: "x", finish: "stop" }),
};
const plain = promptOnly("plain", { model, prompt: { user: "{{message}}" } });
const isX = ({ text }: Subject) => text === "x";
const sound = { name: "s", scenario: "format", cases: jsonl("x.jsonl"), targets: [plain], graders: [isX] } as const;

/** Codes and paths of all mistakes of a suite, given as an author without a compiler would. */
function mistakesOf(changes: object): readonly string[] {
  try {
    defineSuite({ ...sound, ...changes } as never);
  } catch (thrown) {
    if (!(thrown instanceof ConfigErrors)) throw thrown;
    for (const { message, fix } of thrown.errors) expect(Math.min(message.length, fix.length)).toBeGreaterThan(3);
    return thrown.errors.map(({ code, place }) => `${code} ${place.path}`);
  }
  return [];
}

const fixOf = (changes: object): string => {
  try {
    defineSuite({ ...sound, ...changes } as never);
  } catch (thrown) {
    if (thrown instanceof ConfigErrors) return `${thrown.errors[0]?.message} ${thrown.errors[0]?.fix}`;
  }
  return "";
};

const targetWith = (changes: object) => ({ targets: [{ ...plain, ...changes }] });
const grader = (changes: Partial<Grader>): Grader => ({
  name: "g",
  kind: "k",
  version: 1,
  args: {},
  needsExpected: false,
  hasForms: false,
  required: true,
  passAt: 1,
  asks: [],
  grade: () => ({ strict: { kind: "declined" }, lenient: { kind: "declined" } }),
  ...changes,
});

describe("defineSuite", () => {
  it("fills in the defaults and marks what it made", () => {
    const suite = defineSuite(sound);
    expect(suite).toMatchObject({ example: false, trials: 1, devShare: 1 / 3, requirement: {}, gate: {} });
    expect(suite.graders[0]).toMatchObject({ name: "isX", kind: "custom", required: true, passAt: 1 });
    expect(isSuite(suite)).toBe(true);
    expect(isSuite({ ...suite })).toBe(false);
    expect(isSuite(null)).toBe(false);
    expect(Object.isFrozen(suite)).toBe(true);
  });

  it("does not let an undefined option overrule a default", () => {
    expect(defineSuite({ ...sound, trials: undefined, gate: undefined } as never)).toMatchObject({
      trials: 1,
      gate: {},
    });
  });

  it("accepts everything that a suite may say", () => {
    const tuned = fineTuned("tuned", {
      model,
      prompt: ({ id }) => [{ role: "user", content: id }],
      parameters: {
        temperature: 0,
        topP: 1,
        maxTokens: 5,
        seed: 1,
        stop: ["\n"],
        reasoningEffort: "low",
        extra: { a: 1 },
      },
      tunedFrom: model,
      trainingExamples: 300,
      trainingCostUsd: 9,
      retiresOn: "2028-02-29",
    });
    const shots = {
      from: [{ id: "1", input: "a", expected: "b" }],
      count: 1,
      user: "{{input}}",
      assistant: "{{expected}}",
    };
    const prompt = { system: file("s.md"), user: "{{message}} {{v}}", shots, variables: { v: "1" }, ignore: ["x"] };
    const all = {
      ...sound,
      description: "What it is about.",
      example: true,
      cases: csv("x.csv"),
      targets: [plain, promptOnly("full", { model, prompt }), tuned],
      graders: [grader({}), isX],
      requirement: {
        quality: [{ atLeast: 0.9 }, { atLeast: 0.5, grader: "g", form: "lenient", measure: "score", blocking: false }],
        stability: { allOf: 3, atLeast: 0.8 },
        cost: { usdPer1kAtMost: 0.5, usdPerSuccessAtMost: 0.001 },
        latency: { p95MsAtMost: 100 },
        enough: 0.8,
        margin: 0.03,
        alpha: 0.05,
      },
      trials: 3,
      devShare: 0.5,
      gate: { accept: ["CONFIRMED"], onInconclusive: "pass", maxMissing: 0 },
      ladder: {
        "few-shot": ["full"],
        retry: { waived: "no validator" },
        plateau: { waived: "one prompt" },
        caching: { waived: "no cache there" },
        batch: { waived: "answers may not wait" },
      },
      training: {
        data: csv("t.csv"),
        examples: 300,
        atLeast: 100,
        agreement: 0.8,
        venue: { name: "own", trains: true, servedUntil: "2028-01-01", dataAllowed: true },
      },
      economics: {
        volume: { perMonth: 1e6, growth: 0.05, low: 0.5, high: 2 },
        horizonMonths: 12,
        oneOff: {
          trainingUsd: 9,
          labels: { count: 600, usdEach: 1, checked: 0.1 },
          evaluationUsd: 100,
          engineering: { hours: 40, usdPerHour: 100 },
        },
        hosting: { usdPerHour: 4, replicas: 2, hoursPerMonth: 730, asOf: "2026-11-01" },
        refresh: { everyMonths: 6, usd: 1000 },
        promptPriceDecline: 0.03,
        tunedUsdPer1k: 0.2,
      },
    };
    expect(mistakesOf(all)).toEqual([]);
    expect(mistakesOf({ requirement: { quality: { atLeast: 0.9 } } })).toEqual([]);
  });

  it.each<readonly [string, object, readonly string[]]>([
    ["no name", { name: "" }, ["bad-name name"]],
    ["blanks around a name", { name: " s" }, ["bad-name name"]],
    ["a name that is a number", { name: 3 }, ["bad-value name"]],
    ["an unknown scenario", { scenario: "fromat" }, ["bad-value scenario"]],
    ["an unknown key", { volume: {} }, ["unknown-key volume"]],
    ["no targets", { targets: [] }, ["missing-key targets"]],
    ["no graders", { graders: [] }, ["missing-key graders"]],
    ["targets that are no list", { targets: plain }, ["bad-value targets"]],
    ["a hole in the targets", { targets: [plain, undefined] }, ["bad-value targets[1]"]],
    ["a hole in the graders", { graders: [isX, undefined] }, ["bad-value graders[1]"]],
    ["no cases", { cases: undefined }, ["missing-key cases"]],
    ["an empty list of cases", { cases: [] }, ["no-cases cases"]],
    ["cases of another kind", { cases: "x.jsonl" }, ["bad-value cases"]],
    ["cases without a path", { cases: jsonl("") }, ["bad-value cases"]],
    ["an error rate that no statistic reaches", { requirement: { alpha: 1e-17 } }, ["bad-value requirement.alpha"]],
    ["an error rate that shows nothing", { requirement: { alpha: 0.3 } }, ["bad-value requirement.alpha"]],
    ["too many trials", { trials: 101 }, ["bad-value trials"]],
    ["half a trial", { trials: 1.5 }, ["bad-value trials"]],
    ["a share of 1", { devShare: 1 }, ["bad-value devShare"]],
    ["two targets with one name", { targets: [plain, plain] }, ["duplicate-name targets[1].name"]],
    [
      "names that differ by case",
      { targets: [plain, { ...plain, name: "Plain" }] },
      ["duplicate-name targets[1].name"],
    ],
    ["two graders with one name", { graders: [isX, isX] }, ["duplicate-name graders[1].name"]],
    ["an anonymous grader", { graders: [() => true] }, ["bad-name graders[0]"]],
    ["two anonymous graders", { graders: [() => true, () => false] }, ["bad-name graders[0]", "bad-name graders[1]"]],
    ["a grader whose source is hidden", { graders: [isX.bind(null)] }, ["bad-grader graders[0]"]],
    ["a grader that can never fail", { graders: [grader({ passAt: 0 })] }, ["bad-value graders[0].passAt"]],
    ["no required grader", { graders: [grader({ required: false })] }, ["nothing-required graders"]],
    ["a grader without a function", { graders: [{ ...grader({}), grade: 1 }] }, ["bad-grader graders[0]"]],
    [
      "tuned targets only",
      { targets: [fineTuned("t", { model, prompt: { user: "x" }, tunedFrom: model })] },
      ["no-prompt-only targets"],
    ],
    ["a model that is none", targetWith({ model: "gpt" }), ["bad-model targets[0].model"]],
    ["no prompt", targetWith({ prompt: undefined }), ["missing-key targets[0].prompt"]],
    ["a prompt without user", targetWith({ prompt: { system: "x" } }), ["missing-key targets[0].prompt.user"]],
    ["an empty template", targetWith({ prompt: { user: "" } }), ["missing-key targets[0].prompt.user"]],
    ["a broken template", targetWith({ prompt: { user: "{{a" } }), ["bad-template targets[0].prompt.user"]],
    [
      "broken shots",
      targetWith({ prompt: { user: "x", shots: { from: 1, count: 0, assistant: "{{" } } }),
      [
        "bad-value targets[0].prompt.shots.count",
        "bad-template targets[0].prompt.shots.assistant",
        "bad-value targets[0].prompt.shots.from",
      ],
    ],
    [
      "a variable that is no text",
      targetWith({ prompt: { user: "x", variables: { a: 1 } } }),
      ["bad-value targets[0].prompt.variables.a"],
    ],
    [
      "an unknown parameter",
      targetWith({ parameters: { temprature: 1 } }),
      ["unknown-key targets[0].parameters.temprature"],
    ],
    [
      "a temperature below 0",
      targetWith({ parameters: { temperature: -1 } }),
      ["bad-value targets[0].parameters.temperature"],
    ],
    [
      "a prompt-only target with a tuning",
      targetWith({ tuning: { tunedFrom: model } }),
      ["bad-value targets[0].tuning"],
    ],
    [
      "a tuned target without one",
      { targets: [plain, { ...plain, name: "t", role: "fine-tuned" }] },
      ["missing-key targets[1].tuning"],
    ],
    [
      "a day that does not exist",
      { targets: [plain, fineTuned("t", { model, prompt: { user: "x" }, tunedFrom: model, retiresOn: "2027-02-29" })] },
      ["bad-value targets[1].retiresOn"],
    ],
    [
      "a day in another form",
      { targets: [plain, fineTuned("t", { model, prompt: { user: "x" }, tunedFrom: model, retiresOn: "30.6.2027" })] },
      ["bad-value targets[1].tuning.retiresOn"],
    ],
    [
      "a grader that nobody has",
      { requirement: { quality: { atLeast: 0.5, grader: "isY" } } },
      ["unknown-grader requirement.quality.grader"],
    ],
    [
      "a score of nobody",
      { requirement: { quality: [{ atLeast: 0.5 }, { atLeast: 0.5, measure: "score" }] } },
      ["missing-key requirement.quality[1].grader"],
    ],
    [
      "more stability than trials",
      { requirement: { stability: { allOf: 3, atLeast: 0.5 } }, trials: 2 },
      ["too-few-trials requirement.stability.allOf"],
    ],
    ["a threshold of 1", { requirement: { quality: { atLeast: 1 } } }, ["bad-value requirement.quality.atLeast"]],
    [
      "a threshold in percent",
      { requirement: { quality: [{ atLeast: 90 }] } },
      ["bad-value requirement.quality[0].atLeast"],
    ],
    [
      "a requirement of another shape",
      { requirement: { quality: "high", stability: 3 } },
      ["bad-value requirement.quality", "bad-value requirement.stability"],
    ],
    ["an unknown verdict", { gate: { accept: ["FINE"] } }, ["bad-value gate.accept[0]"]],
    ["a ladder that names no target", { ladder: { "few-shot": ["shots"] } }, ["unknown-target ladder.few-shot"]],
    ["examples claimed and not shown", { ladder: { "few-shot": ["plain"] } }, ["unfounded-claim ladder.few-shot"]],
    [
      "structured output claimed and no schema sent",
      { ladder: { "structured-output": ["plain"] } },
      ["unfounded-claim ladder.structured-output"],
    ],
    [
      "a larger model claimed and one in use",
      { ladder: { "larger-model": ["plain"] } },
      ["unfounded-claim ladder.larger-model"],
    ],
    [
      "an arm that nothing constrains",
      { targets: [{ ...plain, arm: "constrained-output" }] },
      ["unfounded-claim targets[0].arm"],
    ],
    [
      "an end that is no day",
      { training: { venue: { name: "own", trains: true, servedUntil: "never" } } },
      ["bad-value training.venue.servedUntil"],
    ],
    ["agreement waived without a reason", { training: { agreement: {} } }, ["missing-key training.agreement.waived"]],
    ["a rung waived without a reason", { ladder: { retry: {} } }, ["missing-key ladder.retry.waived"]],
    ["an unknown rung", { ladder: { "few-shots": ["plain"] } }, ["unknown-key ladder.few-shots"]],
    ["an empty rung", { ladder: { retry: [] } }, ["missing-key ladder.retry"]],
    ["training data that are neither file nor list", { training: { data: 5 } }, ["bad-value training.data"]],
    ["a venue without a name", { training: { venue: { trains: true } } }, ["missing-key training.venue.name"]],
    ["economics without volume", { economics: {} }, ["missing-key economics.volume"]],
    ["a volume of nothing", { economics: { volume: { perMonth: 0 } } }, ["bad-value economics.volume.perMonth"]],
    ["an oracle alone", targetWith({ arm: "oracle-context" }), ["no-prompt-only targets"]],
    ["an unknown arm", targetWith({ arm: "orcale" }), ["bad-value targets[0].arm"]],
    ["no verdict at all", { gate: { accept: [] } }, ["missing-key gate.accept"]],
  ])("refuses %s", (_, changes, expected) => {
    expect(mistakesOf(changes)).toEqual(expected);
  });

  it("tells all mistakes at once", () => {
    const found = mistakesOf({ name: "", trials: 0, targets: [plain, plain], requirement: { cost: {} } });
    expect(found).toEqual([
      "bad-name name",
      "bad-value trials",
      "duplicate-name targets[1].name",
      "missing-key requirement.cost",
    ]);
  });

  it("says what was probably meant", () => {
    expect(fixOf({ scenario: "fromat" })).toMatch(/Did you mean "format"/);
    expect(fixOf({ trails: 3 })).toMatch(/Did you mean "trials"/);
    expect(fixOf({ requirement: { quality: { atLeast: 0.5, grader: "isx" } } })).toMatch(/Did you mean "isX"/);
  });

  it("tells a number that JSON has not as what it is", () => {
    const requirement = { quality: { atLeast: Number.NaN } };
    expect(fixOf({ requirement })).toMatch(/requirement\.quality\.atLeast is NaN/);
  });

  it("refuses what is no set of options", () => {
    for (const given of [undefined, null, "x"]) expect(() => defineSuite(given as never)).toThrow(ConfigErrors);
  });

  it("keeps unknown options of a target, so that they are told", () => {
    const target = promptOnly("t", { model, prompt: { user: "x" }, sytem: "y" } as never);
    expect(mistakesOf({ targets: [target] })).toEqual(["unknown-key targets[0].sytem"]);
  });
});
