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
