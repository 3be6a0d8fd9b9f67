/** Checks by pattern, searched in linear time; `{{expected.field}}` in a pattern stands for the field's text, literally. */
import { RE2JS } from "re2js";
import type { Case } from "../suite/case.ts";
import type { JsonValue } from "../suite/json.ts";
import { mistake } from "./common-options.ts";
import { type CompiledCheck, quoted } from "./item-check.ts";
import { itemTexts } from "./item-text.ts";
import { type LinearPattern, linearPattern, type PatternOptions } from "./linear-pattern.ts";

export interface PatternSource {
  readonly args: JsonValue;
  readonly needsExpected: boolean;
  /** As of a check. */
  readonly lacks: (given: Case) => string | undefined;
  readonly shown: string;
  /** Whether the pattern depends on the case; `fixed` is it with every variable replaced by "x". */
  readonly varies: boolean;
  readonly fixed: LinearPattern;
  readonly ready: (
    given: Case,
  ) => { readonly ok: true; readonly pattern: LinearPattern } | { readonly ok: false; readonly why: string };
}

/** Compiled once for every text that the variables make; a suite of many cases keeps only so many. */
const KEPT = 200;

/** Nothing useful matches all of these. */
const EVERYTHING = ["", "\n", "\u0000", "x", "9 z", "。"];

/** @throws ConfigError when the pattern is malformed or cannot be searched in linear time */
export function patternSource(
  kind: string,
  where: string,
  given: string | RegExp,
  options: { readonly caseFold?: boolean },
): PatternSource {
  const { source, flags } = partsOf(kind, where, given, options);
  const texts = itemTexts(kind, `${where}: pattern`, source, (value) => RE2JS.quote(value));
  const [sample = ""] = texts.sample("x");
  const fixed = linearPattern(sample, `${kind}: ${where}`, flags);
  const varies = texts.sample("x")[0] !== texts.sample("y")[0];
  const kept = new Map<string, LinearPattern>();
  const compiled = (text: string): LinearPattern => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const pattern = linearPattern(text, `${kind}: ${where}`, flags);
    if (kept.size >= KEPT) kept.clear();
    kept.set(text, pattern);
    return pattern;
  };
  return {
    args: { source, ...flags },
    needsExpected: texts.needsExpected,
    lacks: texts.lacks,
    shown: source,
    varies,
    fixed,
    ready: (given) => {
      if (!varies) return { ok: true, pattern: fixed };
      const filled = texts.fill(given);
      if (!filled.ok) return filled;
      return {
        ok: true,
        pattern: compiled(filled.texts.length === 1 ? (filled.texts[0] ?? "") : filled.texts.join("|")),
      };
    },
  };
}

/** @throws ConfigError as `patternSource` */
export function patternCheck(
  kind: string,
  where: string,
  given: string | RegExp,
  options: { readonly caseFold?: boolean; readonly absent: boolean },
): CompiledCheck {
  const source = patternSource(kind, where, given, options);
  const { absent } = options;
  if (!source.varies && EVERYTHING.every((text) => source.fixed.test(text))) {
    throw mistake(
      kind,
      `${where}: the pattern ${source.shown} matches every text: it could never ${absent ? "pass" : "fail"}`,
      "Let it ask for at least one character, as in [a-z]+ instead of [a-z]*.",
    );
  }
  return {
    asks: `${absent ? "does not match" : "matches"} ${quoted([source.shown])}`,
    args: { [absent ? "notPattern" : "pattern"]: source.args },
    needsExpected: source.needsExpected,
    lacks: source.lacks,
    knows: ["caseFold"],
    ready: (subject) => {
      const ready = source.ready(subject.case);
      if (!ready.ok) return ready;
      const { pattern } = ready;
      if (!absent) {
        const check = (text: string): string | undefined => (pattern.test(text) ? undefined : "no match");
        return { ok: true, check, locate: pattern.find };
      }
      return {
        ok: true,
        check: (text) => {
          const found = pattern.find(text);
          return found === undefined ? undefined : `contains ${quoted([text.slice(found.start, found.end)])}`;
        },
      };
    },
  };
}

function partsOf(
  kind: string,
  where: string,
  given: string | RegExp,
  options: { readonly caseFold?: boolean },
): { readonly source: string; readonly flags: Required<PatternOptions> } {
  const caseFold = options.caseFold === true;
  if (typeof given === "string") return { source: given, flags: { caseFold, dotAll: false, multiline: false } };
  if (!(given instanceof RegExp)) {
    throw mistake(kind, `${where}: the pattern is no text`, "Write the pattern as a text or as /…/.");
  }
  const other = /[^imsud]/.exec(given.flags)?.[0];
  if (other !== undefined) {
    throw mistake(
      kind,
      `${where}: the flag "${other}" of ${String(given)} means nothing here`,
      "Use i, m, s and u only.",
    );
  }
  return {
    source: given.source,
    flags: { caseFold: caseFold || given.ignoreCase, dotAll: given.dotAll, multiline: given.multiline },
  };
}
