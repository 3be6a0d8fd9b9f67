import { describe, expect, it } from "vitest";
import { type ExpectedView, expectedSentences, formatExpected } from "./expected-words.ts";

describe("what calls are expected to cost", () => {
  it("always says by what, and once for all targets that go by the same", () => {
    const target = (name: string, expected: ExpectedView, toSend = 1_200) => ({
      target: name,
      toSend,
      worstUsd: 1.4,
      expected,
    });
    const stated = { known: true, basis: "requirement.cost", usd: 0.6, usdPer1k: 0.5 } as const;
    expect(
      expectedSentences([
        target("a", { known: true, basis: "ledger", usd: 0.312, answers: 40 }),
        target("free", { known: true, basis: "free", usd: 0 }),
        target("b", stated),
        target("c", { known: true, basis: "economics.tunedUsdPer1k", usd: 0.3, usdPer1k: 0.25 }),
        target("d", { known: false, why: "no-price" }),
        target("e", { known: false, why: "no-answers", promptsUsd: 0.12 }),
        target("f", stated, 1),
        target("done", { known: true, basis: "nothing-to-send", usd: 0 }, 0),
      ]),
    ).toEqual([
      'By the tokens of their answers in the ledger: "a" about $0.31 for 1,200 calls (40 answers).',
      'Free: "free" $0.00 for 1,200 calls.',
      'No answer tells yet; if a request costs the $0.50 per 1,000 that `requirement.cost` allows: "b" $0.60 for 1,200 calls; "f" $0.60 for 1 call.',
      'No answer tells yet; if a request costs the $0.25 per 1,000 of `economics.tunedUsdPer1k`: "c" $0.30 for 1,200 calls.',
      'Models without a price (`price` gives them one): "d" unknown for 1,200 calls.',
      'No answer in the ledger to tell by, as a first run with `--limit 10` would: "e" between about $0.12 (prompts alone) and $1.40 (worst case) for 1,200 calls.',
    ]);
  });

  it("is never 0 for want of a figure", () => {
    const none = { calls: 0, promptsUsd: 0, worstUsd: 0 };
    const open = { calls: 3, promptsUsd: 0.02, worstUsd: 0.451 };
    expect(formatExpected({ usd: 0, open: none, unpricedCalls: 3 })).toBe("unknown for 3 calls without a known price");
    expect(formatExpected({ usd: 0.5, open, unpricedCalls: 1 })).toBe(
      "about $0.50, between about $0.0200 (prompts alone) and $0.46 (worst case) for 3 calls that no answer tells of yet, unknown for 1 call without a known price",
    );
    expect(formatExpected({ usd: 0, open: none, unpricedCalls: 0 })).toBe("$0.00");
  });
});
