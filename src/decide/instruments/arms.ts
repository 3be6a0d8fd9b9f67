/**
 * What an arm of prompting tells beside the best prompt: with the right passage in the prompt, is retrieval the problem or ability? In a form
 * that cannot be left, is form the problem or content?
 */
import { alphaOf } from "../checks.ts";
import { compareOn } from "../compare.ts";
import type { RequirementResult } from "../decision.ts";
import { unavailable } from "../estimate.ts";
import { requiredFigure } from "../in-words.ts";
import { judgeRequirements } from "../requirements.ts";
import { changeInWords, estimateInWords } from "./case-shares.ts";
import type { Finding, InstrumentChange, MaybeChange, Readings } from "./contract.ts";
import type { Subject, Subjects } from "./subjects.ts";

type Telling = "oracle-context" | "constrained-output";

interface Words {
  readonly given: string;
  readonly met: string;
  readonly missed: string;
  readonly open: string;
  readonly absent: string;
}

const WORDS: Readonly<Record<Telling, Words>> = {
  "oracle-context": {
    given: "With the right passage in the prompt",
    met: "what is missing is the passage, not ability: retrieval comes before tuning.",
    missed:
      "the passage is not enough: what fails is ability (or the reading of the passage), which retrieval does not mend.",
    open: "whether retrieval would be enough is open.",
    absent:
      'Not measured: whether retrieval would do. A prompt that is given the right passage each time, with `arm: "oracle-context"`, measures it.',
  },
  "constrained-output": {
    given: "In a form that cannot be left",
    met: "form is the problem: constrain the output before tuning.",
    missed: "form is not all that fails: content falls short too.",
    open: "whether constraining the output would be enough is open.",
    absent:
      'Not measured: whether constrained output would do. A prompt that cannot leave the form, with `arm: "constrained-output"`, measures it.',
  },
};

/** The paired change from the best prompt to the arm, and what it means. */
export function readArm(subjects: Subjects, arm: Telling): Readings {
  const { prompt, arms } = subjects;
  const own = arms[arm];
  const words = WORDS[arm];
  if (own === undefined) {
    const chosen = prompt !== undefined && subjects.observations.suite.targets[prompt.position]?.arm === arm;
    return chosen ? nothing : { ...nothing, findings: [{ code: `no-${arm}`, text: words.absent }] };
  }
  const finding = meaningOf(subjects, own, arm, words);
  if (prompt === undefined) return { ...nothing, findings: [finding(undefined)] };
  const change = passChange(subjects, prompt, own);
  const told: InstrumentChange = { key: arm, label: "right", target: own.target, minus: prompt.target, change };
  return { rows: [], changes: [told], findings: [finding(change)] };
}

/** Share right in the product's form, `fresh` minus `base`, paired by case. */
export function passChange({ observations, slots, form }: Subjects, base: Subject, fresh: Subject): MaybeChange {
  const side = ({ position }: Subject) => ({ observations, target: position, slots });
  const alpha = alphaOf(observations.suite);
  const comparison = compareOn(side(base), side(fresh), { kind: "pass", form }, alpha);
  if (comparison === undefined) return unavailable("no case has a graded answer from both");
  return { available: true, ...comparison.shown, unit: "share" };
}

function meaningOf({ observations, slots }: Subjects, { target, position }: Subject, arm: Telling, words: Words) {
  const results = judgeRequirements({ observations, target: position, slots });
  const asked = results.filter(({ key, blocking }) => key === "quality" && blocking);
  const deciding = asked.length > 0 ? asked : results.filter(({ key }) => key === "need");
  const worst = worstOf(deciding);
  return (change: MaybeChange | undefined): Finding => {
    const state = worst?.state;
    const meaning = state === "MET" ? words.met : state === "NOT_MET" ? words.missed : words.open;
    const figures =
      worst === undefined
        ? ""
        : ` ${worst.label} is ${estimateInWords(worst.estimate)}, ${requiredFigure(worst.threshold, worst.unit)} is needed`;
    const gain = change === undefined ? "" : `; against the best prompt ${changeInWords(change)}`;
    const code = `${arm}-${state === "MET" ? "enough" : state === "NOT_MET" ? "not-enough" : "open"}`;
    return { code, text: `${words.given} ("${target}")${figures}${gain}: ${meaning}` };
  };
}

const RANK = { NOT_MET: 0, UNDECIDED: 1, AT_THRESHOLD: 2, MET: 3 } as const;

function worstOf(results: readonly RequirementResult[]): RequirementResult | undefined {
  return results.toSorted((a, b) => RANK[a.state] - RANK[b.state])[0];
}

const nothing: Readings = { rows: [], changes: [], findings: [] };
