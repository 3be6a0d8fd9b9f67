/** What a checklist may ask of a text: the items as their author writes them. */
import type { Subject } from "../suite/grade.ts";
import type { JsonValue } from "../suite/json.ts";
import type { TextUnit } from "./text-units.ts";

export interface ItemOptions {
  /** Shown in reports; default: what the item asks. Unique in the checklist. */
  readonly name?: string;
  /** Default true: the checklist scores 0 when it fails. */
  readonly required?: boolean;
  /** Share in the score, relative; default 1. */
  readonly weight?: number;
}

export interface TextSearch {
  /** Letter case does not count; default false. */
  readonly caseFold?: boolean;
  /** `word`: not inside a longer word; default `none`, wherever the characters stand. */
  readonly boundaries?: "word" | "none";
}

/** Looks at one part of the text only; the item fails where the text has no such part. 1-based; -1 is the last. */
export interface ItemPart {
  readonly part?:
    | { readonly paragraph: number /** So many paragraphs there must be in all. */; readonly of?: number }
    | { readonly line: number };
}

/** A text, or several of which any one will do. `{{expected.field}}` and `{{input.field}}` are filled in from the case. */
export type ItemText = string | readonly string[];

/** Bounds, inclusive; at least one of them. */
export interface CountBounds {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly exactly?: number;
}

/**
 * What is counted: a unit (`words`, `bullets`, …), a text's occurrences, a pattern's matches, or the parts that a divider makes
 * (blank ones at the ends aside; a blank one between fails the item, and with `different` so do two equal parts).
 */
export type Counted =
  | TextUnit
  | ({ readonly text: string } & TextSearch)
  | ({ readonly pattern: string | RegExp } & Pick<TextSearch, "caseFold">)
  | { readonly dividedBy: string; readonly different?: boolean };

export interface JsonItem {
  /** Default: the value need only be there. A text may be `{{expected.field}}`. */
  readonly path: string;
  readonly equals?: JsonValue;
}

/** Each item asks one thing. */
export type ItemCheck =
  | ({ readonly contains: ItemText /** Every text must occur, not just one. */; readonly all?: boolean } & TextSearch &
      ItemPart)
  | ({ readonly notContains: ItemText } & TextSearch & ItemPart)
  | ({ readonly pattern: string | RegExp } & Pick<TextSearch, "caseFold"> & ItemPart)
  | ({ readonly notPattern: string | RegExp } & Pick<TextSearch, "caseFold"> & ItemPart)
  | ({ readonly startsWith: ItemText } & TextSearch & ItemPart)
  | ({ readonly endsWith: ItemText } & TextSearch & ItemPart)
  | ({ readonly equals: ItemText } & Pick<TextSearch, "caseFold"> & ItemPart)
  /** The first word, up to white space or one of `. , ? ! ' "`; letter case does not count. */
  | ({ readonly firstWord: ItemText } & ItemPart)
  | ({ readonly count: CountBounds & { readonly of: Counted } } & ItemPart)
  /** Every letter that has a case is in this one, and there is one. */
  | ({ readonly letterCase: "upper" | "lower" } & ItemPart)
  /** The text begins and ends with the mark (or the two marks). */
  | ({ readonly wrappedIn: string | readonly [string, string] } & ItemPart)
  /** ISO 639-1 code. A text too short to tell fails, and says so. */
  | ({ readonly language: string } & ItemPart)
  /** The text is JSON, or has this at a place. `fences: true` allows a code fence around it. */
  | { readonly json: true | JsonItem; readonly fences?: boolean }
  /** A function of the text; stands in the grade's key as the hash of its source. */
  | { readonly custom: (text: string, subject: Subject) => boolean };

export type ChecklistItem = ItemOptions & ItemCheck;

/** A step of an ordered list: something that stands at a place in the text. */
export type OrderedStep = ItemOptions &
  (
    | ({ readonly contains: ItemText } & TextSearch)
    | ({ readonly pattern: string | RegExp } & Pick<TextSearch, "caseFold">)
    | ({ readonly startsWith: ItemText } & TextSearch)
    | ({ readonly endsWith: ItemText } & TextSearch)
  );
