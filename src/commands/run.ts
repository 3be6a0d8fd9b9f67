/** `gapcheck run`: calls what is missing, then grades, decides, reports and gates. */
import { join, relative } from "node:path";
import { estimatePlan } from "../engine/estimate.ts";
import { openLedger } from "../engine/ledger.ts";
import type { Look } from "../engine/looks.ts";
import type { Plan } from "../engine/plan.ts";
import { refuseUnpriced, runCalls } from "../engine/run.ts";
import { ExitCode } from "../errors.ts";
import { type CasesWriter, createCasesWriter } from "../report/cases.ts";
import { escapeToLine } from "../report/escape.ts";
import { createPageFeed } from "../report/html/page-feed.ts";
import { PAGE_LIMITS } from "../report/html/read-cases.ts";
import { mapStrings } from "../report/map-strings.ts";
import { pointToLatest, prepareRunFolder } from "../report/run-folder.ts";
import { formatWorst, renderRunEnd, renderRunHead } from "../report/run-lines.ts";
import { summaryText } from "../report/summary.ts";
import { renderDecision } from "../report/terminal.ts";
import { renderBaseline, renderExam } from "../report/terminal-baseline.ts";
import { isDeferred } from "../report/words.ts";
import { baselineChange } from "./baseline-change.ts";
import { asksForAll, type BaselineFlags, baselineInUse, baselineTold } from "./baseline-in-use.ts";
import { beginCalls } from "./begin-calls.ts";
import { tellGitHub, writeTestReports } from "./ci-outputs.ts";
import { exitOfRun } from "./exit-code.ts";
import { forkOutcome } from "./fork-policy.ts";
import { tellGitHubOfBegin } from "./github-files.ts";
import { collectAfter } from "./heap-bounds.ts";
import { openInLooks } from "./in-looks.ts";
import { withTrials } from "./later-looks.ts";
import { locatedCriteria } from "./located-criteria.ts";
import { isCompared, lookInTurn, plannedLooks, type Used } from "./look-in-turn.ts";
import { openPlan } from "./open-plan.ts";
import { stringsFor, writePage } from "./page.ts";
import { headOf } from "./plan-view.ts";
import { fitted, reportError } from "./report-error.ts";
import { gitCommit, keepTrouble, summaryOf, writeReport } from "./report-run.ts";
import { sayRetiring } from "./retiring.ts";
import { ledgerFile, sayStalePrices } from "./selection.ts";
import { sayUnpriced } from "./unpriced.ts";

export interface RunFlags extends BaselineFlags {
  readonly offline?: boolean;
  readonly maxUsd?: number;
  readonly maxCalls?: number;
  /** Milliseconds from the command's start. */
  readonly deadline?: number;
  readonly concurrency?: number;
  /** As many trials as the last look of `gate.trials` takes, at once. */
  readonly allTrials?: boolean;
  /** Asks test cases look by look, and stops where the verdict is given. */
  readonly sequential?: boolean;
  readonly json?: boolean;
  /** Of the page. */
  readonly lang?: string;
  /** The event of GitHub Actions that the run answers. */
  readonly event?: string;
  /** Every pull request passes a merge queue that runs the same check. */
  readonly mergeQueue?: boolean;
}

