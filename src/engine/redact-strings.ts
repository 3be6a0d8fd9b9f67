/** Takes secrets out of every string of a JSON value before it is written. */
import type { Redact } from "../redact.ts";

/** The value with every string (not the keys) redacted; the value itself when nothing had to be hidden. */
export function redactStrings<T>(value: T, redact: Redact): T {
  // The shape stays as it is: strings become strings, everything else is kept.
  return redacted(value, redact) as T;
}

function redacted(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => redacted(item, redact));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  let changed = false;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, inner] of Object.entries(value)) {
    copy[name] = redacted(inner, redact);
    if (copy[name] !== inner) changed = true;
  }
  return changed ? copy : value;
}
