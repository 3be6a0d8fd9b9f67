/**
 * IFEval (Zhou et al., 2023): GPT-4's replies to 270 prompts, with the publisher's verdict per check, strict and loose. Every
 * check type is said with checklist items; the verdicts must agree wherever the publisher's own are stable.
 */
import { describe, expect, it } from "vitest";
import { checklist } from "../../src/grade/checklist.ts";
import type { ChecklistItem, CountBounds } from "../../src/grade/checklist-item.ts";
import { tryGrader } from "../../src/grade/try-grader.ts";
import { sharedLines } from "./shared-data.ts";

interface Row {
  readonly id: number;
  readonly checks: readonly { readonly type: string; readonly args: Record<string, unknown> }[];
  readonly outputs: Record<string, string>;
  readonly google_checker: {
    readonly strict: readonly boolean[];
    readonly loose: readonly boolean[];
    readonly unstable_checks: readonly number[];
  };
}

const rows = sharedLines("ifeval/ifeval_gpt4_first270.jsonl") as readonly Row[] | undefined;

function bounds(relation: unknown, count: unknown): CountBounds {
  const n = Number(count);
  return relation === "less than" ? { atMost: n - 1 } : { atLeast: n };
}

/** The publisher's check types, said with checklist items. */
function itemsOf(type: string, args: Record<string, unknown>): ChecklistItem[] {
  const text = (key: string): string => String(args[key]);
  switch (type) {
    case "keywords:existence":
      return [{ contains: args.keywords as string[], all: true, caseFold: true }];
    case "keywords:frequency":
      return [{ count: { of: { text: text("keyword"), caseFold: true }, ...bounds(args.relation, args.frequency) } }];
    case "keywords:forbidden_words":
      return [{ notContains: args.forbidden_words as string[], caseFold: true, boundaries: "word" }];
    case "keywords:letter_frequency":
      return [
        { count: { of: { text: text("letter"), caseFold: true }, ...bounds(args.let_relation, args.let_frequency) } },
      ];
    case "language:response_language":
      return [{ language: text("language") }];
    case "length_constraints:number_sentences":
      return [{ count: { of: "sentences", ...bounds(args.relation, args.num_sentences) } }];
    case "length_constraints:number_words":
      return [{ count: { of: "words", ...bounds(args.relation, args.num_words) } }];
    case "length_constraints:number_paragraphs":
      return [{ count: { of: { dividedBy: "***" }, exactly: Number(args.num_paragraphs) } }];
    case "length_constraints:nth_paragraph_first_word":
      return [
        {
          firstWord: text("first_word"),
          part: { paragraph: Number(args.nth_paragraph), of: Number(args.num_paragraphs) },
        },
      ];
    case "detectable_content:number_placeholders":
      return [{ count: { of: "placeholders", atLeast: Number(args.num_placeholders) } }];
    case "detectable_content:postscript":
      return [{ pattern: args.postscript_marker === "P.P.S" ? "p\\.\\s?p\\.\\s?s" : "p\\.\\s?s\\.", caseFold: true }];
    case "detectable_format:number_bullet_lists":
      return [{ count: { of: "bullets", exactly: Number(args.num_bullets) } }];
    case "detectable_format:number_highlighted_sections":
      return [{ count: { of: "highlights", atLeast: Number(args.num_highlights) } }];
    case "detectable_format:constrained_response":
      return [{ contains: ["My answer is yes.", "My answer is no.", "My answer is maybe."] }];
    case "detectable_format:multiple_sections":
      return [{ count: { of: { pattern: `${text("section_spliter")}\\s?\\d+` }, atLeast: Number(args.num_sections) } }];
    case "detectable_format:json_format":
      return [{ json: true, fences: true }];
    case "detectable_format:title":
      return [{ count: { of: "titles", atLeast: 1 } }];
    case "combination:two_responses":
      return [{ count: { of: { dividedBy: "******", different: true }, exactly: 2 } }];
    case "combination:repeat_prompt":
      return [{ startsWith: text("prompt_to_repeat"), caseFold: true }];
    case "startend:end_checker":
      return [{ endsWith: [text("end_phrase"), `${text("end_phrase")}"`], caseFold: true }];
    case "startend:quotation":
      return [{ wrappedIn: '"' }];
    case "change_case:english_capital":
      return [{ name: "case", letterCase: "upper" }, { language: "en" }];
    case "change_case:english_lowercase":
      return [{ name: "case", letterCase: "lower" }, { language: "en" }];
    case "change_case:capital_word_frequency":
      return [{ count: { of: "capitalWords", ...bounds(args.capital_relation, args.capital_frequency) } }];
    case "punctuation:no_comma":
      return [{ count: { of: "commas", exactly: 0 } }];
    default:
      throw new Error(`no item for ${type}`);
  }
}

describe("IFEval", () => {
  it(rows === undefined ? "the data is not there" : "agrees with every stable check, strict and loose", async (ctx) => {
    if (rows === undefined) return ctx.skip("../shared/data/ifeval is not there");
    const disagreements: string[] = [];
    let compared = 0;
    for (const row of rows) {
      const [text = ""] = Object.values(row.outputs);
      for (const [index, check] of row.checks.entries()) {
        if (row.google_checker.unstable_checks.includes(index)) continue;
        const graded = await tryGrader(checklist({ items: itemsOf(check.type, check.args) }), { text });
        for (const [form, published] of [
          ["strict", row.google_checker.strict[index]],
          ["lenient", row.google_checker.loose[index]],
        ] as const) {
          const grade = graded[form];
          const ours = grade.kind === "scored" && grade.score === 1;
          compared += 1;
          if (ours !== published) {
            disagreements.push(
              `${row.id} ${check.type} ${form}: ${ours}, published ${published} ${JSON.stringify(check.args)}`,
            );
          }
        }
      }
    }
    expect(disagreements).toEqual([]);
    expect(compared).toBe(2 * 411);
  });
});
