/** Checks of a text's shape: letter case, marks around it, language, JSON, and functions of the user's own. */

import type { Case } from "../suite/case.ts";
import { closest } from "../suite/closest.ts";
import type { Subject } from "../suite/grade.ts";
import { hidesItsSource } from "../suite/grader-function.ts";
import type { JsonValue } from "../suite/json.ts";
import { lookUp } from "../suite/variables.ts";
import type { JsonItem } from "./checklist-item.ts";
import { mistake, refuseUnknown, sourceDigest } from "./common-options.ts";
import type { CompiledCheck } from "./item-check.ts";
import { jsonEqual } from "./json-equal.ts";
import { codeFences, exactly, type JsonFound, wholeJson } from "./json-in-text.ts";
import { jsonPath } from "./json-path.ts";
import { guessLanguage, LANGUAGES } from "./language.ts";

const PLAIN = { needsExpected: false, knows: [] } as const;

export function letterCaseCheck(kind: string, where: string, letterCase: "upper" | "lower"): CompiledCheck {
  if (letterCase !== "upper" && letterCase !== "lower") {
    throw mistake(kind, `${where}: letterCase is ${JSON.stringify(letterCase)}`, 'Set it to "upper" or "lower".');
  }
  const other = letterCase === "upper" ? /[\p{Ll}\p{Lt}]/u : /[\p{Lu}\p{Lt}]/u;
  const own = letterCase === "upper" ? /\p{Lu}/u : /\p{Ll}/u;
  return {
    ...PLAIN,
    asks: `all in ${letterCase} case`,
    args: { letterCase },
    ready: () => ({
      ok: true,
      check: (text) => {
        const wrong = other.exec(text)?.[0];
        if (wrong !== undefined) return `"${wrong}" is not in ${letterCase} case`;
        return own.test(text) ? undefined : `no letter in ${letterCase} case`;
      },
    }),
  };
}

export function wrappedInCheck(kind: string, where: string, marks: string | readonly [string, string]): CompiledCheck {
  const pair: readonly unknown[] = typeof marks === "string" ? [marks, marks] : marks;
  const [open, close] = Array.isArray(pair) ? pair : [];
  if (typeof open !== "string" || typeof close !== "string" || open === "" || close === "") {
    throw mistake(kind, `${where}: wrappedIn has an empty mark`, 'Write wrappedIn: \'"\' or wrappedIn: ["«", "»"].');
  }
  return {
    ...PLAIN,
    asks: `wrapped in ${open} and ${close}`,
    args: { wrappedIn: [open, close] },
    ready: () => ({
      ok: true,
      check: (text) => {
        const body = text.trim();
        const fits = body.length >= open.length + close.length && body.startsWith(open) && body.endsWith(close);
        return fits ? undefined : `not between ${open} and ${close}`;
      },
    }),
  };
}

export function languageCheck(kind: string, where: string, language: string): CompiledCheck {
  if (!LANGUAGES.includes(language)) {
    const near = closest(String(language), LANGUAGES);
    throw mistake(
      kind,
      `${where}: the language ${JSON.stringify(language)} cannot be told${near === undefined ? "" : `; did you mean "${near}"?`}`,
      `Use one of: ${LANGUAGES.join(", ")}; for others write a pattern.`,
    );
  }
  return {
    ...PLAIN,
    asks: `written in ${language}`,
    args: { language },
    ready: () => ({
      ok: true,
      check: (text) => {
        const guess = guessLanguage(text);
        if (!guess.known) return `cannot tell the language: ${guess.why}`;
        return guess.language === language ? undefined : `written in ${guess.language}`;
      },
    }),
  };
}

