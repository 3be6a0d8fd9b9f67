/** What stands before the advice to tune (prompting pushed, cheaper ways, data, venue), warnings, and checks of the training data, in Chinese. */
import type { Phrase } from "./phrase-book.ts";

export const GATE_SENTENCES: readonly Phrase[] = [
  // Prompting pushed to its limit.
  [
    "Prompting was not pushed to its limit as far as the suite states: nothing is said of {rung} ({n:n} rungs more are not stated)",
    "就测评集所写，提示词还没有做到极限：没有提到{rung}（另有 {n} 级阶梯也没有写明）",
  ],
  [
    "Prompting was not pushed to its limit as far as the suite states: nothing is said of {rung} ({n:n} rung more are not stated)",
    "就测评集所写，提示词还没有做到极限：没有提到{rung}（另有 {n} 级阶梯也没有写明）",
  ],
  [
    "Prompting was not pushed to its limit as far as the suite states: nothing is said of {rung}",
    "就测评集所写，提示词还没有做到极限：没有提到{rung}",
  ],
  ["The sweep tried {rungs:c}", "提示词扫描试过{rungs}"],
  [
    'Try {rung} as a prompt-only target and name it in `ladder["{key:t}"]`, or waive it there with the reason',
    '把{rung}作为仅用提示词的目标试一试，并写入 `ladder["{key}"]`；或在那里写明理由免去',
  ],
  [
    'The sweep found "{p:t}" to do best on dev of all prompts that it raced, and the suite does not declare it',
    "提示词扫描在开发用例上选出的最佳提示词是“{p}”，而测评集没有声明它",
  ],
  ["Paste the target that `gapcheck sweep` prints into the suite", "把 `gapcheck sweep` 打印的目标粘贴到测评集中"],
  [
    'Prompting: {told:l}; whether the last prompt still gained is not asked, for the reason stated: "{why:t}"',
    "提示词：{told}；最后一个提示词是否仍有提升不再追问，所述理由：“{why}”",
  ],
  ["every rung was tried", "每一级阶梯都试过"],
  ["every rung was tried ({rungs:c} by the sweep)", "每一级阶梯都试过（其中{rungs}由提示词扫描试过）"],
  [
    "every rung was tried but those that the suite waives with its reason: {what}",
    "除测评集写明理由免去的之外，每一级阶梯都试过；免去的是：{what}",
  ],
  [
    "every rung was tried ({rungs:c} by the sweep) but those that the suite waives with its reason: {what}",
    "除测评集写明理由免去的之外，每一级阶梯都试过（其中{rungs}由提示词扫描试过）；免去的是：{what}",
  ],
  [
    "Whether more prompting would help cannot be told: there are not two prompts with answers on dev",
    "无法判断继续改提示词是否还有用：开发用例上有回答的提示词不足两个",
  ],
  ["Add another prompt, or waive `ladder.plateau` with the reason", "再加一个提示词，或写明理由免去 `ladder.plateau`"],
  [
    'Prompting: {told:l}; "{p:t}", the last prompt declared, gains {v:n} over the best before it on dev (at most {w:n} with {q:n} confidence, {cases})',
    "提示词：{told}；最后声明的提示词“{p}”在开发用例上比此前最好的提升 {v}（置信度 {q} 下至多 {w}，{cases}）",
  ],
  [
    'Prompting: {told:l}; "{p:t}", the best of the {n:n} prompts of the sweep, gains {v:n} over "{b:t}" on dev (at most {w:n} with {q:n} confidence, {cases})',
    "提示词：{told}；扫描的 {n} 个提示词中最好的“{p}”在开发用例上比“{b}”提升 {v}（置信度 {q} 下至多 {w}，{cases}）",
  ],
  [
    'Prompting has not reached its plateau: "{p:t}", the last prompt declared, gains {v:n} over the best before it on dev (at most {w:n} with {q:n} confidence, {cases}); it is reached where less than {m:n} is shown',
    "提示词还没有到平台期：最后声明的提示词“{p}”在开发用例上比此前最好的提升 {v}（置信度 {q} 下至多 {w}，{cases}）；证明提升不到 {m} 才算到平台期",
  ],
  [
    'Prompting has not reached its plateau: "{p:t}", the best of the {n:n} prompts of the sweep, gains {v:n} over "{b:t}" on dev (at most {w:n} with {q:n} confidence, {cases}); it is reached where less than {m:n} is shown',
    "提示词还没有到平台期：扫描的 {n} 个提示词中最好的“{p}”在开发用例上比“{b}”提升 {v}（置信度 {q} 下至多 {w}，{cases}）；证明提升不到 {m} 才算到平台期",
  ],
  [
    "Try on from the last prompt (`gapcheck sweep` does), add dev cases, or waive `ladder.plateau` with the reason",
    "从最后一个提示词继续试（`gapcheck sweep` 会做），增加开发用例，或写明理由免去 `ladder.plateau`",
  ],

  // Cheaper ways.
  ["No cheaper way is known that the suite does not state as tried", "测评集已写明试过的之外，没有已知的更便宜的办法"],
  [
    "Nobody knows whether the model lacks the facts or the skill: no target is given the right passages",
    "不知道模型缺的是事实还是能力：没有目标拿到正确的段落",
  ],
  [
    'Add a prompt-only target with `arm: "oracle-context"` that is given the right passage each time',
    '加一个每次都给出正确段落的仅用提示词的目标，写明 `arm: "oracle-context"`',
  ],
  [
    'With the right passage in the prompt "{t:t}" meets what is missed ({all:l}): what is missing is retrieval, not training',
    "提示词中有正确段落时，“{t}”达到了原先未达到的（{all}）：缺的是检索，不是训练",
  ],
  [
    'With the right passage in the prompt "{t:t}" meets what is missed: what is missing is retrieval, not training',
    "提示词中有正确段落时，“{t}”达到了原先未达到的：缺的是检索，不是训练",
  ],
  [
    "Build retrieval and add it as a prompt-only target; should it miss still, tuning is asked again",
    "搭建检索，并作为仅用提示词的目标加入；若仍达不到，再考虑微调",
  ],
  [
    'Even with the right passage in the prompt "{t:t}" misses ({all:l}): retrieval alone does not do',
    "即使提示词中有正确段落，“{t}”也达不到（{all}）：光靠检索不够",
  ],
  [
    'Even with the right passage in the prompt "{t:t}" misses: retrieval alone does not do',
    "即使提示词中有正确段落，“{t}”也达不到：光靠检索不够",
  ],
  [
    'Whether the right passage in the prompt would do is not settled by "{t:t}" ({all:l})',
    "提示词中有正确段落是否就够，“{t}”尚无定论（{all}）",
  ],
  [
    'Whether the right passage in the prompt would do is not settled by "{t:t}"',
    "提示词中有正确段落是否就够，“{t}”尚无定论",
  ],
  ["Waived as cheaper ways: {ways:c}", "作为更便宜的办法已免去：{ways}"],
  [
    "Whether the same prompt served {phrase} meets the price is not settled: {told} (without a bound, {asked}; {by})",
    "同一提示词{phrase}能否达到价格要求，尚无定论：{told}（没有界限，{asked}；{by}）",
  ],
  ["{subject} saves nothing here: {why}", "{subject}在这里省不了钱：{why}"],
  ["A batch", "批量"],
  ["Caching in batches", "缓存加批量"],
  ["from the provider's cache", "走提供方的缓存"],
  ["in batches", "走批量"],
  ["from the cache and in batches", "走缓存加批量"],
  ["What the same prompt would cost {phrase} is not known: {why}", "同一提示词{phrase}要花多少，未知：{why}"],
  ["State what is missing of the price, or {waive}", "补全价格，或{waive}"],
  ["waive `ladder.batch` with the reason", "写明理由免去 `ladder.batch`"],
  ["waive `ladder.caching` with the reason", "写明理由免去 `ladder.caching`"],
  [
    "Whether the same prompt served {phrase} meets the price is not settled: {told}, without a bound ({asked})",
    "同一提示词{phrase}能否达到价格要求，尚无定论：{told}，没有界限（{asked}）",
  ],
  [
    "Whether the same prompt served {phrase} meets the price is not settled: {told} (at least {v:n} and at most {w:n}, each with {p:n} confidence, {asked}; {by})",
    "同一提示词{phrase}能否达到价格要求，尚无定论：{told}（置信度 {p} 下在 {v} 与 {w} 之间，{asked}；{by}）",
  ],
  [
    "Served {phrase}, the same prompt meets the price: {told} (at most {v:n} with {p:n} confidence, {asked}; {by})",
    "同一提示词{phrase}即达到价格要求：{told}（置信度 {p} 下至多 {v}，{asked}；{by}）",
  ],
  [
    "Served {phrase}, the same prompt misses the price still: {told} (at least {v:n} with {p:n} confidence, {asked}; {by})",
    "同一提示词{phrase}仍达不到价格要求：{told}（置信度 {p} 下至少 {v}，{asked}；{by}）",
  ],
  ["It holds as long as about {p:n} of the requests find it there", "只要大约 {p} 的请求命中缓存即成立"],
  [
    "Serve the prompt {phrase} and measure again; should it miss still, tuning is asked again. Where that cannot be done, {waive}",
    "让提示词{phrase}，重新测量；若仍达不到，再考虑微调。若做不到，{waive}",
  ],
  [
    "Serve the prompt {phrase} and measure again; should it miss still, tuning is asked again",
    "让提示词{phrase}，重新测量；若仍达不到，再考虑微调",
  ],
  ["Where that cannot be done, {waive}", "若做不到，{waive}"],
  ["More test cases would settle it: they give {label} a bound", "增加测试用例可以得出定论：{label}即可得到界限"],
  ["More test cases would settle it; or {waive}", "增加测试用例可以得出定论；或{waive}"],
  ["every request a hit, at most; less {p:n} ({source:t})", "每次请求都命中缓存，这是最多；再减 {p}（{source}）"],
  ["every request a hit, at most", "每次请求都命中缓存，这是最多"],
  ["less {p:n} ({source:t})", "减 {p}（{source}）"],
  ["no caching minimum is known; {code} states one", "缓存的最低 token 数未知；{code} 可写明"],
  ["no batch discount is known; {code} states one", "批量折扣未知；{code} 可写明"],
  ["no price for the model", "模型没有价格"],
  ["the price has no rate for cached tokens", "价格中没有缓存 token 的单价"],
  ["the measured cost holds cached tokens already", "测得的费用已包含缓存 token"],
  ["the shared beginning is below {n:n}", "共同的开头不到 {n}"],
  ["a batch saves nothing", "批量不省钱"],

  // Data, venue.
  ["Nothing is stated of examples to tune on", "没有写明用于微调的样本"],
  [
    "State `training`: the examples (`data`) or how many there are, {n:n} at least",
    "请写明 `training`：样本（`data`）或其数量，至少 {n} 个",
  ],
  ["There are {n:n} clean examples to tune on; {m:n} are asked for", "可用于微调的干净样本有 {n} 个；要求 {m} 个"],
  ["There are {n:n} clean example to tune on; {m:n} are asked for", "可用于微调的干净样本有 {n} 个；要求 {m} 个"],
  ["It takes {n:n} more clean examples", "还需要 {n} 个干净样本"],
  ["It takes {n:n} more clean example", "还需要 {n} 个干净样本"],
  ["The examples are not fit to tune on: {why}", "样本不适合用来微调：{why}"],
  ["Mend the examples", "请修正样本"],
  ["{n:n} clean examples to tune on ({m:n} asked for); {rest}", "可用于微调的干净样本有 {n} 个（要求 {m} 个）；{rest}"],
  [
    "{n:n} clean examples to tune on ({m:n} asked for), alpha {a:n}",
    "可用于微调的干净样本有 {n} 个（要求 {m} 个），α 为 {a}",
  ],
  [
    "How far people agree on the labels is not stated: where they do not, tuning learns the noise",
    "没有写明人们对标注的一致程度：若不一致，微调学到的是噪声",
  ],
  [
    "State `training.agreement`: Krippendorff's alpha of a sample that two people labelled ({n:n} at least), or waive it with the reason",
    "请写明 `training.agreement`：两人标注的一份样本的 Krippendorff α（至少 {n}），或写明理由免去",
  ],
  ["that people agree on the labels is waived: {why:t}", "标注一致性已免去：{why}"],
  [
    "People agree too little on the examples (alpha {a:n}; {n:n} at least): tuning would learn the noise",
    "人们对样本的看法太不一致（α 为 {a}；至少要 {n}）：微调会学到噪声",
  ],
  ["Write down how to label, and label a sample twice again", "写下标注规范，再对一份样本重复标注两次"],
  ["people agree on the labels (alpha {a:n})", "标注一致（α 为 {a}）"],
  ["people agree on the labels (alpha {a:n}, where {g:n} is good)", "标注基本一致（α 为 {a}，达到 {g} 才算好）"],
  [
    "Nothing is stated of a place that trains and serves the model: hosted tuning ends at several vendors",
    "没有写明由谁训练并提供模型：有几家厂商正在停止托管微调",
  ],
  [
    "State `training.venue`: who trains, until when it is served, whether your data may go there",
    "请写明 `training.venue`：由谁训练、提供到何时、你的数据能否送去",
  ],
  [
    "Another model or venue that trains, serves past the horizon and may have your data would change it",
    "换一个能训练、提供期超过规划期、并可接收你的数据的模型或厂商，会改变结论",
  ],
  ['"{v:t}" takes no tuning jobs', "“{v}”不接受微调任务"],
  ['Your data may not go to "{v:t}"', "你的数据不能送往“{v}”"],
  [
    'What "{v:t}" would tune is served until {day:t} only, before the end of {end}',
    "“{v}”微调的模型只提供到 {day}，早于{end}结束",
  ],
  ["the {n:n} months of the horizon", "{n} 个月规划期"],
  ["the {n:n} month of the horizon", "{n} 个月规划期"],
  ["the {n:n} months to the next refresh", "距下次更新的 {n} 个月"],
  ["the {n:n} month to the next refresh", "距下次更新的 {n} 个月"],
  ['Whether your data may go to "{v:t}" and be trained on is not stated', "没有写明你的数据能否送往“{v}”用于训练"],
  ["State `training.venue.dataAllowed`", "请写明 `training.venue.dataAllowed`"],
  ['Until when "{v:t}" serves what it would tune is not stated', "没有写明“{v}”微调的模型提供到何时"],
  [
    'State `training.venue.servedUntil`: the day, or "{end:t}" for weights of your own',
    "请写明 `training.venue.servedUntil`：日期，自有权重则写 {end}",
  ],
  ['"{v:t}" trains and serves without an end; your data may go there', "“{v}”可训练且长期提供；你的数据可以送去"],
  ['"{v:t}" trains and serves, until {day:t}; your data may go there', "“{v}”可训练，提供到 {day}；你的数据可以送去"],
  ['"{v:t}" trains and serves', "“{v}”可训练并提供"],
  ['Your data may not go to "{v:t}", which serves "{t:t}"', "你的数据不能送往提供“{t}”的“{v}”"],
  ["A venue that may have your data would change it", "换一个可接收你的数据的厂商，会改变结论"],
  ['"{t:t}" runs on weights of your own', "“{t}”使用自有权重运行"],
  ['"{t:t}" is served without an end, and may have your data', "“{t}”长期提供，并可接收你的数据"],
  ['"{t:t}" is served until {day:t}, and may have your data', "“{t}”提供到 {day}，并可接收你的数据"],
  ['"{t:t}" is served until {day:t}', "“{t}”提供到 {day}"],
  ["Not stated: {all:c}", "没有写明：{all}"],
  ["What is not stated, and would matter: {all:c}", "没有写明而会影响结论的：{all}"],
  [
    'until when "{t:t}" is served (`retiresOn`, or `training.venue.servedUntil`)',
    "“{t}”提供到何时（`retiresOn` 或 `training.venue.servedUntil`）",
  ],
  ["whether your data may go there (`training.venue.dataAllowed`)", "你的数据能否送去（`training.venue.dataAllowed`）"],
  ["What is missed is not a price: no break-even is asked", "未达到的不是价格：不问回本"],
  ["What is missed is not a price alone: no break-even is asked", "未达到的不只是价格：不问回本"],
  [
    "Tuned requests are expected to cost {v:n} per 1,000 (`economics.tunedUsdPer1k`), and {w:n} is allowed: tuning would miss that limit",
    "微调后每 1,000 次请求预计 {v}（`economics.tunedUsdPer1k`），只允许 {w}：微调也会超过这个上限",
  ],
  [
    "Tuned requests are expected to cost {v:n} each, right or wrong (`economics.tunedUsdPer1k`), and {w:n} is allowed for a right answer: tuning would miss that limit",
    "微调后每次请求无论对错预计 {v}（`economics.tunedUsdPer1k`），而每个正确答案只允许 {w}：微调也会超过这个上限",
  ],
  [
    "A tuned model that costs less a request would change it: state its `economics.tunedUsdPer1k`",
    "换一个每次请求更便宜的微调模型会改变结论：请写明它的 `economics.tunedUsdPer1k`",
  ],
  ["State `economics`: the volume a month and the costs of tuning", "请写明 `economics`：每月调用量和微调的各项费用"],

  // Checks of the training data.
  ["Of the training examples, {what}", "训练样本中，{what}"],
  [
    '{n:n} of them {verb:t} among the cases too, word for word or nearly (the first is "{id:t}", line {line:n}, case "{one:t}")',
    "有 {n} 个也逐字或几乎逐字出现在用例中（第一个是“{id}”，第 {line} 行，用例“{one}”）",
  ],
  [
    '{n:n} of them {verb:t} among the cases too, word for word or nearly (the first is "{id:t}", case "{one:t}")',
    "有 {n} 个也逐字或几乎逐字出现在用例中（第一个是“{id}”，用例“{one}”）",
  ],
  ['they share the cluster "{c:t}" with the cases', "它们与用例同属簇“{c}”"],
  ["{n:n} of them repeats another", "有 {n} 个与另一个重复"],
  ["{n:n} of them repeat another", "有 {n} 个与另一个重复"],
  [
    '{n:n} of them {verb:t} something else of an input that stands there before (the first is "{id:t}", line {line:n})',
    "有 {n} 个对前面已有的同一输入给出了不同的期望（第一个是“{id}”，第 {line} 行）",
  ],
  [
    '{n:n} of them {verb:t} something else of an input that stands there before (the first is "{id:t}")',
    "有 {n} 个对前面已有的同一输入给出了不同的期望（第一个是“{id}”）",
  ],

  // Warnings.
  [
    'There are no dev answers to choose between the tuned models by: the verdict is about the first, "{t:t}"',
    "没有开发用例上的回答可用来在微调模型之间选择：结论针对第一个，“{t}”",
  ],
  [
    "The {what} was chosen on {cases} only: the choice is mostly luck, the figures on test are not",
    "{what}只是在 {cases}上选出的：这一选择多半靠运气，测试用例上的数字则不是",
  ],
  [
    '{n:n} of {cases} repeats the input of another ("{a:t}" that of "{b:t}"), letter case and white space aside: cases that ask the same count as one cluster, and the intervals are as wide as that asks',
    "{cases}中有 {n} 个重复了另一个的输入（“{a}”重复“{b}”），不计大小写和空白：所问相同的用例算作一个簇，置信区间也相应变宽",
  ],
  [
    '{n:n} of {cases} repeat the input of another ("{a:t}" that of "{b:t}"), letter case and white space aside: cases that ask the same count as one cluster, and the intervals are as wide as that asks',
    "{cases}中有 {n} 个重复了另一个的输入（“{a}”重复“{b}”），不计大小写和空白：所问相同的用例算作一个簇，置信区间也相应变宽",
  ],
  ["prompt", "提示词"],
  ["tuned model", "微调模型"],
  [
    "The test cases come from {n:n} clusters: bounds are trusted from {m:n} on, below that they may be somewhat too narrow",
    "测试用例来自 {n} 个簇：达到 {m} 个簇界限才可靠，否则可能略窄",
  ],
  [
    '"{t:t}": {p:n} of the answers fail because the token limit cut them; raise maxTokens (and contextTokens, where a local model has it) before you judge the model',
    "“{t}”：{p} 的回答因被 token 上限截断而失败；评价模型之前请调高 maxTokens（本地模型还有 contextTokens）",
  ],
  ['"{t:t}" asked for "{m:t}" and was answered by {names:c}', "“{t}”请求的是“{m}”，作答的是{names}"],
  [
    '"{t:t}" asked for "{m:t}" and was answered by several models: {names:c}',
    "“{t}”请求的是“{m}”，作答的有几个模型：{names}",
  ],
  [
    '"{t:t}": retiresOn "{day:t}" is not a day; it is taken to end soon',
    "“{t}”：retiresOn“{day}”不是日期；按即将停用处理",
  ],
  [
    "This is look {n:n} of new candidates at these test cases, so that each bound may err in {p:n} of all runs instead of {q:n}",
    "这是新的候选第 {n} 次查看这些测试用例，因此每个界限的出错概率为 {p}，而不是 {q}",
  ],
  [
    "Add fresh test cases before another prompt or model is tried: these have told all they can",
    "再试新的提示词或模型之前，请加入全新的测试用例：这些用例能说明的都已说明",
  ],
  ["After {n:n} more looks it takes fresh test cases", "再看 {n} 次之后就需要全新的测试用例"],
  ["After {n:n} more look it takes fresh test cases", "再看 {n} 次之后就需要全新的测试用例"],
  [
    "Answers were looked at before all were in (--sequential). Intervals of shares and gaps hold at every look, so that they are wider than those of a number of cases fixed before",
    "在全部回答到齐之前就查看过结果（--sequential）。比例与差距的置信区间在每次查看时都成立，因此比事先固定用例数时更宽",
  ],
  ["Answers were looked at before all were in (--sequential)", "在全部回答到齐之前就查看过结果（--sequential）"],
  [
    "Intervals of shares and gaps hold at every look, so that they are wider than those of a number of cases fixed before",
    "比例与差距的置信区间在每次查看时都成立，因此比事先固定用例数时更宽",
  ],
  [
    "Intervals of shares and gaps hold at every look, so that they are wider than those of a number of cases fixed before; cases that were not asked are neither missing nor wrong",
    "比例与差距的置信区间在每次查看时都成立，因此比事先固定用例数时更宽；没有问到的用例既不算缺失也不算错误",
  ],
  ["Costs and times have no interval yet, and decide nothing", "费用和时间还没有置信区间，不参与判定"],
  ["Stopped early, as the verdict is given: {came:l}", "结论已定，提前停止：{came}"],
  ["Not all test cases were asked, and the verdict is open: {came:l}", "测试用例没有全部问完，尚无结论：{came}"],
  ["{n:n} of {cases} asked, {m:n} looks", "{cases}中问了 {n} 个，查看 {m} 次"],
  ["{n:n} of {cases} asked, {m:n} look", "{cases}中问了 {n} 个，查看 {m} 次"],
  ["{n:n} calls not made", "{n} 次调用没有发出"],
  ["{n:n} call not made", "{n} 次调用没有发出"],
];
