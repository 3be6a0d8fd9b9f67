/** The phrase book of Chinese: what a decision says in English, said in Chinese. */
import { type Marks, phraseBook } from "./phrase-book.ts";
import { FIGURES } from "./zh-figures.ts";
import { GATE_SENTENCES } from "./zh-gates.ts";
import { JUDGES } from "./zh-judges.ts";
import { MEASURES } from "./zh-measures.ts";
import { MONEY } from "./zh-money.ts";
import { VERDICT } from "./zh-verdict.ts";

const MARKS: Marks = {
  stop: "。",
  semicolon: "；",
  comma: "、",
  quotes: ["“", "”"],
  figure: (text) =>
    text
      .replace(/ points?\b/, " 个百分点")
      .replace(/ tokens?\b/, " 个 token")
      .replace(/ of 1\b/, "（满分 1）")
      .replace(/ h\b/, " 小时")
      .replace(/ min\b/, " 分"),
};

/** General ones last: a figure with whatever stands in brackets would take sentences that have words of their own. */
export const zhPhrases = [...JUDGES, ...VERDICT, ...GATE_SENTENCES, ...MONEY, ...MEASURES, ...FIGURES];

export const sayInChinese = phraseBook(zhPhrases, MARKS);
