/** What stands between a tuned model that does better and the advice to use it: form by other means, a cheaper way, where it runs, what nobody stated. */
import { describe, expect, it } from "vitest";
import type { Requirement } from "../suite/requirement.ts";
import type { Suite } from "../suite/suite.ts";
import type { Target } from "../suite/target.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { gate } from "./gate.ts";
import { createObservations } from "./observations.ts";
import {
  FORM_UNTRIED,
  fineTuned,
  type Outcome,
  promptOnly,
  record,
  STATED,
  suiteOf,
  TODAY,
} from "./trials.test-data.ts";

/** By 100 cases: how many are right, how many right but for the form; the rest are wrong. */
type Rates = readonly [right: number, form: number];

const both = [promptOnly("plain"), fineTuned("tuned")];

function decided(
  { plain, tuned }: { readonly plain: Rates; readonly tuned: Rates },
  {
    targets = both,
    stated = FORM_UNTRIED,
    requirement = { quality: { atLeast: 0.8 } },
    usd = {},
    apart = 0,
  }: {
    readonly targets?: readonly Target[];
    readonly stated?: Partial<Pick<Suite, "ladder" | "training" | "economics">>;
    readonly requirement?: Requirement;
    readonly usd?: Readonly<Record<string, number>>;
    readonly apart?: number;
  } = {},
): Decision {
  const suite = suiteOf({ targets, requirement, stated: { scenario: "format", ...stated } });
  const observations = createObservations(suite);
  for (let index = 0; index < 300; index++) {
    const split = targets.length > 2 && index % 3 === 0 ? "dev" : "test";
    for (const { name, role } of targets) {
      // The two are right in cases of their own, so that a small gap is not shown.
      const at = (index * 37 + (role === "fine-tuned" ? apart : 0)) % 100;
      const [right, form] = role === "fine-tuned" ? tuned : plain;
      const outcome: Outcome = at < right ? "right" : at < right + form ? "format" : "wrong";
      observations.add(record(suite, { target: name, index, outcome, split, usd: usd[name] ?? 0.0004 }));
    }
  }
  return decide(observations, { today: TODAY });
}

const codeOf = ({ verdict }: Decision) => verdict.reasons[0]?.code;
const texts = ({ verdict }: Decision) => verdict.reasons.map(({ text }) => text).join(" ");
const changes = ({ verdict }: Decision) => verdict.wouldChange.join(" ");

describe("a tuned model that gains form", () => {
  const alone = { plain: [60, 35], tuned: [95, 0] } as const;

  it("alone is not confirmed before output that cannot leave the form was tried", () => {
    const decision = decided(alone);
    expect(decision.verdict.kind).toBe("KEEP_PROMPTING");
    expect(codeOf(decision)).toBe("format-first");
    expect(texts(decision)).toMatch(/"tuned" meets it .* beside the form is not shown/);
    expect(changes(decision)).toMatch(/constrained-output.*waive `ladder\["structured-output"\]`/);
    expect(decision.procedure.map(({ question, answer }) => [question, answer]).slice(-2)).toEqual([
      ["Does the tuned model do what prompting does not?", "yes"],
      ["Is it the format alone that it gains?", "yes"],
    ]);
    expect(gate(decision, {}).exitCode).toBe(1);
  });

  it.each<readonly [string, Parameters<typeof decided>[1]]>([
    ["a rung waived with its reason", { stated: STATED }],
    [
      "an arm that keeps the form and misses",
      { targets: [promptOnly("plain"), { ...promptOnly("held"), arm: "constrained-output" }, fineTuned("tuned")] },
    ],
    [
      "a prompt that sends a schema and misses",
      {
        targets: [{ ...promptOnly("plain"), parameters: { schema: { name: "s", schema: {} } } }, fineTuned("tuned")],
      },
    ],
  ])("is confirmed after %s", (_, given) => {
    expect(decided(alone, given).verdict.kind).toBe("CONFIRMED");
  });

  it("and ability is confirmed", () => {
    expect(decided({ plain: [60, 15], tuned: [95, 0] }).verdict.kind).toBe("CONFIRMED");
  });

  it("is open where the prompt is not settled when form is no matter", () => {
    const decision = decided(
      { plain: [60, 20], tuned: [84, 0] },
      { requirement: { quality: { atLeast: 0.78 } }, stated: { ladder: FORM_UNTRIED.ladder ?? {} }, apart: 40 },
    );
    expect(codeOf(decision)).toBe("format-open");
    expect(decision.verdict.kind).toBe("INCONCLUSIVE");
    expect(changes(decision)).toContain("constrained-output");
  });
});