/** Runs the suites and returns the exit code. Throws ConfigError(s) and StorageError for `report-error.ts`. */
export async function run(suiteFiles: readonly string[], flags: RunFlags): Promise<number> {
  const deadlineMs = flags.deadline === undefined ? undefined : performance.now() + flags.deadline;
  const strings = stringsFor(flags.lang);
  // Before the first code of a user's, which may end the process.
  tellGitHubOfBegin(process.env);
  const { world, redact, hideSecrets, plan, look, watchdog } = await openPlan(suiteFiles, flags);
  sayStalePrices(plan, world.now(), process.stderr);
  sayUnpriced(plan, world.cwd, process.stderr);
  sayRetiring(plan, world.now(), process.stderr);
  const offline = flags.offline === true;
  const startedAt = world.now();
  const checkedOut = gitCommit(world.cwd);
  const reports = join(world.cwd, "reports");
  const baseline = await baselineInUse(flags, world.cwd);
  const compared = {
    baseline,
    strict: flags.ci === true,
    ...(flags.trials === undefined ? {} : { trials: flags.trials }),
    ...(flags.allTrials === undefined ? {} : { allTrials: flags.allTrials }),
  };
  const looks = plannedLooks(plan, compared);
  // All that may be refused comes before the folder is made: a run that did not begin leaves none.
  if (!offline) refuseUnpriced(plan, flags);
  const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact: hideSecrets, world, readOnly: offline });
  const say = (text: string) => (flags.json === true ? undefined : process.stdout.write(text));
  const { progress, stopping, options, over } = beginCalls({ world, redact, watchdog });
  try {
    const inLooks = await openInLooks(plan, ledger, world, {
      wanted: flags.sequential === true,
      buys: !offline,
      isCompared: (suite) => flags.ci === true || isCompared(baseline, suite),
    });
    for (const note of inLooks.notes) process.stderr.write(`note: ${escapeToLine(redact(note))}\n`);
    const folder = await prepareRunFolder(reports, startedAt);
    // At most: a suite that shows something early takes no further look.
    const most = withTrials(plan, new Map([...looks].map(([suite, trials]) => [suite, trials.at(-1) ?? 1])));
    const estimate = await estimatePlan(most, ledger, world);
    const head = headOf(estimate);
    say(renderRunHead(mapStrings({ ...head, atMost: inLooks.mayStop }, redact), look));
    const call = (round: Plan, before: Used) =>
      runCalls(
        round,
        ledger,
        {
          offline,
          ...(flags.maxUsd === undefined ? {} : { maxUsd: Math.max(0, flags.maxUsd - before.usd) }),
          ...(flags.maxCalls === undefined ? {} : { maxCalls: Math.max(0, flags.maxCalls - before.calls) }),
          ...(deadlineMs === undefined ? {} : { deadlineMs }),
          ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
          known: estimate,
          canaries: true,
          ...options,
        },
        world,
      );
    const files = keepTrouble();
    const feed = createPageFeed(
      plan.suites.map(({ suite }) => ({ name: suite.name, arms: suite.targets.map(({ name }) => name) })),
      PAGE_LIMITS,
      head.calls,
    );
    const writer = createCasesWriter(join(folder.path, "cases.jsonl"), { redact, onLine: feed.add });
    const cases: CasesWriter = {
      write: async (record, outcome) => files.attempt(() => writer.write(record, outcome)),
      close: async () => files.attempt(() => writer.close()),
    };
    // Where a further look may come, which trials count is known only in the end.
    const several = [...looks.values()].some(({ length }) => length > 1);
    const newLooks = new Map<string, Look>();
    let first = true;
    const turn = await lookInTurn(plan, {
      ...compared,
      call: (round, before) => {
        if (!first) return call(inLooks.asked(round), before);
        first = false;
        return inLooks.ask(round, call);
      },
      evaluate: (round, soFar) => {
        if (!several) over();
        collectAfter(head.calls);
        return inLooks.evaluate(round, {
          onLook: (look) => newLooks.set(look.suite, look),
          ...(several ? {} : { cases }),
          ...(soFar === undefined ? {} : { outcome: soFar }),
        });
      },
    });
    const { evaluated } = turn;
    if (turn.outcome === undefined) throw new Error("a run without a round of calls");
    const outcome = { ...turn.outcome, notices: [...turn.outcome.notices, ...turn.notices] };
    if (several) {
      over();
      await inLooks.evaluate(turn.plan, { cases, outcome });
    }
    await cases.close();
    // The page takes most of the memory, and nothing is looked up any more.
    for (const { keys } of plan.suites) keys?.drop();
    const gates = evaluated.map(({ gate }) => gate);
    const known = baselineTold(
      baseline,
      plan.suites.map(({ suite }) => suite.name),
      { cwd: world.cwd, whole: asksForAll(suiteFiles, flags) },
    );
    const told =
      known === undefined
        ? undefined
        : { ...known, exam: [...baselineChange(baseline, known.file, world), ...known.exam] };
    const fork = forkOutcome({
      exitCode: exitOfRun(stopping.exitCode(), outcome, gates),
      event: flags.event,
      mergeQueue: flags.mergeQueue === true,
      missingCalls: head.calls - head.inLedger - head.stored,
      worst: formatWorst(head.worst),
      ref: world.env.GITHUB_REF,
    });
    const commit = await checkedOut;
    const finish = (exitCode: number) => {
      const finished = {
        folder,
        startedAt,
        ...(commit === undefined ? {} : { gitCommit: commit }),
        outcome,
        evaluated,
        exitCode,
        ...(fork.deferred === true && fork.first !== undefined ? { notMeasured: fork.first } : {}),
        ...(told === undefined ? {} : { baseline: told }),
      };
      return summaryOf(finished, redact);
    };
    let { exitCode } = fork;
    let summary = finish(exitCode);
    const markdown = await files.attempt(() => writeReport(folder, summary, redact));
    ledger.forget();
    collectAfter(head.calls);
    const page = await files.attempt(() => writePage(folder.path, summary, strings, feed));
    // Looked at from here on, on a disk that takes it. What is only read keeps nothing, and counts the same.
    if (!offline) for (const one of newLooks.values()) await files.attempt(() => ledger.keepLook(one));
    if (!offline) await files.attempt(async () => ledger.checkThere());
    await files.attempt(() => pointToLatest(reports, folder.id));
    const written = [page, markdown].flatMap((file) => (file === undefined ? [] : [relative(world.cwd, file)]));
    const ci = {
      summary,
      criteria: locatedCriteria(
        evaluated,
        new Map(plan.suites.map(({ suite }) => [suite.name, suite.file])),
        world.cwd,
      ),
      exitCode,
      report: markdown === undefined ? "" : relative(world.cwd, markdown),
      redact,
      ...(fork.first === undefined ? {} : { first: fork.first }),
    };
    await files.attempt(() => writeTestReports(folder.path, ci));
    const annotations = await files.attempt(() => tellGitHub(ci, world.env));
    const trouble = files.trouble();
    if (trouble !== undefined) {
      exitCode = stopping.exitCode() ?? ExitCode.incomplete;
      summary = finish(exitCode);
    }
    if (flags.json === true) process.stdout.write(summaryText(summary, redact));
    const changed = renderExam(summary.baseline?.exam ?? [], look);
    if (changed !== "") say(`\n${changed}`);
    for (const { decision, baseline: stands } of summary.suites) {
      say(`\n${renderDecision(decision, look)}`);
      if (stands !== undefined) say(`\n${renderBaseline(stands, look)}`);
    }
    for (const line of annotations ?? []) process.stderr.write(`${line}\n`);
    if (fork.first !== undefined) say(`\n${escapeToLine(fork.first)}\n`);
    say(
      `\n${renderRunEnd(mapStrings({ outcome, gates, exitCode, reports: written, goOn: summary.run.command, ...(isDeferred(summary) ? { result: "not measured" } : {}) }, redact), look)}`,
    );
    if (trouble !== undefined) {
      reportError(trouble, { write: (text) => process.stderr.write(fitted(text, process.stderr)) }, world.env);
    }
    return exitCode;
  } finally {
    progress.done();
    stopping.dispose();
    ledger.close();
  }
}
