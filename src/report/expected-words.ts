/** What calls are expected to cost, in words: always with where the figure comes from, and "unknown" where there is none. */
import { quoted } from "./decision-view.ts";
import { countOf, formatUsd, formatUsdAtMost } from "./numbers.ts";

/** What one target's calls to send are expected to cost, US dollars for all of them, and by what. */
export type ExpectedView =
  | { readonly known: true; readonly basis: "nothing-to-send" | "free"; readonly usd: number }
  | { readonly known: true; readonly basis: "ledger"; readonly usd: number; readonly answers: number }
  | {
      readonly known: true;
      readonly basis: "economics.tunedUsdPer1k" | "requirement.cost";
      readonly usd: number;
      readonly usdPer1k: number;
    }
  | { readonly known: false; readonly why: "no-price" }
  | { readonly known: false; readonly why: "no-answers"; readonly promptsUsd: number };

/** Calls to send, without judges. US dollars. */
export interface ExpectedTotal {
  /** Of the calls whose cost is expected. */
  readonly usd: number;
  /** Calls that nothing tells of yet, between their prompts alone and their worst case. */
  readonly open: { readonly calls: number; readonly promptsUsd: number; readonly worstUsd: number };
  readonly unpricedCalls: number;
}

/** "about $0.31"; "between about $0.02 and $0.45, not told apart before there are answers"; "unknown for 12 calls without a price". */
export function formatExpected({ usd, open, unpricedCalls }: ExpectedTotal): string {
  const parts = [
    ...(usd > 0 || (open.calls === 0 && unpricedCalls === 0)
      ? [usd === 0 ? formatUsd(0) : `about ${formatUsd(usd)}`]
      : []),
    ...(open.calls > 0 ? [`${between(open)} for ${countOf(open.calls, "call")} that no answer tells of yet`] : []),
    ...(unpricedCalls > 0 ? [`unknown for ${countOf(unpricedCalls, "call")} without a known price`] : []),
  ];
  return parts.join(", ");
}

export interface ExpectedTarget {
  readonly target: string;
  readonly toSend: number;
  readonly worstUsd: number;
  readonly expected: ExpectedView;
}

/** What each target's calls are expected to cost, those that go by the same in one sentence; nothing of those without a call to send. */
export function expectedSentences(targets: readonly ExpectedTarget[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const one of targets) {
    if (one.toSend === 0) continue;
    const by = basisText(one.expected);
    groups.set(by, [...(groups.get(by) ?? []), `${quoted(one.target)} ${costText(one)}`]);
  }
  return [...groups].map(([by, each]) => `${by}: ${each.join("; ")}.`);
}

function basisText(expected: ExpectedView): string {
  if (!expected.known) {
    return expected.why === "no-price"
      ? "Models without a price (`price` gives them one)"
      : "No answer in the ledger to tell by, as a first run with `--limit 10` would";
  }
  switch (expected.basis) {
    case "nothing-to-send":
    case "free":
      return "Free";
    case "ledger":
      return "By the tokens of their answers in the ledger";
    case "requirement.cost":
      return `No answer tells yet; if a request costs the ${formatUsd(expected.usdPer1k)} per 1,000 that \`requirement.cost\` allows`;
    case "economics.tunedUsdPer1k":
      return `No answer tells yet; if a request costs the ${formatUsd(expected.usdPer1k)} per 1,000 of \`economics.tunedUsdPer1k\``;
  }
}

function costText({ toSend, worstUsd, expected }: ExpectedTarget): string {
  const calls = `for ${countOf(toSend, "call")}`;
  if (!expected.known) {
    return expected.why === "no-price" ? `unknown ${calls}` : `${between({ ...expected, worstUsd })} ${calls}`;
  }
  if (expected.basis === "ledger")
    return `about ${formatUsd(expected.usd)} ${calls} (${countOf(expected.answers, "answer")})`;
  return `${formatUsd(expected.usd)} ${calls}`;
}

function between({ promptsUsd, worstUsd }: { readonly promptsUsd: number; readonly worstUsd: number }): string {
  return `between about ${formatUsd(promptsUsd)} (prompts alone) and ${formatUsdAtMost(worstUsd)} (worst case)`;
}
