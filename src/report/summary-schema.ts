/**
 * The JSON schema of `summary.json` (draft 2020-12), the file that other programs read. Additions keep the version; whatever takes
 * away or changes the meaning of a field raises it.
 */
import type { JsonObject } from "../suite/json.ts";

/** `gapcheck.summary/<version>`. */
export const SUMMARY_FORMAT = "gapcheck.summary";
export const SUMMARY_VERSION = 1;
export const SUMMARY_SCHEMA_ID = `${SUMMARY_FORMAT}/${SUMMARY_VERSION}`;

type Properties = Readonly<Record<string, JsonObject>>;

/** Unknown fields are let through, so that a reader takes what a newer gapcheck of the same version adds. */
const object = (required: Properties, optional: Properties = {}): JsonObject => ({
  type: "object",
  properties: { ...required, ...optional },
  required: Object.keys(required),
});
const list = (items: JsonObject): JsonObject => ({ type: "array", items });
const oneOf = (...values: readonly string[]): JsonObject => ({ type: "string", enum: values });
const ref = (name: string): JsonObject => ({ $ref: `#/$defs/${name}` });

const text: JsonObject = { type: "string" };
const flag: JsonObject = { type: "boolean" };
const number: JsonObject = { type: "number" };
const share: JsonObject = { type: "number", minimum: 0, maximum: 1 };
const change: JsonObject = { type: "number", minimum: -1, maximum: 1 };
const count: JsonObject = { type: "integer", minimum: 0 };
const money: JsonObject = { type: "number", minimum: 0 };

const role = oneOf("prompt-only", "fine-tuned");
const verdict = oneOf("KEEP_PROMPTING", "FINE_TUNE_JUSTIFIED", "CONFIRMED", "REJECTED", "NOT_FEASIBLE", "INCONCLUSIVE");
const unit = oneOf("share", "usd-per-1k", "usd", "ms", "score", "tokens");
const estimate = ref("estimate");
const difference = ref("difference");
const shares = object({ lower: share, upper: share });
const changes = object({ lower: change, upper: change });
/** `[passes, trials]`. */
const passes: JsonObject = { type: "array", items: count, minItems: 2, maxItems: 2 };

