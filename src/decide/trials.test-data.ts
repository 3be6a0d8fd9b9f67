/** Made-up suites and trials for the tests of this room. Seeded; the same on every machine. */
import type { Split } from "../suite/case.ts";
import type { Completion, Cost } from "../suite/completion.ts";
import type { Grade, Graded, Grader } from "../suite/grade.ts";
import { RUNGS } from "../suite/ladder.ts";
import type { Model } from "../suite/model.ts";
import type { GatePolicy, Requirement } from "../suite/requirement.ts";
import type { Suite } from "../suite/suite.ts";
import type { Target, Tuning } from "../suite/target.ts";
import type { NotCalled, TrialRecord } from "../suite/trial.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { createObservations, type Observations } from "./observations.ts";

export const TODAY = new Date("2026-11-24T00:00:00Z");

/** mulberry32: small, seeded, good enough for test data. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function model(id: string): Model {
  return {
    provider: "fake",
    id,
    account: "fake",
    identity: { provider: "fake", model: id },
    parameters: {},
    answers: "stored",
    complete: async () => ({
      kind: "failure",
      code: "threw",
      retry: "final",
      scope: "call",
      message: "not for calling",
    }),
  };
}

export function grader(name: string, more: Partial<Grader> = {}): Grader {
  return {
    name,
    kind: "exact-match",
    version: 1,
    args: {},
    needsExpected: false,
    hasForms: true,
    required: true,
    passAt: 1,
    asks: [],
    grade: () => ({ strict: scored(1), lenient: scored(1) }),
    ...more,
  };
}

export function promptOnly(name: string, of: Model = model("base")): Target {
  return { name, role: "prompt-only", model: of, prompt: { user: "{{input}}" }, parameters: {} };
}

export function fineTuned(name: string, tuning: Partial<Tuning> = {}): Target {
  return {
    name,
    role: "fine-tuned",
    model: model(`ft:${name}`),
    prompt: { user: "{{input}}" },
    parameters: {},
    tuning: { tunedFrom: model("base"), ...tuning },
  };
}

export interface SuiteParts {
  readonly targets?: readonly Target[];
  readonly graders?: readonly Grader[];
  readonly requirement?: Requirement;
  readonly trials?: number;
  readonly gate?: GatePolicy;
  /** What is stated beside; default all that the gates before tuning ask. */
  readonly stated?: Pick<Suite, "ladder" | "training" | "economics" | "scenario">;
}

const waived = { waived: "made up" };

/** A suite that leaves no gate before tuning open, but for money. */
export const STATED: Pick<Suite, "ladder" | "training"> = {
  ladder: {
    ...Object.fromEntries(RUNGS.map((rung) => [rung, waived])),
    plateau: waived,
    caching: waived,
    batch: waived,
  },
  training: {
    examples: 500,
    agreement: 0.9,
    venue: { name: "own", trains: true, dataAllowed: true, servedUntil: "no-end" },
  },
};

const { "structured-output": _, ...untried } = STATED.ladder ?? {};

/** The same, but nobody tried output that is held to the form, and no scenario asks that. */
export const FORM_UNTRIED: Pick<Suite, "ladder" | "training" | "scenario"> = {
  ...STATED,
  ladder: untried,
  scenario: "reasoning",
};

export function suiteOf({ targets, graders, requirement, trials, gate, stated }: SuiteParts = {}): Suite {
  return {
    ...(stated ?? STATED),
    name: "made up",
    scenario: stated?.scenario ?? "format",
    example: true,
    cases: [],
    targets: targets ?? [promptOnly("plain")],
    graders: graders ?? [grader("exact")],
    requirement: requirement ?? { quality: { atLeast: 0.9 } },
    trials: trials ?? 1,
    devShare: 1 / 3,
    gate: gate ?? {},
  };
}

export function scored(score: number, flaw?: "empty" | "cut" | "unparsed"): Grade {
  return { kind: "scored", score, ...(flaw === undefined ? {} : { flaw }) };
}

/** What became of one trial. `format` is right in substance and wrong in form; `lost` a failed call; `ungraded` not graded. */
export type Outcome = "right" | "wrong" | "format" | "lost" | "ungraded" | "declined" | "not-called";

