/** What a run would call and cost, and what it could show, as a table; `gapcheck plan` prints it. */
import { disarmCommands } from "./ci-commands.ts";
import { escapeToLine } from "./escape.ts";
import { type ExpectedTotal, formatExpected } from "./expected-words.ts";
import { mapStrings } from "./map-strings.ts";
import { countOf, formatCount, formatShare, formatUsd, formatUsdAtMost } from "./numbers.ts";
import { palette } from "./paint.ts";
import { type CostBound, formatWorst } from "./run-lines.ts";
import { type Cell, type Column, table, tableWidth } from "./table.ts";
import { layoutWidth, type TerminalOptions } from "./terminal.ts";
import { truncate } from "./width.ts";
import { wrap, wrapHanging } from "./wrap.ts";

export interface PlanSuiteView {
  readonly suite: string;
  readonly example: boolean;
  readonly devCases: number;
  readonly testCases: number;
  readonly targets: number;
  /** All answers of targets that the suite needs: at hand or to be sent. */
  readonly calls: number;
  readonly inLedger: number;
  /** Answers that lie in recordings. */
  readonly stored: number;
  readonly toSend: number;
  /** Of `toSend`, without judges. */
  readonly worst: CostBound;
  readonly judgeCallsAtMost: number;
  /** Where several looks may come, what each would send with those before; `calls` and `worst` are of the last. */
  readonly looks?: readonly LookView[];
  /** Of the calls of the first look, without judges. */
  readonly expected: ExpectedTotal & { readonly calls: number };
  /** Where that comes from, one sentence for all targets that go by the same. */
  readonly expectedBy: readonly string[];
  /** What the suite can show, one sentence each: smallest gap, smallest share that meets the requirement; then what is to be known of judges. */
  readonly power: readonly string[];
}

export interface LookView {
  readonly trials: number;
  /** Share in [0, 1]; absent where nobody knows. */
  readonly chance?: number;
  readonly toSend: number;
  readonly worst: CostBound;
}

export interface PlanView {
  readonly suites: readonly PlanSuiteView[];
}

const NAME_MOST = 24;

function totalOf(suites: readonly PlanSuiteView[]): PlanSuiteView {
  const sum = (pick: (suite: PlanSuiteView) => number) => suites.reduce((total, suite) => total + pick(suite), 0);
  return {
    suite: "all",
    example: false,
    devCases: sum(({ devCases }) => devCases),
    testCases: sum(({ testCases }) => testCases),
    targets: sum(({ targets }) => targets),
    calls: sum(({ calls }) => calls),
    inLedger: sum(({ inLedger }) => inLedger),
    stored: sum(({ stored }) => stored),
    toSend: sum(({ toSend }) => toSend),
    worst: { usd: sum(({ worst }) => worst.usd), unpricedCalls: sum(({ worst }) => worst.unpricedCalls) },
    judgeCallsAtMost: sum(({ judgeCallsAtMost }) => judgeCallsAtMost),
    expected: {
      calls: sum(({ expected }) => expected.calls),
      usd: sum(({ expected }) => expected.usd),
      open: {
        calls: sum(({ expected }) => expected.open.calls),
        promptsUsd: sum(({ expected }) => expected.open.promptsUsd),
        worstUsd: sum(({ expected }) => expected.open.worstUsd),
      },
      unpricedCalls: sum(({ expected }) => expected.unpricedCalls),
    },
    expectedBy: [],
    power: [],
  };
}

/** The cost in a table: a mark for what is not known, told in full below. */
function shortWorst({ usd, unpricedCalls }: CostBound): string {
  if (unpricedCalls === 0) return formatUsdAtMost(usd);
  return usd === 0 ? "unknown" : `> ${formatUsd(usd)}`;
}

function rowOf(suite: PlanSuiteView): Cell[] {
  return [
    truncate(suite.suite, NAME_MOST),
    `${formatCount(suite.devCases)} + ${formatCount(suite.testCases)}`,
    formatCount(suite.targets),
    formatCount(suite.calls),
    formatCount(suite.inLedger + suite.stored),
    formatCount(suite.toSend),
    formatCount(suite.judgeCallsAtMost),
    shortWorst(suite.worst),
  ];
}

const HEAD: readonly (readonly [first: string, second: string])[] = [
  ["suite", ""],
  ["cases", "dev + test"],
  ["targets", ""],
  ["calls", ""],
  ["of them", "at hand"],
  ["of them", "to send"],
  ["judges,", "at most"],
  ["cost,", "at worst"],
];

