/** `gapcheck record`: saves the answers of targets, and judges' replies to them, from the ledger in a file that replays them. Calls nothing. */
import { mkdir, rmdir } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type Composition, composeRecording, type Tally } from "../engine/compose-recording.ts";
import { composeReplies, type ReplyComposition } from "../engine/compose-replies.ts";
import { openLedger } from "../engine/ledger.ts";
import type { SuitePlan } from "../engine/plan.ts";
import { askedByTarget } from "../engine/recordable.ts";
import { askedOfJudges } from "../engine/recordable-replies.ts";
import { ConfigError, ConfigErrors, ExitCode } from "../errors.ts";
import type { Recording } from "../model/recording.ts";
import type { Redact } from "../redact.ts";
import { fileNameOf } from "../report/file-name.ts";
import { mapStrings } from "../report/map-strings.ts";
import { answerLine, headLine, replyHeadLine, replyLine } from "../report/recording-file.ts";
import { type RecordingView, renderRecordings } from "../report/recording-view.ts";
import { storageError } from "../report/storage-error.ts";
import { writeWholeLines } from "../report/write-file.ts";
import { commandLine } from "./command-line.ts";
import { openPlan } from "./open-plan.ts";
import { callsBegin } from "./process-end.ts";
import { recordingAt } from "./recording-at.ts";
import { ledgerFile, type SelectionOptions } from "./selection.ts";

export interface RecordFlags extends SelectionOptions {
  /** Default: `recordings/<suite>.jsonl`. */
  readonly out?: string;
  /** Writes also where answers are missing. */
  readonly partial?: boolean;
}

/** Missing answers told by name, of each target and reason. */
const MOST_NAMED = 10;

interface Job {
  readonly plan: SuitePlan;
  readonly file: string;
  readonly before: Recording | undefined;
}

/** Throws ConfigError(s) for what cannot be recorded, for a file that is no recording and for answers that are missing: the file is then as it was. */
export async function record(files: readonly string[], flags: RecordFlags): Promise<number> {
  const { world, redact, hideSecrets, plan, look } = await openPlan(files, flags);
  const jobs = jobsOf(plan.suites, flags, world.cwd, redact);
  const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact, world, readOnly: true });
  callsBegin();
  try {
    const views: RecordingView[] = [];
    for (const job of jobs) {
      const { plan: own, before } = job;
      const composition = composeRecording(own.targets, await askedByTarget(own), { ledger, before });
      const { judges, complete } = await askedOfJudges(own, { ledger, world, before });
      const whole = complete && own.targets.length === own.suite.targets.length;
      const replies = composeReplies(judges, { ledger, before, whole });
      const buy = commandLine(["run", ...files, "--suite", job.plan.suite.name, ...kept(flags)]);
      const lines = linesOf(composition, replies, { hideSecrets, buy, partial: flags.partial === true, job });
      await writeInFolder(job.file, lines);
      views.push(viewOf(job, [...composition.tallies, ...replies.tallies], world.cwd));
    }
    process.stdout.write(renderRecordings(mapStrings(views, redact), look));
    return ExitCode.pass;
  } finally {
    ledger.close();
  }
}

/** Leaves no empty folder behind where the file is not written. */
async function writeInFolder(file: string, lines: Iterable<string>): Promise<void> {
  const made = await mkdir(dirname(file), { recursive: true }).catch((thrown: unknown) => {
    throw storageError(file, thrown, "recording");
  });
  try {
    await writeWholeLines(file, lines, { what: "recording" });
  } catch (thrown) {
    if (made !== undefined) await rmdir(dirname(file)).catch(() => undefined);
    throw thrown;
  }
}

function kept({ trials, ledger }: RecordFlags): string[] {
  return [
    ...(trials === undefined ? [] : ["--trials", String(trials)]),
    ...(ledger === undefined ? [] : ["--ledger", ledger]),
  ];
}

