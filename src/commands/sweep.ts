/** `gapcheck sweep`: races the prompts of a suite's space on dev by sequential halving, tells the best on test, and prints it as code. */
import { readFileSync } from "node:fs";
import { type Ledger, openLedger } from "../engine/ledger.ts";
import type { RunOutcome } from "../engine/outcome.ts";
import type { Plan } from "../engine/plan.ts";
import { refuseUnpriced, runCalls } from "../engine/run.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { escapeToLine } from "../report/escape.ts";
import { mapStrings } from "../report/map-strings.ts";
import { formatSpend } from "../report/numbers.ts";
import { strictJson } from "../report/strict-json.ts";
import { renderSweep, roundText, type SweepView } from "../report/sweep-view.ts";
import { targetCode } from "../report/target-code.ts";
import { beginCalls } from "./begin-calls.ts";
import { exitOfRun } from "./exit-code.ts";
import { modelExpression } from "./model-expression.ts";
import { type Opened, openPlan } from "./open-plan.ts";
import { ledgerFile, type SelectionOptions, sayStalePrices } from "./selection.ts";
import { racePrompts } from "./sweep-race.ts";
import { planSpace, type Space } from "./sweep-space.ts";
import { sayUnpriced } from "./unpriced.ts";

export interface SweepFlags extends Pick<SelectionOptions, "suite" | "trials" | "ledger" | "hangLimit"> {
  readonly maxCalls?: number;
  readonly maxUsd?: number;
  readonly concurrency?: number;
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** Sweeps the suites that declare a space and returns the exit code. Throws ConfigError(s) and StorageError for `report-error.ts`. */
export async function sweep(files: readonly string[], flags: SweepFlags): Promise<number> {
  const opened = await openPlan(files, flags);
  const { world, redact, hideSecrets, plan, look } = opened;
  const spaces = await spacesOf(plan, opened);
  const offline = flags.offline === true;
  const whole: Plan = { suites: spaces.map((space) => space.plan), leftOut: [] };
  sayStalePrices(whole, world.now(), process.stderr);
  sayUnpriced(whole, world.cwd, process.stderr);
  if (flags.maxUsd !== undefined && !offline) refuseUnpriced(whole, { maxUsd: flags.maxUsd });
  const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact: hideSecrets, world, readOnly: offline });
  try {
    const { views, exitCode, spend } = await raceAll(spaces, ledger, flags, opened);
    const safe = mapStrings(views, redact);
    if (flags.json === true) {
      const told = { schema: "gapcheck.sweep/1", exitCode, suites: safe };
      process.stdout.write(`${strictJson(told, 2)}\n`);
    } else {
      for (const view of safe) process.stdout.write(`${renderSweep(view, look)}\n`);
      process.stdout.write(`Cost      ${spend}\n`);
    }
    return exitCode;
  } finally {
    ledger.close();
  }
}

/** Throws ConfigError where there is nothing to race, or nothing to race on. */
async function spacesOf(plan: Plan, { world }: Opened): Promise<readonly Space[]> {
  const spaces: Space[] = [];
  for (const suitePlan of plan.suites) {
    const space = await planSpace(suitePlan, world);
    if (space === undefined) continue;
    refuseIdle(space);
    spaces.push(space);
  }
  const [first] = plan.suites;
  if (spaces.length > 0 || first === undefined) return spaces;
  throw new ConfigError("nothing-to-sweep", "no suite declares a space of prompts to sweep", {
    place: { file: first.suite.file },
    fix: 'Declare one: sweep: { from: "plain", instructions: { … }, shots: { none: "none", five: { … } } }.',
  });
}

function refuseIdle({ plan: { suite }, prompts, order }: Space): void {
  const place = { file: suite.file, path: "sweep" };
  if (order.length === 0) {
    throw new ConfigError(
      "no-dev-cases",
      `no case of "${suite.name}" is in the dev split, on which prompts are raced`,
      { place, fix: 'Add cases, set "split": "dev" on some, or raise devShare.' },
    );
  }
  if (prompts.length > 1) return;
  throw new ConfigError("nothing-to-sweep", `all prompts of the space of "${suite.name}" ask the same`, {
    place,
    fix: "Give an axis values that differ from each other in what is sent.",
  });
}

async function raceAll(
  spaces: readonly Space[],
  ledger: Ledger,
  flags: SweepFlags,
  { world, redact, watchdog }: Opened,
): Promise<{ readonly views: readonly SweepView[]; readonly exitCode: number; readonly spend: string }> {
  const offline = flags.offline === true;
  const { progress, stopping, options } = beginCalls({ world, redact, watchdog });
  const views: SweepView[] = [];
  const spent = { settledUsd: 0, unknownAtMostUsd: 0, unpricedCalls: 0 };
  const say = (text: string) => progress.note(escapeToLine(redact(text)));
  let exitCode: number = ExitCode.pass;
  const ends = (outcome: RunOutcome) => {
    exitCode = exitOfRun(stopping.exitCode(), outcome, []);
    for (const { level, text } of outcome.notices) say(`${level}: ${text}`);
    say("Run it again to go on: what was answered lies in the ledger.");
  };
  try {
    for (const space of spaces) {
      const { suite } = space.plan;
      const raced = await racePrompts(space, ledger, world, {
        ...(flags.maxCalls === undefined ? {} : { maxCalls: flags.maxCalls }),
        ...(flags.maxUsd === undefined ? {} : { maxUsd: flags.maxUsd }),
        call: async (part) => {
          const left = (flags.maxUsd ?? 0) - spent.settledUsd - spent.unknownAtMostUsd;
          const outcome = await runCalls(
            { suites: [part], leftOut: [] },
            ledger,
            {
              offline,
              ...(flags.maxUsd === undefined ? {} : { maxUsd: Math.max(0, left) }),
              ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
              ...options,
            },
            world,
          );
          spent.settledUsd += outcome.spend.settledUsd;
          spent.unknownAtMostUsd += outcome.spend.unknownAtMostUsd;
          spent.unpricedCalls += outcome.spend.unpricedCalls;
          return outcome;
        },
        onRound: (round) => say(roundText(suite.name, round)),
      });
      if (raced.kind === "stopped") {
        ends(raced.outcome);
        break;
      }
      if (raced.kind === "short") {
        exitCode = Math.max(exitCode, raced.exitCode);
        say(`${suite.name}: no winner, since ${raced.why}.`);
        continue;
      }
      if (!offline) {
        await ledger.keepSweep(raced.kept);
        if (raced.look !== undefined) await ledger.keepLook(raced.look);
      }
      views.push({ ...raced.view, ...codeOf(space, raced.kept.winner) });
      if (raced.stopped === undefined) continue;
      ends(raced.stopped);
      break;
    }
    return { views, exitCode, spend: formatSpend(spent) };
  } finally {
    progress.done();
    stopping.dispose();
  }
}

/** The winner as code, or what the suite calls it where it has it. */
function codeOf(
  { plan: { suite, targets }, calls, declared }: Space,
  winner: string,
): Pick<SweepView, "code" | "declaredAs"> {
  const [declaredAs] = [...declared].find(([, own]) => own === calls.get(winner)) ?? [];
  const target = targets.find(({ target: { name } }) => name === winner)?.target;
  if (declaredAs !== undefined || target === undefined) return declaredAs === undefined ? {} : { declaredAs };
  return { code: targetCode(target, modelExpression(readFileSync(suite.file, "utf8"), suite.sweep?.from ?? "")) };
}
