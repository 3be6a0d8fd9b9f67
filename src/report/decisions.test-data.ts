/** Decisions of every kind for the tests of the reports. Invented figures in plausible proportions. */
import type {
  Decision,
  Estimate,
  Gap,
  MaybeDifference,
  RequirementResult,
  TargetMeasure,
  Unit,
} from "../decide/decision.ts";
import type { Summary } from "./summary.ts";

export function estimate(value: number, lower: number, upper: number, n: number, unit: Unit = "share"): Estimate {
  return { available: true, value, interval: { lower, upper, confidence: 0.95 }, n, unit, method: "Wilson 95 %" };
}

export function difference(value: number, lower: number, upper: number, n: number): MaybeDifference {
  return { available: true, value, lower, upper, confidence: 0.95, n, method: "paired t with two pseudo-cases" };
}

function requirement(
  key: RequirementResult["key"],
  label: string,
  threshold: number,
  figure: RequirementResult["estimate"],
  state: RequirementResult["state"],
): RequirementResult {
  const unit = figure.available ? figure.unit : key === "latency" ? "ms" : key === "cost" ? "usd-per-1k" : "share";
  const direction = key === "cost" || key === "latency" ? "at-most" : "at-least";
  return { key, label, direction, threshold, unit, blocking: true, estimate: figure, state, why: `It is ${state}.` };
}

export function measure(
  target: string,
  role: TargetMeasure["role"],
  cases: number,
  right: number,
  missing = 0,
): TargetMeasure {
  const trials = 3;
  const planned = cases * trials;
  const passed = Math.round(right * (planned - missing));
  const share = estimate(right, Math.max(0, right - 0.03), Math.min(1, right + 0.02), cases);
  return {
    target,
    role,
    modelId: role === "fine-tuned" ? "ft:gpt-5.4-mini:acme::8x2" : "gpt-5.4-mini",
    returnedModelIds: [],
    split: "test",
    cases,
    clusters: cases,
    trials,
    counts: {
      planned,
      passed,
      failed: planned - missing - passed,
      declined: 0,
      empty: 0,
      cut: 0,
      unparsed: Math.min(3, planned - missing - passed),
      missing,
    },
    missingReasons: missing === 0 ? [] : [{ why: "rate limit", trials: missing }],
    strict: share,
    lenient: estimate(Math.min(1, right + 0.01), right - 0.02, Math.min(1, right + 0.03), cases),
    ...(missing === 0 ? {} : { missingBounds: { lower: passed / planned, upper: (passed + missing) / planned } }),
    byGrader: [{ grader: "steps", strict: share, lenient: share }],
    items: [
      { grader: "steps", item: "greets", passed: planned - missing, n: planned - missing },
      { grader: "steps", item: "asks", passed, n: planned - missing },
    ],
    passHat: [share, estimate(right - 0.01, right - 0.04, Math.min(1, right + 0.02), cases)],
    usdPer1k: estimate(0.39, 0.37, 0.41, cases, "usd-per-1k"),
    usdPerSuccess: estimate(0.00039, 0.00037, 0.00041, cases, "usd"),
    p95Ms: estimate(1900, 1720, 2310, cases, "ms"),
    medianMs: estimate(940, 900, 980, cases, "ms"),
    inputTokens: estimate(812.4, 805.2, 820.1, cases, "tokens"),
    outputTokens: estimate(96, 92, 101, cases, "tokens"),
  };
}

const gap: Gap = {
  base: "steps",
  tuned: "tuned",
  sameBase: true,
  total: difference(0.005, -0.014, 0.025, 200),
  format: difference(0.004, -0.002, 0.011, 200),
  ability: difference(0.001, -0.018, 0.02, 200),
  won: 5,
  lost: 4,
  same: 191,
  unpaired: 0,
  margin: 0.03,
  smallestDetectable: { available: true, value: 0.041, n: 200, unit: "share", method: "80 % power" },
  noninferior: true,
  superior: false,
  inferior: false,
  replaceable: false,
  advice: "What remains of the gap is format: structured output closes it.",
};

