/** `gapcheck plan`: what a run would call, what that costs as expected and at worst, what it could show, and what it would take. Calls nothing. */
import { estimatePlan } from "../engine/estimate.ts";
import { openLedger } from "../engine/ledger.ts";
import { ExitCode } from "../errors.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderPlan } from "../report/plan-view.ts";
import { strictJson } from "../report/strict-json.ts";
import { baselineInUse } from "./baseline-in-use.ts";
import { looksAhead } from "./looks-ahead.ts";
import { openPlan } from "./open-plan.ts";
import { forecast, viewOf } from "./plan-view.ts";
import { ledgerFile, type SelectionOptions, sayStalePrices } from "./selection.ts";
import { sayUnpriced } from "./unpriced.ts";

export async function plan(
  files: readonly string[],
  flags: SelectionOptions & { readonly json?: boolean },
): Promise<number> {
  const { world, redact, plan: planned, look } = await openPlan(files, flags);
  sayStalePrices(planned, world.now(), process.stderr);
  sayUnpriced(planned, world.cwd, process.stderr);
  const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact, world, readOnly: true });
  try {
    const baseline = await baselineInUse(flags, world.cwd);
    const ahead = await looksAhead(
      planned,
      baseline,
      (round) => estimatePlan(round, ledger, world, { expected: true }),
      flags,
    );
    const forecasts = mapStrings(await forecast(planned, ahead), redact);
    const text =
      flags.json === true
        ? `${strictJson({ schema: "gapcheck.plan/1", suites: forecasts }, 2)}\n`
        : renderPlan({ suites: forecasts.map(viewOf) }, look);
    process.stdout.write(text);
    return ExitCode.pass;
  } finally {
    ledger.close();
  }
}
