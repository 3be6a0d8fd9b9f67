/** Checks of what a text contains, begins with, ends with or is. */

import type { ItemText, TextSearch } from "./checklist-item.ts";
import { mistake } from "./common-options.ts";
import { type Check, type CompiledCheck, type Locate, quoted } from "./item-check.ts";
import { itemTexts } from "./item-text.ts";
import type { Span } from "./linear-pattern.ts";
import { normalizer } from "./normalize.ts";
import { foldInPlace, standsAlone } from "./options-in-text.ts";

export type TextKind = "contains" | "notContains" | "startsWith" | "endsWith" | "equals" | "firstWord";

type Finder = (wanted: readonly string[]) => CheckPair;

interface CheckPair {
  readonly check: Check;
  readonly locate?: Locate;
}

/** @throws ConfigError for an empty or malformed text. */
export function textCheck(
  kind: string,
  where: string,
  what: TextKind,
  given: ItemText,
  options: TextSearch & { readonly all?: boolean },
): CompiledCheck {
  const texts = itemTexts(kind, `${where}: ${what}`, given);
  const search = checkSearch(kind, where, options);
  const all = options.all === true;
  const make = finders(search, all)[what];
  return {
    asks: `${LABELS[what]} ${
      all
        ? texts
            .sample("…")
            .map((text) => quoted([text]))
            .join(" and ")
        : quoted(texts.sample("…"))
    }`,
    args: { [what]: given, caseFold: search.caseFold, boundaries: search.boundaries, all },
    needsExpected: texts.needsExpected,
    lacks: texts.lacks,
    knows:
      what === "contains" ? [...SEARCH, "all"] : what === "firstWord" ? [] : what === "equals" ? ["caseFold"] : SEARCH,
    ready: (subject) => {
      const filled = texts.fill(subject.case);
      if (!filled.ok) return filled;
      return { ok: true, ...make(filled.texts.map((text) => text.normalize("NFC"))) };
    },
  };
}

const SEARCH = ["caseFold", "boundaries"];

const LABELS: Readonly<Record<TextKind, string>> = {
  contains: "contains",
  notContains: "does not contain",
  startsWith: "starts with",
  endsWith: "ends with",
  equals: "is",
  firstWord: "first word is",
};

export function checkSearch(kind: string, where: string, options: TextSearch): Required<TextSearch> {
  const { caseFold = false, boundaries = "none" } = options;
  if (typeof caseFold !== "boolean")
    throw mistake(kind, `${where}: caseFold is no boolean`, "Set it to true or false.");
  if (boundaries !== "none" && boundaries !== "word") {
    throw mistake(
      kind,
      `${where}: boundaries is ${JSON.stringify(boundaries)}`,
      'Set it to "word" or "none" (the default).',
    );
  }
  return { caseFold, boundaries };
}

/** The first occurrence of a text at or after `from` that the search allows. */
export function findText(text: string, wanted: string, from: number, search: Required<TextSearch>): Span | undefined {
  const fold = folder(search);
  return findFolded(fold(text), fold(wanted), from, search);
}

/** As `findText`, where both texts are folded already. */
export function findFolded(text: string, wanted: string, from: number, search: Required<TextSearch>): Span | undefined {
  for (let start = text.indexOf(wanted, from); start >= 0; start = text.indexOf(wanted, start + 1)) {
    const end = start + wanted.length;
    if (search.boundaries === "none" || standsAlone(text, start, end)) return { start, end };
  }
  return undefined;
}

/** One character for one, so that places stay: every white space is a space, and letters are folded where asked. */
function folder(search: Required<TextSearch>): (value: string) => string {
  const spaced = (value: string) => value.replace(/\s/gu, " ");
  return search.caseFold ? (value) => foldInPlace(spaced(value)) : spaced;
}

function finders(search: Required<TextSearch>, all: boolean): Record<TextKind, Finder> {
  const fold = folder(search);
  const alone = (text: string, span: Span): boolean =>
    search.boundaries === "none" || standsAlone(text, span.start, span.end);

  /** Of several texts the occurrence that ends first. */
  const earliest = (text: string, wanted: readonly string[], from: number): Span | undefined => {
    const folded = fold(text);
    return first(wanted.map((one) => findFolded(folded, fold(one), from, search)));
  };

  const atStart = (text: string, wanted: readonly string[]): Span | undefined => {
    const folded = fold(text);
    const start = text.length - text.trimStart().length;
    const spans = wanted.map((one) => ({ start, end: start + one.trimStart().length, text: fold(one.trimStart()) }));
    return first(spans.map((span) => (folded.startsWith(span.text, start) && alone(folded, span) ? span : undefined)));
  };

  const atEnd = (text: string, wanted: readonly string[], from = 0): Span | undefined => {
    const end = text.trimEnd().length;
    const folded = fold(text.slice(0, end));
    const spans = wanted.map((one) => ({ start: end - one.trimEnd().length, end, text: fold(one.trimEnd()) }));
    return first(
      spans.map((span) => (span.start >= from && folded.endsWith(span.text) && alone(folded, span) ? span : undefined)),
    );
  };

  const normal = normalizer({ caseFold: search.caseFold });
  const word = normalizer({ caseFold: true });

  return {
    contains: (wanted) => ({
      check: (text) => {
        const folded = fold(text);
        const absent = wanted.filter((one) => findFolded(folded, fold(one), 0, search) === undefined);
        if (all ? absent.length === 0 : absent.length < wanted.length) return undefined;
        return `does not contain ${quoted(absent)}`;
      },
      locate: (text, from) => earliest(text, wanted, from),
    }),
    notContains: (wanted) => ({
      check: (text) => {
        const found = earliest(text, wanted, 0);
        return found === undefined ? undefined : `contains ${quoted([text.slice(found.start, found.end)])}`;
      },
    }),
    startsWith: (wanted) => ({
      check: (text) => (atStart(text, wanted) === undefined ? `starts with ${quoted([text.trimStart()])}` : undefined),
      locate: (text) => atStart(text, wanted),
    }),
    endsWith: (wanted) => ({
      check: (text) =>
        atEnd(text, wanted) === undefined ? `ends with ${quoted([text.trimEnd().slice(-40)])}` : undefined,
      locate: (text, from) => atEnd(text, wanted, from),
    }),
    equals: (wanted) => ({
      check: (text) => (wanted.some((one) => normal(one) === normal(text)) ? undefined : `is ${quoted([text])}`),
    }),
    firstWord: (wanted) => ({
      check: (text) => {
        const found = /^['"]*([^\s.,?!'"]*)/.exec(text.trimStart())?.[1] ?? "";
        return wanted.some((one) => word(one) === word(found)) ? undefined : `the first word is ${quoted([found])}`;
      },
    }),
  };
}

function first(spans: readonly (Span | undefined)[]): Span | undefined {
  let best: Span | undefined;
  for (const span of spans) if (span !== undefined && (best === undefined || span.end < best.end)) best = span;
  return best === undefined ? undefined : { start: best.start, end: best.end };
}
