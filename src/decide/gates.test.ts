import { describe, expect, it } from "vitest";
import type { Requirement } from "../suite/requirement.ts";
import type { Suite } from "../suite/suite.ts";
import type { Target } from "../suite/target.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { gate } from "./gate.ts";
import { createObservations } from "./observations.ts";
import { type Outcome, promptOnly, record, STATED, suiteOf, TODAY } from "./trials.test-data.ts";

type Stated = Pick<Suite, "ladder" | "training" | "economics" | "scenario">;

/** A prompt right in 70 of 100 where 90 % is needed, and what the suite states beside. */
function decided(
  stated: Partial<Stated>,
  {
    targets = [promptOnly("plain")],
    rates = {},
    audit,
    requirement,
  }: {
    targets?: readonly Target[];
    rates?: Readonly<Record<string, number>>;
    audit?: Parameters<typeof decide>[1]["audit"];
    requirement?: Requirement;
  } = {},
): Decision {
  const suite = suiteOf({
    targets,
    ...(requirement === undefined ? {} : { requirement }),
    stated: { ...STATED, scenario: "reasoning", ...stated } as Stated,
  });
  const observations = createObservations(suite);
  for (let index = 0; index < 300; index++) {
    for (const { name } of targets) {
      const outcome: Outcome = (index * 7) % 100 < 100 * (rates[name] ?? 0.7) ? "right" : "wrong";
      const split = targets.length > 1 && index % 3 === 0 ? "dev" : "test";
      observations.add(record(suite, { target: name, index, trial: 1, outcome, split }));
    }
  }
  return decide(observations, { today: TODAY, ...(audit === undefined ? {} : { audit }) });
}

const first = ({ verdict }: Decision) => verdict.reasons[0];
const { ladder, training } = STATED;
const venue = { name: "Acme", trains: true, dataAllowed: true, servedUntil: "no-end" } as const;

