/** HTML in which no text can be taken for markup: what is put into a template is escaped unless it is markup itself. */
import { escapeToLine } from "../escape.ts";

export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Safe as text and inside a quoted attribute. Controls, marks of direction and halves of characters are shown as escapes. */
export function escapeHtml(text: string): string {
  return escapeToLine(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** "80 %" stays on one line. */
const BEFORE_PERCENT = /(?<=\d) (?=%)/g;

function rendered(part: Part): string {
  if (typeof part === "string") return escapeHtml(part).replace(BEFORE_PERCENT, "\u00a0");
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

/** Attributes have to stand in quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, at) => text + (at < parts.length ? rendered(parts[at] ?? "") : "")).join("") };
}

export const NOTHING: Markup = { markup: "" };
