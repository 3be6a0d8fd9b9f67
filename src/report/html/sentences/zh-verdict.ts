/** Reasons of a verdict, what would change it, the way to it, and what keeps it from being given, in Chinese. */
import type { Phrase } from "./phrase-book.ts";

export const VERDICT: readonly Phrase[] = [
  // Reasons, by the kind of verdict.
  ['Every requirement is met by the prompt "{p:t}" alone: {all:l}', "单靠提示词“{p}”就达到了每一项要求：{all}"],
  [
    'Every blocking requirement is met by the prompt "{p:t}" alone: {all:l}',
    "单靠提示词“{p}”就达到了每一项阻断性要求：{all}",
  ],
  [
    'The prompt "{p:t}" satisfies the need and is shown to miss nothing; to be watched: {all:l}',
    "提示词“{p}”满足需求，没有任何一项被证明未达到；需要留意：{all}",
  ],
  [
    "At a threshold the way that is cheaper and can be undone is taken: prompting",
    "在门槛上时，选更便宜、可以撤回的办法：继续用提示词",
  ],
  [
    'Close the format first. In the demanded form "{p:t}" misses: {all:l}',
    "先解决格式问题。按要求的格式，“{p}”未达到：{all}",
  ],
  ["Close the format first", "先解决格式问题"],
  ['In the demanded form "{p:t}" misses: {all:l}', "按要求的格式，“{p}”未达到：{all}"],
  [
    "Format may or may not explain it; with the answer taken wherever it stands: {all:l}",
    "是否只是格式的原因尚不清楚；不论答案出现在何处都采纳时：{all}",
  ],
  [
    "Format does not explain it; with the answer taken wherever it stands: {all:l}",
    "不是格式的原因；不论答案出现在何处都采纳时：{all}",
  ],
  [
    "Format explains it, though output held to the form was tried or is waived; with the answer taken wherever it stands: {all:l}",
    "是格式的原因，而保证格式的输出已试过或已免去；不论答案出现在何处都采纳时：{all}",
  ],
  [
    "Format may explain it, though output held to the form was tried or is waived; with the answer taken wherever it stands: {all:l}",
    "可能是格式的原因，而保证格式的输出已试过或已免去；不论答案出现在何处都采纳时：{all}",
  ],
  [
    "Output held to the form was tried or is waived, so tuning is asked on",
    "保证格式的输出已试过或已免去，因此继续考虑微调",
  ],
  ["With the answer taken wherever it stands: {all:l}", "不论答案出现在何处都采纳时：{all}"],
  [
    "Structured output or a checklist in the prompt closes that, not fine-tuning",
    "结构化输出或提示词中的清单即可解决，不需要微调",
  ],
  [
    "Structured output or a checklist in the prompt brings it to the requirement or close to it, before fine-tuning",
    "在微调之前，结构化输出或提示词中的清单就能使它达到或接近要求",
  ],
  [
    '"{t:t}" meets it ({all:l}), but that it gains anything beside the form is not shown, and no prompt was held to the form by other means',
    "“{t}”达到了要求（{all}），但并未证明它在格式之外有任何提升，也没有哪个提示词用其他办法保证了格式",
  ],
  ["The gap to close: {all:l}", "要弥补的差距：{all}"],
  ["{v:n} of {label} (at least {w:n} with {p:n} confidence)", "{label} {v}（置信度 {p} 下至少 {w}）"],
  ["{v:n} of {label}", "{label} {v}"],
  ["{label} from {v:n} ({bound}) down to {w:n}", "{label} 从 {v}（{bound}）降到 {w}"],
  ["{label} from {v:n} down to {w:n}", "{label} 从 {v} 降到 {w}"],
  ['"{t:t}" meets what the best prompt, "{p:t}", misses: {all:l}', "“{t}”达到了最佳提示词“{p}”达不到的：{all}"],
  ['"{t:t}" meets what the best prompt misses', "“{t}”达到了最佳提示词达不到的要求"],
  ['"{t:t}" meets the price that the best prompt misses', "“{t}”达到了最佳提示词达不到的价格要求"],
  ['"{t:t}" meets it: {all:l}', "“{t}”达到了：{all}"],
  ['The best prompt, "{p:t}", misses: {all:l}', "最佳提示词“{p}”未达到：{all}"],
  [
    'Not blocking, so no part of the verdict, "{p:t}" misses: {all:l}',
    "以下要求不阻断，因此不计入结论，但“{p}”未达到：{all}",
  ],
  [
    "Not blocking, so no part of the verdict, and not shown to be met: {all:l}",
    "以下要求不阻断，因此不计入结论，也未被证明达到：{all}",
  ],
  [
    '"{t:t}" would be confirmed, but it ends on {day:t}, before the end of {end}: no verdict recommends what ends',
    "“{t}”本可确认有效，但它于 {day} 停用，早于{end}结束：不推荐即将停用的模型",
  ],
  [
    "The prompt may take its place: it is shown to be no worse by {m:n} or more",
    "提示词可以取代它：已证明不会差 {m} 或更多",
  ],
  ["That the prompt may take its place is not shown", "尚未证明提示词可以取代它"],
  [
    "On {label} it gains {d}, at least {v:n} by the one-sided bound that decides",
    "在{label}上提升 {d}，按用于判定的单侧界至少 {v}",
  ],
  [
    '"{t:t}" is shown to be worse than "{p:t}" on {label}: {d}, at best {v:n} by the one-sided bound that decides',
    "在{label}上已证明“{t}”不如“{p}”：{d}，按用于判定的单侧界至多 {v}",
  ],
  ['"{t:t}" is shown to be worse than "{p:t}" on {label}', "在{label}上已证明“{t}”不如“{p}”"],
  ['Nothing is known of what "{t:t}" breaks', "“{t}”会破坏什么，一无所知"],
  [
    '"{t:t}" is shown to break what "{p:t}" does: {d} on the cases that tuning must not break, at best {v:n} by the one-sided bound that decides',
    "已证明“{t}”破坏了“{p}”原本做到的：在微调不得破坏的用例上 {d}，按用于判定的单侧界至多 {v}",
  ],
  [
    'That "{t:t}" breaks nothing is not shown: {d} on the cases that tuning must not break, at worst {v:n} by the one-sided bound that decides',
    "尚未证明“{t}”没有破坏什么：在微调不得破坏的用例上 {d}，按用于判定的单侧界最差 {v}",
  ],
  [
    '"{t:t}" is shown to lose ability, {d}: with the answer taken wherever it stands it is worse than the prompt by more than the margin of {m:n}',
    "已证明“{t}”能力下降，{d}：不论答案出现在何处都采纳时，它比提示词差，超过容许差 {m}",
  ],
  [
    '"{t:t}" is shown to lose ability: with the answer taken wherever it stands it is worse than the prompt by more than the margin of {m:n}',
    "已证明“{t}”能力下降：不论答案出现在何处都采纳时，它比提示词差，超过容许差 {m}",
  ],
  [
    '"{t:t}" is shown to lose ability: with the answer taken wherever it stands it is worse than the prompt',
    "已证明“{t}”能力下降：不论答案出现在何处都采纳时，它比提示词差",
  ],
  ['Not settled for "{p:t}": {all:l}', "“{p}”尚无定论：{all}"],
  [
    "{label} is met, but no gain over the prompt is shown (one-sided lower bound {v:n})",
    "{label}已达到，但未证明比提示词有提升（单侧下界 {v}）",
  ],
  ["{label} is met, but no gain over the prompt is shown", "{label}已达到，但未证明比提示词有提升"],
  [
    "on {label} a loss beyond the margin is not ruled out (one-sided lower bound {v:n})",
    "在{label}上不能排除超过容许差的下降（单侧下界 {v}）",
  ],
  ["on {label} a loss beyond the margin is not ruled out", "在{label}上不能排除超过容许差的下降"],
  ["Only one prompt was tried, {names:c}", "只试过一个提示词：{names}"],
  ["Prompts tried: {names:c}", "试过的提示词：{names}"],
  [
    '"{t:t}" against "{p:t}": {d}, {shown} (margin {m:n}; cases won {w:n}, lost {l:n})',
    "“{t}”对“{p}”：{d}，{shown}（容许差 {m}；变好的用例 {w} 个，变差的 {l} 个）",
  ],
  ["shown to be better", "已证明更好"],
  ["shown to be better (one-sided)", "已证明更好（单侧）"],
  ["shown to be worse by more than the margin", "已证明更差，且超过容许差"],
  ["not shown to be better, and no worse than the margin allows", "未证明更好，但也没有差过容许差"],
  ["not shown to be better", "未证明更好"],
  [
    "The answers that are there say {kind:t}, but the missing ones could change that",
    "现有的回答指向 {kind}，但缺失的回答可能改变它",
  ],
  ["Let pass although inconclusive: {why}", "尚无定论，但按策略放行：{why}"],
  ['The prompt "{p:t}" meets every requirement', "提示词“{p}”达到了每一项要求"],
  ['The prompt "{p:t}" meets every blocking requirement', "提示词“{p}”达到了每一项阻断性要求"],
  [
    'The prompt "{p:t}" satisfies the need and is shown to miss nothing',
    "提示词“{p}”满足需求，没有任何一项被证明未达到",
  ],
  ['"{p:t}" misses: {all:l}', "“{p}”未达到：{all}"],

  // What the split of a gap means.
  [
    "Of the gap ability is {a}, which tuning added; format is {f}, which structured output or a better prompt closes without tuning",
    "差距中能力占 {a}，由微调带来；格式占 {f}，用结构化输出或更好的提示词即可弥补，无需微调",
  ],
  [
    "The gap is ability, {a}, not format: structured output will not close it, only a stronger prompt (retrieval is one), a stronger model or tuning",
    "差距在能力，{a}，不在格式：结构化输出弥补不了，只能靠更强的提示词（检索也算）、更强的模型或微调",
  ],
  [
    '"{t:t}" gains ability, {a}, and gives back form, {f}: structured output on top of tuning keeps both',
    "“{t}”提升了能力，{a}，却损失了格式，{f}：在微调之上加结构化输出可以两者兼得",
  ],
  [
    "The gap is format, {f}; no gap in ability is shown. A better prompt or structured output closes it, not fine-tuning",
    "差距在格式，{f}；未证明能力上有差距。更好的提示词或结构化输出即可弥补，不需要微调",
  ],
  ["The gap is format, {f}; no gap in ability is shown", "差距在格式，{f}；未证明能力上有差距"],
  ["A better prompt or structured output closes it, not fine-tuning", "更好的提示词或结构化输出即可弥补，不需要微调"],
  [
    "Neither a gap in format nor one in ability is shown: the share of right answers does not speak for fine-tuning",
    "格式和能力上都未证明有差距：正确率并不支持微调",
  ],
  [
    '"{t:t}" keeps the demanded form less often, by {f}, and no gain in ability is shown',
    "“{t}”更少遵守要求的格式，相差 {f}，也未证明能力有提升",
  ],
  [
    "Tuning taught the form, {f}, and cost ability, {a}: structured output or a better prompt gives the form without that loss",
    "微调学会了格式，{f}，却损失了能力，{a}：结构化输出或更好的提示词可以得到格式而没有这种损失",
  ],
  ['"{t:t}" is worse in ability by {a} and in form by {f}: {harm}', "“{t}”的能力差 {a}，格式差 {f}：{harm}"],
  [
    '"{t:t}" is worse in ability by {a}, which format does not explain: {harm}',
    "“{t}”的能力差 {a}，不是格式的原因：{harm}",
  ],
  [
    '"{t:t}" is better, but nobody can tell how much of that structured output or a better prompt would close ({why})',
    "“{t}”更好，但无法分辨其中有多少可由结构化输出或更好的提示词弥补（{why}）",
  ],
  [
    "No gap is shown: the share of right answers does not speak for fine-tuning ({why})",
    "未证明有差距：正确率并不支持微调（{why}）",
  ],
  ['"{t:t}" is worse than "{b:t}": {harm} ({why})', "“{t}”比“{b}”差：{harm}（{why}）"],
  ["How much of it is format nobody can tell: {why}", "其中有多少是格式的原因，无从得知：{why}"],
  [
    'Grades in both forms would split it: have {g:c} return `{ strict, lenient }` (`lenient`: the answer wherever it stands), take a grader that does (README, "Graders"), or say `custom(…, { hasForms: true })` where it takes the answer wherever it stands; the answers that are there are graded again, without a call',
    "两种形式的评分才能拆分：让{g}返回 `{ strict, lenient }`（`lenient`：不论答案出现在何处都采纳），或换用这样的评分器（README 的“Graders”一节）；若它本来就不论答案出现在何处都采纳，则写 `custom(…, { hasForms: true })`；已有的回答会重新评分，不需调用",
  ],
  ["No gap is shown: the share of right answers does not speak for fine-tuning", "未证明有差距：正确率并不支持微调"],
  [
    '"{t:t}" is better as a whole, but these cases do not show whether by form or by ability; try structured output before you pay for tuning',
    "“{t}”总体更好，但这些用例看不出是格式还是能力的原因；花钱微调之前先试结构化输出",
  ],
  [
    '"{t:t}" is worse as a whole ({harm}); these cases do not show whether by form or by ability',
    "“{t}”总体更差（{harm}）；这些用例看不出是格式还是能力的原因",
  ],
  ['"{t:t}" is worse than "{p:t}": {harm}', "“{t}”不如“{p}”：{harm}"],
  ["tuning did harm", "微调造成了损害"],
  ["by more than the margin of {m:n} is not shown", "尚未证明超过容许差 {m}"],
  ["There is no gap to tell", "没有差距可言"],
  ["No case was answered by both targets, so there is no gap to tell", "没有任何用例被两个目标都回答，因此无差距可言"],
  ["no case was answered by both targets", "没有任何用例被两个目标都回答"],
  ["not split: the grader {g:c} has one form", "未拆分：评分器{g}只有一种形式"],
  ["not split: the graders {g:c} have one form", "未拆分：评分器{g}都只有一种形式"],
  ["Not split: the grader {g:c} has one form", "未拆分：评分器{g}只有一种形式"],
  ["Not split: the graders {g:c} have one form", "未拆分：评分器{g}都只有一种形式"],

  // What would change it.
  ["{label}, form aside: {advice}", "不论格式的{label}：{advice}"],
  ["{labels:c}: {advice}", "{labels}：{advice}"],
  [
    "A requirement of {label} clearly above or below the {v:n} seen in {cases} would change it",
    "若{label}的要求明显高于或低于在 {cases}中测得的 {v}，结论会改变",
  ],
  [
    "A requirement of {label} clearly above or below the figure seen would change it",
    "若{label}的要求明显高于或低于测得的数值，结论会改变",
  ],
  [
    "Were {labels:c} missed still with the form kept, fine-tuning would be asked for",
    "若格式已保证而{labels}仍未达到，就需要微调",
  ],
  [
    "A prompt or structured output that keeps the demanded form would change it: add it as a prompt-only target and run again",
    "能保证格式的提示词或结构化输出会改变结论：把它作为仅用提示词的目标加入，然后重新运行",
  ],
  [
    "A prompt that meets {labels:c} would change it: add it as a prompt-only target and run again",
    "能达到{labels}的提示词会改变结论：把它作为仅用提示词的目标加入，然后重新运行",
  ],
  [
    "A tuned target would be confirmed or rejected by the same run: add one to the suite",
    "在测评集中加入一个微调目标，同一次运行就会确认或否决它",
  ],
  [
    "Another tuned model, or a prompt, that meets {labels:c} would change it",
    "另一个能达到{labels}的微调模型或提示词会改变结论",
  ],
  [
    "A tuned model that is not worse than the prompt would change it; where the gain was in form, structured output does",
    "不比提示词差的微调模型会改变结论；若提升在于格式，结构化输出即可",
  ],
  [
    "A larger volume or a cheaper tuned model would change it; a prompt that costs less (caching, batches, a smaller model) would make it needless",
    "更大的调用量或更便宜的微调模型会改变结论；更省钱的提示词（缓存、批量、更小的模型）则使微调没有必要",
  ],
  [
    "A tuned model that costs less a request than the prompt would change it; no volume would",
    "每次请求比提示词更便宜的微调模型会改变结论；调用量再大也不会",
  ],
  [
    "A surer estimate of the volume would settle it, or more cases where the costs vary",
    "更可靠的调用量估计，或在费用波动大时增加用例，可以得出定论",
  ],
  [
    'It takes the cost of every answer of "{t:t}": give its model a price (`price: { inputPerMillion, outputPerMillion, asOf, source }`), and have its endpoint tell the tokens; answers that are there are not bought twice',
    "需要“{t}”每个回答的费用：为其模型写明价格（`price: { inputPerMillion, outputPerMillion, asOf, source }`），并让其接口报告令牌数；已有的回答不会重复购买",
  ],
  [
    "{more} asked of every target cost about {v:n} at the mean costs seen (planned, so without interval)",
    "{more}，向每个目标提问，按实测平均费用约需 {v}（规划值，无置信区间）",
  ],
  [
    'It takes the latency of every answer of "{t:t}": record it with the answers',
    "需要“{t}”每个回答的延迟：请随回答一起录制",
  ],
  [
    "It takes a right answer: without one no cost of a right answer can be told",
    "需要有一个正确的回答：没有正确的回答，就说不出每个正确回答的费用",
  ],
  ["A surer estimate of the volume would settle it", "更可靠的调用量估计可以得出定论"],
  [
    "A tuned model that breaks nothing would change it: put examples of the other tasks among its training data",
    "不破坏其他任务的微调模型会改变结论：在训练数据中加入其他任务的样本",
  ],
  [
    "More cases that tuning must not break, answered by both, would settle it",
    "增加两边都回答过的、微调不得破坏的用例，可以得出定论",
  ],
  [
    "A tune of a model that stays would change it, or a prompt shown to be no worse than this tune while its answers can still be recorded",
    "基于不会停用的模型的微调会改变结论；或在还能录制它的回答时，证明某个提示词不比它差",
  ],
  [
    "A requirement above {v:n} for {labels:c} would not be shown to be met ({cases}, bound with {p:n} confidence)",
    "若把{labels}的要求提到 {v} 以上，就不能证明已达到（{cases}，置信度 {p} 的界）",
  ],
  [
    "A requirement above {v:n} for {labels:c} would not be shown to be met (bound with {p:n} confidence)",
    "若把{labels}的要求提到 {v} 以上，就不能证明已达到（置信度 {p} 的界）",
  ],
  [
    "A requirement above {v:n} for {labels:c} would not be shown to be met",
    "若把{labels}的要求提到 {v} 以上，就不能证明已达到",
  ],
  [
    "A limit below {v:n} for {labels:c} would not be shown to be met ({cases}, bound with {p:n} confidence)",
    "若把{labels}的限额降到 {v} 以下，就不能证明已达到（{cases}，置信度 {p} 的界）",
  ],
  [
    "A limit below {v:n} for {labels:c} would not be shown to be met (bound with {p:n} confidence)",
    "若把{labels}的限额降到 {v} 以下，就不能证明已达到（置信度 {p} 的界）",
  ],
  [
    "A limit below {v:n} for {labels:c} would not be shown to be met",
    "若把{labels}的限额降到 {v} 以下，就不能证明已达到",
  ],
  [
    "A requirement of at most {v:n} for {labels:c} would no longer be shown to be missed ({cases}, bound with {p:n} confidence)",
    "若把{labels}的要求降到 {v} 或更低，就不再能证明未达到（{cases}，置信度 {p} 的界）",
  ],
  [
    "A requirement of at most {v:n} for {labels:c} would no longer be shown to be missed (bound with {p:n} confidence)",
    "若把{labels}的要求降到 {v} 或更低，就不再能证明未达到（置信度 {p} 的界）",
  ],
  [
    "A requirement of at most {v:n} for {labels:c} would no longer be shown to be missed",
    "若把{labels}的要求降到 {v} 或更低，就不再能证明未达到",
  ],
  [
    "A limit of at least {v:n} for {labels:c} would no longer be shown to be missed ({cases}, bound with {p:n} confidence)",
    "若把{labels}的限额放宽到 {v} 或更高，就不再能证明未达到（{cases}，置信度 {p} 的界）",
  ],
  [
    "A limit of at least {v:n} for {labels:c} would no longer be shown to be missed (bound with {p:n} confidence)",
    "若把{labels}的限额放宽到 {v} 或更高，就不再能证明未达到（置信度 {p} 的界）",
  ],
  [
    "A limit of at least {v:n} for {labels:c} would no longer be shown to be missed",
    "若把{labels}的限额放宽到 {v} 或更高，就不再能证明未达到",
  ],
  [
    "Structured output or a prompt that keeps the demanded form may do instead: what the tune is shown to gain is format",
    "改用结构化输出或能保证格式的提示词也许就够了：微调被证明的提升在于格式",
  ],
  [
    'A prompt that sends a schema, or another that cannot leave the form, would change it: add it as a prompt-only target with `arm: "constrained-output"` and run again; should it miss still, the tune is confirmed',
    '附带 schema 或无法偏离格式的提示词会改变结论：把它作为仅用提示词的目标加入，写明 `arm: "constrained-output"`，然后重新运行；若仍达不到，微调即得到确认',
  ],
  [
    'Where nothing can hold the form, waive `ladder["structured-output"]` with the reason: then the tune is confirmed by what it gains in form',
    '若没有任何办法能保证格式，写明理由免去 `ladder["structured-output"]`：微调即可凭格式上的提升得到确认',
  ],
  [
    "{label} is shown to be close to its requirement of {v:n}: decide by policy, or add cases",
    "已证明{label}接近其要求 {v}：按政策决定，或增加用例",
  ],
  ['More test cases answered by "{t:t}" would settle it', "增加由“{t}”回答的测试用例，可以得出定论"],
  ['More test cases answered by "{t:t}"', "增加由“{t}”回答的测试用例"],
  [
    "More test cases would settle it: these {cases} show a true gap from {v:n} on in 4 runs of 5 (planned, so without interval)",
    "增加测试用例可以得出定论：这 {cases}在五次中有四次能看出 {v} 以上的真实差距（规划值，无置信区间）",
  ],
  ["It takes {n} at least", "至少需要{n}"],
  [
    "It takes fresh test cases, which no prompt and no model was tried on before",
    "需要全新的测试用例，任何提示词和模型都没有在上面试过",
  ],
  [
    "Take those test cases out of the suite, or those examples out of the training data and train again",
    "从测评集中去掉这些测试用例，或从训练数据中去掉这些样本后重新训练",
  ],
  [
    "It takes test cases from more clusters (documents, customers, templates); more cases of the same ones tell little",
    "需要来自更多簇（文档、客户、模板）的测试用例；同一些簇的用例再多也说明不了什么",
  ],
  [
    "It takes the missing answers: mend what is told as their reason, then run again; answers that are there are not bought twice",
    "需要补上缺失的回答：先解决所述原因，再重新运行；已有的回答不会重复付费",
  ],
  [
    "It takes a grader without a model for what blocks, or `required: false` on the judge",
    "阻断性的要求需要不依赖模型的评分器，或把评审模型设为 `required: false`",
  ],
  [
    "It takes a `requirement` in the suite, for example `quality: { atLeast: 0.9 }`",
    "测评集中需要写明 `requirement`，例如 `quality: { atLeast: 0.9 }`",
  ],
  [
    'It takes test cases: give some cases `split: "test"`, or none a split at all',
    '需要测试用例：给一些用例写上 `split: "test"`，或全部不写 split',
  ],
  [
    "It takes dev cases to choose by, or one prompt-only target alone",
    "需要用于选择的开发用例，或只保留一个仅用提示词的目标",
  ],
  ["The cases of one cluster have to stand in one split only", "同一簇的用例必须只在一个划分中"],
  [
    "It takes a prompt-only target: the best that a prompt does is the benchmark",
    "需要一个仅用提示词的目标：提示词的最好成绩是基准",
  ],

  [
    "With the answers that are missing on dev cases another target could have been chosen: get them, then run again",
    "若有 dev 用例上缺失的回答，选中的可能是另一个目标：请补上它们，再重新运行",
  ],
  [
    "What the missing answers would have cost is not known: get them, then run again",
    "缺失的回答会花多少费用不得而知：请补上它们，再重新运行",
  ],

  // How many more cases.
  ["No affordable number of cases would show {v:n}", "用例再多（在可承受的范围内）也证明不了 {v}"],
  [
    "It takes more test cases without a failure; how many depends on how much they differ",
    "需要更多没有失败的测试用例；数量取决于它们彼此差异多大",
  ],
  ["{more} without a failure would show {v:n}", "{more}且没有失败，即可证明 {v}"],
  [
    "It lies at the threshold, as far as the {v} seen in {cases} tell: which side of {w:n} it is on would take thousands of cases",
    "就 {cases}中测得的 {v} 而言，它正处在门槛上：要分清它在 {w} 的哪一边，需要数千个用例",
  ],
  [
    "Decide by policy; keeping the prompt is cheaper and can be taken back",
    "请按既定方针决定；保留提示词更便宜，也可以改回",
  ],
  ["that it is met", "它已达到"],
  ["that it is not met", "它未达到"],
  ["{n:n} trials a case instead of {m:n}, or {rest}", "每个用例试 {n} 次而不是 {m} 次，或者：{rest}"],
  ["One case has no spread: it takes more test cases", "单个用例看不出波动：需要更多测试用例"],
  ["Record the latency of every answer", "请记录每个回答的延迟"],
  [
    "A p95 cannot be bounded from above by fewer than {n:n} {what}: it takes at least {more}",
    "少于 {n} 个{what}得不出 p95 的上界：至少需要{more}",
  ],
  ["cases", "用例"],
  ["clusters", "簇"],
  ["if it stays at the {v} seen in {cases}", "若仍保持在 {cases}中测得的 {v}"],
  ["No affordable number of cases would show {what}, {seen}", "{seen}，用例再多（在可承受的范围内）也证明不了{what}"],
  [
    "It takes more test cases: these would do in 4 runs of 5 to show {what}, {seen}, and did not",
    "需要更多测试用例：{seen}，这些用例本应在五次中有四次证明{what}，而这次没有",
  ],
  ["About {more} would show in 4 runs of 5 {what}, {seen}", "{seen}，大约{more}即可在五次中有四次证明{what}"],
  ["About {more} would show {what} in 4 runs of 5, {seen}", "{seen}，大约{more}即可在五次中有四次证明{what}"],
  [
    "More test cases, or a prompt that is right more often or costs less: either moves it",
    "增加测试用例，或改用正确率更高、费用更低的提示词：两者都会改变它",
  ],
  [
    'This is said of the checkpoint "{t:t}": a claim about its recipe "{r:t}" takes {n:n} seeds, there are {m:n}',
    "这里说的是检查点“{t}”：关于其训练方案“{r}”的结论需要 {n} 个种子，现有 {m} 个",
  ],
  [
    'This is said of the checkpoint "{t:t}": that it holds for its recipe "{r:t}" is not shown by {n:n} seeds',
    "这里说的是检查点“{t}”：{n} 个种子未能证明它对训练方案“{r}”成立",
  ],
  [
    "Get the missing answers: mend what is told as their reason, then run again",
    "请补上缺失的回答：先解决所述原因，再重新运行",
  ],
  ["no bound could be formed", "得不出界限"],
  [
    "It takes more of the suite's own test cases: only some were asked",
    "需要问完测评集自己的测试用例：目前只问了一部分",
  ],
  [
    "It is decided on when all test cases are in: no bound of it holds at every look",
    "要等全部测试用例都问完才判定：它没有在每次查看时都成立的界限",
  ],
  [
    "The test cases that were not asked: a run without --sequential asks them all",
    "尚未提问的测试用例：不带 --sequential 运行会全部提问",
  ],
  ["{n:n} {what} are too few to decide on; it takes {m:n}", "{n} 个{what}太少，不足以判定；需要 {m} 个"],
  ["Cases from more clusters (documents, customers, templates)", "来自更多簇（文档、客户、模板）的用例"],
  ["no bound from a single case or cluster", "单个用例或单个簇得不出界限"],

  // The way to the verdict.
  ["May these figures decide?", "这些数字可以用来判定吗？"],
  ["Is prompting enough?", "提示词够用吗？"],
  ["Is it the format alone that is missing?", "缺的只是格式吗？"],
  ["Is it the format alone that it gains?", "它的提升只在格式吗？"],
  ["Was prompting pushed to its limit?", "提示词已做到极限了吗？"],
  ["Does nothing cheaper do?", "确实没有更便宜的办法吗？"],
  ["Are there enough good examples?", "有足够的优质样本吗？"],
  ["Does somebody train and serve it?", "有人训练并提供它吗？"],
  ["Does it pay?", "划算吗？"],
  ["Does the tuned model do what prompting does not?", "微调模型做到了提示词做不到的吗？"],
  ["Not settled: {all:l}", "尚无定论：{all}"],
  ["Missed: {all:l}", "未达到：{all}"],
  [
    "{n:n} blocking requirements held against the best prompt; none is missed",
    "以 {n} 项阻断性要求衡量最佳提示词；没有一项未达到",
  ],
  [
    "{n:n} blocking requirement held against the best prompt; none is missed",
    "以 {n} 项阻断性要求衡量最佳提示词；没有一项未达到",
  ],

  // What keeps a verdict from being given.
  [
    '{m:n} of {n:n} answers of "{t:t}" on {split} cases are missing or not graded ({p:n}; {why:l}); at most {q:n} may be',
    "“{t}”在{split}用例上的 {n} 个回答中有 {m} 个缺失或未评分（{p}；{why}）；最多允许 {q}",
  ],
  [
    '{m:n} of {n:n} answers of "{t:t}" on {split} cases are missing or not graded ({p:n}; ); at most {q:n} may be',
    "“{t}”在{split}用例上的 {n} 个回答中有 {m} 个缺失或未评分（{p}）；最多允许 {q}",
  ],
  [
    '{m:n} of {n:n} answers of "{t:t}" on {split} cases have no grade by "{g:t}", which a requirement names ({p:n}); at most {q:n} may lack it',
    "“{t}”在{split}用例上的 {n} 个回答中有 {m} 个没有“{g}”的评分，而某项要求用到它（{p}）；最多允许缺 {q}",
  ],
  ["dev", "开发"],
  ["test", "测试"],
  ['No trial of "{s:t}" was run', "“{s}”没有运行过任何试验"],
  ["Nothing could be measured: none of the {n:n} calls was made", "无法测量：{n} 次调用一次也没有发出"],
  ["There is no prompt-only target: nothing to compare a tuned model with", "没有仅用提示词的目标：微调模型无从比较"],
  ["There are no test cases, so nothing can be told", "没有测试用例，因此什么也说明不了"],
  ["Too few for a verdict: {cases}; it takes {n:n}", "用例太少，不足以下结论：{cases}；需要 {n} 个"],
  [
    "The {n:n} test cases come from {c} only; it takes {m:n} to tell how much clusters differ",
    "这 {n} 个测试用例只来自 {c}；至少要 {m} 个簇才能看出簇之间的差异",
  ],
  [
    "There are no answers on dev cases to choose between {names:c} by; choosing on test cases would flatter the best",
    "没有开发用例上的回答可用来在{names}之间选择；在测试用例上选择会高估最好的那个",
  ],
  [
    'The choice on dev has seen the test: {c} in both, the first "{name:t}"',
    "开发用例上的选择见过测试：{c}在两边都有，第一个是“{name}”",
  ],
  [
    "New candidates have looked at these test cases {n:n} times; after {m:n} the best of them may be the luckiest",
    "新的候选已在这些测试用例上看过 {n} 次；超过 {m} 次后，最好的可能只是最走运的",
  ],
  [
    "{n:n} of {cases} stands among the training examples, word for word or nearly ({names:c}): what was tuned on them has seen their answers",
    "{cases}中有 {n} 个逐字或几乎逐字出现在训练样本中（{names}）：用它们微调的模型见过答案",
  ],
  [
    "{n:n} of {cases} stand among the training examples, word for word or nearly ({names:c}): what was tuned on them has seen their answers",
    "{cases}中有 {n} 个逐字或几乎逐字出现在训练样本中（{names}）：用它们微调的模型见过答案",
  ],
  [
    "{n:n} of {cases} stand among the training examples, word for word or nearly (the first are {names:c}): what was tuned on them has seen their answers",
    "{cases}中有 {n} 个逐字或几乎逐字出现在训练样本中（前几个是{names}）：用它们微调的模型见过答案",
  ],
  [
    "The suite states no requirement, so nobody can tell whether prompting is enough",
    "测评集没有写明要求，因此无从判断提示词是否够用",
  ],
  [
    '"{g:t}" is graded by a model ({m:t}) that was not measured against people; its grades are shown but cannot decide',
    "“{g}”由模型（{m}）评分，而该模型没有与人工对照过；其分数只作展示，不能用于判定",
  ],
];
