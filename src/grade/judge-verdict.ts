/** From a judge's reply to one of the offered labels, or to nothing: never to the nearest label. */
import { codeFences, wholeJson } from "./json-in-text.ts";

export type Verdict =
  | { readonly found: true; readonly label: string; readonly reason?: string }
  | { readonly found: false; readonly why: string };

/** Characters that are not seen: zero width, direction marks, soft hyphen. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const REASON_SHOWN = 500;

/**
 * Reads a verdict. Three forms count, each bounded so that no label can be found inside a sentence or another word: the demanded
 * JSON object (alone, or alone in a code fence), a reply that is nothing but a label, or exactly one line `VERDICT: label`.
 * The label must be one of the offered ones, letter by letter; invisible characters aside.
 */
export function readVerdict(reply: string, offered: readonly string[]): Verdict {
  const text = reply.replace(INVISIBLE, "").trim();
  if (text === "") return { found: false, why: "the reply is empty" };
  if (offered.includes(text)) return { found: true, label: text };
  const json = wholeJson(text);
  const [fence] = json.ok || !text.startsWith("```") ? [] : codeFences(text);
  const fenced =
    fence !== undefined && /^(?:```)?\s*$/.test(text.slice(fence.end))
      ? wholeJson(text.slice(fence.start, fence.end))
      : undefined;
  const found = json.ok ? json : fenced;
  if (found?.ok === true) return fromJson(found.value, offered);
  return fromLine(text, offered);
}

function fromJson(value: unknown, offered: readonly string[]): Verdict {
  const label: unknown = member(value, "label");
  if (typeof label !== "string") return { found: false, why: "the JSON has no label" };
  if (!offered.includes(label.trim()))
    return { found: false, why: `the label "${label.slice(0, 40)}" was not offered` };
  const reason: unknown = member(value, "reason");
  return {
    found: true,
    label: label.trim(),
    ...(typeof reason === "string" ? { reason: reason.slice(0, REASON_SHOWN) } : {}),
  };
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

function fromLine(text: string, offered: readonly string[]): Verdict {
  const lines = text
    .split("\n")
    .flatMap((line) => /^[\s*#>_-]*VERDICT[\s*_]*:[\s*_]*(.*?)[\s*_.]*$/i.exec(line.slice(0, 200)) ?? []);
  const labels = lines.filter((_, index) => index % 2 === 1);
  const [label] = labels;
  if (label === undefined) return { found: false, why: "the reply holds no verdict" };
  if (labels.length > 1) return { found: false, why: "the reply holds more than one verdict" };
  return offered.includes(label)
    ? { found: true, label }
    : { found: false, why: `the label "${label.slice(0, 40)}" was not offered` };
}
