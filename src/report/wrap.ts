/** Breaks text into lines of a display width: at spaces, between Chinese characters, and inside a word only when it must. */
import { displayWidth, graphemes, pad, takeColumns } from "./width.ts";

/** A line must not begin with these. */
const CLOSING = /^[，。、；：？！）」』】》〉’”％…,.;:!?)\]}%]/u;
/** A line must not end with these. */
const OPENING = /[（「『【《〈‘“([{]$/u;

/** A per cent sign stays with its number. */
const FIGURE = /\d$/;

/** Pieces between which a line may break, each with the space that stands before it. */
function pieces(text: string): { readonly text: string; readonly spaced: boolean }[] {
  const found: { text: string; spaced: boolean }[] = [];
  let spaced = false;
  let open = false;
  for (const grapheme of graphemes(text)) {
    if (grapheme === " ") {
      spaced = true;
      open = false;
      continue;
    }
    const last = found.at(-1);
    const wide = displayWidth(grapheme) > 1;
    const sticks =
      last !== undefined && !spaced && (CLOSING.test(grapheme) || OPENING.test(last.text) || (open && !wide));
    if (spaced && grapheme === "%" && last !== undefined && FIGURE.test(last.text)) last.text += " %";
    else if (sticks) last.text += grapheme;
    else found.push({ text: grapheme, spaced: spaced && found.length > 0 });
    spaced = false;
    open = !wide;
  }
  return found;
}

/**
 * Lines of at most `width` columns (at least 2), without spaces at their ends. A line feed in the text is a line break.
 * An empty text is one empty line. `taken` columns of the first line belong to somebody else: it may stay empty.
 */
export function wrap(text: string, width: number, taken = 0): string[] {
  const room = Math.max(2, width);
  const lines: string[] = [];
  let line = "";
  let used = taken;
  const breakLine = () => {
    lines.push(line);
    line = "";
    used = 0;
  };
  for (const [index, paragraph] of text.split("\n").entries()) {
    if (index > 0) breakLine();
    for (const piece of pieces(paragraph)) {
      let rest = piece.text;
      let columns = displayWidth(rest);
      const gap = piece.spaced && line !== "" ? 1 : 0;
      if (used > 0 && used + gap + columns > room) breakLine();
      else if (gap === 1) {
        line += " ";
        used += 1;
      }
      while (columns > room) {
        const head = takeColumns(rest, room);
        rest = rest.slice(head.length).trimStart();
        columns = displayWidth(rest);
        line = head.trimEnd();
        breakLine();
      }
      line += rest;
      used += columns;
    }
  }
  lines.push(line);
  return lines;
}

/** As `wrap`, with `first` before the first line and `indent` spaces before the others; `width` holds all of it. */
export function wrapHanging(first: string, text: string, indent: number, width: number): string[] {
  const start = pad(first, indent);
  const surplus = displayWidth(start) - indent;
  return wrap(text, width - indent, surplus).map((line, index) =>
    index === 0 ? (line === "" ? start.trimEnd() : start + line) : " ".repeat(indent) + line,
  );
}