describe("gates before tuning", () => {
  it("pass where all is stated and good", () => {
    const decision = decided({});
    expect(decision.verdict.kind).toBe("FINE_TUNE_JUSTIFIED");
    expect(decision.procedure.map(({ answer }) => answer)).toEqual([
      "yes",
      "no",
      "no",
      "yes",
      "yes",
      "yes",
      "yes",
      "yes",
    ]);
  });

  it.each<readonly [string, Partial<Stated>, string, RegExp]>([
    [
      "no ladder",
      { ladder: undefined as never },
      "not-pushed",
      /nothing is said of a rewritten instruction \(5 rungs more/,
    ],
    [
      "a rung left out",
      { ladder: { ...ladder, retry: undefined as never } },
      "not-pushed",
      /a validator with another try\.$/,
    ],
    [
      "no plateau with one prompt",
      { ladder: { ...ladder, plateau: undefined as never } },
      "not-pushed",
      /not two prompts with answers on dev/,
    ],
    ["no training", { training: undefined as never }, "no-data", /Nothing is stated of examples/],
    ["too few examples", { training: { ...training, examples: 12 } }, "no-data", /12 clean examples to tune on; 50/],
    ["a floor of one's own", { training: { ...training, atLeast: 600 } }, "no-data", /500 clean examples.*600/],
    [
      "people who do not agree",
      { training: { ...training, agreement: 0.5 } },
      "no-data",
      /alpha 0\.50; 0\.67 at least/,
    ],
    [
      "agreement that is not stated",
      { training: { examples: 500, venue } },
      "no-data",
      /How far people agree on the labels is not stated/,
    ],
    ["no venue", { training: { examples: 500, agreement: 0.9 } }, "venue-unknown", /Nothing is stated of a place/],
    [
      "data of which nobody says where it may go",
      { training: { ...training, venue: { name: "Acme", trains: true, servedUntil: "no-end" } } },
      "venue-unknown",
      /Whether your data may go to "Acme" and be trained on is not stated/,
    ],
    [
      "a model of which nobody says until when it is served",
      { training: { ...training, venue: { name: "Acme", trains: true, dataAllowed: true } } },
      "venue-unknown",
      /Until when "Acme" serves what it would tune is not stated/,
    ],
    [
      "a venue that takes no jobs",
      { training: { ...training, venue: { ...venue, trains: false } } },
      "no-venue",
      /"Acme" takes no/,
    ],
    [
      "data that may not go there",
      { training: { ...training, venue: { ...venue, dataAllowed: false } } },
      "no-venue",
      /may not go to "Acme"/,
    ],
    [
      "a model that ends within the months in which tuning must pay",
      {
        training: { ...training, venue: { ...venue, servedUntil: "2027-05-01" } },
        economics: { volume: { perMonth: 1000 }, horizonMonths: 12 },
      },
      "no-venue",
      /served until 2027-05-01 only/,
    ],
    [
      "a model that ends within a year, where nothing is said of money",
      { training: { ...training, venue: { ...venue, servedUntil: "2027-01-14" } } },
      "no-venue",
      /served until 2027-01-14 only, before the end of the 12 months of the horizon\.$/,
    ],
    [
      "a model that ends within a year, where the horizon is not stated",
      {
        training: { ...training, venue: { ...venue, servedUntil: "2027-11-01" } },
        economics: { volume: { perMonth: 1 } },
      },
      "no-venue",
      /the 12 months of the horizon/,
    ],
    [
      "a model that ends within a horizon of less than a year",
      {
        training: { ...training, venue: { ...venue, servedUntil: "2027-01-14" } },
        economics: { volume: { perMonth: 1 }, horizonMonths: 3 },
      },
      "no-venue",
      /before the end of the 3 months of the horizon/,
    ],
    [
      "a model that ends before it is planned to be tuned again",
      {
        training: { ...training, venue: { ...venue, servedUntil: "2027-03-01" } },
        economics: { volume: { perMonth: 1 }, refresh: { everyMonths: 4, usd: 10 } },
      },
      "no-venue",
      /before the end of the 4 months to the next refresh/,
    ],
    [
      "a model that ends before a refresh that no money is there for",
      {
        training: { ...training, venue: { ...venue, servedUntil: "2027-05-01" } },
        economics: { volume: { perMonth: 1 }, horizonMonths: 12, refresh: { everyMonths: 24, usd: 10 } },
      },
      "no-venue",
      /the 12 months of the horizon/,
    ],
    [
      "a model that ends",
      { training: { ...training, venue: { ...venue, servedUntil: "2026-12-01" } } },
      "no-venue",
      /served until 2026-12-01 only/,
    ],
  ])("%s", (_, stated, code, text) => {
    const decision = decided(stated);
    expect(first(decision)).toMatchObject({ code, text: expect.stringMatching(text) });
    expect(decision.verdict.kind).toBe(code === "no-venue" ? "NOT_FEASIBLE" : "INCONCLUSIVE");
    expect(decision.verdict.wouldChange[0]?.length).toBeGreaterThan(10);
    expect(gate(decision, {}).exitCode).toBe(code === "no-venue" ? 1 : 3);
  });

  it("hold what reading the examples found", () => {
    const audit = {
      examples: 500,
      clean: 480,
      leakedTestCases: [],
      errors: ["3 stand among the test cases"],
      warnings: [],
    };
    const read = decided({ training: { agreement: 0.9, venue } }, { audit });
    expect(first(read)).toMatchObject({
      code: "no-data",
      text: expect.stringContaining("3 stand among the test cases"),
    });
    const good = decided({ training: { agreement: 0.9, venue } }, { audit: { ...audit, errors: [] } });
    expect(good.verdict.kind).toBe("FINE_TUNE_JUSTIFIED");
    expect(good.verdict.reasons.map(({ text }) => text).join(" ")).toContain("480 clean examples");
  });

  it("take an end for none where tuning again is planned before it, and a far one too", () => {
    const ends = (servedUntil: string, economics: Suite["economics"]) =>
      decided({ training: { ...training, venue: { ...venue, servedUntil } }, economics } as Partial<Stated>).verdict
        .kind;
    const volume = { perMonth: 1000 };
    expect(ends("2027-05-01", { volume })).toBe("NOT_FEASIBLE");
    expect(ends("2027-12-01", undefined)).toBe("FINE_TUNE_JUSTIFIED");
    expect(ends("2027-12-01", { volume })).toBe("FINE_TUNE_JUSTIFIED");
    expect(ends("2027-01-14", { volume, horizonMonths: 1 })).toBe("FINE_TUNE_JUSTIFIED");
    expect(ends("2029-05-01", { volume, horizonMonths: 12 })).toBe("FINE_TUNE_JUSTIFIED");
    expect(ends("2027-05-01", { volume, horizonMonths: 12, refresh: { everyMonths: 4, usd: 10 } })).toBe(
      "FINE_TUNE_JUSTIFIED",
    );
  });

  it("take agreement that no people could give for waived, with its reason", () => {
    const decision = decided({
      training: { examples: 500, agreement: { waived: "the orders themselves are the labels" }, venue },
    });
    expect(decision.verdict.kind).toBe("FINE_TUNE_JUSTIFIED");
    expect(decision.verdict.reasons.map(({ text }) => text).join(" ")).toContain(
      "the orders themselves are the labels",
    );
  });

  it("ask no break-even where quality is missed too", () => {
    const spent = { economics: { volume: { perMonth: 10 }, oneOff: { trainingUsd: 1e6 } } };
    const requirement = { quality: { atLeast: 0.9 }, cost: { usdPer1kAtMost: 0.0001 } };
    const decision = decided(spent as Partial<Stated>, { requirement });
    expect(decision.requirements[0]?.results.map(({ key, state }) => [key, state])).toContainEqual(["cost", "NOT_MET"]);
    expect(decision.verdict.kind).toBe("FINE_TUNE_JUSTIFIED");
  });

  describe("money", () => {
    const volume = { perMonth: 1000 };
    const never = { volume, oneOff: { trainingUsd: 1e6 }, tunedUsdPer1k: 0.1 };
    // A request costs $0.0004, an answer comes in 0.9 seconds.
    const [cost, each] = [{ usdPer1kAtMost: 0.2 }, { usdPerSuccessAtMost: 0.0002 }];
    const [latency, quality] = [{ p95MsAtMost: 500 }, { atLeast: 0.9 }];
    const right = { plain: 1 };
    const asked = (economics: Suite["economics"], requirement: Requirement, rates: Record<string, number> = right) =>
      decided({ economics } as Partial<Stated>, { requirement, rates });

    it.each<readonly [string, Requirement, string, RegExp]>([
      ["a price of requests", { cost }, "never-pays", /does not pay for itself/],
      ["a price of right answers", { cost: each }, "never-pays", /does not pay for itself/],
      ["both prices", { cost: { ...cost, ...each } }, "never-pays", /does not pay for itself/],
      ["a price and a time", { cost, latency }, "never-pays", /does not pay for itself/],
      ["a time", { latency }, "requirement-not-met", /is not a price: no break-even/],
    ])("is asked of %s", (_, requirement, code, text) => {
      const decision = asked(never, { quality, ...requirement });
      expect(first(decision)?.code).toBe(code);
      expect(decision.verdict.reasons.map(({ text: told }) => told).join(" ")).toMatch(text);
      expect(decision.procedure.at(-1)?.answer).toBe(code === "never-pays" ? "no" : "yes");
    });

    it("is not asked where right answers are too few as well", () => {
      const decision = asked(never, { quality, cost }, { plain: 0.7 });
      expect(decision.verdict.kind).toBe("FINE_TUNE_JUSTIFIED");
      expect(decision.procedure.at(-1)?.why).toBe("What is missed is not a price alone: no break-even is asked.");
    });

    it.each<readonly [string, number, Requirement, number, string]>([
      [
        "a request over its limit",
        0.35,
        { cost },
        1,
        "$0.35 per 1,000 (`economics.tunedUsdPer1k`), and $0.20 is allowed",
      ],
      ["a right answer over its limit", 0.35, { cost: each }, 1, "$0.000350 each, right or wrong"],
      ["a limit that the prompt keeps", 0.5, { cost: { usdPer1kAtMost: 0.45 } }, 0.7, "$0.50 per 1,000"],
    ])("is no question of volume for %s", (_, tunedUsdPer1k, requirement, rate, told) => {
      const economics = { volume: { perMonth: 1e6 }, oneOff: { trainingUsd: 100 }, tunedUsdPer1k };
      const decision = asked(economics, { quality, ...requirement }, { plain: rate });
      expect(decision.verdict.kind).toBe("KEEP_PROMPTING");
      expect(first(decision)).toMatchObject({ code: "too-dear", text: expect.stringContaining(told) });
      expect(decision.verdict.wouldChange[0]).toContain("costs less a request");
      expect(gate(decision, {}).exitCode).toBe(1);
    });

    it.each<readonly [string, Requirement]>([
      ["the limit itself", { cost }],
      ["the limit of a right answer itself", { cost: each }],
      ["a limit that does not block", { cost: { usdPer1kAtMost: 0.1, blocking: false }, latency }],
    ])("takes %s for kept", (_, requirement) => {
      const economics = { volume: { perMonth: 1e8 }, oneOff: { trainingUsd: 100 }, tunedUsdPer1k: 0.2 };
      expect(asked(economics, { quality, ...requirement }).verdict.kind).toBe("FINE_TUNE_JUSTIFIED");
    });
  });

  it("tell a plateau from a slope", () => {
    const targets = ["a", "b", "c"].map((name) => promptOnly(name));
    const open = { ladder: { ...ladder, plateau: undefined as never } };
    const slope = decided(open, { targets, rates: { a: 0.3, b: 0.4, c: 0.6 } });
    expect(first(slope)).toMatchObject({
      code: "not-pushed",
      text: expect.stringMatching(/"c".*gains \+20\.0 points/),
    });
    // The last prompt is shown to be worse than the best before it: there is nothing to gain on that way.
    const flat = decided(open, { targets, rates: { a: 0.3, b: 0.7, c: 0.5 } });
    expect(flat.verdict.kind).toBe("FINE_TUNE_JUSTIFIED");
  });

  describe("with the right passages in the prompt", () => {
    const targets = [promptOnly("plain"), { ...promptOnly("oracle"), arm: "oracle-context" as const }];

    it("the oracle never competes", () => {
      const decision = decided({}, { targets, rates: { oracle: 1 } });
      expect(decision.bestPrompt?.target).toBe("plain");
      expect(decision.measures.map(({ target }) => target)).toContain("oracle");
    });

    it.each([
      [1, "KEEP_PROMPTING", "cheaper-first", 1],
      [0.9, "INCONCLUSIVE", "cheaper-open", 3],
      [0.5, "FINE_TUNE_JUSTIFIED", "requirement-not-met", 1],
    ] as const)("right in %d", (rate, kind, code, exitCode) => {
      const decision = decided({ scenario: "knowledge" }, { targets, rates: { oracle: rate } });
      expect(decision.verdict.kind).toBe(kind);
      expect(first(decision)?.code).toBe(code);
      expect(gate(decision, {}).exitCode).toBe(exitCode);
    });

    it("is asked for where knowledge is at stake", () => {
      expect(first(decided({ scenario: "knowledge" }))).toMatchObject({ code: "cheaper-open" });
    });
  });
});
