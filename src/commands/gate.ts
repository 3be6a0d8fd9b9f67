/** `gapcheck gate`: decides again from the ledger and the recordings. Calls nothing and writes no report. */
import { combineExit } from "../decide/gate.ts";
import { openLedger } from "../engine/ledger.ts";
import { escapeToLine } from "../report/escape.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderGates } from "../report/run-lines.ts";
import { renderDecision } from "../report/terminal.ts";
import { renderBaseline, renderExam } from "../report/terminal-baseline.ts";
import { asksForAll, type BaselineFlags, baselineInUse, suitesGone } from "./baseline-in-use.ts";
import { openInLooks } from "./in-looks.ts";
import { isCompared, lookInTurn } from "./look-in-turn.ts";
import { openPlan } from "./open-plan.ts";
import { callsBegin } from "./process-end.ts";
import { ledgerFile } from "./selection.ts";

export async function gateStored(
  files: readonly string[],
  flags: BaselineFlags & { readonly json?: boolean },
): Promise<number> {
  const { world, redact, plan, look } = await openPlan(files, flags);
  const baseline = await baselineInUse(flags, world.cwd);
  const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact, world, readOnly: true });
  callsBegin();
  try {
    const inLooks = await openInLooks(plan, ledger, world, {
      wanted: false,
      buys: false,
      isCompared: (suite) => flags.ci === true || isCompared(baseline, suite),
    });
    await inLooks.ask(plan, undefined);
    const turn = await lookInTurn(plan, {
      baseline,
      strict: flags.ci === true,
      ...(flags.trials === undefined ? {} : { trials: flags.trials }),
      evaluate: (round) => inLooks.evaluate(round),
    });
    for (const { level, text } of mapStrings(turn.notices, redact)) {
      process.stderr.write(`${level}: ${escapeToLine(text)}\n`);
    }
    const evaluated = mapStrings(turn.evaluated, redact);
    const gates = evaluated.map(({ gate }) => gate);
    const exitCode = combineExit(gates);
    const names = plan.suites.map(({ suite }) => suite.name);
    const known = baseline.baseline;
    const exam = known === undefined || !asksForAll(files, flags) ? [] : mapStrings(suitesGone(known, names), redact);
    if (flags.json === true) {
      process.stdout.write(
        `${JSON.stringify({ schema: "gapcheck.gate/1", exitCode, exam, suites: evaluated }, null, 2)}\n`,
      );
      return exitCode;
    }
    process.stdout.write(renderExam(exam, look));
    for (const { decision, baseline: stands } of evaluated) {
      process.stdout.write(`${renderDecision(decision, look)}\n`);
      if (stands !== undefined) process.stdout.write(`${renderBaseline(stands, look)}\n`);
    }
    process.stdout.write(renderGates(gates, exitCode, look));
    return exitCode;
  } finally {
    ledger.close();
  }
}
