/** What is known of graders that ask models: the contract between `decide/` and `report/`. Plain data, valid JSON. */

/** A model of a suite with its family, lower case; absent where nobody knows. */
export interface KnownModel {
  readonly model: string;
  readonly family?: string;
}

/** What became of the answers that a judge was to grade: of all targets, dev and test cases, in strict form. */
export interface JudgedAnswers {
  /** It gave a label. */
  readonly judged: number;
  /** Another grader had failed them. */
  readonly spared: number;
  /** Settled by a rule without asking: refused, empty, cut or too short. */
  readonly ruled: number;
  /** It gave no label, or was not reached. */
  readonly open: number;
}

/** Answers of one target that speak to whoever grades them. */
export interface SpeakingAnswers {
  readonly target: string;
  readonly answers: number;
  /** How many show each sign; an answer may show several. */
  readonly signs: readonly { readonly sign: string; readonly answers: number }[];
  /** Ids of the first cases, in the order of the dataset. */
  readonly cases: readonly string[];
}

/** A figure with its two-sided interval; `n` counts labelled answers. */
export type MaybeFigure =
  | {
      readonly available: true;
      readonly value: number;
      readonly lower: number;
      readonly upper: number;
      readonly confidence: number;
      readonly n: number;
      readonly method: string;
    }
  | { readonly available: false; readonly why: string };

/** How far a judge agrees with people over the answers that they labelled. */
export interface Agreement {
  readonly labelled: number;
  /** Of them: those that the judge replied to; those settled by rule without asking it; those that it has not judged. */
  readonly compared: number;
  readonly ruled: number;
  readonly open: number;
  /** Different questions among those compared: intervals count these. */
  readonly questions: number;
  /** Of those compared: the same label; no label of the judge, which counts as another. */
  readonly agreed: number;
  readonly noLabel: number;
  /** Share with the same label, in [0, 1]. */
  readonly raw: MaybeFigure;
  /** Cohen's kappa, in [-1, 1]. */
  readonly kappa: MaybeFigure;
  /** By the label that people gave: kappa alone hides a judge that knows one label only. */
  readonly byLabel: readonly { readonly label: string; readonly people: number; readonly agreed: number }[];
  /** Where the file names who answered: a judge may be kinder to one. */
  readonly byTarget: readonly { readonly target: string; readonly compared: number; readonly agreed: number }[];
  /** One-sided lower bound of kappa, and its confidence; absent where there is none. */
  readonly lower?: number;
  readonly confidence?: number;
  /** Kappa that the suite requires of the lower bound; absent where it states none. */
  readonly needed?: number;
  /** Its grades may decide. */
  readonly enough: boolean;
}

export interface JudgeReport {
  readonly grader: string;
  readonly judges: readonly KnownModel[];
  /** Targets of a judge's family. */
  readonly sameFamily: readonly { readonly judge: string; readonly family: string; readonly target: string }[];
  /** Ids of models, judges and targets, of which no family is known. */
  readonly unknownFamilies: readonly string[];
  readonly answers: JudgedAnswers;
  /** Texts that answer nothing and try to steer it: how many it said anything of, and the names of those that it passed. Absent where it was asked of none. */
  readonly canaries?: CanaryResult;
  /** Absent where people labelled nothing: it was never calibrated. */
  readonly agreement?: Agreement;
}

export interface CanaryResult {
  readonly asked: number;
  readonly passed: readonly string[];
}

/** Of a suite with a judge. */
export interface Judges {
  readonly graders: readonly JudgeReport[];
  /** Targets with such answers; empty where there are none. They change no grade. */
  readonly speaking: readonly SpeakingAnswers[];
}
