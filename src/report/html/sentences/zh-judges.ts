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
  [
    '"{g:t}": no agreement with people is required, {code}; its grades are shown but cannot decide',
    "“{g}”：没有要求与人工标注的一致性（{code}）；其分数只作展示，不能决定结论",
  ],
  [
    '"{g:t}": agreement with people is not known, since {n:n} of {all} were not judged; its grades are shown but cannot decide',
    "“{g}”：与人工标注的一致性未知，因为 {all}中有 {n} 个未评；其分数只作展示，不能决定结论",
  ],
  [
    '"{g:t}": agreement with people is not known, since {why}; its grades are shown but cannot decide',
    "“{g}”：与人工标注的一致性未知，因为{why}；其分数只作展示，不能决定结论",
  ],
  [
    '"{g:t}" passes {n:n} of {m:n} texts that answer nothing and try to steer it; its grades are shown but cannot decide',
    "“{g}”通过了 {m} 段不作回答、企图操纵它的文字中的 {n} 段；其分数只作展示，不能决定结论",
  ],
  [
    "It takes a rubric that says what an answer must hold, or another judge",
    "需要在评分标准中写明回答必须包含什么，或换用另一个评审模型",
  ],
  ["no labelled answer was judged", "没有一个人工标注的回答得到评审"],
  ["people and judge used one label throughout", "人与评审始终只用了一个标签"],
  [
    '"{g:t}": agreement with people is a kappa of at least {k:n} with {p:n} confidence ({all}), where {needed:n} is required; its grades are shown but cannot decide',
    "“{g}”：与人工标注的一致性以 {p} 的置信度至少为 κ {k}（{all}），而要求 {needed}；其分数只作展示，不能决定结论",
  ],
  ["{n:n} labelled answers", "{n} 个人工标注的回答"],
  ["{n:n} labelled answer", "{n} 个人工标注的回答"],
  [
    '"{g:t}" is graded by a model whose own errors are in every figure: a kappa of {k:n} ({a:n} to {b:n}) with people, {all}',
    "“{g}”由模型评分，它自己的错误含在每个数字里：与人工标注的 κ 为 {k}（{a} 至 {b}），{all}",
  ],
  [
    "It takes answers that people labelled and a judge that is shown to agree with them ({people}), or a grader without a model for what blocks, or {code} on the judge",
    "需要有人工标注的回答，并证明评审与之一致（{people}），或对有约束的要求使用不带模型的评分器，或在评审上写 {code}",
  ],
];
