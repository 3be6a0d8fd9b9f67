/** Texts of checklist items: literal, or with `{{expected.field}}` and `{{input.field}}` filled in from the case. */
import type { Case } from "../suite/case.ts";
import { fillTemplate, parseTemplate, type Template } from "../suite/template.ts";
import { lookUp, valueAsText } from "../suite/variables.ts";
import { mistake } from "./common-options.ts";

/** The texts for one case, or why the case has none. */
export type FilledTexts =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly why: string };

export interface ItemTexts {
  /** Whether a text depends on what the case expects. */
  readonly needsExpected: boolean;
  readonly fill: (given: Case) => FilledTexts;
  /** Why the case has no texts; undefined where it has. */
  readonly lacks: (given: Case) => string | undefined;
  /** The text with each variable replaced by `sample`, for checks at load. */
  readonly sample: (sample: string) => readonly string[];
}

/**
 * @param where names the item for messages
 * @param quote changes a value before it is put in, as in a pattern
 * @throws ConfigError for an empty text, or a variable that is neither `input` nor `expected` nor a field of them
 */
export function itemTexts(
  kind: string,
  where: string,
  given: string | readonly string[],
  quote: (value: string) => string = (value) => value,
): ItemTexts {
  const list: unknown = typeof given === "string" ? [given] : given;
  if (!Array.isArray(list) || list.length === 0) {
    throw mistake(kind, `${where} has no text: it could never fail`, "Write at least one text.");
  }
  const templates = list.map((text: unknown) => templateOf(kind, where, text));
  const names = templates.flatMap((template) => template.names);
  const [only] = templates;
  const [piece] = only?.pieces ?? [];
  // A text that is nothing but one variable may stand for a list.
  const spread = templates.length === 1 && only?.pieces.length === 1 && piece?.kind === "name" ? piece.name : undefined;

  const fill = ({ input, expected }: Case): FilledTexts => {
    const fields = new Map<string, unknown>([
      ["input", input],
      ["expected", expected],
    ]);
    if (spread !== undefined) {
      const looked = lookUp(fields, spread);
      if (looked.found && Array.isArray(looked.value)) return listOf(looked.value, spread, quote);
    }
    const values = new Map<string, string>();
    for (const name of names) {
      const looked = lookUp(fields, name);
      const text = looked.found ? valueAsText(looked.value) : undefined;
      if (text === undefined || text === "") return { ok: false, why: `the case has no \`${name}\`` };
      values.set(name, quote(text));
    }
    return { ok: true, texts: templates.map((template) => fillTemplate(template, (name) => values.get(name) ?? "")) };
  };

  return {
    needsExpected: names.some((name) => name === "expected" || name.startsWith("expected.")),
    sample: (sample) => templates.map((template) => fillTemplate(template, () => sample)),
    fill,
    lacks: (given) => {
      const filled = fill(given);
      return filled.ok ? undefined : filled.why;
    },
  };
}

function listOf(values: readonly unknown[], name: string, quote: (value: string) => string): FilledTexts {
  const texts = values.map(valueAsText);
  if (texts.length === 0 || !texts.every((text) => text !== undefined && text !== "")) {
    return { ok: false, why: `\`${name}\` of the case is an empty list, or holds an empty text` };
  }
  return { ok: true, texts: texts.map((text) => quote(text ?? "")) };
}

function templateOf(kind: string, where: string, text: unknown): Template {
  if (typeof text !== "string" || text === "") {
    throw mistake(kind, `${where} has an empty text: it could never fail`, "Write the text to look for.");
  }
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw mistake(kind, `${where}: ${parsed.mistake.message}`, parsed.mistake.fix);
  const stranger = parsed.template.names.find((name) => !/^(?:input|expected)(?:\.[^.]+)*$/.test(name));
  if (stranger !== undefined) {
    throw mistake(
      kind,
      `${where} names {{${stranger}}}`,
      "Use {{expected}}, {{input}} or a field of them, as in {{expected.policy}}.",
    );
  }
  return parsed.template;
}
