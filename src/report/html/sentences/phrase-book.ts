/**
 * Says in another language what a decision says in English. A report keeps its sentences in English, in `summary.json` too; here each is read
 * back into its kind (a template of the book) and its typed parts (names, figures, clauses, lists), and said with the same parts.
 */

/** What a part of a template holds: `{name:t}` as it stands, `{value:n}` a figure, `{all:l}` clauses, `{names:c}` an enumeration, `{what}` a clause. */
type PartKind = "text" | "figure" | "list" | "names" | "clause";

const KINDS: Readonly<Record<string, PartKind>> = { t: "text", n: "figure", l: "list", c: "names" };

/** A sentence in English and in the other language, with the same parts. Neither ends in a full stop. */
export type Phrase = readonly [english: string, other: string];

/** Marks of the other language. */
export interface Marks {
  readonly stop: string;
  /** Between clauses, and between names. */
  readonly semicolon: string;
  readonly comma: string;
  readonly quotes: readonly [string, string];
  /** A figure with its unit: "9.2 points". */
  readonly figure: (text: string) => string;
}

/** @returns `undefined` where the book does not have the sentence, or a part of it */
export type Say = (text: string) => string | undefined;

interface Compiled {
  readonly pattern: RegExp;
  readonly parts: readonly { readonly name: string; readonly kind: PartKind }[];
  readonly other: string;
}

const PART = /\{(\w+)(?::([tnlc]))?\}/g;
const FIGURE = "[-+]?\\$?\\d[\\d.,]*(?: ?(?:%|points?|tokens?|ms|min|s|h|of 1)(?![\\w]))*";
/** A clause closes the brackets that it opens: "+9.2 points (95 % interval +4.7 to +14.2, 240 cases)" is one part. */
const BALANCED = "(?:[^()]|\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))+?";
/** Longer texts are no sentences of ours. */
const LONGEST = 4_000;

export function phraseBook(phrases: readonly Phrase[], marks: Marks): Say {
  const compiled = phrases.map(compile);
  const known = new Map<string, string | undefined>();
  const figure = new RegExp(`^${FIGURE}$`);

  const say: Say = (text) => {
    if (known.has(text)) return known.get(text);
    // A text that is being said already is not in the book.
    known.set(text, undefined);
    const said = text.length > LONGEST ? undefined : sayOnce(text);
    known.set(text, said);
    return said;
  };

  const sayOnce = (text: string): string | undefined => {
    const core = text.endsWith(".") && !text.endsWith("..") ? text.slice(0, -1) : text;
    const said = sayCore(core);
    if (said !== undefined) return core === text ? said : `${said}${marks.stop}`;
    for (const at of sentenceEnds(text)) {
      const [first, rest] = [say(text.slice(0, at)), say(text.slice(at + 1))];
      if (first !== undefined && rest !== undefined) return `${first}${rest}`;
    }
    return undefined;
  };

  const sayCore = (core: string): string | undefined => {
    if (figure.test(core)) return marks.figure(core);
    if (/^`[^`]*`$/.test(core)) return core;
    for (const { pattern, parts, other } of compiled) {
      const found = pattern.exec(core);
      if (found === null) continue;
      const told = new Map<string, string>();
      const isSaid = parts.every(({ name, kind }, at) => {
        const part = sayPart(found[at + 1] ?? "", kind);
        if (part !== undefined) told.set(name, part);
        return part !== undefined;
      });
      if (isSaid) return other.replace(PART, (_, name: string) => told.get(name) ?? "");
    }
    return undefined;
  };

  const sayPart = (part: string, kind: PartKind): string | undefined => {
    if (kind === "text") return part;
    if (kind === "figure") return marks.figure(part);
    if (kind === "clause") return say(part);
    const pieces = kind === "list" ? splitOutside(part, "; ") : splitNames(part);
    const said = pieces.map((piece) => sayName(piece, kind));
    return said.every((one) => one !== undefined)
      ? said.join(kind === "list" ? marks.semicolon : marks.comma)
      : undefined;
  };

  const sayName = (piece: string, kind: PartKind): string | undefined => {
    const [open, close] = marks.quotes;
    if (kind === "names" && /^"[^"]*"$/.test(piece)) return `${open}${piece.slice(1, -1)}${close}`;
    return say(piece);
  };

  return say;
}

function compile([english, other]: Phrase): Compiled {
  const parts: { name: string; kind: PartKind }[] = [];
  let pattern = "";
  let from = 0;
  for (const found of english.matchAll(PART)) {
    const [whole, name = "", letter = ""] = found;
    const kind = KINDS[letter] ?? "clause";
    parts.push({ name, kind });
    const part = kind === "figure" ? FIGURE : kind === "text" ? ".+?" : BALANCED;
    pattern += `${escapeRegExp(english.slice(from, found.index))}(${part})`;
    from = found.index + whole.length;
  }
  pattern += escapeRegExp(english.slice(from));
  return { pattern: new RegExp(`^${pattern}$`, "is"), parts, other };
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Where a sentence may end: after a full stop that is followed by a blank and a capital or a name. */
function sentenceEnds(text: string): number[] {
  return [...text.matchAll(/[.:] (?=[A-Z"`])/g)].map((found) => found.index + 1).filter((at) => text[at - 1] === ".");
}

/** Splits where no bracket and no quotation mark is open. */
function splitOutside(text: string, at: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === "(") depth += 1;
    else if (!quoted && sign === ")") depth = Math.max(0, depth - 1);
    else if (!quoted && depth === 0 && text.startsWith(at, index)) {
      pieces.push(text.slice(from, index));
      from = index + at.length;
    }
  }
  return [...pieces, text.slice(from)];
}

/** "a, b and c" as its names. */
function splitNames(text: string): string[] {
  const pieces = splitOutside(text, ", ");
  return [...pieces.slice(0, -1), ...splitOutside(pieces.at(-1) ?? "", " and ")];
}
