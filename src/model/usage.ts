/** Usage as providers count it. A count that cannot be is a count that was not given. */
import type { Usage } from "../suite/completion.ts";

export interface Counts {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly cachedInput?: number | undefined;
  readonly cacheWriteInput?: number | undefined;
  readonly reasoning?: number | undefined;
}

/**
 * Tokens of one call; undefined when the provider did not say. No prompt has zero tokens, and no text comes from zero tokens:
 * servers that write 0 mean that they do not count. Parts larger than their whole are not trusted either.
 */
export function usageOf(counts: Counts, text: string): Usage | undefined {
  const { input, output, cachedInput = 0, cacheWriteInput = 0, reasoning = 0 } = counts;
  if (input === undefined || output === undefined || input === 0) return undefined;
  if (output === 0 && text !== "") return undefined;
  if (cachedInput + cacheWriteInput > input || reasoning > output) return undefined;
  return {
    input,
    output,
    ...(cachedInput > 0 && { cachedInput }),
    ...(cacheWriteInput > 0 && { cacheWriteInput }),
    ...(reasoning > 0 && { reasoning }),
  };
}