const $defs: Properties = {
  unavailable: object({ available: { const: false }, why: text }),
  estimate: {
    anyOf: [
      ref("unavailable"),
      object(
        { available: { const: true }, value: number, n: count, unit, method: text },
        { interval: object({ lower: number, upper: number, confidence: share }), clusters: count },
      ),
    ],
  },
  // Of two targets on the same cases; of a judge and people, whose kappa is between -1 and 1 too.
  difference: {
    anyOf: [
      ref("unavailable"),
      object({
        available: { const: true },
        value: change,
        lower: change,
        upper: change,
        confidence: share,
        n: count,
        method: text,
      }),
    ],
  },
  requirement: object(
    {
      key: oneOf("quality", "stability", "cost", "cost-per-success", "latency", "need"),
      label: text,
      direction: oneOf("at-least", "at-most"),
      threshold: number,
      unit,
      blocking: flag,
      estimate,
      state: oneOf("MET", "NOT_MET", "AT_THRESHOLD", "UNDECIDED"),
      why: text,
    },
    {
      bounds: object({ confidence: share, method: text }, { lower: number, upper: number, notMetConfidence: share }),
      pNotMet: share,
      pNotMetHolm: share,
      advice: object({ text }, { additionalCases: count, trials: count }),
    },
  ),
  measure: object(
    {
      target: text,
      role,
      modelId: text,
      returnedModelIds: list(text),
      split: oneOf("dev", "test"),
      cases: count,
      clusters: count,
      trials: count,
      counts: object({
        planned: count,
        passed: count,
        failed: count,
        declined: count,
        empty: count,
        cut: count,
        unparsed: count,
        missing: count,
      }),
      missingReasons: list(object({ why: text, trials: count })),
      strict: estimate,
      lenient: estimate,
      byGrader: list(object({ grader: text, strict: estimate, lenient: estimate })),
      items: list(object({ grader: text, item: text, passed: count, n: count })),
      passHat: list(estimate),
      usdPer1k: estimate,
      usdPerSuccess: estimate,
      p95Ms: estimate,
      medianMs: estimate,
      inputTokens: estimate,
      outputTokens: estimate,
    },
    { missingBounds: shares },
  ),
  gap: object(
    {
      base: text,
      tuned: text,
      sameBase: flag,
      total: difference,
      format: difference,
      ability: difference,
      won: count,
      lost: count,
      same: count,
      unpaired: count,
      margin: share,
      smallestDetectable: estimate,
      noninferior: flag,
      superior: flag,
      inferior: flag,
      replaceable: flag,
      advice: text,
    },
    { missingBounds: changes },
  ),
  instruments: object({
    scenario: oneOf("knowledge", "format", "cost", "reasoning"),
    columns: list(
      object({
        target: text,
        as: oneOf("best prompt", "fine-tuned", "oracle-context", "constrained-output", "short-prompt"),
      }),
    ),
    rows: list(object({ key: text, label: text, cells: list(estimate) }, { detail: flag })),
    changes: list(
      object({ key: text, label: text, target: text, change: ref("change") }, { minus: text, detail: flag }),
    ),
    findings: list(object({ code: text, text })),
  }),
  question: object({
    key: oneOf("complexity", "stability", "volume", "data"),
    question: text,
    facts: list(object({ key: text, label: text }, { figure: estimate, change: ref("change"), text })),
  }),
  change: {
    anyOf: [
      ref("unavailable"),
      object(
        {
          available: { const: true },
          value: number,
          lower: number,
          upper: number,
          confidence: share,
          n: count,
          unit,
          method: text,
        },
        { clusters: count },
      ),
    ],
  },
  decision: object(
    {
      suite: text,
      scenario: oneOf("knowledge", "format", "cost", "reasoning"),
      example: flag,
      trials: count,
      cases: object({ total: count, dev: count, test: count, clusters: count }, { repeated: count }),
      verdict: object(
        { kind: verdict, reasons: list(object({ code: text, text })), wouldChange: list(text) },
        {
          standsDespiteMissing: flag,
          claim: object({ of: oneOf("checkpoint", "recipe") }, { target: text, recipe: text, seeds: count }),
        },
      ),
      procedure: list(object({ question: text, answer: oneOf("yes", "no", "open", "not-asked"), why: text })),
      requirements: list(object({ target: text, role, results: list(ref("requirement")) })),
      gaps: list(ref("gap")),
      measures: list(ref("measure")),
      warnings: list(text),
    },
    {
      description: text,
      bestPrompt: object(
        { target: text, candidates: list(object({ target: text, dev: estimate })), how: oneOf("only", "dev", "first") },
        { optimism: number },
      ),
      tuned: text,
      // Told in full by decide/money-contract.ts and decide/curve-contract.ts.
      money: { type: "object" },
      stalePrices: object({ asOf: text, days: count }),
      slices: list(
        object(
          {
            kind: oneOf("tag", "grader"),
            name: text,
            cases: count,
            total: difference,
            format: difference,
            ability: difference,
          },
          { base: estimate, tuned: estimate },
        ),
      ),
      curve: { type: "object" },
      regression: difference,
      ceiling: object({
        modelId: text,
        prompts: list(text),
        points: list(object({ k: count, dev: estimate, test: estimate })),
        lastAdds: difference,
      }),
      plateau: object(
        {
          last: text,
          before: text,
          gain: change,
          upper: number,
          confidence: share,
          n: count,
          limit: share,
          reached: flag,
        },
        { ofSwept: count },
      ),
      looks: object({ number: count, most: count, alpha: share, firstAlpha: share }),
      sequential: object({ asked: count, planned: count, looks: count, callsLeft: count, settled: flag }),
      judges: object({
        graders: list(
          object(
            {
              grader: text,
              judges: list(object({ model: text }, { family: text })),
              sameFamily: list(object({ judge: text, family: text, target: text })),
              unknownFamilies: list(text),
              answers: object({ judged: count, spared: count, ruled: count, open: count }),
            },
            {
              canaries: object({ asked: count, passed: list(text) }),
              agreement: object(
                {
                  labelled: count,
                  compared: count,
                  ruled: count,
                  open: count,
                  questions: count,
                  agreed: count,
                  noLabel: count,
                  raw: difference,
                  kappa: difference,
                  byLabel: list(object({ label: text, people: count, agreed: count })),
                  byTarget: list(object({ target: text, compared: count, agreed: count })),
                  enough: flag,
                },
                { lower: change, confidence: share, needed: share },
              ),
            },
          ),
        ),
        speaking: list(
          object({
            target: text,
            answers: count,
            signs: list(object({ sign: text, answers: count })),
            cases: list(text),
          }),
        ),
      }),
      recipes: list(object({ recipe: text, targets: list(text), gap: difference }, { seedSd: share })),
      instruments: ref("instruments"),
      questions: list(ref("question")),
    },
  ),
  exam: list(object({ kind: oneOf("cases", "graders", "thresholds", "targets", "baseline", "suites"), text })),
  // Of -1 to 1; the change of a gap goes from -2 to 2.
  drop: object({ value: number, lower: number, upper: number, confidence: share, n: count, method: text }),
  caseChanges: list(object({ id: text, base: passes, head: passes })),
  baseline: object(
    {
      outcome: oneOf("pass", "fail", "inconclusive", "incomplete", "no-comparison"),
      why: text,
      exam: ref("exam"),
      cases: count,
      looks: list(count),
      plannedLooks: list(count),
      comparisons: list(
        object(
          {
            role: oneOf("prompt", "tuned"),
            against: oneOf("main", "release"),
            target: text,
            baseTarget: text,
            state: oneOf("pass", "fail", "inconclusive", "incomplete"),
            why: text,
            unchanged: { type: "boolean" },
            difference: ref("drop"),
            margin: share,
            lower: number,
            passLevel: share,
            pDrop: share,
            pDropHolm: share,
            failLevel: share,
            won: count,
            lost: count,
            same: count,
            lostCases: ref("caseChanges"),
            wonCases: ref("caseChanges"),
            flaky: count,
            missing: object({ trials: count, planned: count }, { decide: flag }),
            smallestDetectable: estimate,
          },
          { missingBounds: changes },
        ),
      ),
      mustPass: list(
        object({
          id: text,
          role: oneOf("prompt", "tuned"),
          state: oneOf("pass", "fail", "open"),
          why: text,
          base: passes,
          head: passes,
        }),
      ),
    },
    { gapChange: ref("drop"), noRelease: text },
  ),
  gate: object({
    suite: text,
    verdict,
    outcome: oneOf("pass", "fail", "inconclusive", "incomplete", "cannot-measure", "no-comparison"),
    exitCode: count,
    why: text,
  }),
  provenance: object({
    file: text,
    datasetFingerprint: text,
    graders: list(object({ name: text, kind: text, version: count, argsHash: text })),
    models: list(
      object(
        { target: text, provider: text, asked: text, returned: list(text) },
        {
          parameters: { type: "object" },
          priceAsOf: text,
          priceSource: text,
          recording: object({ file: text }, { provider: text, days: object({ first: text, last: text }) }),
        },
      ),
    ),
  }),
  run: object(
    {
      id: text,
      startedAt: { type: "string", format: "date-time" },
      wallMs: { type: "number", minimum: 0 },
      command: text,
      version: text,
      node: text,
      counts: object({
        planned: count,
        fromLedger: count,
        stored: count,
        sent: count,
        answered: count,
        failed: count,
        retried: count,
        maybePaidTwice: count,
      }),
      spend: object({ settledUsd: money, unknownAtMostUsd: money, unpricedCalls: count }),
      notices: list(object({ level: oneOf("note", "warning", "error"), code: text, text })),
    },
    {
      gitCommit: text,
      judgeCalls: object({
        fromLedger: count,
        sent: count,
        answered: count,
        failed: count,
        retried: count,
        maybePaidTwice: count,
      }),
      stopped: object({
        reason: oneOf("interrupted", "terminated", "budget", "deadline", "account", "storage"),
        message: text,
      }),
    },
  ),
};

/** The schema of the whole file. */
export const SUMMARY_SCHEMA: JsonObject = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: SUMMARY_SCHEMA_ID,
  title: "Result of one run of gapcheck",
  ...object(
    {
      schema: { const: SUMMARY_SCHEMA_ID },
      exitCode: count,
      run: ref("run"),
      suites: list(
        object(
          { decision: ref("decision"), gate: ref("gate"), provenance: ref("provenance") },
          { baseline: ref("baseline") },
        ),
      ),
    },
    { baseline: object({ file: text, exam: ref("exam") }), notMeasured: text },
  ),
  $defs,
};
