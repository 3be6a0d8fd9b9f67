/**
 * Makes text that others wrote harmless on a terminal: whatever would move the cursor, colour, hide or reorder text is
 * shown as an escape such as `\x1b` or `\u202e`. What a terminal shows as a character stays as it is.
 */
import { disarmCommands } from "./ci-commands.ts";

/**
 * C0 and C1 controls, DEL, soft hyphen, direction marks and overrides, zero-width space, joiners of words, line and
 * paragraph separators, annotation marks, the byte-order mark, tag characters, and halves of surrogate pairs. The zero-width
 * joiner and non-joiner stay: emoji and Persian need them.
 */
const HOSTILE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeOf(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}

/** One line of text, safe to print: line feeds and tabs are shown as escapes too. */
export function escapeToLine(text: string): string {
  return text.replace(HOSTILE, escapeOf);
}

/** Text of several lines, safe to print: line feeds stay, and no line is a command for a CI runner. */
export function escapeForTerminal(text: string): string {
  return disarmCommands(
    text
      .split("\n")
      .map((line) => line.replaceAll("\t", "    ").replace(HOSTILE, escapeOf))
      .join("\n"),
  );
}
