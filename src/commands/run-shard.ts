/** `gapcheck run --shard 2/8`: makes one machine's share of the calls and decides nothing; `gapcheck merge` brings the shares together. */
import { openLedger } from "../engine/ledger.ts";
import { refuseUnpriced, runCalls } from "../engine/run.ts";
import type { Shard } from "../engine/shard.ts";
import { mapStrings } from "../report/map-strings.ts";
import { createProgress } from "../report/progress.ts";
import { renderShardEnd, renderShardHead } from "../report/shard-lines.ts";
import { strictJson } from "../report/strict-json.ts";
import { terminalKind } from "../report/terminal-kind.ts";
import { exitOfShard } from "./exit-code.ts";
import { freeDescriptors } from "./open-files.ts";
import { openPlan } from "./open-plan.ts";
import { callsBegin, endProcess } from "./process-end.ts";
import { ledgerFile, type SelectionOptions, sayStalePrices } from "./selection.ts";
import { listenForSignals } from "./signals.ts";

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
  const { world, redact, plan, look, watchdog } = await openPlan(suiteFiles, flags);
  sayStalePrices(plan, world.now(), process.stderr);
  refuseUnpriced(plan, flags);
  const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact, world });
  const terminal = () => terminalKind(process.stderr, world.env);
  const progress = createProgress({
    stream: process.stderr,
    bars: terminal().bars,
    columns: () => terminal().columns,
    now: world.monotonicMs,
  });
  const stopping = listenForSignals({ say: progress.note, end: (code) => void endProcess(code) });
  callsBegin();
  watchdog.onStuck(stopping);
  try {
    if (flags.json !== true) process.stdout.write(renderShardHead(shard, plan.suites.length, look));
    const openFiles = freeDescriptors();
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
        ...(openFiles === undefined ? {} : { openFiles }),
        onProgress: (snapshot) => progress.update(mapStrings(snapshot, redact)),
        signals: { drain: stopping.drain, abort: stopping.abort },
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
    return exitCode;
  } finally {
    progress.done();
    stopping.dispose();
    ledger.close();
  }
}
