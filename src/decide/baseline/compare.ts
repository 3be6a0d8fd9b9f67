/**
 * The head of a pull request against main, paired by case: no worse by the margin (pass), shown to be worse (fail), or neither yet. Noninferiority
 * at a margin set before, not "no significant loss", which lets a real loss of five points through in 74 to 88 % of all runs of 100 cases.
 */
import { alphaOf, marginOf } from "../checks.ts";
import { unavailable } from "../estimate.ts";
import { smallestDetectable } from "../gap.ts";
import { counted, percent, percentAsWritten } from "../in-words.ts";
import { differenceOfShares, type Paired, type Pairs, pairedShares } from "../paired.ts";
import { DEFAULT_MAX_MISSING } from "../validity.ts";
import type {
  Baseline,
  BaselineComparison,
  BaselineResult,
  BaselineRole,
  BaselineSuite,
  CaseChange,
  Drop,
  ExamChange,
} from "./contract.ts";
import { dropTest } from "./drop-test.ts";
import { examOf, type SharedCase } from "./exam.ts";
import { type Head, ROLES } from "./head.ts";
import { levelsAt, mostTrials, trialsHeld } from "./looks.ts";
import { mustPass } from "./must-pass.ts";
import { settled } from "./settle.ts";

const MOST_TOLD = 50;
/** The release anchor bears twice the margin: what small losses may add up to. */
const CUMULATIVE = 2;

export interface Looked {
  /** Trials of each look so far, this one last. */
  readonly looks: readonly number[];
  readonly plannedLooks: readonly number[];
}

/**
 * How a suite stands at this look, before Holm over what else is compared (`settleAll`). A suite that the baseline does not have, and one that may not be
 * compared, has the outcome `no-comparison` with its reason.
 */
export function compareWithBaseline(head: Head, baseline: Baseline | undefined, looked: Looked): BaselineResult {
  const { suite } = head.observations;
  const base = baseline?.main.find((one) => one.suite === head.identity.suite);
  const held = () => mustPass(head, { shared: [], more: false, ...(base === undefined ? {} : { marks: base }) });
  const none = { ...looked, exam: [], cases: 0, comparisons: [] };
  if (base === undefined) {
    const why =
      baseline === undefined
        ? `No comparison: there is no baseline yet. ${bring(suite.name)}`
        : `No comparison: the baseline has no suite "${head.identity.suite}". ${bring(suite.name)}`;
    return { ...none, outcome: "no-comparison", why, mustPass: held() };
  }
  const whole = examOf(head, base, suite.gate.acrossModels === true);
  const exam = { ...whole, changes: [...whole.changes, ...fewerTrials(head, base, looked)] };
  const frozen = baseline?.release.find((one) => one.suite === head.identity.suite);
  const release = frozen === undefined ? { comparisons: [] } : againstRelease(head, frozen, looked);
  if (exam.refusals.length > 0) {
    const why = `No comparison: ${exam.refusals.join("; ")}. ${bring(suite.name)}`;
    return {
      ...none,
      ...release,
      comparisons: [],
      outcome: "no-comparison",
      why,
      exam: exam.changes,
      mustPass: held(),
    };
  }
  const comparisons = ROLES.flatMap((role) => compareRole(head, base, exam.shared, role, "main", looked));
  if (comparisons.length === 0) {
    const why = "No comparison: the baseline and this suite have no deciding target in common.";
    return { ...none, outcome: "no-comparison", why, exam: exam.changes, mustPass: held() };
  }
  const gapChange = changeOfGap(head, exam.shared);
  return settled({
    ...looked,
    outcome: "inconclusive",
    why: "",
    exam: exam.changes,
    cases: exam.shared.length,
    ...release,
    comparisons: [...comparisons, ...release.comparisons],
    ...(gapChange === undefined ? {} : { gapChange }),
    mustPass: mustPass(head, {
      ...{ shared: exam.shared, base, marks: base },
      more: looked.looks.length < looked.plannedLooks.length,
    }),
  });
}