function stackedLines(suite: PlanSuiteView, width: number): string[] {
  const cells = rowOf(suite).slice(1);
  return cells.flatMap((cell, index) => {
    const [first = "", second = ""] = HEAD[index + 1] ?? [];
    const label = `  ${first.replace(/,$/, "")}${second === "" ? "" : ` ${second}`}  `;
    return wrapHanging(label, typeof cell === "string" ? cell : "", 22, width);
  });
}

/** What the looks of `gate.trials` come to; nothing of a single one. */
function looksSentences(looks: readonly LookView[]): readonly string[] {
  const [first] = looks;
  if (first === undefined || looks.length < 2) return [];
  const each = looks.map(({ trials }) => formatCount(trials));
  const all = looks.map(({ toSend, worst }) => `${countOf(toSend, "call")} (at worst ${formatWorst(worst)})`);
  const may = `Looks at ${each.slice(0, -1).join(", ")} and ${each.at(-1)} trials of each case, a further one only while nothing is shown against the baseline: ${all.join(", ")} to send up to each.`;
  if (first.chance === undefined) {
    return [
      may,
      "How many it takes is not told before: the baseline holds fewer than 2 trials of a case, so nobody knows how cases vary.",
    ];
  }
  const steps = looks.map(({ trials, toSend, chance = 1 }, at) => ({
    trials: chance * (trials - (looks[at - 1]?.trials ?? 0)),
    calls: chance * (toSend - (looks[at - 1]?.toSend ?? 0)),
  }));
  const sum = (pick: (step: (typeof steps)[number]) => number) => steps.reduce((total, step) => total + pick(step), 0);
  const taken = looks
    .slice(1)
    .map(({ trials, chance = 1 }) => `the look at ${formatCount(trials)} with a chance of ${formatShare(chance)}`);
  return [
    may,
    `If no case changes its rate: ${taken.join(", ")}; about ${sum(({ trials }) => trials).toFixed(1)} trials a case, ${countOf(Math.round(sum(({ calls }) => calls)), "call")}. A prompt that wins some cases and loses others takes more.`,
  ];
}

/** The plan in lines of at most `width` columns; ends in a line feed. */
export function renderPlan(plan: PlanView, { width, color }: TerminalOptions): string {
  const columns = layoutWidth(width);
  const colors = palette(color);
  const { suites } = mapStrings(plan, escapeToLine);
  const total = totalOf(suites);
  const listed = suites.length > 1 ? [...suites, total] : suites;
  const heads: Column[] = HEAD.map((_, index) => ({ align: index === 0 ? "left" : "right" }));
  const rows: Cell[][] = [
    HEAD.map(([first]) => [{ text: first, paint: colors.strong }]),
    HEAD.map(([, second]) => [{ text: second, paint: colors.strong }]),
    ...listed.map(rowOf),
  ];
  const lines: string[] = [];
  if (tableWidth(heads, rows) <= columns) lines.push(...table(heads, rows));
  else {
    for (const suite of listed) {
      lines.push(...wrap(suite.suite, columns).map(colors.strong), ...stackedLines(suite, columns));
    }
  }
  lines.push("");
  if (total.stored > 0) {
    lines.push(
      ...wrap(`At hand: ${formatCount(total.inLedger)} in the ledger, ${formatCount(total.stored)} recorded.`, columns),
    );
  }
  const judges = total.judgeCallsAtMost > 0 ? ", judges not counted" : "";
  const expected = `${countOf(total.expected.calls, "call")}, ${formatExpected(total.expected)}${judges}`;
  const first = suites.some(({ looks }) => looks !== undefined) ? " at the first look" : "";
  lines.push(...wrap(`Expected${first}: ${expected}.`, columns));
  lines.push(...wrap(`Worst case ${formatWorst(total.worst)}${judges}. Nothing was called.`, columns));
  for (const { suite, example, looks = [], expectedBy, power } of suites) {
    const told = [...looksSentences(looks), ...expectedBy, ...power];
    if (told.length === 0 && !example) continue;
    lines.push("", ...wrap(example ? `${suite} · EXAMPLE DATA` : suite, columns).map(colors.strong));
    lines.push(...told.flatMap((text) => wrapHanging("  - ", text, 4, columns)));
  }
  return disarmCommands(`${lines.join("\n")}\n`);
}
