/** Money, break-even, the days of prices and the learning curve, in Chinese. */
import type { Phrase } from "./phrase-book.ts";

export const MONEY: readonly Phrase[] = [
  ["The money cannot be told: {why}", "无法计算经济账：{why}"],
  ["Tuning pays for itself {base}, and {low}", "微调{base}回本，{low}也回本"],
  [
    "Tuning pays for itself {base}, but not within {months} at {low}: the volume decides",
    "微调{base}回本，但在{low}时 {months}内不能回本：取决于调用量",
  ],
  [
    "in month {n:n} of {h:n} (month {a:n} to {b:n}) at {volume}",
    "在{volume}时于第 {n} 个月（共 {h} 个月；区间为第 {a} 至 {b} 个月）",
  ],
  [
    "in month {n:n} of {h:n} (at best month {a:n}, at worst none) at {volume}",
    "在{volume}时于第 {n} 个月（共 {h} 个月；最好第 {a} 个月，最差不回本）",
  ],
  ["in month {n:n} of {h:n} at {volume}", "在{volume}时于第 {n} 个月（共 {h} 个月）"],
  [
    "Tuning does not pay for itself within {months} at {volume}: a tuned request costs no less than a prompted one, {a} against {b} per 1,000",
    "微调在{volume}时 {months}内不能回本：微调后每次请求并不比用提示词便宜，每千次 {a}，对 {b}",
  ],
  [
    "Tuning does not pay for itself within {months} at {volume}: it breaks even in month {n:n}, and a later month ends below 0 again",
    "微调在{volume}时 {months}内不能回本：第 {n} 个月回本，之后某月末又低于 0",
  ],
  [
    "Tuning does not pay for itself within {months} at {volume}: it breaks even in month {n:n}, and a later month ends below 0 again; {more}",
    "微调在{volume}时 {months}内不能回本：第 {n} 个月回本，之后某月末又低于 0；{more}",
  ],
  ["Tuning does not pay for itself within {months} at {volume}; {more}", "微调在{volume}时 {months}内不能回本；{more}"],
  ["Tuning does not pay for itself within {months} at {volume}", "微调在{volume}时 {months}内不能回本"],
  ["at {volume} it would, in month {n:n}", "在{volume}时可以，于第 {n} 个月"],
  ["it takes about {n:n} requests in the first month", "首月约需 {n} 次请求"],
  [
    "The answer is the same at both ends of the 95 % intervals of the costs ({cases})",
    "在费用的 95 % 置信区间两端，答案相同（{cases}）",
  ],
  [
    "Within the 95 % intervals of the costs ({cases}) the answer is open: at one end {a}, at the other {b}",
    "在费用的 95 % 置信区间内（{cases}）答案未定：一端{a}，另一端{b}",
  ],
  ["it pays", "划算"],
  ["it depends on the volume", "取决于调用量"],
  ["it does not pay", "不划算"],
  ["How sure that is, nobody can tell: {why}", "有多大把握，无从得知：{why}"],
  [
    "Were the price of the prompted model to fall by {p:n} a month (supposed, not measured), the answer would be another: {what}",
    "若提示词一方的模型每月降价 {p}（假设，未经测量），答案会不同：{what}",
  ],
  [
    "Were the price of the prompted model to fall by {p:n} a month (supposed, not measured), the answer would be the same",
    "若提示词一方的模型每月降价 {p}（假设，未经测量），答案不变",
  ],
  [
    "Were the price of the prompted model to fall by {p:n} a month (supposed, not measured), the answer would be the same, from month {n:n} on at base volume",
    "若提示词一方的模型每月降价 {p}（假设，未经测量），答案不变，中等调用量下从第 {n} 个月起",
  ],
  [
    "Worst to best is at the ends of the 95 % intervals of the costs ({cases}); the balance after {months} is there: low {a:n} to {b:n}, base {c:n} to {d:n}, high {e:n} to {f:n}",
    "最差至最好取费用的 95 % 置信区间两端（{cases}）；此时 {months}后的结余：低 {a} 至 {b}，中 {c} 至 {d}，高 {e} 至 {f}",
  ],
  ["The balances have no interval: {why}", "结余没有置信区间：{why}"],
  [
    "To break even over {months} takes about {n:n} requests in the first month ({a:n} to {b:n} at the ends of the 95 % intervals of the costs, {cases})",
    "要在 {months}内回本，首月约需 {n} 次请求（在费用的 95 % 置信区间两端为 {a} 至 {b}，{cases}）",
  ],
  [
    "To break even over {months} takes about {n:n} requests in the first month ({a:n} to none at the ends of the 95 % intervals of the costs, {cases})",
    "要在 {months}内回本，首月约需 {n} 次请求（在费用的 95 % 置信区间两端为 {a} 至无法回本，{cases}）",
  ],
  [
    "To break even over {months} takes about {n:n} requests in the first month (without interval: {why})",
    "要在 {months}内回本，首月约需 {n} 次请求（无置信区间：{why}）",
  ],
  ["There is no break-even volume over {months}: {why}", "{months}内没有可回本的调用量：{why}"],
  [
    "One-off costs {v:n}: as the suite states them, not measured, so without interval",
    "一次性费用 {v}：按测评集所写，未经测量，因此无置信区间",
  ],
  [
    "One-off costs {v:n}, hosting {w:n} a month: as the suite states them, not measured, so without interval",
    "一次性费用 {v}，托管每月 {w}：按测评集所写，未经测量，因此无置信区间",
  ],
  [
    "A satisfied request costs {a} by the prompt, {b} tuned, {c} with all that tuning costs",
    "每个满足的请求：用提示词 {a}，微调后 {b}，计入微调的全部费用 {c}",
  ],
  ["nobody knows what ({why})", "未知（{why}）"],
  ["One more satisfied request costs {a}", "多满足一个请求的费用为 {a}"],
  [
    "More satisfied requests cost nothing extra: at base volume tuning saves money, by the balance above",
    "多满足的请求不额外花钱：中等调用量下微调省钱，数额见上面的结余",
  ],
  ["The cost of a tuned request is assumed, not measured: {v:n} per 1,000", "微调后每千次费用是假设的，未经测量：{v}"],
  ["The suite states no cost of {what:c}: counted as $0", "测评集没有写明{what}的费用：按 $0 计"],
  ["training", "训练"],
  ["labels", "标注"],
  ["evaluation", "评测"],
  ["engineering", "工程"],
  ["hosting", "托管"],
  ["The volumes are those of the first month; they change by {p:n} a month", "调用量为首月数值；此后每月变化 {p}"],
  [
    'economics.hosting.asOf "{day:t}" is not a day, so nobody can tell how old the price is',
    "economics.hosting.asOf“{day}”不是日期，无从知道价格有多旧",
  ],
  [
    "The hosting price is of {day:t}, {n:n} days old: look it up again before you count on the money",
    "托管价格是 {day} 的，已有 {n} 天：据此算账之前请重新查价",
  ],
  [
    "The costs rest on a price of {day:t}, {n:n} days old: look it up again before you count on the money",
    "费用依据的是 {day} 的价格，已有 {n} 天：据此算账之前请重新查价",
  ],
  [
    "Volume and the costs of tuning are not stated, so nobody knows whether it pays",
    "没有写明调用量和微调费用，因此不知道是否划算",
  ],
  ["Whether tuning pays is not known: {why}", "微调是否划算，未知：{why}"],
  ["there is no prompt-only target to hold a tuned one against", "没有仅用提示词的目标可与微调目标对照"],
  ['the cost of "{t:t}" is not known: {why}', "“{t}”的费用未知：{why}"],
  ["a growth of -100 % leaves no request after the first month", "增长率为 -100 %，首月之后没有请求"],
  ["the cost of a tuned request is assumed", "微调后的费用是假设的"],
  ["stated in the suite, not measured", "测评集所写，未经测量"],
  [
    "there is no tuned target, and economics.tunedUsdPer1k does not say what a tuned request would cost",
    "没有微调目标，economics.tunedUsdPer1k 也没有写明微调后的费用",
  ],
  ["a measured cost has no interval: {why}", "某项测得的费用没有置信区间：{why}"],
  ["the suite itself counts on prices that fall as fast", "测评集本身已按同样的降价速度计算"],
  ["over the horizon a tuned request saves nothing", "在规划期内，微调后的请求不省钱"],
  ["there is no tuned target to measure", "没有微调目标可测"],
  [
    "no gain in right answers is shown: the gap is {v:n} ({a:n} to {b:n})",
    "未证明正确回答有增加：差距为 {v}（{a} 至 {b}）",
  ],
  ["95 % or more: intervals taken at both ends at once", "95 % 或更高：两端同时取区间端点"],
  [
    "no interval: that of the cost or of the share of right answers is missing or reaches 0",
    "无置信区间：费用或正确率的区间缺失或触及 0",
  ],
  ["no interval: that of a cost is missing", "无置信区间：某项费用没有区间"],
  ["no answer was right", "没有正确的回答"],

  // The learning curve.
  ["Tuned from {model:t}", "微调自 {model}"],
  [
    "From {a:n} to {b:n} examples: {v:n} ({p:n} interval {low:n} to {high:n}, {cases})",
    "样本从 {a} 个到 {b} 个：{v}（{p} 置信区间 {low} 至 {high}，{cases}）",
  ],
  [
    "The curve levels off at {v:n} ({cases}, 95 % interval {low:n} to {high:n}); twice the examples would add {w:n} ({same}, 95 % interval {a:n} to {b:n})",
    "曲线趋于 {v}（{cases}，95 % 置信区间 {low} 至 {high}）；样本加倍会增加 {w}（{same}，95 % 置信区间 {a} 至 {b}）",
  ],
  [
    "The curve levels off at {v:n} ({cases}, 95 % interval {both:n}); twice the examples would add {w:n} ({same}, 95 % interval {a:n} to {b:n})",
    "曲线趋于 {v}（{cases}，95 % 置信区间 {both}）；样本加倍会增加 {w}（{same}，95 % 置信区间 {a} 至 {b}）",
  ],
  ["No curve: {why}", "没有曲线：{why}"],
  ["{label} of {v:n} is not on this curve: {why}", "{label} {v} 不在这条曲线上：{why}"],
  [
    "{label} of {v:n} is not on this curve: {why}; {n:n} examples at least",
    "{label} {v} 不在这条曲线上：{why}；至少 {n} 个样本",
  ],
  [
    "{label} of {v:n} takes about {n:n} examples ({cases}, 95 % interval {range})",
    "{label} {v} 约需 {n} 个样本（{cases}，95 % 置信区间{range}）",
  ],
  [
    "{label} of {v:n} takes about {n:n} examples or fewer ({cases}, 95 % interval {range})",
    "{label} {v} 约需 {n} 个样本或更少（{cases}，95 % 置信区间{range}）",
  ],
  ["from {a}, without an upper end: {why}", "从 {a} 起，没有上端：{why}"],
  ["{a:n} to {b:n} or fewer", "{a} 至 {b} 或更少"],
  ["{a:n} or fewer to {b:n}", "{a} 或更少，至 {b}"],
  ["{a:n} or fewer", "{a} 或更少"],
  ["{a:n} or fewer examples", "{a} 个样本或更少"],
  ["{a:n} examples", "{a} 个样本"],
  [
    "the curve levels off at {v:n} (95 % interval {a:n} to {b:n}), below the {w:n} that are required, {cases}",
    "曲线趋于 {v}（95 % 置信区间 {a} 至 {b}），低于要求的 {w}，{cases}",
  ],
  [
    "the curve comes to {v:n} only beyond {n:n} times the largest size tried ({m:n}), where nothing was seen, {cases}",
    "曲线要超过试过的最大规模（{m}）的 {n} 倍才到 {v}，那里没有数据，{cases}",
  ],
  [
    "{m:n} examples are shown to do worse than {n:n} ({v:n}, {a:n} to {b:n}), which no such curve does, {cases}",
    "已证明 {m} 个样本不如 {n} 个（{v}，{a} 至 {b}），而这种曲线不会如此，{cases}",
  ],
  [
    "a curve takes {n:n} sizes of training data, these targets have {a:n} and {b:n}, {cases}",
    "画曲线需要 {n} 种训练规模，这些目标只有 {a} 和 {b}，{cases}",
  ],
  ["{a} to {b:n} examples", "{a} 至 {b} 个样本"],
  ["no lower end", "没有下端"],
  ["no lower end to {b:n}", "没有下端，至 {b}"],
  ["more than {n:n} times the largest size tried ({m:n})", "超过试过的最大规模（{m}）的 {n} 倍"],
  [
    "within its interval the curve may level off below what is required",
    "在其置信区间内，曲线可能在低于要求处就趋于平坦",
  ],
  ["the suite requires no quality that the curve could meet", "测评集没有写明曲线可以达到的质量要求"],
  [
    "the curve comes to {v:n} only beyond {n:n} times the largest size tried ({m:n}), where nothing was seen",
    "曲线要超过试过的最大规模（{m}）的 {n} 倍才到 {v}，那里没有数据",
  ],
  [
    "the curve levels off at {v:n} (95 % interval {a:n} to {b:n}), below the {w:n} that are required",
    "曲线趋于 {v}（95 % 置信区间 {a} 至 {b}），低于要求的 {w}",
  ],
  [
    "the curve levels off at {v:n} (95 % interval {a:n} to {b:n}): whether more examples come to the {w:n} that are required is open",
    "曲线趋于 {v}（95 % 置信区间 {a} 至 {b}）：更多样本能否达到要求的 {w} 尚无定论",
  ],
  [
    "a curve takes {n:n} sizes of training data, these targets have {sizes:c}",
    "画曲线需要 {n} 种训练规模，这些目标只有 {sizes}",
  ],
  ["{cases} that every size answered are too few; it takes {n:n}", "每种规模都回答过的只有 {cases}，太少；需要 {n} 个"],
  [
    "an inverse power law does not fit: at {n:n} examples it says {v:n} where {w:n} was measured ({p:n} interval {a:n} to {b:n})",
    "逆幂律不吻合：在 {n} 个样本处它给出 {v}，而实测 {w}（{p} 置信区间 {a} 至 {b}）",
  ],
  ["no case is told by every size", "没有用例在每种规模上都有回答"],
  ["no case", "没有用例"],
  [
    "{m:n} examples are shown to do worse than {n:n} ({v:n}, {a:n} to {b:n}), which no such curve does",
    "已证明 {m} 个样本不如 {n} 个（{v}，{a} 至 {b}），而这种曲线不会如此",
  ],
  [
    "The intervals hold the test cases; how far training runs of one size differ is averaged, not told",
    "置信区间只反映测试用例；同一规模的多次训练之间的差异已被平均，没有给出",
  ],
  [
    "The intervals hold the test cases, not the luck of a training run: train a size again with another seed to see that",
    "置信区间只反映测试用例，不反映训练的运气：换一个种子再训练同一规模才能看出",
  ],
  [
    "Three sizes fit any such curve: a fourth would tell whether the form holds",
    "三种规模总能拟合这种曲线：要有第四种才能看出曲线形式是否成立",
  ],
];
