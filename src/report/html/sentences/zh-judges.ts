/** What is said of judges, in Chinese. */
import type { Phrase } from "./phrase-book.ts";

export const JUDGES: readonly Phrase[] = [
  [
    '"{g:t}" is graded by {judges:c}, of the same family ({f:t}) as what answers for {targets:c}: judges favour answers of their own kind; take one of another family',
    "“{g}”由 {judges} 评审，与 {targets} 的作答模型同属一个家族（{f}）：评审偏爱同类的回答，请换用另一家族的评审模型",
  ],
  [
    'Whether "{g:t}" is graded by a model of the family of what it grades is not known: state `family` for {models:c}',
    "不知道“{g}”的评审模型是否与被评的模型同属一个家族：请为 {models} 写明 `family`",
  ],
];
