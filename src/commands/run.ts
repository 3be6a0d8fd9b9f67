/** `gapcheck run`: calls what is missing, then grades, decides, reports and gates. */
import { execFileSync } from "node:child_process";
import { join, relative } from "node:path";
import { combineExit } from "../decide/gate.ts";
import { estimatePlan } from "../engine/estimate.ts";
import { type Ledger, openLedger } from "../engine/ledger.ts";
import type { RunOutcome } from "../engine/outcome.ts";
import { createPlan } from "../engine/plan.ts";
import { runCalls } from "../engine/run.ts";
import { ExitCode } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import { createCasesWriter } from "../report/cases.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { createProgress } from "../report/progress.ts";
import { pointToLatest, prepareRunFolder } from "../report/run-folder.ts";
import { renderRunEnd, renderRunHead } from "../report/run-lines.ts";
import { type Summary, summaryText, writeSummary } from "../report/summary.ts";
import { SUMMARY_SCHEMA_ID } from "../report/summary-schema.ts";
import { renderDecision } from "../report/terminal.ts";
import { terminalKind } from "../report/terminal-kind.ts";
import { writeWhole } from "../report/write-file.ts";
import { type Evaluated, evaluate } from "./evaluate.ts";
import { headOf } from "./plan-view.ts";
import { ledgerFile, planFilters, type SelectionOptions, sayLeftOut, selectSuites } from "./selection.ts";
import { listenForSignals } from "./signals.ts";
import { packageVersion } from "./version.ts";
import { realWorld } from "./world.ts";

export interface RunFlags extends SelectionOptions {
  readonly offline?: boolean;
  readonly maxUsd?: number;
  readonly concurrency?: number;
  readonly json?: boolean;
}

/** What a stop means for the exit code; undefined when the gates decide. */
function exitOfStop({ stopped, notices }: RunOutcome): number | undefined {
  switch (stopped?.reason) {
    case undefined:
      return undefined;
    case "budget":
      return ExitCode.inconclusive;
    case "account":
      return notices.some(({ code }) => code === "key-missing") ? ExitCode.cannotMeasure : ExitCode.incomplete;
    case "storage":
      return ExitCode.incomplete;
    case "interrupted":
      return ExitCode.interrupted;
    case "terminated":
      return ExitCode.terminated;
  }
}

function gitCommit(cwd: string): string | undefined {
  try {
    const commit = execFileSync("git", ["rev-parse", "HEAD"], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return commit.trim() === "" ? undefined : commit.trim();
  } catch {
    return undefined;
  }
}

/** Runs the suites and returns the exit code. Throws ConfigError(s) and StorageError for `report-error.ts`. */
export async function run(files: readonly string[], flags: RunFlags): Promise<number> {
  const world = realWorld();
  const redact = createRedactor(world.env);
  const suites = await selectSuites(files, flags, world.cwd);
  const plan = await createPlan(suites, planFilters(flags), world);
  sayLeftOut(plan, process.stderr);
  const startedAt = world.now();
  const reports = join(world.cwd, "reports");
  const folder = await prepareRunFolder(reports, startedAt);
  const ledger: Ledger = openLedger({
    file: ledgerFile(flags, world.cwd),
    redact,
    world,
    readOnly: flags.offline === true,
  });
  const err = terminalKind(process.stderr, world.env);
  const out = terminalKind(process.stdout, world.env);
  const look = { width: out.columns, color: out.color };
  const say = (text: string) => (flags.json === true ? undefined : process.stdout.write(text));
  const progress = createProgress({
    stream: process.stderr,
    bars: err.bars,
    columns: () => terminalKind(process.stderr, world.env).columns,
    now: world.monotonicMs,
  });
  const stopping = listenForSignals(progress.note);
  try {
    say(renderRunHead(headOf(await estimatePlan(plan, ledger, world)), look));
    const outcome = await runCalls(
      plan,
      ledger,
      {
        offline: flags.offline ?? false,
        ...(flags.maxUsd === undefined ? {} : { maxUsd: flags.maxUsd }),
        ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
        onProgress: progress.update,
        signals: { drain: stopping.drain, abort: stopping.abort },
      },
      world,
    );
    progress.done();
    const casesFile = join(folder.path, "cases.jsonl");
    const cases = createCasesWriter(casesFile, { redact });
    const evaluated: readonly Evaluated[] = await evaluate(plan, ledger, world, { cases, outcome });
    await cases.close();
    const gates = evaluated.map(({ gate }) => gate);
    const exitCode = stopping.exitCode() ?? exitOfStop(outcome) ?? combineExit(gates);
    const commit = gitCommit(world.cwd);
    const summary: Summary = {
      schema: SUMMARY_SCHEMA_ID,
      exitCode,
      run: {
        id: folder.id,
        startedAt: startedAt.toISOString(),
        wallMs: Math.round(outcome.wallMs),
        command: ["gapcheck", ...process.argv.slice(2)].join(" "),
        version: packageVersion(),
        node: process.version,
        ...(commit === undefined ? {} : { gitCommit: commit }),
        counts: outcome.counts,
        spend: outcome.spend,
        notices: outcome.notices,
        ...(outcome.stopped === undefined ? {} : { stopped: outcome.stopped }),
      },
      suites: evaluated,
    };
    await writeSummary(join(folder.path, "summary.json"), summary, redact);
    const markdown = join(folder.path, "report.md");
    await writeWhole(markdown, redact(renderMarkdown(summary)));
    await pointToLatest(reports, folder.id);
    if (flags.json === true) process.stdout.write(summaryText(summary, redact));
    for (const { decision } of evaluated) say(`\n${redact(renderDecision(decision, look))}`);
    say(`\n${redact(renderRunEnd({ outcome, gates, exitCode, reports: [relative(world.cwd, markdown)] }, look))}`);
    return exitCode;
  } finally {
    progress.done();
    stopping.dispose();
    ledger.close();
  }
}