/** Fewer trials show less: what main was held to by three answers may not be settled by one. */
function fewerTrials(head: Head, base: BaselineSuite, { plannedLooks }: Looked): ExamChange[] {
  const most = Math.max(mostTrials(head.observations.suite), ...plannedLooks);
  const held = trialsHeld(base);
  if (most >= held) return [];
  return [
    {
      kind: "thresholds",
      text: `${counted(most, "trial")} of a case ${most === 1 ? "is" : "are"} asked at most, and the baseline holds ${held}`,
    },
  ];
}

/** What is frozen and may not be compared is said: small losses would add up unseen from there on. */
function againstRelease(
  head: Head,
  frozen: BaselineSuite,
  looked: Looked,
): Pick<BaselineResult, "comparisons" | "noRelease"> {
  const { suite } = head.observations;
  const exam = examOf(head, frozen, suite.gate.acrossModels === true);
  const comparisons =
    exam.refusals.length > 0
      ? []
      : ROLES.flatMap((role) => compareRole(head, frozen, exam.shared, role, "release", looked));
  if (comparisons.length > 0) return { comparisons };
  const why =
    exam.refusals.length > 0 ? exam.refusals.join("; ") : "it and this suite have no deciding target in common";
  return { comparisons, noRelease: `No comparison with the release: ${why}. ${freeze(suite.name)}` };
}

/** What was lost since the release is forgotten with it, so that this is for a person to do, and told before. */
function freeze(suite: string): string {
  return `To hold later states against this one and forget what was lost before, run: npx gapcheck baseline --release --suite ${shellName(suite)}; and commit reports/baseline.json.`;
}

/** As a shell takes it for one word. */
function shellName(suite: string): string {
  return /^[\w.-]+$/.test(suite) ? suite : JSON.stringify(suite);
}

/** Main cannot have what a change brings: it has to bring its baseline too, which the report then tells first. In the order to type it. */
function bring(suite: string): string {
  const name = shellName(suite);
  return `Where this change brings that, run: npx gapcheck run --all-trials --suite ${name}; then: npx gapcheck baseline --update --suite ${name}; and commit reports/baseline.json with the change.`;
}

type Reading = "leave" | "fail" | "pass";

interface Pair {
  readonly shared: SharedCase;
  readonly base: readonly [number, number];
  readonly passes: number;
  readonly known: number;
}

function compareRole(
  head: Head,
  base: BaselineSuite,
  shared: readonly SharedCase[],
  role: BaselineRole,
  against: "main" | "release",
  { looks, plannedLooks }: Looked,
): BaselineComparison[] {
  const target = head[role]?.target;
  const baseTarget = base[role]?.target;
  if (target === undefined || baseTarget === undefined) return [];
  const all = shared.flatMap((one): Pair[] => {
    const now = one.head[role];
    const before = one.base[role];
    return now === undefined || before === undefined ? [] : [{ shared: one, base: before, ...now }];
  });
  const answered = all.filter(({ known }) => known > 0);
  if (all.length === 0) return [];
  const { suite } = head.observations;
  const alpha = alphaOf(suite);
  const own = suite.gate.margin ?? marginOf(suite);
  const margin = against === "main" ? own : CUMULATIVE * own;
  const levels = levelsAt(looks.length, plannedLooks.length, alpha);
  const planned = all.length * head.trials;
  const missing = planned - all.reduce((total, { known }) => total + known, 0);
  // Repeats that all agree look like single trials, and know more.
  const single = head.trials === 1 && all.every(({ base: [, trials] }) => trials === 1);
  const between = single ? pairedShares : repeated;
  const shown = between(
    pairs(head, answered.length === 0 ? all : answered, answered.length === 0 ? "fail" : "leave"),
    levels.pass,
  );
  const against0 = missing === 0 ? shown : between(pairs(head, all, "fail"), levels.pass);
  const inFavour = missing === 0 ? shown : between(pairs(head, all, "pass"), levels.pass);
  const doubted = all.some(({ base: [, trials] }) => trials < head.trials);
  const pDrop = dropTest(pairs(head, all, missing === 0 ? "leave" : "pass"), doubted);
  const lower = Math.min(shown.lower, against0.lower);
  const asked = head[role]?.askedHash;
  // So far as there are answers.
  const alike =
    asked !== undefined &&
    asked === base[role]?.askedHash &&
    all.length === base.cases.length &&
    all.every(({ base: [before, of], passes, known }) => passes * of === before * known);
  const decide = missing > 0 && answered.length > 0 && lower <= -margin && (shown.lower > -margin || alike);
  const most = suite.gate.maxMissing ?? DEFAULT_MAX_MISSING;
  const state = missing > most * planned ? "incomplete" : lower > -margin ? "pass" : "inconclusive";
  return [
    {
      role,
      against,
      target,
      baseTarget,
      state,
      why:
        state === "incomplete"
          ? `${missing} of ${planned} answers are missing (${percent(missing / planned)}); at most ${percentAsWritten(most)} may be`
          : "",
      unchanged: alike && missing === 0,
      difference: dropOf(shown),
      margin,
      lower,
      passLevel: levels.pass,
      pDrop,
      pDropHolm: pDrop,
      failLevel: levels.fail,
      ...changesOf(answered),
      flaky: all.filter(({ base: [passes, trials] }) => passes > 0 && passes < trials).length,
      missing: { trials: missing, planned, ...(decide ? { decide } : {}) },
      ...(missing === 0 ? {} : { missingBounds: { lower: against0.shown.value, upper: inFavour.shown.value } }),
      smallestDetectable:
        answered.length === 0
          ? unavailable("no case was answered")
          : smallestDetectable(shown, answered.length, levels.fail),
    },
  ];
}

