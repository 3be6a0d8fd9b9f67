/**
 * Templates: text with `{{name}}` in it. Nothing else is special: no code, no conditions, no environment. Values are inserted as
 * they are and never read again, so braces inside a case cannot reach another variable.
 */

/** A piece of a template: text as it stands, or a name to fill in (with its 0-based offset in the source). */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "name"; readonly name: string; readonly offset: number };

export interface Template {
  readonly pieces: readonly Piece[];
  /** Every name, once, in order of appearance. */
  readonly names: readonly string[];
}

/** Why a text is not a template; `line` and `column` are 1-based. */
export interface TemplateMistake {
  readonly message: string;
  readonly fix: string;
  readonly line: number;
  readonly column: number;
}

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly mistake: TemplateMistake };

const OPEN = "{{";
const CLOSE = "}}";

/**
 * Parses a template in linear time. Blanks around a name are ignored. A backslash before `{{` makes the braces text (`\{{` gives `{{`);
 * a backslash that is itself wanted before braces is doubled (`\\{{name}}` gives a backslash and the value). Backslashes elsewhere, single
 * braces and a lone `}}` are text.
 */
export function parseTemplate(source: string): ParsedTemplate {
  const pieces: Piece[] = [];
  const names = new Set<string>();
  let text = "";
  let at = 0;
  while (true) {
    const open = source.indexOf(OPEN, at);
    if (open < 0) break;
    const slashes = backslashesBefore(source, open, at);
    text += source.slice(at, open - slashes) + "\\".repeat(slashes >> 1);
    if (slashes % 2 === 1) {
      text += OPEN;
      at = open + OPEN.length;
      continue;
    }
    const name = readName(source, open);
    if (typeof name !== "string") return { ok: false, mistake: name };
    if (text !== "") pieces.push({ kind: "text", text });
    text = "";
    pieces.push({ kind: "name", name, offset: open });
    names.add(name);
    at = source.indexOf(CLOSE, open + OPEN.length) + CLOSE.length;
  }
  text += source.slice(at);
  if (text !== "") pieces.push({ kind: "text", text });
  return { ok: true, template: { pieces, names: [...names] } };
}

/** Fills in the names; `textOf` gives each value as text. Values are not scanned for braces. */
export function fillTemplate(template: Template, textOf: (name: string) => string): string {
  let filled = "";
  for (const piece of template.pieces) filled += piece.kind === "text" ? piece.text : textOf(piece.name);
  return filled;
}

function backslashesBefore(source: string, index: number, from: number): number {
  let count = 0;
  while (index - count > from && source[index - count - 1] === "\\") count++;
  return count;
}

function readName(source: string, open: number): string | TemplateMistake {
  const start = open + OPEN.length;
  const window = source.slice(start, start + LONGEST_NAME + CLOSE.length);
  const stop = window.search(/\}\}|[{\n]/);
  if (window[stop] === "{") return mistake(source, open, "a third { follows {{", AS_TEXT);
  if (window[stop] !== "}") return mistake(source, open, "{{ is not closed by }} on its line", AS_TEXT);
  const name = window.slice(0, stop).trim();
  if (name === "") return mistake(source, open, "{{ }} names nothing", AS_TEXT);
  if (name.includes("}")) return mistake(source, open, `"${name}" is not a name`, AS_TEXT);
  return name;
}

const AS_TEXT = "Write {{name}} with two braces on each side, or \\{{ where the braces are meant as text.";

/** Bounds the search for the end of a name, so that a text full of `{{` is still read in linear time. */
const LONGEST_NAME = 200;

function mistake(source: string, offset: number, message: string, fix: string): TemplateMistake {
  const before = source.slice(0, offset);
  const line = before.split("\n").length;
  return { message, fix, line, column: offset - before.lastIndexOf("\n") };
}
