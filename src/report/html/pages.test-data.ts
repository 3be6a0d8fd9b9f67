/** Answers and summaries for the tests of the page. */
import type { Decision } from "../../decide/decision.ts";
import { decisions, difference, summaryOf } from "../decisions.test-data.ts";
import type { Summary } from "../summary.ts";

/** Texts that break pages when they are taken for something else than text. */
export const HOSTILE = [
  "</script><script>globalThis.pwned=1</script>",
  "<!--<script>",
  "--><img src=x onerror=globalThis.pwned=1>",
  "<img src=x onerror=globalThis.pwned=1>",
  '"><svg onload=globalThis.pwned=1>',
  "'><body onload=globalThis.pwned=1>",
  "javascript:globalThis.pwned=1",
  "<a href=javascript:globalThis.pwned=1>x</a>",
  "\u2028globalThis.pwned=1\u2029",
  "lone \ud800 half and \udfff half",
  "nul \u0000 nul",
  "$' $& $` $$ $1",
  "\u202eright to left\u202c",
  "\u200b\u200d\ufeff nothing",
  "]]><![CDATA[<script>globalThis.pwned=1</script>",
  "{{constructor.constructor('globalThis.pwned=1')()}}",
  "<style>*{display:none}</style>",
  "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
  "<meta http-equiv=refresh content='0;url=data:text/html,x'>",
  "__proto__",
] as const;

export interface LineParts {
  readonly suite?: string;
  readonly target: string;
  readonly id: string;
  readonly index?: number;
  readonly trial?: number;
  readonly outcome?: "passed" | "failed" | "missing";
  readonly text?: string;
  readonly tags?: readonly string[];
  readonly grader?: string;
  readonly item?: string;
  /** What the failed item says, of a grader that lists what fails. */
  readonly itemWhy?: string;
  readonly why?: string;
}

/** One line of `cases.jsonl`, as a run writes it. */
export function line(parts: LineParts): string {
  const { suite = "support-reply", target, id, trial = 1, outcome = "passed", text = "Hello", tags = [] } = parts;
  const passed = outcome === "passed";
  const itemWhy = passed || parts.itemWhy === undefined ? {} : { why: parts.itemWhy };
  const item = { name: parts.item ?? "", passed, required: true, weight: 1, ...itemWhy };
  const items = parts.item === undefined ? {} : { items: [item] };
  const listed = parts.itemWhy === undefined || passed ? undefined : `failed: ${item.name}`;
  const said = parts.why ?? listed;
  const why = said === undefined ? {} : { why: said };
  const grade = { kind: "scored", score: passed ? 1 : 0, answer: text, ...why, ...items };
  const missing = outcome === "missing";
  return JSON.stringify({
    suite,
    target,
    caseId: id,
    caseIndex: parts.index ?? 0,
    trial,
    split: "test",
    cluster: id,
    weight: 1,
    tags,
    fingerprint: `fingerprint of ${id}`,
    callKey: "k",
    outcome: {
      strict: outcome,
      lenient: outcome,
      ...(missing ? { why: parts.why ?? "rate limit of the provider" } : {}),
    },
    ...(trial === 1 ? { messages: [{ role: "user", content: `Say ${text}` }], expected: text } : {}),
    completion: missing
      ? { kind: "failure", code: "rate-limited", message: "429" }
      : { kind: "answer", text, finish: "stop", usage: { input: 10, output: 5 }, latencyMs: 12.34 },
    cost: { known: true, usd: 0.0001 },
    grades: missing ? [] : [{ grader: parts.grader ?? "steps", strict: grade, lenient: grade }],
  });
}

/** Every kind of decision as one summary. */
export function everySummary(): Summary {
  return summaryOf([...Object.values(decisions), withEverything()]);
}

/** A decision with money, a curve, and a gap by parts. */
export function withEverything(): Decision {
  const { keepPrompting } = decisions;
  if (keepPrompting === undefined) throw new Error("no decision to begin with");
  const part = difference(0.02, -0.03, 0.07, 40);
  return {
    ...keepPrompting,
    suite: "everything",
    slices: [
      { kind: "grader", name: "steps", cases: 200, total: part, format: part, ability: part },
      { kind: "tag", name: "refund", cases: 40, total: part, format: part, ability: part },
    ],
  };
}
