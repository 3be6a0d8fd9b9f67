/** One row of a data file, parsed but not yet checked to be a case. */
export interface Row {
  readonly value: unknown;
  /** 1-based line on which the row starts; absent for cases written in the suite. */
  readonly line?: number;
}
