/** The instrument of a suite's scenario. */
import type { Scenario } from "../../suite/suite.ts";
import type { Arm } from "../../suite/target.ts";
import type { Observations } from "../observations.ts";
import type { Instruments, Readings } from "./contract.ts";
import { readCost } from "./cost.ts";
import { readFormat } from "./format.ts";
import { readKnowledge } from "./knowledge.ts";
import { readReasoning } from "./reasoning.ts";
import { columnsOf, type Subjects, subjectsOf } from "./subjects.ts";

const BY_SCENARIO: Readonly<
  Record<Scenario, { readonly arms: readonly Arm[]; readonly read: (subjects: Subjects) => Readings }>
> = {
  knowledge: { arms: ["oracle-context"], read: readKnowledge },
  format: { arms: ["constrained-output"], read: readFormat },
  cost: { arms: ["short-prompt"], read: readCost },
  reasoning: { arms: [], read: readReasoning },
};

/**
 * Reads the instrument of the suite's scenario on test cases: figures to look at, which decide nothing by themselves.
 * @param chosen positions of the best prompt and of the tuned target that the verdict is about
 */
export function readInstruments(
  observations: Observations,
  chosen: { readonly prompt?: number | undefined; readonly tuned?: number | undefined },
): Instruments {
  const { scenario } = observations.suite;
  const subjects = subjectsOf(observations, chosen);
  const { arms, read } = BY_SCENARIO[scenario];
  const columns = columnsOf(subjects, arms).map(({ target, as }) => ({ target, as }));
  return { scenario, columns, ...read(subjects) };
}