/** Every requirement is met by the best of three prompts; a tuned model is there and is not better. Two answers are missing. */
export const keepPrompting: Decision = {
  suite: "support-reply",
  scenario: "format",
  example: false,
  trials: 3,
  cases: { total: 300, dev: 100, test: 200, clusters: 300 },
  verdict: {
    kind: "KEEP_PROMPTING",
    reasons: [
      {
        code: "all-met",
        text: "Every requirement is met by prompting alone, and the tuned model is not shown to be better.",
      },
    ],
    wouldChange: [
      "A requirement of 97 % quality; or more than 5.1 million calls a month, where the shorter prompt pays for tuning.",
    ],
    standsDespiteMissing: true,
  },
  procedure: [
    { question: "May these figures decide?", answer: "yes", why: "" },
    { question: "Is prompting enough?", answer: "yes", why: "2 blocking requirements held against the best prompt." },
    { question: "Is it the format alone that is missing?", answer: "not-asked", why: "" },
  ],
  bestPrompt: {
    target: "steps",
    how: "dev",
    optimism: 0.018,
    candidates: [
      { target: "plain", dev: estimate(0.82, 0.73, 0.88, 100) },
      { target: "steps", dev: estimate(0.99, 0.946, 0.998, 100) },
      { target: "5 shot", dev: estimate(0.97, 0.915, 0.99, 100) },
    ],
  },
  tuned: "tuned",
  requirements: [
    {
      target: "steps",
      role: "prompt-only",
      results: [
        requirement("quality", "quality", 0.9, estimate(0.985, 0.957, 0.995, 200), "MET"),
        requirement("stability", "3 of 3 right", 0.85, estimate(0.96, 0.923, 0.98, 200), "MET"),
        requirement("cost", "cost", 0.5, estimate(0.39, 0.37, 0.41, 200, "usd-per-1k"), "MET"),
        requirement("latency", "p95 latency", 2500, estimate(1900, 1720, 2310, 200, "ms"), "MET"),
      ],
    },
    {
      target: "tuned",
      role: "fine-tuned",
      results: [
        requirement("quality", "quality", 0.9, estimate(0.99, 0.964, 0.997, 200), "MET"),
        requirement("stability", "3 of 3 right", 0.85, estimate(0.985, 0.957, 0.995, 200), "MET"),
        requirement("cost", "cost", 0.5, estimate(0.23, 0.22, 0.24, 200, "usd-per-1k"), "MET"),
        requirement("latency", "p95 latency", 2500, estimate(1100, 1010, 1260, 200, "ms"), "MET"),
      ],
    },
  ],
  gaps: [gap],
  measures: [
    measure("steps", "prompt-only", 200, 0.985, 2),
    measure("tuned", "fine-tuned", 200, 0.99),
    { ...measure("plain", "prompt-only", 100, 0.82), split: "dev" },
    { ...measure("steps", "prompt-only", 100, 0.99), split: "dev" },
    { ...measure("5 shot", "prompt-only", 100, 0.97), split: "dev" },
  ],
  warnings: [],
};

/** The tuned model meets what the best prompt misses and is shown to be better. */
export const confirmed: Decision = {
  ...keepPrompting,
  suite: "contract-clauses",
  scenario: "reasoning",
  description: "Clauses of a contract that hurt party A.",
  verdict: {
    kind: "CONFIRMED",
    reasons: [
      {
        code: "requirement-not-met",
        text: "The best prompt misses the quality that is needed: at most 86.1 % where 90 % is needed.",
      },
      { code: "tuned-meets-and-better", text: "The tuned model meets it and is better by 12.5 points (7.9 to 17.1)." },
    ],
    wouldChange: ["A prompt that gains 9 points on these cases.", "A requirement of 85 % quality or less."],
  },
  requirements: [
    {
      target: "steps",
      role: "prompt-only",
      results: [
        requirement("quality", "quality", 0.9, estimate(0.815, 0.755, 0.863, 200), "NOT_MET"),
        requirement("cost", "cost", 0.5, estimate(0.39, 0.37, 0.41, 200, "usd-per-1k"), "MET"),
      ],
    },
    {
      target: "tuned",
      role: "fine-tuned",
      results: [
        requirement("quality", "quality", 0.9, estimate(0.94, 0.898, 0.965, 200), "MET"),
        requirement("cost", "cost", 0.5, estimate(0.23, 0.22, 0.24, 200, "usd-per-1k"), "MET"),
      ],
    },
  ],
  gaps: [
    {
      ...gap,
      total: difference(0.125, 0.079, 0.171, 200),
      format: difference(0.01, -0.005, 0.025, 200),
      ability: difference(0.115, 0.069, 0.161, 200),
      won: 29,
      lost: 4,
      same: 167,
      superior: true,
      advice: "Nearly all of the gap is ability, which structured output would not close.",
    },
  ],
  measures: [measure("steps", "prompt-only", 200, 0.815), measure("tuned", "fine-tuned", 200, 0.94)],
};