/** @throws ConfigError for a malformed path */
export function jsonCheck(kind: string, where: string, json: true | JsonItem, fences: boolean): CompiledCheck {
  const read = (text: string): JsonFound => {
    const whole = exactly(wholeJson(text), text);
    const [fence] = fences && !whole.ok && text.trim().startsWith("```") ? codeFences(text) : [];
    return fence !== undefined && /^(?:```)?\s*$/.test(text.slice(fence.end))
      ? wholeJson(text.slice(fence.start, fence.end))
      : whole;
  };
  if (json === true) {
    return {
      needsExpected: false,
      knows: ["fences"],
      asks: "is JSON",
      args: { json: true, fences },
      ready: () => ({
        ok: true,
        check: (text) => {
          const found = read(text);
          return found.ok ? undefined : found.why;
        },
      }),
    };
  }
  if (typeof json !== "object" || json === null || typeof json.path !== "string") {
    throw mistake(kind, `${where}: json names no path`, 'Write json: true or json: { path: "/total", equals: 3 }.');
  }
  refuseUnknown(`${kind}: ${where}: json`, json, ["path", "equals"]);
  const path = jsonPath(kind, json.path);
  if (json.equals !== undefined && !isJson(json.equals)) {
    throw mistake(
      kind,
      `${where}: equals is no JSON value`,
      "Write a text, a number, true, false, null, a list or an object of these.",
    );
  }
  const template = JSON.stringify(json.equals) ?? "";
  if (template.includes("{{") && !/^"\{\{\s*[^{}\s]+\s*\}\}"$/.test(template)) {
    throw mistake(
      kind,
      `${where}: equals mixes {{…}} with other text`,
      'Write the variable alone, as in equals: "{{expected.total}}".',
    );
  }
  const variable = typeof json.equals === "string" ? /^\{\{\s*([^{}\s]+)\s*\}\}$/.exec(json.equals)?.[1] : undefined;
  if (variable !== undefined && !/^(?:input|expected)(?:\.[^.]+)*$/.test(variable)) {
    throw mistake(kind, `${where} names {{${variable}}}`, "Use {{expected}}, {{input}} or a field of them.");
  }
  return {
    needsExpected: variable?.startsWith("expected") ?? false,
    lacks: (given) => {
      if (variable === undefined || fieldOf(given, variable) !== undefined) return undefined;
      return `the case has no \`${variable}\``;
    },
    knows: ["fences"],
    asks: `JSON has ${path.source}${json.equals === undefined ? "" : ` = ${JSON.stringify(json.equals)}`}`,
    args: { json: { path: path.source, ...(json.equals === undefined ? {} : { equals: json.equals }) }, fences },
    ready: (subject) => {
      const wanted = variable === undefined ? json.equals : fieldOf(subject.case, variable);
      if (variable !== undefined && wanted === undefined) return { ok: false, why: `the case has no \`${variable}\`` };
      return {
        ok: true,
        check: (text) => {
          const found = read(text);
          if (!found.ok) return found.why;
          const said = path.read(found.value);
          if (said === undefined) return `nothing at ${path.source}`;
          if (wanted === undefined || jsonEqual(said, wanted)) return undefined;
          return `${path.source} is ${JSON.stringify(said).slice(0, 80)}`;
        },
      };
    },
  };
}

function fieldOf({ input, expected }: Case, name: string): JsonValue | undefined {
  const fields = new Map<string, unknown>([
    ["input", input],
    ["expected", expected],
  ]);
  const looked = lookUp(fields, name);
  if (!looked.found || looked.value === undefined) return undefined;
  const value: JsonValue = JSON.parse(JSON.stringify(looked.value));
  return value;
}

export function customCheck(
  kind: string,
  where: string,
  custom: (text: string, subject: Subject) => boolean,
): CompiledCheck {
  if (typeof custom !== "function" || hidesItsSource(custom)) {
    throw mistake(kind, `${where}: custom is no function with a source`, "Write custom: (text) => text.length < 100.");
  }
  return {
    ...PLAIN,
    asks: custom.name === "" || custom.name === "custom" ? "custom" : custom.name,
    args: { custom: sourceDigest(custom) },
    ready: (subject) => ({
      ok: true,
      check: (text) => {
        const passed: unknown = custom(text, subject);
        if (typeof passed !== "boolean")
          throw new TypeError(`${where}: custom returned ${typeof passed}, not true or false`);
        return passed ? undefined : "the function says no";
      },
    }),
  };
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  const prototype: unknown = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  return (
    (prototype === Object.prototype || prototype === null) &&
    typeof value === "object" &&
    Object.values(value ?? {}).every(isJson)
  );
}