export function gradedAs(outcome: Outcome): Graded {
  switch (outcome) {
    case "right":
      return { strict: scored(1), lenient: scored(1) };
    case "format":
      return { strict: scored(0, "unparsed"), lenient: scored(1) };
    case "declined":
      return { strict: { kind: "declined" }, lenient: { kind: "declined" } };
    case "ungraded": {
      const grade = { kind: "ungraded", reason: "judge-failed", why: "made up" } as const;
      return { strict: grade, lenient: grade };
    }
    default:
      return { strict: scored(0), lenient: scored(0) };
  }
}

export interface Trial {
  readonly target: string;
  readonly index: number;
  readonly trial?: number;
  readonly outcome?: Outcome;
  readonly graded?: Readonly<Record<string, Graded>>;
  readonly split?: Split;
  readonly cluster?: string;
  readonly weight?: number;
  /** US dollars; `undefined` for unknown. */
  readonly usd?: number | undefined;
  readonly latencyMs?: number | undefined;
  readonly modelId?: string;
}

export function record(suite: Suite, given: Trial): TrialRecord {
  const { target, index, trial = 1, outcome = "right", split = "test", weight = 1, modelId } = given;
  const usd = "usd" in given ? given.usd : 0.0004;
  const latencyMs = "latencyMs" in given ? given.latencyMs : 900;
  const completion: Completion | NotCalled =
    outcome === "lost"
      ? { kind: "failure", code: "rate-limited", retry: "never-sent", scope: "call", message: "429" }
      : outcome === "not-called"
        ? { kind: "not-called", why: "not in the ledger (offline)" }
        : {
            kind: "answer",
            text: "made up",
            finish: "stop",
            usage: { input: 100 + (index % 7), output: 20 + (index % 3) },
            ...(latencyMs === undefined ? {} : { latencyMs }),
            ...(modelId === undefined ? {} : { modelId }),
          };
  const cost: Cost = usd === undefined ? { known: false, why: "no price for this model" } : { known: true, usd };
  const grades =
    completion.kind === "answer"
      ? suite.graders.map(({ name }) => [name, given.graded?.[name] ?? gradedAs(outcome)] as const)
      : [];
  return {
    suite: suite.name,
    target,
    caseId: `case ${index}`,
    caseIndex: index,
    fingerprint: `fingerprint ${index}`,
    cluster: given.cluster ?? `case ${index}`,
    weight,
    split,
    tags: [],
    trial,
    completion,
    grades: new Map(grades),
    cost,
    callKey: `${target}/${index}/${trial}`,
  };
}

/** Trials of one target: `outcomes[i]` is what became of case i, one letter a trial. */
export type Letters = Readonly<Record<string, Outcome>>;

const LETTERS: Letters = {
  "+": "right",
  "-": "wrong",
  f: "format",
  x: "lost",
  "?": "ungraded",
  d: "declined",
  n: "not-called",
};

/**
 * Tells all trials of a target. Each string is a case, each letter a trial: + right, - wrong, f wrong in form only, x failed
 * call, ? not graded, d declined, n not called.
 */
export function tell(
  observations: Observations,
  target: string,
  cases: readonly string[],
  more: Partial<Omit<Trial, "target" | "index" | "trial" | "outcome">> & { readonly first?: number } = {},
): void {
  const { first = 0, ...rest } = more;
  for (const [at, letters] of cases.entries()) {
    for (const [position, letter] of [...letters].entries()) {
      const outcome = LETTERS[letter];
      if (outcome === undefined) throw new Error(`no outcome "${letter}"`);
      observations.add(
        record(observations.suite, { target, index: first + at, trial: position + 1, outcome, ...rest }),
      );
    }
  }
}

/** `n` cases of which the first `right` are "+", the rest "-" (or another letter). */
export function rightOf(right: number, n: number, other = "-"): string[] {
  return Array.from({ length: n }, (_, index) => (index < right ? "+" : other));
}

/** A suite with one list of test cases for each target, decided. */
export function decided(parts: SuiteParts, cases: Readonly<Record<string, readonly string[]>>): Decision {
  const observations = createObservations(suiteOf(parts));
  for (const [target, outcomes] of Object.entries(cases)) tell(observations, target, outcomes);
  return decide(observations, { today: TODAY });
}