/** The tuned model is worse than the best prompt. */
export const rejected: Decision = {
  ...confirmed,
  suite: "intent-routing",
  scenario: "cost",
  verdict: {
    kind: "REJECTED",
    reasons: [
      { code: "tuned-inferior", text: "The tuned model is worse than the best prompt by 8.5 points (4.9 to 12.1)." },
    ],
    wouldChange: ["A tuned model that loses less than 3.0 points."],
  },
  gaps: [
    {
      ...gap,
      total: difference(-0.085, -0.121, -0.049, 200),
      format: { available: false, why: 'not split: the grader "judge" has one form' },
      ability: { available: false, why: 'not split: the grader "judge" has one form' },
      won: 3,
      lost: 16,
      same: 181,
      noninferior: false,
      inferior: true,
      sameBase: false,
      advice: "",
    },
  ],
};

/** Only prompts, and the best misses what is needed: fine-tuning is justified. */
export const fineTuneJustified: Decision = {
  suite: "rare-disease",
  scenario: "knowledge",
  example: false,
  trials: 1,
  cases: { total: 240, dev: 0, test: 240, clusters: 48 },
  verdict: {
    kind: "FINE_TUNE_JUSTIFIED",
    reasons: [
      {
        code: "requirement-not-met",
        text: "Quality is at most 74.8 % where 90 % is needed, after Holm over 2 requirements.",
      },
    ],
    wouldChange: ["Retrieval: if the answers are right with the source in the prompt, prompting is enough."],
  },
  procedure: [
    { question: "May these figures decide?", answer: "yes", why: "" },
    { question: "Is prompting enough?", answer: "no", why: "Missed: quality." },
    { question: "Is it the format alone that is missing?", answer: "no", why: "" },
    { question: "Was prompting pushed to its limit?", answer: "yes", why: "Every rung was tried." },
  ],
  bestPrompt: {
    target: "plain",
    how: "only",
    candidates: [{ target: "plain", dev: { available: false, why: "no dev cases" } }],
  },
  requirements: [
    {
      target: "plain",
      role: "prompt-only",
      results: [
        requirement("quality", "quality", 0.9, estimate(0.696, 0.62, 0.762, 240), "NOT_MET"),
        {
          ...requirement(
            "latency",
            "p95 latency",
            2500,
            { available: false, why: "the recording tells no times" },
            "UNDECIDED",
          ),
          blocking: false,
        },
      ],
    },
  ],
  gaps: [],
  measures: [{ ...measure("plain", "prompt-only", 240, 0.696), clusters: 48, trials: 1 }],
  warnings: ["The provider returned gpt-5.4-mini-2026-10-01 where gpt-5.4-mini was asked for."],
};

/** Too few cases and too many missing answers: nothing can be said. */
export const inconclusive: Decision = {
  ...keepPrompting,
  suite: "tickets",
  example: true,
  cases: { total: 40, dev: 12, test: 28, clusters: 40 },
  verdict: {
    kind: "INCONCLUSIVE",
    reasons: [
      { code: "too-few-cases", text: "28 test cases are too few: at least 30 are needed." },
      { code: "missing-answers", text: "10.7 % of the answers are missing, more than the 2 % that the gate allows." },
    ],
    wouldChange: [
      "172 more cases would settle the quality.",
      "Run again: the 3 missing answers are the only calls it makes.",
    ],
    standsDespiteMissing: false,
  },
  requirements: [
    {
      target: "steps",
      role: "prompt-only",
      results: [
        requirement("quality", "quality", 0.9, estimate(0.92, 0.75, 0.978, 25), "UNDECIDED"),
        requirement("stability", "3 of 3 right", 0.85, estimate(0.84, 0.653, 0.936, 25), "AT_THRESHOLD"),
        requirement(
          "latency",
          "p95 latency",
          2500,
          { available: true, value: 2100, n: 25, unit: "ms", method: "order statistics need 59 cases" },
          "UNDECIDED",
        ),
      ],
    },
    {
      target: "tuned",
      role: "fine-tuned",
      results: [
        requirement("quality", "quality", 0.9, estimate(0.964, 0.823, 0.994, 28), "UNDECIDED"),
        requirement("stability", "3 of 3 right", 0.85, estimate(0.929, 0.774, 0.98, 28), "UNDECIDED"),
        requirement("latency", "p95 latency", 2500, { available: false, why: "no times were recorded" }, "UNDECIDED"),
      ],
    },
  ],
  gaps: [
    {
      ...gap,
      total: difference(0.04, -0.09, 0.17, 25),
      format: difference(0, -0.08, 0.08, 25),
      ability: difference(0.04, -0.09, 0.17, 25),
      won: 2,
      lost: 1,
      same: 22,
      unpaired: 3,
      noninferior: false,
      missingBounds: { lower: -0.071, upper: 0.143 },
      smallestDetectable: { available: true, value: 0.17, n: 25, unit: "share", method: "80 % power" },
      advice: "Neither share of the gap is shown to be there.",
    },
  ],
  measures: [measure("steps", "prompt-only", 28, 0.92, 3), measure("tuned", "fine-tuned", 28, 0.964)],
  warnings: ["Suites that are examples prove nothing about your product."],
};