describe("where a tuned model runs", () => {
  const better = { plain: [60, 0], tuned: [95, 0] } as const;
  const training = STATED.training;
  const at = (venue: Partial<NonNullable<NonNullable<typeof training>["venue"]>>) =>
    decided(better, {
      stated: { ...STATED, training: { ...training, venue: { name: "Acme", trains: true, ...venue } } },
    });

  it("may be a place where the data may not go", () => {
    const decision = at({ dataAllowed: false });
    expect(decision.verdict.kind).toBe("NOT_FEASIBLE");
    expect(texts(decision)).toContain('Your data may not go to "Acme"');
    expect(decision.procedure.at(-1)).toMatchObject({ answer: "no", why: expect.stringContaining("Acme") });
  });

  it("may end with its venue", () => {
    expect(codeOf(at({ dataAllowed: true, servedUntil: "2026-12-01" }))).toBe("retires");
  });

  it("is a condition of the confirmation as far as nobody says it", () => {
    const open = at({});
    expect(open.verdict.kind).toBe("CONFIRMED");
    expect(changes(open)).toMatch(/until when "tuned" is served .* and whether your data may go there/);
    const { verdict } = at({ dataAllowed: true, servedUntil: "no-end" });
    expect(verdict.wouldChange.join(" ")).not.toMatch(/not stated|training\./);
    const nothing = decided(better, { stated: { ladder: STATED.ladder ?? {} } });
    expect(changes(nothing)).toMatch(/training\.agreement.*until when/);
  });

  it("is no question for weights of one's own", () => {
    const [plain, tuned] = both;
    if (plain === undefined || tuned === undefined) throw new Error("two targets");
    const local = { ...tuned, model: { ...tuned.model, provider: "local" as const } };
    const decision = decided(better, { targets: [plain, local], stated: { training: { agreement: 0.9 } } });
    expect(changes(decision)).not.toContain("until when");
  });
});

describe("a tuned model that is cheaper", () => {
  const price = { asOf: "2026-11-01", source: "made up", inputPerMillion: 1, outputPerMillion: 1 };
  const priced = (batchDiscount?: number): Target[] => {
    const [plain, tuned] = both;
    if (plain === undefined || tuned === undefined) throw new Error("two targets");
    const own = { ...price, ...(batchDiscount === undefined ? {} : { batchDiscount }) };
    return [{ ...plain, model: { ...plain.model, price: own } }, tuned];
  };
  const cheap = (batchDiscount?: number) =>
    decided(
      { plain: [95, 0], tuned: [95, 0] },
      {
        targets: priced(batchDiscount),
        requirement: { quality: { atLeast: 0.8 }, cost: { usdPer1kAtMost: 0.3 } },
        stated: { ...STATED, ladder: { caching: { waived: "made up" } } },
        usd: { tuned: 0.0002 },
      },
    );

  it("is not what to use while the same prompt in batches meets the price", () => {
    const decision = cheap(0.5);
    expect(decision.verdict.kind).toBe("KEEP_PROMPTING");
    expect(texts(decision)).toMatch(/Served in batches, the same prompt meets the price: \$0\.20.*"tuned" meets it/);
  });

  it("is confirmed where batches do not do, and with a condition where nobody knows", () => {
    expect(cheap(0.1).verdict.kind).toBe("CONFIRMED");
    const open = cheap();
    expect(open.verdict.kind).toBe("CONFIRMED");
    expect(changes(open)).toContain("waive `ladder.batch`");
  });
});
