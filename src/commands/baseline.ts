/** `gapcheck baseline`: shows what pull requests are compared with, writes it from what is stored, and compares main with itself. */
import { mkdir } from "node:fs/promises";
import { dirname, relative } from "node:path";
import type { Baseline, BaselineSuite } from "../decide/baseline/contract.ts";
import { type Head, snapshotOf } from "../decide/baseline/head.ts";
import { trialsHeld } from "../decide/baseline/looks.ts";
import { selfCheck } from "../decide/baseline/self-check.ts";
import { openLedger } from "../engine/ledger.ts";
import type { Plan } from "../engine/plan.ts";
import { ConfigError, ConfigErrors, ExitCode } from "../errors.ts";
import { createSecretRedactor } from "../redact.ts";
import { readBaseline, writeBaseline } from "../report/baseline-file.ts";
import { renderBaselineFile, renderSelfChecks } from "../report/baseline-table.ts";
import { escapeToLine } from "../report/escape.ts";
import { mapStrings } from "../report/map-strings.ts";
import { layoutWidth } from "../report/terminal.ts";
import { wrap } from "../report/wrap.ts";
import type { Suite } from "../suite/suite.ts";
import { asksForAll, baselineFile } from "./baseline-in-use.ts";
import { evaluate, type Found } from "./evaluate.ts";
import { lesserBaseline, storable, type TrialsToHold, trialsWords } from "./held-trials.ts";
import { withTrials } from "./later-looks.ts";
import { openPlan } from "./open-plan.ts";
import { callsBegin } from "./process-end.ts";
import { ledgerFile, type SelectionOptions } from "./selection.ts";

export interface BaselineCommandFlags extends SelectionOptions {
  readonly baseline?: string;
  readonly update?: boolean;
  readonly release?: boolean;
  readonly check?: boolean;
}

export async function baseline(files: readonly string[], flags: BaselineCommandFlags): Promise<number> {
  const { world, redact, plan, look } = await openPlan(files, flags);
  const file = baselineFile(flags, world.cwd);
  const before = await readBaseline(file, flags.update === true);
  const say = (text: string) => process.stdout.write(redact(text));
  if (flags.update !== true && flags.check !== true && flags.release !== true) {
    if (before === undefined) throw noBaseline(file);
    say(renderBaselineFile(before, look));
    return ExitCode.pass;
  }
  if (flags.update === true && (flags.limit !== undefined || flags.case !== undefined)) {
    throw new ConfigError("partial-baseline", "a baseline of some of the cases would be taken for all of them", {
      fix: "Leave out --case and --limit.",
    });
  }
  const whole = asksForAll(files, flags);
  let now: Baseline = before ?? { main: [], release: [] };
  const fewer: string[] = [];
  if (flags.update === true || flags.check === true) {
    const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact, world, readOnly: true });
    callsBegin();
    try {
      const held = ({ name }: Suite) => {
        const old = now.main.find(({ suite }) => suite === name);
        return old === undefined ? 0 : trialsHeld(old);
      };
      const counts = (suite: Suite) => (flags.trials === undefined ? storable(suite, held(suite)) : [flags.trials]);
      const heads = await wholeHeads(plan, counts, (part) => evaluate(part, ledger, world));
      if (flags.check === true) say(renderSelfChecks(heads.map(selfCheck), look));
      if (flags.update === true) {
        const toHold = heads.map(({ trials: stored, observations: { suite } }): TrialsToHold => {
          return { suite, stored, held: held(suite), ...(flags.trials === undefined ? {} : { asked: flags.trials }) };
        });
        now = { ...now, main: updated(now.main, heads, { toHold, whole }) };
        fewer.push(...toHold.flatMap(trialsWords));
      }
    } finally {
      ledger.close();
    }
  }
  if (flags.update !== true && flags.release !== true) return ExitCode.pass;
  if (flags.release === true)
    now = {
      ...now,
      release: frozen(
        now,
        plan.suites.map(({ suite }) => suite.name),
        { file, whole },
      ),
    };
  await mkdir(dirname(file), { recursive: true });
  await writeBaseline(file, mapStrings(now, createSecretRedactor(world.env)));
  say(`${renderBaselineFile(now, look)}\nwritten: ${relative(world.cwd, file)}\n`);
  for (const text of fewer) say(`${wrap(escapeToLine(text), layoutWidth(look.width)).join("\n")}\n`);
  return ExitCode.pass;
}

/** Each suite with the most trials of which nothing is missing, in the plan's order; with the fewest where something always is. */
async function wholeHeads(
  plan: Plan,
  counts: (suite: Suite) => readonly number[],
  read: (part: Plan) => Promise<readonly Found[]>,
): Promise<readonly Head[]> {
  const heads: Head[] = [];
  for (const { suite } of plan.suites) {
    let head: Head | undefined;
    for (const trials of counts(suite)) {
      const [found] = await read(withTrials(plan, new Map([[suite.name, trials]])));
      head = found?.head() ?? head;
      if (head !== undefined && snapshotOf(head).missing === 0) break;
    }
    if (head !== undefined) heads.push(head);
  }
  return heads;
}

/**
 * The suites asked for as they stand now; the others stay, but where all were asked for (`whole`): then they are gone. Throws for answers that are
 * missing, which would count as failed or not at all, and for fewer trials than were held.
 */
function updated(
  before: readonly BaselineSuite[],
  heads: readonly Head[],
  { toHold, whole }: { readonly toHold: readonly TrialsToHold[]; readonly whole: boolean },
): readonly BaselineSuite[] {
  const fresh = heads.map(snapshotOf);
  const mistakes = fresh.flatMap(({ suite, missing }) => {
    const deciding = suite.prompt ?? suite.tuned;
    const message =
      deciding === undefined
        ? `"${suite.suite}" has no deciding target to keep`
        : `"${suite.suite}": ${missing} ${missing === 1 ? "answer is" : "answers are"} missing or not graded`;
    if (missing === 0 && deciding !== undefined) return [];
    return [
      new ConfigError("incomplete-baseline", message, {
        fix: `Run gapcheck run --suite ${suite.suite} to the end (without --sequential, which leaves answers out), then write the baseline; the file is as it was.`,
      }),
    ];
  });
  mistakes.push(...toHold.flatMap((one) => lesserBaseline(one) ?? []));
  if (mistakes.length > 0) throw new ConfigErrors(mistakes);
  const names = new Set(fresh.map(({ suite }) => suite.suite));
  const others = whole ? [] : before.filter(({ suite }) => !names.has(suite));
  return [...others, ...fresh.map(({ suite }) => suite)];
}

/** The suites asked for as main holds them; the others stay, but those that are gone where all were asked for (`whole`). */
function frozen(
  { main, release }: Baseline,
  names: readonly string[],
  { file, whole }: { readonly file: string; readonly whole: boolean },
): readonly BaselineSuite[] {
  const chosen = main.filter(({ suite }) => names.includes(suite));
  if (chosen.length === 0) throw noBaseline(file);
  const own = new Set(chosen.map(({ suite }) => suite));
  return [...release.filter(({ suite }) => !own.has(suite) && (!whole || names.includes(suite))), ...chosen];
}

function noBaseline(file: string): ConfigError {
  return new ConfigError("no-baseline", "there is no baseline", {
    place: { file },
    fix: "Run gapcheck run --all-trials on main, then gapcheck baseline --update, and commit the file.",
  });
}
