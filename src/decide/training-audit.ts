/** What reading the training examples found: the contract between the reading (in `dataset/`) and the decision. */
export interface TrainingAudit {
  readonly examples: number;
  /** Examples less repeated ones, conflicting ones, and those that a case holds too. */
  readonly clean: number;
  /** What makes them unfit, a clause each: "3 of them stand among the test cases (the first is line 12)". */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}
