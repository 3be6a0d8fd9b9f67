/** What a suite's judges did and what is known of them: figures to look at, which decide nothing. */
import { judgeFamilies } from "./judge-families.ts";
import type { CanaryResult, Judges } from "./judges-contract.ts";
import type { Observations } from "./observations.ts";

/** Undefined where no grader asks a model. */
export function judgesOf(
  { suite, judged }: Observations,
  canaries: ReadonlyMap<string, CanaryResult> = new Map(),
): Judges | undefined {
  const asking = suite.graders.filter(({ asks }) => asks.length > 0);
  if (asking.length === 0) return undefined;
  return {
    graders: asking.map((grader) => {
      const tried = canaries.get(grader.name);
      return {
        grader: grader.name,
        ...judgeFamilies(suite, grader),
        answers: judged.answersOf(grader.name),
        ...(tried === undefined ? {} : { canaries: { asked: tried.asked, passed: tried.passed } }),
      };
    }),
    speaking: judged.speaking(suite.targets.map(({ name }) => name)),
  };
}
