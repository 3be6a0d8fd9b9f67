/** What money, learning curve and the reading of examples add to the four closing questions: a line or two each. */

import type { TrainingAudit } from "../suite/training.ts";
import type { ExamplesNeeded, LearningCurve } from "./curve-contract.ts";
import { casesCounted, percent, whole } from "./in-words.ts";
import type { Money } from "./money-contract.ts";
import type { Parts } from "./questions.ts";
import type { Fact } from "./questions-contract.ts";

export function partsOf(
  money: Money | undefined,
  curve: LearningCurve | undefined,
  audit: TrainingAudit | undefined,
): Parts {
  return {
    ...(money === undefined ? {} : { money: moneyFacts(money) }),
    ...(curve === undefined ? {} : { curve: curveFacts(curve) }),
    ...(audit === undefined ? {} : { data: auditFacts(audit) }),
  };
}

function moneyFacts(money: Money): Fact[] {
  const label = "break-even";
  if (!money.available) return [{ key: "break-even", label, text: `not known: ${money.why}` }];
  const [standing = "", sure = ""] = money.told;
  return [
    { key: "break-even", label, text: `${standing} ${sure}` },
    { key: "break-even-volume", label: "break-even volume", text: money.volumeTold },
    { key: "usd-per-success", label: "cost per satisfied request by the prompt", figure: money.prompt.usdPerSuccess },
    {
      key: "usd-per-success-tuned",
      label: "the same tuned, with all that tuning costs",
      figure: money.tuned.loadedUsdPerSuccess,
    },
  ];
}

function curveFacts({ points, needed, required }: LearningCurve): Fact[] {
  const sizes = points.map(({ examples, targets, score }) => ({
    key: `examples:${examples}`,
    label: `right after ${whole(examples)} examples, "${targets.join('", "')}"`,
    figure: score,
  }));
  if (required === undefined) return sizes;
  const [first] = points;
  const cases = first === undefined ? "" : `, ${casesCounted(first.score.n, first.score.clusters)}`;
  const text = needed.available
    ? `about ${sizeInWords(needed)} (${percent(needed.confidence, 0)} interval ${extentInWords(needed)}${cases})`
    : `not on this curve: ${needed.why}${cases}`;
  return [...sizes, { key: "examples-needed", label: `${required.label} as required`, text }];
}

function extentInWords({ lower, upper }: Extract<ExamplesNeeded, { available: true }>): string {
  const from = lower.available ? sizeInWords(lower) : "no lower end";
  return upper.available ? `${from} to ${sizeInWords(upper)}` : `from ${from}, without an upper end: ${upper.why}`;
}

function sizeInWords({ examples, orFewer }: { readonly examples: number; readonly orFewer: boolean }): string {
  return `${whole(examples)}${orFewer ? " or fewer" : ""} examples`;
}

function auditFacts({ examples, clean, errors }: TrainingAudit): Fact[] {
  const trouble = errors.length === 0 ? "" : `; ${errors.join("; ")}`;
  return [{ key: "examples", label: "examples", text: `${whole(clean)} clean of ${whole(examples)} read${trouble}` }];
}
