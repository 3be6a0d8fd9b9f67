/** What the calls still to be sent are expected to cost: by the tokens of the same target's answers, or by what the suite states. Never guessed. */
import { costOf, isFree, promptTokensEstimate, usageCost } from "../model/prices.ts";
import type { Answer } from "../suite/completion.ts";
import type { Message, Price } from "../suite/model.ts";
import type { Suite } from "../suite/suite.ts";
import type { Target } from "../suite/target.ts";

/** US dollars for all calls to send, without judges and retries; `basis` says where it comes from. */
export type ExpectedCost =
  | { readonly known: true; readonly basis: "nothing-to-send" | "free"; readonly usd: number }
  /** Tokens of so many answers of the same target in the ledger, at today's price, longer prompts costing more. */
  | { readonly known: true; readonly basis: "ledger"; readonly usd: number; readonly answers: number }
  | StatedCost
  | { readonly known: false; readonly why: "no-price" }
  /** No answer tells its tokens and the suite states nothing: between the prompts alone, at four bytes a token, and the worst case. */
  | { readonly known: false; readonly why: "no-answers"; readonly promptsUsd: number };

/** What the suite says a request costs, or may cost at most. */
export interface StatedCost {
  readonly known: true;
  readonly basis: "economics.tunedUsdPer1k" | "requirement.cost";
  readonly usd: number;
  readonly usdPer1k: number;
}

/** Answers of one target that are read for it; more would tell no more. */
export const MOST_READ = 1_000;

/** Sums over the answers and prompts of one target. */
export interface UsageTally {
  readonly wants: () => boolean;
  /** An answer in the ledger, with the prompt that it answers. */
  readonly answered: (answer: Answer, messages: readonly Message[]) => void;
  readonly toSend: (messages: readonly Message[]) => void;
  /** @param worstUsd of all calls to send */
  readonly expected: (worstUsd: number) => ExpectedCost;
  /** Of answers with known costs: count, mean and standard deviation of their costs, US dollars. */
  readonly costs: () => { readonly answers: number; readonly meanUsd: number; readonly sdUsd?: number } | undefined;
}

export function usageTally(suite: Suite, target: Target, price: Price | undefined): UsageTally {
  const sum = { answers: 0, bytes: 0, input: 0, output: 0, cached: 0, written: 0 };
  const cost = { count: 0, usd: 0, squares: 0 };
  const send = { calls: 0, bytes: 0, promptsUsd: 0 };
  const byLedger = (known: Price): ExpectedCost | undefined => {
    if (sum.answers === 0) return undefined;
    // Tokens go with the length of a prompt: the cases that were answered first may be the short ones.
    const input = (sum.input / sum.bytes) * (send.bytes / send.calls);
    const part = (tokens: number) => (sum.input === 0 ? 0 : (tokens / sum.input) * input);
    const cachedInput = part(sum.cached);
    const cacheWriteInput = part(sum.written);
    const each = usageCost({ input, output: sum.output / sum.answers, cachedInput, cacheWriteInput }, known);
    return each.known ? { known: true, basis: "ledger", usd: each.usd * send.calls, answers: sum.answers } : undefined;
  };
  return {
    wants: () => sum.answers < MOST_READ,
    answered: ({ usage, ...answer }, messages) => {
      if (usage === undefined) return;
      const { input, output, cachedInput = 0, cacheWriteInput = 0 } = usage;
      sum.answers++;
      sum.bytes += lengthOf(messages);
      sum.input += input;
      sum.output += output;
      sum.cached += cachedInput;
      sum.written += cacheWriteInput;
      const own = costOf({ ...answer, usage }, price);
      if (!own.known) return;
      cost.count++;
      cost.usd += own.usd;
      cost.squares += own.usd ** 2;
    },
    toSend: (messages) => {
      send.calls++;
      send.bytes += lengthOf(messages);
      if (price === undefined) return;
      const alone = usageCost({ input: promptTokensEstimate(messages), output: 0 }, price);
      if (alone.known) send.promptsUsd += alone.usd;
    },
    expected: (worstUsd) => {
      if (send.calls === 0) return { known: true, basis: "nothing-to-send", usd: 0 };
      if (price === undefined) return { known: false, why: "no-price" };
      if (isFree(price)) return { known: true, basis: "free", usd: 0 };
      const { calls, promptsUsd } = send;
      const stated = byStatement(suite, target, calls);
      // What cannot be is not expected, whoever states it.
      const possible = stated !== undefined && stated.usd >= promptsUsd && stated.usd <= worstUsd;
      return byLedger(price) ?? (possible ? stated : { known: false, why: "no-answers", promptsUsd });
    },
    costs: () => {
      if (cost.count === 0) return undefined;
      const { count } = cost;
      const meanUsd = cost.usd / count;
      if (count < 2) return { answers: count, meanUsd };
      const variance = Math.max(0, cost.squares - count * meanUsd ** 2) / (count - 1);
      return { answers: count, meanUsd, sdUsd: Math.sqrt(variance) };
    },
  };
}

function byStatement({ requirement, economics }: Suite, { role }: Target, calls: number): StatedCost | undefined {
  const stated = (basis: StatedCost["basis"], usdPer1k: number): StatedCost => {
    return { known: true, basis, usd: (calls * usdPer1k) / 1_000, usdPer1k };
  };
  const tuned = economics?.tunedUsdPer1k;
  if (role === "fine-tuned" && tuned !== undefined) return stated("economics.tunedUsdPer1k", tuned);
  const limit = requirement.cost?.usdPer1kAtMost;
  return limit === undefined ? undefined : stated("requirement.cost", limit);
}

/** Bytes of a prompt, and some for the template around each message. */
function lengthOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + BYTES_AROUND, 0);
}

const BYTES_AROUND = 16;
