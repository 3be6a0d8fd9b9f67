/** What an item becomes when it is compiled and made ready for a case. */
import type { Case } from "../suite/case.ts";
import type { Subject } from "../suite/grade.ts";
import type { JsonValue } from "../suite/json.ts";
import type { Span } from "./linear-pattern.ts";

/** Undefined when the text passes, else why it does not. */
export type Check = (text: string) => string | undefined;

/** The first place at or after `from` where the item is met. */
export type Locate = (text: string, from: number) => Span | undefined;

export type ReadyCheck =
  | { readonly ok: true; readonly check: Check; readonly locate?: Locate }
  | { readonly ok: false; readonly why: string };

/** One kind of check, compiled from an item. */
export interface CompiledCheck {
  /** What it asks, in words: the item's default name. */
  readonly asks: string;
  readonly args: JsonValue;
  readonly needsExpected: boolean;
  /** Why nothing could be checked for a case; undefined where it can. Absent: no case lacks anything. */
  readonly lacks?: (given: Case) => string | undefined;
  /** Options of the item that the check read. */
  readonly knows: readonly string[];
  readonly ready: (subject: Subject) => ReadyCheck;
}

/** For people: texts in quotes, cut. */
export function quoted(texts: readonly string[]): string {
  return texts.map((text) => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`).join(" or ");
}
