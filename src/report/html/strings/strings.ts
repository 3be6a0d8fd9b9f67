/** Every text that the page says of its own accord; a language that lacks one does not compile. */
import type { GateResult, ProcedureStep, Question, RequirementState } from "../../../decide/decision.ts";
import type { RecordedFrom } from "../../../suite/model.ts";
import type { VerdictKind } from "../../../suite/requirement.ts";
import type { Scenario } from "../../../suite/suite.ts";
import type { Meaning } from "../../words.ts";

export interface Strings {
  /** BCP 47. */
  readonly lang: string;
  readonly title: (run: string) => string;
  readonly skip: string;
  readonly overall: string;
  readonly started: string;
  readonly suites: string;
  readonly to: string;
  readonly points: (figure: string) => string;
  readonly atLeast: (value: string) => string;
  readonly atMost: (value: string) => string;
  readonly interval: (percent: string) => string;
  readonly cases: (count: number, text: string) => string;
  readonly unmeasured: string;
  /** A sentence of a decision in this language; `undefined` where it is not known how to say it. */
  readonly say: (text: string) => string | undefined;
  readonly verdicts: Readonly<Record<VerdictKind, string>>;
  readonly means: Readonly<Record<Meaning, string>>;
  /** What a verdict on a tuned model speaks for. */
  readonly claims: {
    readonly checkpoint: (target: string) => string;
    readonly recipe: (recipe: string, seeds: string) => string;
  };
  /** Beside a verdict to keep prompting although the prompt misses a requirement. */
  readonly fallsShort: string;
  readonly outcomes: Readonly<Record<GateResult["outcome"], string>>;
  readonly states: Readonly<Record<RequirementState, string>>;
  readonly scenarios: Readonly<Record<Scenario, string>>;
  readonly roles: { readonly "best prompt": string; readonly prompt: string; readonly "fine-tuned": string };
  readonly example: string;
  readonly gate: string;
  readonly facts: {
    readonly cases: (test: string, trials: string) => string;
    readonly clusters: (count: string) => string;
    readonly chosen: (prompt: string, of: string, dev: string) => string;
    readonly only: (prompt: string) => string;
    readonly first: (prompt: string) => string;
  };
  readonly strip: {
    /** Beside a gate that passes though nothing is settled. */
    readonly letPass: string;
    readonly gap: string;
    readonly gapOf: (tuned: string, base: string) => string;
    readonly quality: (label: string, target: string) => string;
    readonly margin: string;
    readonly cost: string;
    readonly detectable: string;
    readonly detectableNote: string;
    readonly missing: string;
    readonly none: string;
    readonly missingCount: (missing: string, planned: string) => string;
    readonly needed: string;
    readonly stands: string;
    readonly falls: string;
  };
  readonly sections: {
    readonly why: string;
    readonly change: string;
    readonly way: string;
    readonly requirements: string;
    readonly gap: string;
    readonly questions: string;
    readonly baseline: string;
    readonly cases: string;
    readonly stability: string;
    readonly checklist: string;
    readonly money: string;
    readonly curve: string;
    readonly missing: string;
    readonly judge: string;
    readonly provenance: string;
    readonly notes: string;
  };
  readonly questions: Readonly<Record<Question["key"], string>>;
  readonly answers: Readonly<Record<ProcedureStep["answer"], string>>;
  readonly requirements: {
    readonly what: string;
    readonly needed: string;
    readonly notBlocking: string;
    readonly decides: string;
  };
  readonly gap: {
    readonly all: string;
    readonly total: string;
    readonly format: string;
    readonly ability: string;
    readonly tag: string;
    readonly grader: string;
    readonly axis: string;
    readonly marginAt: (points: string) => string;
    readonly betterShort: string;
    readonly worse: string;
    readonly main: string;
    readonly mainNote: (points: string) => string;
    readonly legend: string;
    readonly arms: string;
    readonly slices: string;
    readonly none: string;
    readonly won: (tuned: string, won: string, base: string, lost: string, same: string) => string;
    readonly advice: string;
  };
  readonly casesView: {
    readonly lead: string;
    readonly noScript: string;
    readonly notRead: string;
    /** Of all cases some have no room even for a row. */
    readonly some: (shown: string, all: string) => string;
    /** Which cases are shown in full where some came as rows. */
    readonly full: (full: string, listed: string) => string;
    readonly reduced: string;
  };
  readonly stability: {
    readonly lead: (k: string) => string;
    readonly one: string;
    readonly arm: string;
    readonly always: string;
    readonly mixed: string;
    readonly never: string;
    readonly open: string;
    readonly flips: string;
    readonly passHat: (k: string) => string;
    readonly both: (count: string) => string;
    readonly noneBoth: string;
    readonly noneAny: string;
    readonly shown: (shown: string, all: string) => string;
    readonly case: string;
    readonly legend: string;
  };
  readonly checklist: {
    readonly lead: string;
    readonly rule: string;
    readonly delta: (tuned: string, base: string) => string;
    readonly mean: string;
    readonly noInterval: string;
    readonly none: string;
  };
  readonly money: {
    readonly lead: string;
    readonly right: string;
    readonly cost: string;
    /** `unit`: ms, s or min. */
    readonly latency: (unit: string) => string;
    readonly arm: string;
    readonly perK: string;
    readonly perSolved: string;
    readonly median: string;
    readonly p95: string;
    readonly pareto: string;
    readonly breakEven: string;
    readonly month: string;
    readonly balance: string;
    readonly volumes: { readonly low: string; readonly base: string; readonly high: string };
    readonly volume: string;
    readonly requests: string;
    readonly paysFrom: string;
    readonly atEnd: string;
    readonly never: string;
    readonly noMoney: string;
    readonly none: string;
  };
  readonly curve: {
    readonly examples: string;
    readonly score: string;
    readonly needed: string;
  };
  readonly missing: {
    readonly arm: string;
    readonly split: string;
    readonly planned: string;
    readonly missing: string;
    readonly reasons: string;
    readonly bounds: string;
    readonly flaws: string;
    readonly declined: string;
    readonly empty: string;
    readonly cut: string;
    readonly unparsed: string;
    readonly none: string;
  };
  readonly judge: {
    readonly none: string;
    readonly calls: string;
    readonly callsText: (sent: string, ledger: string, failed: string) => string;
    readonly cannot: string;
    readonly cannotText: (share: string, of: string) => string;
    readonly agreement: string;
    readonly agreementText: (same: string, of: string, share: string, kappa: string) => string;
    readonly kappaText: (value: string, lower: string, upper: string) => string;
    readonly noKappa: string;
    readonly byLabel: string;
    readonly byTarget: string;
    readonly shareText: (name: string, same: string, of: string) => string;
    readonly left: string;
    readonly leftText: (labelled: string, noLabel: string, ruled: string, open: string) => string;
    readonly required: string;
    readonly requiredText: (needed: string, lower: string, enough: boolean) => string;
    readonly notRequired: string;
    readonly neverCalibrated: string;
    readonly canaries: string;
    readonly canariesText: (passed: string, asked: string) => string;
    readonly swaps: string;
    readonly noPairs: string;
    readonly answers: string;
    readonly answersText: (judged: string, spared: string, ruled: string, open: string) => string;
    readonly models: string;
    readonly unknownFamily: string;
    readonly speaking: string;
    readonly speakingNone: string;
    readonly speakingText: (target: string, answers: string, signs: string, cases: string) => string;
    /** What an answer does that speaks to whoever grades it, by its English name. */
    readonly signs: Readonly<Record<string, string>>;
    readonly notMeasured: string;
    readonly grader: string;
    readonly version: string;
    readonly rubric: string;
  };
  readonly provenance: {
    readonly run: string;
    readonly command: string;
    readonly commit: string;
    readonly versions: string;
    readonly calls: string;
    readonly callsText: (
      planned: string,
      ledger: string,
      stored: string,
      sent: string,
      retried: string,
      failed: string,
      twice: string,
    ) => string;
    readonly spend: string;
    readonly stopped: string;
    readonly file: string;
    readonly dataset: string;
    readonly target: string;
    readonly provider: string;
    readonly asked: string;
    readonly returned: string;
    /** No answer named its model. */
    readonly returnedNone: string;
    readonly parameters: string;
    readonly prices: string;
    /** Of answers that come from a recording. */
    readonly recordedText: (recording: RecordedFrom) => string;
    readonly grader: string;
    readonly kind: string;
    readonly version: string;
    readonly args: string;
    readonly looks: string;
    readonly looksText: (done: string, planned: string, trials: string) => string;
    readonly seeds: string;
    readonly seedsText: string;
    readonly unknown: string;
    readonly notes: string;
  };
  readonly baseline: {
    readonly exam: string;
    readonly state: string;
    readonly against: string;
    readonly difference: string;
    readonly won: string;
    readonly lost: string;
    readonly same: string;
    readonly detectable: string;
    readonly main: string;
    readonly release: string;
  };
  readonly compare: {
    readonly title: (first: string, second: string) => string;
    readonly lead: (first: string, second: string) => string;
    /** Before two links. */
    readonly own: string;
    readonly ownBefore: string;
    readonly ownAfter: string;
    readonly suitesBefore: (names: readonly string[]) => string;
    readonly suitesAfter: (names: readonly string[]) => string;
    readonly before: string;
    readonly after: string;
    /** Beside what is the same in both runs. */
    readonly both: string;
    /** Where one run says nothing. */
    readonly nothing: string;
    readonly changeOf: (target: string) => string;
    readonly on: (count: string) => string;
    readonly left: (parts: readonly string[]) => string;
    readonly edited: (count: number, text: string) => string;
    readonly new: (count: number, text: string) => string;
    readonly gone: (count: number, text: string) => string;
    readonly ownCases: string;
    readonly onlyBefore: (targets: readonly string[]) => string;
    readonly onlyAfter: (targets: readonly string[]) => string;
    readonly change: string;
    readonly changeLead: string;
    readonly gapLead: string;
    readonly gapUntold: string;
    readonly bounds: (target: string, range: string) => string;
    /** Beside a change that not all cases have: how many do, what each run lacks, and the change with what is missing. */
    readonly missing: (paired: string, all: string, before: string, after: string, range: string) => string;
    readonly casesLead: string;
    readonly noScript: string;
    readonly moneyLead: string;
    readonly noMoney: string;
    readonly noJudge: string;
    readonly differs: string;
    readonly runs: string;
    readonly prompts: string;
    readonly promptOf: (target: string) => string;
    readonly promptsSame: (targets: readonly string[]) => string;
    readonly promptsDiffer: (differ: string, of: string) => string;
    readonly promptsUnknown: string;
    /** In the place of the client's own. */
    readonly client: {
      readonly lost: string;
      readonly won: string;
      readonly noText: string;
      readonly cutText: string;
    };
  };
  /** Handed to the script; `{0}` stands for a figure. */
  readonly client: {
    readonly search: string;
    readonly filter: string;
    readonly all: string;
    readonly lost: string;
    readonly won: string;
    readonly same: string;
    readonly unstable: string;
    readonly error: string;
    readonly open: string;
    /** Of two runs: another share of trials passes; the content differs; only in the later run, or the earlier. */
    readonly changed: string;
    readonly edited: string;
    readonly new: string;
    readonly gone: string;
    readonly samePrompt: string;
    readonly tag: string;
    readonly grader: string;
    readonly item: string;
    readonly split: string;
    readonly test: string;
    readonly dev: string;
    readonly held: string;
    readonly any: string;
    readonly base: string;
    readonly fresh: string;
    readonly id: string;
    readonly outcome: string;
    readonly delta: string;
    readonly flips: string;
    readonly reason: string;
    readonly shown: string;
    readonly more: string;
    readonly clear: string;
    readonly noCase: string;
    readonly close: string;
    readonly previous: string;
    readonly next: string;
    readonly prompt: string;
    readonly expected: string;
    readonly answers: string;
    readonly trial: string;
    readonly trials: string;
    /** By name: on a narrow page texts stand below each other, not left and right. */
    readonly words: string;
    readonly json: string;
    readonly path: string;
    readonly passed: string;
    readonly failed: string;
    readonly missing: string;
    readonly strict: string;
    readonly lenient: string;
    readonly status: string;
    readonly finish: string;
    readonly tokens: string;
    readonly ms: string;
    readonly usd: string;
    readonly line: string;
    readonly noText: string;
    readonly cutText: string;
    readonly noTexts: string;
    readonly noTrial: string;
    readonly sameText: string;
    readonly cluster: string;
    readonly grades: string;
    readonly sort: string;
    readonly copy: string;
  };
}
