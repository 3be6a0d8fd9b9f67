/** Says which tuned models end soon, while their answers can still be saved. */
import { endsWithin } from "../decide/side.ts";
import type { Plan } from "../engine/plan.ts";
import { escapeToLine } from "../report/escape.ts";
import { commandLine } from "./command-line.ts";

const SOON_DAYS = 30;

/** Names `gapcheck record` for every target that its provider shuts down within 30 days, or has. What comes from a recording is safe. */
export function sayRetiring({ suites }: Plan, today: Date, sink: { write(text: string): unknown }): void {
  for (const { suite, targets } of suites) {
    for (const { target, model } of targets) {
      const { retiresOn } = target.tuning ?? {};
      if (retiresOn === undefined || model.answers === "stored" || !endsWithin(retiresOn, today, SOON_DAYS)) continue;
      const command = commandLine(["record", "--suite", suite.name, "--target", target.name]);
      sink.write(`note: ${escapeToLine(`"${target.name}" ends on ${retiresOn}: keep its answers with ${command}`)}\n`);
    }
  }
}
