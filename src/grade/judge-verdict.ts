/** From a judge's reply to one of the offered labels, or to nothing: never to the nearest label. */
import { withoutInvisible } from "./invisible.ts";
import { codeFences, wholeJson } from "./json-in-text.ts";

export type Verdict =
  | { readonly found: true; readonly label: string; readonly reason?: string; readonly quote?: string }
  | { readonly found: false; readonly why: string };

const REASON_SHOWN = 500;

/**
 * Reads a verdict. Three forms count, each bounded so that no label can be found inside a sentence or another word: the demanded
 * JSON object (alone, or alone in a code fence), a reply that is nothing but a label, or exactly one line `VERDICT: label`,
 * the last. The label must be one of the offered ones, letter by letter; invisible characters aside.
 */
export function readVerdict(reply: string, offered: readonly string[]): Verdict {
  const text = withoutInvisible(reply).trim();
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
  const quote: unknown = member(value, "quote");
  return {
    found: true,
    label: label.trim(),
    ...(typeof reason === "string" ? { reason: reason.slice(0, REASON_SHOWN) } : {}),
    ...(typeof quote === "string" ? { quote } : {}),
  };
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

const VERDICT_LINE = /^[\s*#>_-]*VERDICT[\s*_]*:[\s*_]*(.*?)[\s*_.]*$/i;
const LINE_READ = 200;

/** The line must be the last: an earlier one may be a quotation from the answer. */
function fromLine(text: string, offered: readonly string[]): Verdict {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const labels = lines.map((line) => VERDICT_LINE.exec(line.slice(0, LINE_READ))?.[1]);
  const said = labels.filter((label) => label !== undefined);
  const last = labels.at(-1);
  if (said.length === 0) return { found: false, why: "the reply holds no verdict" };
  if (said.length > 1) return { found: false, why: "the reply holds more than one verdict" };
  if (last === undefined) return { found: false, why: "the verdict is not the last line of the reply" };
  return offered.includes(last)
    ? { found: true, label: last }
    : { found: false, why: `the label "${last.slice(0, 40)}" was not offered` };
}
