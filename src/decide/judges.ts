/** What a suite's judges did and what is known of them: figures to look at, which decide nothing. */
import { agreementOf, type Canaries, type Compared } from "./agreement.ts";
import { judgeFamilies } from "./judge-families.ts";
import type { Judges } from "./judges-contract.ts";
import type { Observations } from "./observations.ts";

export interface ToldOfJudges {
  readonly canaries: Canaries | undefined;
  readonly compared: Compared | undefined;
}

/** Undefined where no grader asks a model. */
export function judgesOf({ suite, judged }: Observations, told: ToldOfJudges): Judges | undefined {
  const asking = suite.graders.filter(({ asks }) => asks.length > 0);
  if (asking.length === 0) return undefined;
  return {
    graders: asking.map((grader) => {
      const tried = told.canaries?.get(grader.name);
      const labelled = grader.people === undefined ? undefined : (told.compared?.get(grader.name) ?? []);
      return {
        grader: grader.name,
        ...judgeFamilies(suite, grader),
        answers: judged.answersOf(grader.name),
        ...(tried === undefined ? {} : { canaries: { asked: tried.asked, passed: tried.passed } }),
        ...(labelled === undefined ? {} : { agreement: agreementOf(grader, labelled) }),
      };
    }),
    speaking: judged.speaking(suite.targets.map(({ name }) => name)),
  };
}
