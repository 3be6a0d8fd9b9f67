/** Says which requirement of cost nothing will measure, while nothing is paid yet. */
import { relative } from "node:path";
import type { Plan } from "../engine/plan.ts";
import { escapeToLine } from "../report/escape.ts";

/** Names the targets of a suite that limits its cost, but whose models have no price: that requirement would stay UNDECIDED. A recording may bring its own. */
export function sayUnpriced({ suites }: Plan, cwd: string, sink: { write(text: string): unknown }): void {
  for (const { suite, targets } of suites) {
    if (suite.requirement.cost === undefined) continue;
    const unpriced = targets.filter(({ model }) => model.answers === "paid" && model.price === undefined);
    if (unpriced.length === 0) continue;
    const named = unpriced.map(({ target, model }) => `"${target.name}" (${model.id})`).join(", ");
    const why = `nobody knows what ${named} costs, so that the cost which "${suite.name}" requires stays UNDECIDED`;
    const fix =
      "Give the model its price: { inputPerMillion, outputPerMillion, asOf, source }, or take the requirement out.";
    sink.write(`warning: ${escapeToLine(`${relative(cwd, suite.file)}: ${why}`)}\n  fix: ${fix}\n`);
  }
}
