/** Checks of how many words, bullets, occurrences, … a text has. */
import { closest } from "../suite/closest.ts";
import type { JsonValue } from "../suite/json.ts";
import type { CountBounds, Counted } from "./checklist-item.ts";
import { mistake, refuseUnknown } from "./common-options.ts";
import type { CompiledCheck } from "./item-check.ts";
import { itemTexts } from "./item-text.ts";
import { foldInPlace } from "./options-in-text.ts";
import { patternSource } from "./pattern-check.ts";
import { checkSearch, findFolded } from "./text-check.ts";
import { countUnit, TEXT_UNITS } from "./text-units.ts";

/** How many, or why the text cannot be counted. `enough` lets a costly count stop early. */
type Count = (text: string, enough: number) => number | string;

interface Counter {
  readonly shown: string;
  readonly args: JsonValue;
  readonly needsExpected: boolean;
  readonly lacks?: CompiledCheck["lacks"];
  readonly ready: (given: Parameters<CompiledCheck["ready"]>[0]) => Count | { readonly why: string };
}

/** @throws ConfigError for bounds that are missing, out of range or never fail */
export function countCheck(kind: string, where: string, count: CountBounds & { readonly of: Counted }): CompiledCheck {
  if (typeof count !== "object" || count === null) {
    throw mistake(kind, `${where}: count is no object`, 'Write count: { of: "words", atLeast: 300 }.');
  }
  refuseUnknown(`${kind}: ${where}: count`, count, ["of", "atLeast", "atMost", "exactly"]);
  const { least, most, shown } = boundsOf(kind, where, count);
  const counter = counterOf(kind, where, count.of);
  const enough = (most ?? least) + 1;
  return {
    asks: `${shown} ${counter.shown}`,
    args: { count: { of: counter.args, least, most: most ?? null } },
    needsExpected: counter.needsExpected,
    ...(counter.lacks !== undefined && { lacks: counter.lacks }),
    knows: [],
    ready: (subject) => {
      const ready = counter.ready(subject);
      if (typeof ready === "object") return { ok: false, why: ready.why };
      return {
        ok: true,
        check: (text) => {
          const found = ready(text, enough);
          if (typeof found === "string") return found;
          return found >= least && (most === undefined || found <= most) ? undefined : `${found} ${counter.shown}`;
        },
      };
    },
  };
}

function boundsOf(
  kind: string,
  where: string,
  { atLeast, atMost, exactly }: CountBounds,
): { readonly least: number; readonly most: number | undefined; readonly shown: string } {
  for (const bound of [atLeast, atMost, exactly]) {
    if (bound !== undefined && !(Number.isInteger(bound) && bound >= 0)) {
      throw mistake(kind, `${where}: the bound ${String(bound)} is no count`, "Use whole numbers of 0 or more.");
    }
  }
  if (exactly !== undefined && (atLeast !== undefined || atMost !== undefined)) {
    throw mistake(kind, `${where}: exactly stands beside another bound`, "Use exactly alone, or atLeast and atMost.");
  }
  const least = exactly ?? atLeast ?? 0;
  const most = exactly ?? atMost;
  if (most === undefined && least === 0) {
    throw mistake(kind, `${where}: the count has no bound: it could never fail`, "Add atLeast, atMost or exactly.");
  }
  if (most !== undefined && least > most) {
    throw mistake(kind, `${where}: at least ${least} and at most ${most} cannot both hold`, "Correct the bounds.");
  }
  if (most === undefined) return { least, most, shown: `at least ${least}` };
  if (least === most) return { least, most, shown: `exactly ${least}` };
  return { least, most, shown: least === 0 ? `at most ${most}` : `${least} to ${most}` };
}

function counterOf(kind: string, where: string, of: Counted): Counter {
  if (typeof of === "string") {
    const unit = TEXT_UNITS.find((known) => known === of);
    if (unit === undefined) {
      const near = closest(of, TEXT_UNITS);
      throw mistake(
        kind,
        `${where}: "${String(of)}" is nothing that is counted${near === undefined ? "" : `; did you mean "${near}"?`}`,
        `Use one of: ${TEXT_UNITS.join(", ")}.`,
      );
    }
    return { shown: unit, args: unit, needsExpected: false, ready: () => (text) => countUnit(text, unit) };
  }
  if (typeof of !== "object" || of === null) {
    throw mistake(kind, `${where}: count.of is ${String(of)}`, `Use one of: ${TEXT_UNITS.join(", ")}.`);
  }
  if ("text" in of) return textCounter(kind, where, of);
  if ("pattern" in of) {
    refuseUnknown(`${kind}: ${where}: count.of`, of, ["pattern", "caseFold"]);
    const source = patternSource(kind, where, of.pattern, of);
    return {
      shown: `matches of ${source.shown}`,
      args: { pattern: source.args },
      needsExpected: source.needsExpected,
      lacks: source.lacks,
      ready: (subject) => {
        const ready = source.ready(subject.case);
        return ready.ok ? (text, enough) => ready.pattern.all(text, enough).length : ready;
      },
    };
  }
  if ("dividedBy" in of) return partsCounter(kind, where, of);
  throw mistake(kind, `${where}: count.of names nothing`, "Use a unit, { text }, { pattern } or { dividedBy }.");
}

function textCounter(kind: string, where: string, of: Extract<Counted, { readonly text: string }>): Counter {
  refuseUnknown(`${kind}: ${where}: count.of`, of, ["text", "caseFold", "boundaries"]);
  const texts = itemTexts(kind, `${where}: count.of.text`, of.text);
  const search = checkSearch(kind, where, of);
  const fold = search.caseFold ? foldInPlace : (value: string) => value;
  return {
    shown: `"${of.text}"`,
    args: { text: of.text, ...search },
    needsExpected: texts.needsExpected,
    lacks: texts.lacks,
    ready: (subject) => {
      const filled = texts.fill(subject.case);
      if (!filled.ok) return filled;
      const wanted = filled.texts.map(fold);
      return (text) => {
        const folded = fold(text);
        let count = 0;
        for (const one of wanted) {
          let span = findFolded(folded, one, 0, search);
          while (span !== undefined) {
            count += 1;
            span = findFolded(folded, one, span.end, search);
          }
        }
        return count;
      };
    },
  };
}

function partsCounter(kind: string, where: string, of: Extract<Counted, { readonly dividedBy: string }>): Counter {
  refuseUnknown(`${kind}: ${where}: count.of`, of, ["dividedBy", "different"]);
  const texts = itemTexts(kind, `${where}: count.of.dividedBy`, of.dividedBy);
  const different = of.different === true;
  return {
    shown: `parts divided by "${of.dividedBy}"`,
    args: { dividedBy: of.dividedBy, different },
    needsExpected: texts.needsExpected,
    lacks: texts.lacks,
    ready: (subject) => {
      const filled = texts.fill(subject.case);
      if (!filled.ok) return filled;
      const [divider = ""] = filled.texts;
      return (text) => {
        const parts = text.split(divider).map((part) => part.trim());
        if (parts[0] === "") parts.shift();
        if (parts.at(-1) === "") parts.pop();
        if (parts.includes("")) return "a part between two dividers is blank";
        if (different && new Set(parts).size < parts.length) return "two parts are the same";
        return parts.length;
      };
    },
  };
}
