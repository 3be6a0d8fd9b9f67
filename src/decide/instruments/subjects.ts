/** Whom instruments look at: the best prompt, the chosen tuned target, and the arms that a suite has beside them. */
import type { Arm } from "../../suite/target.ts";
import type { Form } from "../case-values.ts";
import { formOf } from "../checks.ts";
import { targetAt } from "../measure.ts";
import type { Observations } from "../observations.ts";
import type { InstrumentColumn } from "./contract.ts";

export interface Subject extends InstrumentColumn {
  /** Position in the suite's targets. */
  readonly position: number;
}

export interface Subjects {
  readonly observations: Observations;
  /** Test cases. */
  readonly slots: readonly number[];
  /** The form in which the product receives answers. */
  readonly form: Form;
  readonly prompt?: Subject;
  readonly tuned?: Subject;
  /** The first target of each arm, unless it is the best prompt itself. */
  readonly arms: Readonly<Partial<Record<Arm, Subject>>>;
}

const ARMS: readonly Arm[] = ["oracle-context", "constrained-output", "short-prompt"];

/** @param chosen positions of the best prompt and of the tuned target that the verdict is about */
export function subjectsOf(
  observations: Observations,
  chosen: { readonly prompt?: number | undefined; readonly tuned?: number | undefined },
): Subjects {
  const { suite } = observations;
  const subject = (position: number, as: InstrumentColumn["as"]): Subject => ({
    position,
    target: targetAt(observations, position).name,
    as,
  });
  const arms: Partial<Record<Arm, Subject>> = {};
  for (const arm of ARMS) {
    const position = suite.targets.findIndex((target) => target.arm === arm);
    if (position >= 0 && position !== chosen.prompt) arms[arm] = subject(position, arm);
  }
  return {
    observations,
    slots: observations.slots("test"),
    form: formOf(suite),
    ...(chosen.prompt === undefined ? {} : { prompt: subject(chosen.prompt, "best prompt") }),
    ...(chosen.tuned === undefined ? {} : { tuned: subject(chosen.tuned, "fine-tuned") }),
    arms,
  };
}

/** The columns of an instrument: best prompt, then the named arms, then the tuned target, as far as they are there. */
export function columnsOf({ prompt, tuned, arms }: Subjects, shown: readonly Arm[]): readonly Subject[] {
  return [prompt, ...shown.map((arm) => arms[arm]), tuned].filter((one) => one !== undefined);
}
