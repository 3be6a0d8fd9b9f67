/** What `gapcheck baseline` prints: what the file holds, and how often main is called a drop against itself. */
import type { Baseline, BaselineRole, BaselineSuite } from "../decide/baseline/contract.ts";
import { rateText } from "./baseline-view.ts";
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { mapStrings } from "./map-strings.ts";
import { countOf, formatCount, formatShare } from "./numbers.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { wrap, wrapHanging } from "./wrap.ts";

export interface SelfCheckView {
  readonly suite: string;
  readonly trials: number;
  readonly roles: readonly {
    readonly role: BaselineRole;
    readonly cases: number;
    readonly flaky: number;
    readonly deals: number;
    readonly alarms: number;
    readonly level: number;
  }[];
}

const ROLE_WORDS: Readonly<Record<BaselineRole, string>> = { prompt: "best prompt", tuned: "fine-tuned" };

export function renderBaselineFile(baseline: Baseline, options: TerminalOptions): string {
  const { main, release } = mapStrings(baseline, escapeToLine);
  const part = (title: string, suites: readonly BaselineSuite[]) =>
    suites.length === 0 ? [`${title}: nothing`] : [`${title}:`, ...suites.map((suite) => `  ${suiteWords(suite)}`)];
  return laidOut([...part("main", main), ...part("release", release)], options);
}

function suiteWords(suite: BaselineSuite): string {
  const role = (which: BaselineRole) => {
    const target = suite[which];
    if (target === undefined) return [];
    let passes = 0;
    let trials = 0;
    for (const one of suite.cases) {
      passes += one[which]?.[0] ?? 0;
      trials += one[which]?.[1] ?? 0;
    }
    return [`${ROLE_WORDS[which]} "${target.target}" ${rateText(passes, trials)}`];
  };
  return [`${suite.suite}: ${countOf(suite.cases.length, "case")}`, ...role("prompt"), ...role("tuned")].join(", ");
}

export function renderSelfChecks(checks: readonly SelfCheckView[], options: TerminalOptions): string {
  const lines = mapStrings(checks, escapeToLine).flatMap(({ suite, trials, roles }) => {
    if (roles.length === 0) {
      return [
        trials < 2
          ? `${suite}: not checked: it takes 2 trials of each case or more, and ${trials} is stored (run with --all-trials, or --trials 4)`
          : `${suite}: not checked: no case has all of its ${trials} answers (run gapcheck run to the end)`,
      ];
    }
    return roles.map(
      ({ role, cases, flaky, deals, alarms, level }) =>
        `${suite}, ${ROLE_WORDS[role]}: ${formatCount(alarms)} of ${formatCount(deals)} deals called a drop (${formatShare(alarms / deals)}; at most ${formatShare(level)} is meant), ${countOf(cases, "case")} x ${trials} trials, ${formatCount(flaky)} of them with trials that disagree`,
    );
  });
  return laidOut(["Main against itself:", ...lines.map((line) => `  ${line}`)], options);
}

function laidOut(lines: readonly string[], { width }: TerminalOptions): string {
  const columns = layoutWidth(width);
  return disarmCommands(
    `${lines
      .flatMap((line) => {
        const indent = line.startsWith("  ") ? "  " : "";
        return indent === "" ? wrap(line, columns) : wrapHanging(indent, line.trim(), 4, columns);
      })
      .join("\n")}\n`,
  );
}
