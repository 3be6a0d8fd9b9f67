/** What people write after `--deadline`: so long from now, or a time. */

const UNITS = { h: 3_600_000, m: 60_000, min: 60_000, s: 1_000 } as const;

/** Milliseconds from `now` until then, 0 or less when it is over; undefined for what is neither. */
export function msUntil(text: string, now: Date): number | undefined {
  if (/^(\d+(\.\d+)?(h|min|m|s))+$/.test(text)) return durationMs(text);
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (clock !== null) return msUntilClock(Number(clock[1]), Number(clock[2]), now);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.test(text)) return undefined;
  const ms = new Date(text).getTime() - now.getTime();
  return Number.isFinite(ms) ? ms : undefined;
}

/** `90s`, `30m`, `1h30m`. */
function durationMs(text: string): number {
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|min|m|s)/g)].reduce((sum, [, count, unit]) => {
    const each = unit === "h" || unit === "min" || unit === "m" || unit === "s" ? UNITS[unit] : 0;
    return sum + Number(count) * each;
  }, 0);
}

/** The next time that the clock on the wall shows it: today, or tomorrow. */
function msUntilClock(hours: number, minutes: number, now: Date): number {
  const then = new Date(now);
  then.setHours(hours, minutes, 0, 0);
  if (then.getTime() <= now.getTime()) then.setDate(then.getDate() + 1);
  return then.getTime() - now.getTime();
}
