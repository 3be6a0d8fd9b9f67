/** From a checklist item as written to one that can be checked; every mistake in it is told here. */
import { didYouMean } from "../suite/closest.ts";
import type { Subject } from "../suite/grade.ts";
import type { JsonObject } from "../suite/json.ts";
import type { ChecklistItem, ItemCheck, ItemPart, OrderedStep } from "./checklist-item.ts";
import { mistake } from "./common-options.ts";
import { countCheck } from "./count-check.ts";
import type { Check, CompiledCheck, ReadyCheck } from "./item-check.ts";
import { patternCheck } from "./pattern-check.ts";
import { customCheck, jsonCheck, languageCheck, letterCaseCheck, wrappedInCheck } from "./shape-check.ts";
import { textCheck } from "./text-check.ts";
import { paragraphsOf } from "./text-units.ts";

export interface CompiledItem {
  readonly name: string;
  readonly required: boolean;
  readonly weight: number;
  readonly args: JsonObject;
  readonly needsExpected: boolean;
  readonly lacks?: CompiledCheck["lacks"];
  /** Asks that something be absent: a text with lines left out says nothing of it. */
  readonly exact: boolean;
  /** A function of the author's own. */
  readonly isFunction: boolean;
  readonly ready: (subject: Subject) => ReadyCheck;
}

/** The keywords that say what an item asks; an item has exactly one. */
const ASKS = [
  "contains",
  "notContains",
  "pattern",
  "notPattern",
  "startsWith",
  "endsWith",
  "equals",
  "firstWord",
  "count",
  "letterCase",
  "wrappedIn",
  "language",
  "json",
  "custom",
] as const;

const IN_ORDER: ReadonlySet<string> = new Set(["contains", "pattern", "startsWith", "endsWith"]);
const COMMON = ["name", "required", "weight"];

/** @throws ConfigError naming the item and the fix. */
export function compileItem(kind: string, item: ChecklistItem, where: string): CompiledItem {
  const check = compileCheck(kind, where, item);
  const partOf = "part" in item && item.part !== undefined ? partReader(kind, where, item.part) : undefined;
  const { required = true, weight = 1 } = item;
  if (typeof required !== "boolean")
    throw mistake(kind, `${where}: required is no boolean`, "Set it to true or false.");
  if (typeof weight !== "number" || !(weight >= 0) || !Number.isFinite(weight)) {
    throw mistake(kind, `${where}: weight is ${String(weight)}`, "Set it to a finite number of 0 or more.");
  }
  refuseStrangers(kind, where, item, check, partOf !== undefined || !("json" in item || "custom" in item));
  return {
    name: item.name ?? check.asks,
    required,
    weight,
    args: { check: check.args, part: partOf?.args ?? null, required, weight },
    needsExpected: check.needsExpected,
    ...(check.lacks !== undefined && { lacks: check.lacks }),
    exact: "notContains" in item || "notPattern" in item,
    isFunction: "custom" in item,
    ready: (subject) => {
      const ready = check.ready(subject);
      if (!ready.ok || partOf === undefined) return ready;
      return { ok: true, check: partOf.within(ready.check) };
    },
  };
}

/** A step of an ordered list. @throws ConfigError as `compileItem`, and for what stands at no place in a text. */
export function compileStep(kind: string, step: OrderedStep, where: string, index: number, last: number): CompiledItem {
  const asks = ASKS.filter((word) => Object.hasOwn(step, word));
  const stranger = asks.find((word) => !IN_ORDER.has(word));
  if (stranger !== undefined) {
    throw mistake(kind, `${where}: \`${stranger}\` has no place in an order`, "Move it from `ordered` to `items`.");
  }
  if (asks.includes("startsWith") && index > 0) {
    throw mistake(
      kind,
      `${where}: startsWith can only be the first step`,
      "Use contains, or move the step to the front.",
    );
  }
  if (asks.includes("endsWith") && index < last) {
    throw mistake(kind, `${where}: endsWith can only be the last step`, "Use contains, or move the step to the end.");
  }
  for (const word of ["part", "all"]) {
    if (Object.hasOwn(step, word)) {
      throw mistake(kind, `${where}: \`${word}\` means nothing in an order`, "Remove it, or move the step to `items`.");
    }
  }
  return compileItem(kind, step, where);
}

