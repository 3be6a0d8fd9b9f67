/** Annotations of GitHub Actions: red checks on the lines of the suite files that ask for them. */
import type { Criterion, CriterionState } from "../../decide/criteria-contract.ts";
import { escapeToLine } from "../escape.ts";
import { sentence } from "../words.ts";

/** A criterion and where it stands. */
export interface LocatedCriterion extends Criterion {
  /** Relative to the repository, with forward slashes. */
  readonly file: string;
  /** 1-based; absent where the suite is put together by code. */
  readonly line?: number;
}

/** GitHub keeps ten a step and loses the others without a word. */
export const MOST_ANNOTATIONS = 10;

const MOST_CHARACTERS = 2_000;
/** The criterion of the whole gate, as `criteriaOf` names it. */
const VERDICT = "verdict";

const GRAVITY: readonly CriterionState[] = ["fail", "incomplete", "cannot-measure", "no-comparison", "inconclusive"];

/**
 * What is not green, the worst first, the verdict of a suite before its parts. Where a part says word for word what the verdict says, such as a drop against
 * main, it is told once, as the part: that is what stopped the check.
 */
export function troubles(criteria: readonly LocatedCriterion[]): readonly LocatedCriterion[] {
  return GRAVITY.flatMap((state) => {
    const own = criteria.filter((one) => one.state === state);
    const isTold = ({ suite, why }: LocatedCriterion) =>
      own.some((other) => other.name !== VERDICT && other.suite === suite && other.why === why);
    return own.filter((one) => one.name !== VERDICT || !isTold(one));
  });
}

/** Values of a command's properties: https://github.com/actions/toolkit, "core/src/command". */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…`;
}

function command(level: "error" | "warning", { file, line, suite, name }: LocatedCriterion, message: string): string {
  const place = [`file=${property(file)}`, ...(line === undefined ? [] : [`line=${line}`])];
  const title = `title=${property(cut(escapeToLine(`${suite}: ${name}`)))}`;
  return `::${level} ${[...place, title].join(",")}::${data(cut(escapeToLine(message)))}`;
}

/**
 * At most ten lines, each one command; the tenth says how many more there are. An error where the gate fails, a warning where nothing failed but
 * something was not settled. Texts are made harmless: none can begin a command of its own.
 */
export function renderAnnotations(criteria: readonly LocatedCriterion[]): readonly string[] {
  const all = troubles(criteria);
  const shown = all.length > MOST_ANNOTATIONS ? all.slice(0, MOST_ANNOTATIONS - 1) : all;
  const lines = shown.map((one) => command(one.state === "fail" ? "error" : "warning", one, sentence(one.why)));
  const [next] = all.slice(shown.length);
  if (next === undefined) return lines;
  const level = all.slice(shown.length).some(({ state }) => state === "fail") ? "error" : "warning";
  return [...lines, command(level, next, `And ${all.length - shown.length} more: see the job summary.`)];
}