function jobsOf(suites: readonly SuitePlan[], flags: RecordFlags, cwd: string, redact: Redact): readonly Job[] {
  const open = suites.filter(
    ({ targets, graders }) =>
      targets.some(({ model }) => model.answers === "paid") || graders.some(({ asksPaid }) => asksPaid),
  );
  if (open.length === 0) {
    throw new ConfigError("nothing-to-record", "every target and judge asked for answers from a recording already", {
      fix: "Record a target that a model answers, or a suite with a judge.",
    });
  }
  if (flags.out !== undefined && open.length > 1) {
    throw new ConfigError("several-suites", `--out names one file, and ${open.length} suites are asked for`, {
      fix: "Name one with --suite, or leave --out out: each suite then gets a file in recordings/.",
    });
  }
  return open.map((plan) => {
    const file = resolve(cwd, flags.out ?? join("recordings", `${fileNameOf(redact(plan.suite.name))}.jsonl`));
    return { plan, file, before: recordingAt(file) };
  });
}

function* linesOf(
  { sections, tallies }: Composition,
  replies: ReplyComposition,
  { hideSecrets, buy, partial, job }: { hideSecrets: Redact; buy: string; partial: boolean; job: Job },
): Generator<string> {
  for (const { head, answers } of sections) {
    refuseSecret(head.target, hideSecrets, job);
    yield headLine(head, hideSecrets);
    for (const answer of answers) {
      refuseSecret(answer.case, hideSecrets, job);
      yield answerLine(answer, hideSecrets);
    }
  }
  for (const { head, replies: said } of replies.sections) {
    for (const name of [head.grader, head.judge]) refuseSecret(name, hideSecrets, job);
    yield replyHeadLine(head, hideSecrets);
    for (const reply of said) {
      refuseSecret(reply.case, hideSecrets, job);
      yield replyLine(reply, hideSecrets);
    }
  }
  const mistakes = partial ? [] : [...tallies, ...replies.tallies].flatMap((tally) => missing(tally, job, buy));
  if (mistakes.length > 0) throw new ConfigErrors(mistakes);
}

/** Names stand in the file as they are, or they would not be found again. */
function refuseSecret(name: string, names: Redact, { plan }: Job): void {
  if (names(name) === name) return;
  throw new ConfigError("secret-in-name", `the name ${names(name)} holds a secret: it would stand in the recording`, {
    place: { file: plan.suite.file },
    fix: "Rename the case or the target.",
  });
}

function missing({ target, lacking, asked }: Tally, { plan, file }: Job, buy: string): ConfigError[] {
  if (lacking.length === 0) return [];
  const byWhy = [...Map.groupBy(lacking, ({ why }) => why)].map(([why, those]) => `${why}: ${named(those)}`);
  const message = `"${plan.suite.name}", "${target}": ${lacking.length} of ${asked} answers are missing; ${byWhy.join("; ")}`;
  return [
    new ConfigError("incomplete-recording", message, {
      place: { file },
      fix: `Buy them with \`${buy}\`, or write what there is with --partial; the file is as it was.`,
    }),
  ];
}

function named(lacking: Tally["lacking"]): string {
  const left = lacking.length - MOST_NAMED;
  const told = lacking.slice(0, MOST_NAMED).map(({ caseId, trial }) => `${caseId} trial ${trial}`);
  return told.join(", ") + (left > 0 ? ` and ${left} more` : "");
}

function viewOf({ plan, file }: Job, tallies: readonly Tally[], cwd: string): RecordingView {
  const shown = (path: string) => path.split(sep).join("/");
  return {
    file: shown(relative(cwd, file)),
    targets: tallies.map(({ lacking, first, last, ...counts }) => ({
      ...counts,
      lacking: lacking.length,
      ...(first === undefined || last === undefined ? {} : { days: { first, last } }),
    })),
    replay: {
      path: shown(relative(dirname(plan.suite.file), file)),
      suiteFile: shown(relative(cwd, plan.suite.file)),
    },
  };
}
