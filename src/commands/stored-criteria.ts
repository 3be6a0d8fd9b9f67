/** The criteria of suites by what is stored: for whoever shows checks without a run of their own. Calls nothing, writes nothing. */
import { openLedger } from "../engine/ledger.ts";
import { createPlan } from "../engine/plan.ts";
import { createRedactor } from "../redact.ts";
import type { LocatedCriterion } from "../report/ci/annotations.ts";
import { mapStrings } from "../report/map-strings.ts";
import { loadSuites } from "../suite/load.ts";
import { baselineInUse } from "./baseline-in-use.ts";
import { openInLooks } from "./in-looks.ts";
import { locatedCriteria } from "./located-criteria.ts";
import { isCompared, lookInTurn } from "./look-in-turn.ts";
import { ledgerFile } from "./selection.ts";
import { realWorld } from "./world.ts";

/**
 * The criteria of all suites of a file, secrets taken out. Throws ConfigError(s) for what is wrong with suites, cases or the ledger, StorageError
 * where the ledger cannot be read.
 *
 * @param file absolute path of a suite file.
 * @param options.ledger path of the ledger; default `.gapcheck/ledger.sqlite`.
 */
export async function storedCriteria(
  file: string,
  options: { readonly ledger?: string } = {},
): Promise<readonly LocatedCriterion[]> {
  const world = realWorld();
  const redact = createRedactor(world.env);
  const plan = await createPlan(await loadSuites([file]), {}, world);
  const ledger = openLedger({ file: ledgerFile(options, world.cwd), redact, world, readOnly: true });
  try {
    const baseline = await baselineInUse({}, world.cwd);
    const inLooks = await openInLooks(plan, ledger, world, {
      wanted: false,
      buys: false,
      isCompared: (suite) => isCompared(baseline, suite),
    });
    await inLooks.ask(plan, undefined);
    const { evaluated } = await lookInTurn(plan, {
      baseline,
      strict: false,
      evaluate: (round) => inLooks.evaluate(round),
    });
    const files = new Map(plan.suites.map(({ suite }) => [suite.name, suite.file]));
    return mapStrings(locatedCriteria(evaluated, files, world.cwd), redact);
  } finally {
    ledger.close();
  }
}
