/** How long a provider asks us to wait, in every form in which providers say it. */

/** Reads a header by its lower-case name. */
export type ReadHeader = (name: string) => string | undefined;

/**
 * Milliseconds from now, at least 0; undefined when no header says it readably. In order: `retry-after-ms`, `retry-after` (seconds,
 * also with decimals, or an HTTP date), then when the exhausted limit resets (`x-ratelimit-reset-*`, `anthropic-ratelimit-*-reset`). A time of
 * day is held against the provider's own clock (its `date`), and against ours, `now`, only where it tells none: ours may be wrong by hours.
 */
export function retryAfterMs(header: ReadHeader, now: Date): number | undefined {
  const today = timeOf(header("date")) ?? now.getTime();
  return (
    readNumber(header("retry-after-ms"), 1) ??
    readNumber(header("retry-after"), 1_000) ??
    readDate(header("retry-after"), today) ??
    readResets(header, today)
  );
}

const LIMITS = [
  ["x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"],
  ["x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"],
  ["anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"],
  ["anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"],
  ["anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"],
  ["anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"],
] as const;

/**
 * Limits that stand at zero must all reset; when none says that it does, nobody knows which one refused, and the earliest reset is
 * the earliest time at which asking again makes sense.
 */
function readResets(header: ReadHeader, today: number): number | undefined {
  const exhausted: number[] = [];
  const others: number[] = [];
  for (const [remaining, reset] of LIMITS) {
    const wait = readDuration(header(reset)) ?? readDate(header(reset), today);
    if (wait === undefined) continue;
    (header(remaining)?.trim() === "0" ? exhausted : others).push(wait);
  }
  if (exhausted.length > 0) return Math.max(...exhausted);
  return others.length > 0 ? Math.min(...others) : undefined;
}

/** `1s`, `6m0s`, `120ms`, `1h2m3.5s`, `1d`: milliseconds; undefined for anything else. A bare number is seconds. */
export function readDuration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match =
    /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/.exec(
      text.trim(),
    );
  if (!match || match[0] === "") return readNumber(text, 1_000);
  const [days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return bounded((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds);
}

function readNumber(text: string | undefined, unitMs: number): number | undefined {
  if (text === undefined || !/^\s*-?\d+(?:\.\d+)?\s*$/.test(text)) return undefined;
  return bounded(Number(text) * unitMs);
}

function readDate(text: string | undefined, today: number): number | undefined {
  const at = timeOf(text);
  return at === undefined ? undefined : bounded(at - today);
}

/** Milliseconds since 1970. Only forms that begin as dates do: `Date.parse` takes almost anything. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*(?:[A-Za-z]{3,9},? |\d{4}-\d\d-\d\dT)/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

function bounded(ms: number): number | undefined {
  return Number.isFinite(ms) ? Math.max(0, Math.ceil(ms)) : undefined;
}
