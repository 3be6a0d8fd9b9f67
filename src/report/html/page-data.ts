/** What the page's script reads: cases in numbers, and texts where there is room for them. Plain data, valid JSON. */

/** Position in `PageData.texts`. */
export type TextRef = number;

/** `p` passed, `f` failed, `m` missing. */
export type Mark = "p" | "f" | "m";

/** By one grader; position in `PageSuite.graders`. */
export interface PageGrade {
  readonly g: number;
  /** Scores in [0, 1]; absent where nobody can tell. */
  readonly s?: number;
  readonly l?: number;
  /** What the grader says, strict form. */
  readonly why?: TextRef;
  /** The answer as it was extracted. */
  readonly a?: TextRef;
}

export interface PageTrial {
  /** Line of `cases.jsonl`, 1-based; absent in a row. */
  readonly n?: number;
  readonly s: Mark;
  readonly l: Mark;
  /** The answer, or the failure's message; absent where there was no room. */
  t?: TextRef;
  /** The text is cut. */
  cut?: true;
  /** Why it is missing. */
  why?: TextRef;
  /** Other than `stop`. */
  readonly fin?: string;
  readonly ms?: number;
  readonly in?: number;
  readonly out?: number;
  /** US dollars; absent where unknown. */
  readonly usd?: number;
  /** Failed items of checklists: positions in `PageSuite.items`. */
  readonly x?: readonly number[];
  g?: readonly PageGrade[];
}

export interface PageArm {
  /** `[role, text]`; absent where there was no room. */
  p?: readonly (readonly [role: string, text: TextRef])[];
  readonly t: PageTrial[];
}

export interface PageCase {
  readonly id: string;
  readonly split: "dev" | "test" | "held";
  /** Positions in `PageSuite.tags`. */
  readonly tags: readonly number[];
  /** Absent where the case stands alone. */
  readonly cluster?: string;
  /** Other than 1. */
  readonly weight?: number;
  /** SHA-256 of input and expected; left out of the page, used to pair two runs. */
  readonly fingerprint?: string;
  /** Of two runs: only the later one, or only the earlier one, has the case; or its content differs. Absent where it is compared. */
  readonly left?: "new" | "gone" | "edited";
  /** First and last line of `cases.jsonl`, of a case that came as a row. */
  readonly lines?: readonly [first: number, last: number];
  /** What is expected, as text or JSON. */
  e?: TextRef;
  /** By position in `PageSuite.arms`. */
  readonly arms: PageArm[];
}

/** Texts, each made when it is asked for. */
export interface Rows extends Iterable<string> {
  readonly length: number;
}

export interface PageSuite {
  readonly name: string;
  /** Targets. */
  readonly arms: readonly string[];
  /** The pair that is compared at first: positions in `arms`. */
  readonly base: number;
  readonly fresh: number;
  /** Of two runs: arms are targets before and after. */
  readonly compared?: true;
  readonly tags: readonly string[];
  readonly graders: readonly string[];
  readonly items: readonly (readonly [grader: string, item: string])[];
  readonly cases: readonly PageCase[];
  /** Cases for which there is no more room than a row: see `client/case-row.js`. */
  readonly rows?: Rows;
}

/** Test cases of one arm by how their known trials agree; `open` where none is known. */
export interface ArmTotals {
  readonly always: number;
  readonly mixed: number;
  readonly never: number;
  readonly open: number;
}

/** Of all cases of a suite, those that found no room in the page too. */
export interface PageTotals {
  /** Cases of every split. */
  readonly cases: number;
  /** By position in `PageSuite.arms`. */
  readonly arms: readonly ArmTotals[];
  /** Test cases whose trials disagree in some arm of the pair that is compared at first, and in every one. */
  readonly unstable: number;
  readonly unstableInBoth: number;
  /** By grader: answers that it was to grade, and those that it could not. */
  readonly graded: ReadonlyMap<string, { readonly asked: number; readonly open: number }>;
}

export interface PageData {
  readonly suites: readonly PageSuite[];
  /** By position as `suites`. */
  readonly totals: readonly PageTotals[];
  readonly texts: readonly string[];
  /** Texts were left out or cut, to keep the file small. */
  readonly reduced: boolean;
}
