/** What a command was asked to read: suites by file and name, cases by id, the first few. */
import { resolve } from "node:path";
import type { Plan } from "../engine/plan.ts";
import { ConfigError } from "../errors.ts";
import { stalePrices } from "../model/prices.ts";
import { escapeToLine } from "../report/escape.ts";
import { didYouMean } from "../suite/closest.ts";
import { findSuiteFiles, loadSuites } from "../suite/load.ts";
import type { LoadedSuite } from "../suite/suite.ts";

export interface SelectionOptions {
  readonly suite?: readonly string[];
  readonly case?: readonly string[];
  readonly limit?: number;
  readonly trials?: number;
  readonly target?: readonly string[];
  readonly ledger?: string;
  /** Seconds that code of a suite may take at one go. */
  readonly hangLimit?: number;
}

/** The suites asked for, in the order of their files. Throws `ConfigError` for a name that no suite has. */
export async function selectSuites(
  files: readonly string[],
  options: SelectionOptions,
  cwd: string,
): Promise<readonly LoadedSuite[]> {
  const found = await findSuiteFiles(cwd, files.length === 0 ? undefined : files);
  const suites = await loadSuites(found);
  if (options.suite === undefined) return suites;
  const names = new Set(suites.map(({ name }) => name));
  const unknown = options.suite.filter((name) => !names.has(name));
  if (unknown.length > 0) {
    const told = unknown.map((name) => `no suite is named "${name}".${didYouMean(name, names)}`).join(" ");
    throw new ConfigError("unknown-suite", told, {
      fix: `Choose from: ${[...names].map((name) => `"${name}"`).join(", ")}.`,
    });
  }
  const wanted = new Set(options.suite);
  return suites.filter(({ name }) => wanted.has(name));
}

/** Filters of the plan that the options ask for. */
export function planFilters(options: SelectionOptions) {
  return {
    ...(options.case === undefined ? {} : { caseIds: options.case }),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.trials === undefined ? {} : { trials: options.trials }),
    ...(options.target === undefined ? {} : { targets: options.target }),
  };
}

export function ledgerFile(options: SelectionOptions, cwd: string): string {
  return resolve(cwd, options.ledger ?? ".gapcheck/ledger.sqlite");
}

/** Says so when prices that this plan reckons with are old. */
export function sayStalePrices({ suites }: Plan, today: Date, sink: { write(text: string): unknown }): void {
  const models = suites.flatMap(({ targets, judges }) => [...targets.map(({ model }) => model), ...judges.values()]);
  const stale = stalePrices(
    models.flatMap(({ price }) => (price === undefined ? [] : [price])),
    today,
  );
  if (stale !== undefined) sink.write(`note: ${stale}\n`);
}

/** Names the suites that a filter left nothing of: a suite is never left out without a word. */
export function sayLeftOut({ leftOut }: Plan, sink: { write(text: string): unknown }): void {
  for (const { suite, why } of leftOut) sink.write(`left out: ${escapeToLine(suite)}, ${escapeToLine(why)}\n`);
}