/** Chinese names throughout, and an emoji sequence. */
export const chinese: Decision = {
  ...keepPrompting,
  suite: "客服回复-售后",
  description: "售后客服的回复：先问候，再确认问题，给出方案，最后询问是否满意。",
  verdict: {
    kind: "KEEP_PROMPTING",
    reasons: [
      { code: "all-met", text: "仅靠提示词就满足了全部要求；微调后的模型没有显示出更好的效果，因此不必为微调付费。" },
    ],
    wouldChange: ["若质量要求提高到 97 %，或每月调用超过 510 万次，结论会改变。"],
  },
  bestPrompt: {
    target: "分步提示",
    how: "dev",
    optimism: 0.012,
    candidates: [
      { target: "直接提示", dev: estimate(0.82, 0.73, 0.88, 100) },
      { target: "分步提示", dev: estimate(0.99, 0.946, 0.998, 100) },
    ],
  },
  tuned: "微调模型👩‍🔬",
  requirements: keepPrompting.requirements.map(({ target, role, results }) => ({
    target: target === "steps" ? "分步提示" : "微调模型👩‍🔬",
    role,
    results: results.map((result) => (result.key === "quality" ? { ...result, label: "质量（严格）" } : result)),
  })),
  gaps: [{ ...gap, base: "分步提示", tuned: "微调模型👩‍🔬", advice: "剩下的差距是格式问题。" }],
  measures: [measure("分步提示", "prompt-only", 200, 0.985), measure("微调模型👩‍🔬", "fine-tuned", 200, 0.99)],
};

/** Nothing is required and there are three targets: what was measured is shown. */
export const withoutRequirement: Decision = {
  ...keepPrompting,
  suite: "no-requirement",
  verdict: {
    kind: "INCONCLUSIVE",
    reasons: [{ code: "no-requirement", text: "The suite requires nothing, so there is nothing to decide." }],
    wouldChange: ["A requirement in the suite."],
  },
  requirements: [],
  gaps: [],
};

export const decisions: Readonly<Record<string, Decision>> = {
  keepPrompting,
  confirmed,
  rejected,
  fineTuneJustified,
  inconclusive,
  chinese,
  withoutRequirement,
};

/** A summary of the given decisions, as a run would write it. */
export function summaryOf(list: readonly Decision[]): Summary {
  return {
    schema: "gapcheck.summary/1",
    exitCode: 0,
    run: {
      id: "2026-11-24T10-02-11Z",
      startedAt: "2026-11-24T10:02:11.000Z",
      wallMs: 223_400,
      command: "gapcheck run --max-usd 2",
      version: "0.1.0",
      node: "v24.21.0",
      gitCommit: "3336bc3",
      counts: {
        planned: 3600,
        fromLedger: 1200,
        stored: 0,
        sent: 2400,
        answered: 2398,
        failed: 2,
        retried: 14,
        maybePaidTwice: 1,
      },
      spend: { settledUsd: 0.84, unknownAtMostUsd: 0.0123, unpricedCalls: 0 },
      notices: [{ level: "warning", code: "rate-limited", text: "2 calls were given up after the rate limit" }],
    },
    suites: list.map((decision) => ({
      decision,
      gate: {
        suite: decision.suite,
        verdict: decision.verdict.kind,
        outcome: "pass",
        exitCode: 0,
        why: "The verdict is one that the suite accepts.",
      },
      provenance: {
        file: "evals/support-reply.eval.ts",
        datasetFingerprint: "5f2c9d0e",
        graders: [{ name: "steps", kind: "checklist", version: 1, argsHash: "77ab01cd" }],
        models: decision.measures
          .filter(({ split }) => split === "test")
          .map(({ target, modelId }) => ({
            target,
            provider: "openai",
            asked: modelId,
            returned: [modelId],
            priceAsOf: "2026-11-01",
            priceSource: "price list",
          })),
      },
    })),
  };
}