function dropOf({ shown: { value, lower, upper, confidence, n, method } }: Pick<Paired, "shown">): Drop {
  return { value, lower, upper, confidence, n, method };
}

function repeated({ fresh, base, ...frame }: Pairs, alpha: number): Paired {
  return differenceOfShares({ ...frame, values: fresh.map((value, at) => value - (base[at] ?? 0)) }, alpha);
}

/** Shares of both sides by case, with weights and clusters of the head's cases. */
function pairs({ observations, trials }: Head, list: readonly Pair[], reading: Reading): Pairs {
  const share = ({ passes, known }: Pair) => {
    if (reading === "leave") return known === 0 ? 0 : passes / known;
    return (passes + (reading === "pass" ? trials - known : 0)) / trials;
  };
  return {
    fresh: list.map(share),
    base: list.map(({ base: [passes, of] }) => passes / of),
    ...observations.frame(list.map(({ shared }) => shared.head.slot)),
  };
}

/** Cases won and lost by majority; those that moved at all, worst first. */
function changesOf(
  list: readonly Pair[],
): Pick<BaselineComparison, "won" | "lost" | "same" | "lostCases" | "wonCases"> {
  let won = 0;
  let lost = 0;
  const moved: (CaseChange & { readonly by: number })[] = [];
  for (const { shared, base, passes, known } of list) {
    const now = passes / known;
    const before = base[0] / base[1];
    if (now > 0.5 && before <= 0.5) won += 1;
    if (now <= 0.5 && before > 0.5) lost += 1;
    if (now !== before) moved.push({ id: shared.head.id, base, head: [passes, known], by: now - before });
  }
  moved.sort((a, b) => a.by - b.by || (a.id < b.id ? -1 : 1));
  const told = (of: readonly (CaseChange & { readonly by: number })[]) =>
    of.slice(0, MOST_TOLD).map(({ by: _, ...change }) => change);
  return {
    won,
    lost,
    same: list.length - won - lost,
    lostCases: told(moved.filter(({ by }) => by < 0)),
    wonCases: told(moved.filter(({ by }) => by > 0).reverse()),
  };
}

/** (tuned - prompt) of the head less that of the baseline, over the cases that all four have. */
function changeOfGap(head: Head, shared: readonly SharedCase[]): Drop | undefined {
  const full = shared.flatMap(({ head: now, base }) => {
    const { prompt, tuned } = now;
    if (prompt === undefined || tuned === undefined || base.prompt === undefined || base.tuned === undefined) return [];
    if (prompt.known === 0 || tuned.known === 0) return [];
    const before = base.tuned[0] / base.tuned[1] - base.prompt[0] / base.prompt[1];
    return [{ slot: now.slot, value: tuned.passes / tuned.known - prompt.passes / prompt.known - before }];
  });
  if (full.length === 0) return undefined;
  const frame = head.observations.frame(full.map(({ slot }) => slot));
  return dropOf(
    differenceOfShares({ values: full.map(({ value }) => value), ...frame }, alphaOf(head.observations.suite)),
  );
}