function compileCheck(kind: string, where: string, item: ItemCheck): CompiledCheck {
  const asks = ASKS.filter((word) => Object.hasOwn(item, word));
  if (asks.length !== 1) {
    const what = asks.length === 0 ? `asks nothing${meant(item)}` : `asks ${asks.join(" and ")} at once`;
    throw mistake(kind, `${where} ${what}`, `Give each item exactly one of: ${ASKS.join(", ")}.`);
  }
  if ("contains" in item) return textCheck(kind, where, "contains", item.contains, item);
  if ("notContains" in item) return textCheck(kind, where, "notContains", item.notContains, item);
  if ("startsWith" in item) return textCheck(kind, where, "startsWith", item.startsWith, item);
  if ("endsWith" in item) return textCheck(kind, where, "endsWith", item.endsWith, item);
  if ("equals" in item) return textCheck(kind, where, "equals", item.equals, item);
  if ("firstWord" in item) return textCheck(kind, where, "firstWord", item.firstWord, {});
  if ("pattern" in item) return patternCheck(kind, where, item.pattern, { ...item, absent: false });
  if ("notPattern" in item) return patternCheck(kind, where, item.notPattern, { ...item, absent: true });
  if ("count" in item) return countCheck(kind, where, item.count);
  if ("letterCase" in item) return letterCaseCheck(kind, where, item.letterCase);
  if ("wrappedIn" in item) return wrappedInCheck(kind, where, item.wrappedIn);
  if ("language" in item) return languageCheck(kind, where, item.language);
  if ("json" in item) return jsonCheck(kind, where, item.json, item.fences === true);
  return customCheck(kind, where, item.custom);
}

function meant(item: object): string {
  const stranger = Object.keys(item).find((key) => !COMMON.includes(key));
  return stranger === undefined ? "" : `: it has "${stranger}".${didYouMean(stranger, ASKS)}`;
}

function refuseStrangers(kind: string, where: string, item: object, check: CompiledCheck, parts: boolean): void {
  const known = [...COMMON, ...check.knows, ...(parts ? ["part"] : [])];
  for (const key of Object.keys(item)) {
    if (known.includes(key) || ASKS.some((word) => word === key)) continue;
    throw mistake(kind, `${where} has no option "${key}".${didYouMean(key, known)}`, `Use only: ${known.join(", ")}.`);
  }
}

interface PartReader {
  readonly args: JsonObject;
  readonly within: (check: Check) => Check;
}

function partReader(kind: string, where: string, part: NonNullable<ItemPart["part"]>): PartReader {
  const paragraph = "paragraph" in part;
  const position = paragraph ? part.paragraph : part.line;
  const of = paragraph ? part.of : undefined;
  const whole = (value: unknown, from: number): boolean =>
    typeof value === "number" && Number.isInteger(value) && value >= from;
  if (!(whole(position, 1) || position === -1) || (of !== undefined && !whole(of, 1))) {
    throw mistake(
      kind,
      `${where}: part counts from 1 (or is -1, the last)`,
      "Write part: { paragraph: 2, of: 4 } or part: { line: 1 }.",
    );
  }
  const unit = paragraph ? "paragraph" : "line";
  return {
    args: { unit, position, of: of ?? null },
    within: (check) => (text) => {
      const parts = paragraph ? paragraphsOf(text) : text.split("\n").filter((line) => line.trim() !== "");
      if (of !== undefined && parts.length !== of) return `${parts.length} ${unit}s, not ${of}`;
      const found = parts.at(position > 0 ? position - 1 : -1);
      return found === undefined ? `no ${unit} ${position}` : check(found);
    },
  };
}
