/** What a suite requires, as a list of single questions, each with a figure and a threshold. */
import type { QualityRequirement } from "../suite/requirement.ts";
import type { Suite } from "../suite/suite.ts";
import type { AlsoBy, Form, Metric } from "./case-values.ts";

/** The essay's 80 %: a share of cases satisfied that is enough to keep prompting. */
export const ENOUGH = 0.8;
export const DEFAULT_MARGIN = 0.03;
export const DEFAULT_ALPHA = 0.05;

interface Asked {
  readonly label: string;
  readonly threshold: number;
  readonly blocking: boolean;
}

/** A share of cases, or a mean score, that must be reached. */
export interface ShareCheck extends Asked {
  readonly key: "quality" | "stability" | "need";
  readonly direction: "at-least";
  readonly unit: "share" | "score";
  readonly metric: Metric;
}

/** An amount that must not be passed: US dollars per 1,000 requests or per right answer, or milliseconds. */
export interface AmountCheck extends Asked {
  readonly key: "cost" | "cost-per-success" | "latency";
  readonly direction: "at-most";
  readonly unit: "usd-per-1k" | "usd" | "ms";
}

export type Check = ShareCheck | AmountCheck;

export function isShareCheck(check: Check): check is ShareCheck {
  return check.direction === "at-least";
}

/** Whether a check is of money: no missing answer changes what the others cost, and a cheaper way to serve may meet it. */
export function isPrice(key: Check["key"]): boolean {
  return key === "cost" || key === "cost-per-success";
}

/** Whether the suite says what it needs at all. */
export function statesRequirement({ requirement }: Suite): boolean {
  const { quality, stability, cost, latency, enough } = requirement;
  const asked = quality === undefined ? [] : [quality].flat();
  return asked.length > 0 || [stability, cost, latency, enough].some((part) => part !== undefined);
}

export function marginOf({ requirement }: Suite): number {
  return requirement.margin ?? DEFAULT_MARGIN;
}

export function alphaOf({ requirement }: Suite): number {
  return requirement.alpha ?? DEFAULT_ALPHA;
}

export function qualitiesOf({ requirement }: Suite): readonly QualityRequirement[] {
  return requirement.quality === undefined ? [] : [requirement.quality].flat();
}

/** The form in which the product receives answers: strict, unless all that is required of quality asks for lenient. */
export function formOf(suite: Suite): Form {
  const blocking = qualitiesOf(suite).filter((quality) => quality.blocking !== false);
  return blocking.length > 0 && blocking.every((quality) => quality.form === "lenient") ? "lenient" : "strict";
}

/**
 * All checks of a suite: what is declared, in order, then the share of the need.
 * @param form overrules the form of every check, to ask what would be met if format were no matter
 */
export function checksOf(suite: Suite, form?: Form): Check[] {
  const { stability, cost, latency, enough } = suite.requirement;
  const checks: Check[] = qualitiesOf(suite).map((quality) => qualityCheck(suite, quality, form));
  const own = form ?? formOf(suite);
  if (stability !== undefined) {
    const k = stability.allOf;
    if (k > suite.trials) throw new Error(`stability asks for ${k} trials, the suite makes ${suite.trials}`);
    checks.push({
      key: "stability",
      label: `${k} of ${k} right`,
      direction: "at-least",
      threshold: stability.atLeast,
      unit: "share",
      blocking: stability.blocking !== false,
      metric: { kind: "all", form: own, k },
    });
  }
  const blocksCost = cost?.blocking !== false;
  if (cost?.usdPer1kAtMost !== undefined) {
    checks.push({
      key: "cost",
      label: "cost per 1,000",
      direction: "at-most",
      threshold: cost.usdPer1kAtMost,
      unit: "usd-per-1k",
      blocking: blocksCost,
    });
  }
  if (cost?.usdPerSuccessAtMost !== undefined) {
    checks.push({
      key: "cost-per-success",
      label: "cost per right answer",
      direction: "at-most",
      threshold: cost.usdPerSuccessAtMost,
      unit: "usd",
      blocking: blocksCost,
    });
  }
  if (latency !== undefined) {
    checks.push({
      key: "latency",
      label: "p95",
      direction: "at-most",
      threshold: latency.p95MsAtMost,
      unit: "ms",
      blocking: latency.blocking !== false,
    });
  }
  checks.push({
    key: "need",
    label: "need satisfied",
    direction: "at-least",
    threshold: enough ?? ENOUGH,
    unit: "share",
    blocking: true,
    metric: { kind: "all", form: own, k: suite.trials, ...alsoOf(suite, form) },
  });
  return checks;
}

/** Positions of the graders that are not required of an answer but named by a blocking quality, each once. */
export function namedGraders(suite: Suite): number[] {
  const named = qualitiesOf(suite).flatMap(({ grader, blocking }) => (blocking === false ? [] : (grader ?? [])));
  return suite.graders.flatMap(({ name, required }, at) => (!required && named.includes(name) ? [at] : []));
}

/** What the need asks of a case besides the required graders: pass or fail by those; a mean score is nothing a case has. */
function alsoOf(suite: Suite, form: Form | undefined): { readonly also?: readonly AlsoBy[] } {
  const also = namedGraders(suite).flatMap((grader) =>
    qualitiesOf(suite).flatMap((quality) => {
      const own = quality.grader === suite.graders[grader]?.name && quality.blocking !== false;
      return own && quality.measure !== "score" ? [{ grader, form: form ?? quality.form ?? "strict" }] : [];
    }),
  );
  return also.length === 0 ? {} : { also };
}

/** What prompts are chosen by: the one quality that is required; all required graders together where it is not one. */
export function choiceMetric(suite: Suite): Metric {
  const blocking = qualitiesOf(suite).filter((quality) => quality.blocking !== false);
  const [only, ...others] = blocking.length > 0 ? blocking : qualitiesOf(suite);
  if (only !== undefined && others.length === 0) return qualityMetric(suite, only);
  return { kind: "pass", form: formOf(suite) };
}

function qualityCheck(suite: Suite, quality: QualityRequirement, form: Form | undefined): ShareCheck {
  const metric = qualityMetric(suite, quality, form);
  const name = quality.measure === "score" ? "score" : "quality";
  const marks = [quality.grader, quality.form === "lenient" ? "lenient" : undefined].filter(
    (mark) => mark !== undefined,
  );
  return {
    key: "quality",
    label: marks.length === 0 ? name : `${name} (${marks.join(", ")})`,
    direction: "at-least",
    threshold: quality.atLeast,
    unit: metric.kind === "score" ? "score" : "share",
    blocking: quality.blocking !== false,
    metric,
  };
}

function qualityMetric(suite: Suite, quality: QualityRequirement, overruled?: Form): Metric {
  const form = overruled ?? quality.form ?? "strict";
  if (quality.grader === undefined) {
    const required = suite.graders.flatMap((grader, index) => (grader.required ? [index] : []));
    const [first] = required;
    if (quality.measure !== "score") return { kind: "pass", form };
    if (first === undefined || required.length > 1) throw new Error("a required score must name its grader");
    return { kind: "score", form, grader: first };
  }
  const grader = suite.graders.findIndex((each) => each.name === quality.grader);
  if (grader < 0) throw new Error(`the requirement names a grader "${quality.grader}" that the suite does not have`);
  return quality.measure === "score" ? { kind: "score", form, grader } : { kind: "pass", form, grader };
}
