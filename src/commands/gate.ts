/** `gapcheck gate`: decides again from the ledger and the recordings. Calls nothing and writes no report. */
import { combineExit } from "../decide/gate.ts";
import { openLedger } from "../engine/ledger.ts";
import { createPlan } from "../engine/plan.ts";
import { createRedactor } from "../redact.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderGates } from "../report/run-lines.ts";
import { renderDecision } from "../report/terminal.ts";
import { terminalKind } from "../report/terminal-kind.ts";
import { evaluate } from "./evaluate.ts";
import { ledgerFile, planFilters, type SelectionOptions, sayLeftOut, selectSuites } from "./selection.ts";
import { realWorld } from "./world.ts";

export async function gateStored(
  files: readonly string[],
  flags: SelectionOptions & { readonly json?: boolean },
): Promise<number> {
  const world = realWorld();
  const redact = createRedactor(world.env);
  const suites = await selectSuites(files, flags, world.cwd);
  const planned = await createPlan(suites, planFilters(flags), world);
  const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact, world, readOnly: true });
  try {
    sayLeftOut(planned, process.stderr);
    const evaluated = await evaluate(planned, ledger, world);
    const gates = evaluated.map(({ gate }) => gate);
    const exitCode = combineExit(gates);
    if (flags.json === true) {
      const stored = { schema: "gapcheck.gate/1", exitCode, suites: evaluated };
      process.stdout.write(redact(`${JSON.stringify(stored, null, 2)}\n`));
      return exitCode;
    }
    const { columns, color } = terminalKind(process.stdout, world.env);
    const look = { width: columns, color };
    for (const { decision } of evaluated)
      process.stdout.write(`${renderDecision(mapStrings(decision, redact), look)}\n`);
    process.stdout.write(renderGates(mapStrings(gates, redact), exitCode, look));
    return exitCode;
  } finally {
    ledger.close();
  }
}
