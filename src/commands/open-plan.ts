/** What every command begins with: the world, the redactor, the suites asked for and their plan. */
import { createPlan, type Plan, type SuitePlan } from "../engine/plan.ts";
import { ConfigError } from "../errors.ts";
import { createRedactor, createSecretRedactor, type Redact } from "../redact.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import { terminalKind } from "../report/terminal-kind.ts";
import type { World } from "../suite/world.ts";
import { boundHeap } from "./heap-bounds.ts";
import { planFilters, type SelectionOptions, sayLeftOut, selectSuites } from "./selection.ts";
import { DEFAULT_HANG_LIMIT_S, startWatchdog, type Watchdog } from "./watchdog.ts";
import { realWorld } from "./world.ts";

export interface Opened {
  readonly world: World;
  /** For what is shown. */
  readonly redact: Redact;
  /** For answers that are graded, and names: hides exact values alone. */
  readonly hideSecrets: Redact;
  readonly plan: Plan;
  /** How standard output wants its lines. */
  readonly look: TerminalOptions;
  readonly watchdog: Watchdog;
}

/** Throws ConfigError(s) for everything that is wrong with suites, cases and filters: before anything is called or written. */
export async function openPlan(files: readonly string[], flags: SelectionOptions): Promise<Opened> {
  const world = realWorld();
  boundHeap();
  // Before the first code of a user's.
  const watchdog = startWatchdog({ ...world, limitMs: (flags.hangLimit ?? DEFAULT_HANG_LIMIT_S) * 1_000 });
  const suites = await selectSuites(files, flags, world.cwd);
  const plan = await createPlan(suites, planFilters(flags), world);
  for (const suitePlan of plan.suites) refuseTooFewTrials(suitePlan);
  sayLeftOut(plan, process.stderr);
  const { columns, color } = terminalKind(process.stdout, world.env);
  return {
    world,
    redact: createRedactor(world.env),
    hideSecrets: createSecretRedactor(world.env),
    plan,
    look: { width: columns, color },
    watchdog,
  };
}

/** --trials may go below what the suite's stability asks for, which then nothing could measure. */
function refuseTooFewTrials({ suite, trials }: SuitePlan): void {
  const { stability } = suite.requirement;
  if (stability === undefined || stability.allOf <= trials) return;
  throw new ConfigError(
    "too-few-trials",
    `the stability of "${suite.name}" asks for all of ${stability.allOf} trials, and --trials makes ${trials}`,
    {
      place: { file: suite.file, path: "requirement.stability.allOf" },
      fix: `Give --trials ${stability.allOf} or more.`,
    },
  );
}
