/** `gapcheck baseline`: shows what pull requests are compared with, writes it from what is stored, and compares main with itself. */
import { mkdir } from "node:fs/promises";
import { dirname, relative } from "node:path";
import type { Baseline, BaselineSuite } from "../decide/baseline/contract.ts";
import { type Head, snapshotOf } from "../decide/baseline/head.ts";
import { selfCheck } from "../decide/baseline/self-check.ts";
import { openLedger } from "../engine/ledger.ts";
import { ConfigError, ConfigErrors, ExitCode } from "../errors.ts";
import { createSecretRedactor } from "../redact.ts";
import { readBaseline, writeBaseline } from "../report/baseline-file.ts";
import { renderBaselineFile, renderSelfChecks } from "../report/baseline-table.ts";
import { mapStrings } from "../report/map-strings.ts";
import { baselineFile } from "./baseline-in-use.ts";
import { evaluate } from "./evaluate.ts";
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
  const before = await readBaseline(file);
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
  let now: Baseline = before ?? { main: [], release: [] };
  if (flags.update === true || flags.check === true) {
    const ledger = openLedger({ file: ledgerFile(flags, world.cwd), redact, world, readOnly: true });
    callsBegin();
    try {
      const heads = (await evaluate(plan, ledger, world)).map(({ head }) => head);
      if (flags.check === true) say(renderSelfChecks(heads.map(selfCheck), look));
      if (flags.update === true) now = { ...now, main: updated(now.main, heads) };
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
        file,
      ),
    };
  await mkdir(dirname(file), { recursive: true });
  await writeBaseline(file, mapStrings(now, createSecretRedactor(world.env)));
  say(`${renderBaselineFile(now, look)}\nwritten: ${relative(world.cwd, file)}\n`);
  return ExitCode.pass;
}

/** The suites asked for as they stand now; the others stay. Throws for answers that are missing: they would count as failed, or not at all. */
function updated(before: readonly BaselineSuite[], heads: readonly Head[]): readonly BaselineSuite[] {
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
  if (mistakes.length > 0) throw new ConfigErrors(mistakes);
  const names = new Set(fresh.map(({ suite }) => suite.suite));
  return [...before.filter(({ suite }) => !names.has(suite)), ...fresh.map(({ suite }) => suite)];
}

function frozen({ main, release }: Baseline, names: readonly string[], file: string): readonly BaselineSuite[] {
  const chosen = main.filter(({ suite }) => names.includes(suite));
  if (chosen.length === 0) throw noBaseline(file);
  const own = new Set(chosen.map(({ suite }) => suite));
  return [...release.filter(({ suite }) => !own.has(suite)), ...chosen];
}

function noBaseline(file: string): ConfigError {
  return new ConfigError("no-baseline", "there is no baseline", {
    place: { file },
    fix: "Run gapcheck run on main, then gapcheck baseline --update, and commit the file.",
  });
}
