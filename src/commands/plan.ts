/** `gapcheck plan`: what a run would call, what it costs at worst, and what it could show. Calls nothing. */
import { estimatePlan } from "../engine/estimate.ts";
import { openLedger } from "../engine/ledger.ts";
import { createPlan } from "../engine/plan.ts";
import { ExitCode } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderPlan } from "../report/plan-view.ts";
import { terminalKind } from "../report/terminal-kind.ts";
import { forecast, viewOf } from "./plan-view.ts";
import {
  ledgerFile,
  planFilters,
  type SelectionOptions,
  sayLeftOut,
  sayStalePrices,
  selectSuites,
} from "./selection.ts";
import { realWorld } from "./world.ts";

export async function plan(
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
    sayStalePrices(planned, world.now(), process.stderr);
    const forecasts = await forecast(planned, await estimatePlan(planned, ledger, world));
    if (flags.json === true) {
      process.stdout.write(redact(`${JSON.stringify({ schema: "gapcheck.plan/1", suites: forecasts }, null, 2)}\n`));
      return ExitCode.pass;
    }
    const { columns, color } = terminalKind(process.stdout, world.env);
    process.stdout.write(renderPlan(mapStrings({ suites: forecasts.map(viewOf) }, redact), { width: columns, color }));
    return ExitCode.pass;
  } finally {
    ledger.close();
  }
}
