/** Which cases had to pass when the baseline was written and have to no longer: a pull request cannot take the mark off and the failure with it. */
import type { BaselineCase, BaselineSuite } from "./contract.ts";
import type { HeadCase } from "./head.ts";

export interface LostMarks {
  /** Cases as they are here, without the mark that they had. */
  readonly lost: readonly HeadCase[];
  /** Cases of the baseline that are no test cases here, under no other id either. */
  readonly gone: readonly BaselineCase[];
}

/** A case keeps its mark through another id, where its content is the same. */
export function lostMarks(cases: readonly HeadCase[], base: BaselineSuite): LostMarks {
  const marked = base.cases.filter(({ mustPass }) => mustPass === true);
  if (marked.length === 0) return { lost: [], gone: [] };
  const known = new Set(base.cases.map(({ id }) => id));
  const own = new Map(cases.map((one) => [one.id, one]));
  const renamed = new Map(cases.filter(({ id }) => !known.has(id)).map((one) => [one.fingerprint, one]));
  const lost: HeadCase[] = [];
  const gone: BaselineCase[] = [];
  for (const one of marked) {
    const now = own.get(one.id) ?? renamed.get(one.fingerprint);
    if (now === undefined) gone.push(one);
    else if (!now.critical) lost.push(now);
  }
  return { lost, gone };
}
