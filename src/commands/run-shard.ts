/** `gapcheck run --shard 2/8`: makes one machine's share of the calls and decides nothing; `gapcheck merge` brings the shares together. */
import { openLedger } from "../engine/ledger.ts";
import { refuseUnpriced, runCalls } from "../engine/run.ts";
import type { Shard } from "../engine/shard.ts";
import { mapStrings } from "../report/map-strings.ts";
import { renderShardEnd, renderShardHead } from "../report/shard-lines.ts";
import { strictJson } from "../report/strict-json.ts";
import { beginCalls } from "./begin-calls.ts";
import { exitOfShard } from "./exit-code.ts";
import { openPlan } from "./open-plan.ts";
import { ledgerFile, type SelectionOptions, sayStalePrices } from "./selection.ts";
import { sayUnpriced } from "./unpriced.ts";

export interface ShardFlags extends SelectionOptions {
  readonly shard: Shard;
  readonly maxUsd?: number;
  readonly maxCalls?: number;
  /** Milliseconds from the command's start. */
  readonly deadline?: number;
  readonly concurrency?: number;
  readonly json?: boolean;
}

/** Returns the exit code: 4 when a call of the share has no answer. Throws as `run` does. */
export async function runShard(suiteFiles: readonly string[], flags: ShardFlags): Promise<number> {
  const deadlineMs = flags.deadline === undefined ? undefined : performance.now() + flags.deadline;
  const { shard } = flags;
  const { world, redact, hideSecrets, plan, look, watchdog } = await openPlan(suiteFiles, flags);
  sayStalePrices(plan, world.now(), process.stderr);
  sayUnpriced(plan, world.cwd, process.stderr);
  refuseUnpriced(plan, flags);
  const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact: hideSecrets, world });
  const { progress, stopping, options } = beginCalls({ world, redact, watchdog });
  try {
    if (flags.json !== true) process.stdout.write(renderShardHead(shard, plan.suites.length, look));
    const outcome = await runCalls(
      plan,
      ledger,
      {
        offline: false,
        shard,
        ...(flags.maxUsd === undefined ? {} : { maxUsd: flags.maxUsd }),
        ...(flags.maxCalls === undefined ? {} : { maxCalls: flags.maxCalls }),
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
        ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
        ...options,
      },
      world,
    );
    progress.done();
    const { planned, fromLedger, stored, answered } = outcome.counts;
    const missing = planned - fromLedger - stored - answered;
    const exitCode = exitOfShard(stopping.exitCode(), outcome, missing);
    const told = mapStrings({ ...shard, missing, outcome, exitCode }, redact);
    const text =
      flags.json === true ? `${strictJson({ schema: "gapcheck.shard/1", ...told })}\n` : renderShardEnd(told, look);
    process.stdout.write(text);
    ledger.checkThere();
    return exitCode;
  } finally {
    progress.done();
    stopping.dispose();
    ledger.close();
  }
}
