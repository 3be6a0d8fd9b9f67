/** In which order a suite's cases are asked by a run that may stop early: first all that choices and other questions rest on, then the test cases by hash. */
import { orderOf } from "./looks.ts";
import { type SuitePlan, selectedBlocks } from "./plan.ts";

export interface CaseOrder {
  /** Ids of what every look takes: dev cases, and those that tuning must not break. */
  readonly always: readonly string[];
  /** Ids of the test cases. A hash of what a case says has nothing to do with how hard it is, or with where it stands in the file. */
  readonly test: readonly string[];
  /** Why no bound of the test cases holds at every look; absent where one does. */
  readonly unfit?: "weights" | "clusters";
}

/** @returns of the cases that the plan takes. Keeps their ids, no case. */
export async function caseOrder(plan: SuitePlan): Promise<CaseOrder> {
  const heldTag = plan.suite.requirement.regression?.tag;
  const always: string[] = [];
  const test: { id: string; hash: string }[] = [];
  const weights = new Set<number>();
  const clusters = new Set<string>();
  for await (const block of selectedBlocks(plan)) {
    for (const { id, split, tags, fingerprint, weight, cluster } of block) {
      if (split === "dev" || (heldTag !== undefined && tags?.includes(heldTag) === true)) {
        always.push(id);
        continue;
      }
      test.push({ id, hash: orderOf(fingerprint) });
      weights.add(weight);
      clusters.add(cluster);
    }
  }
  const unfit = weights.size > 1 ? "weights" : clusters.size < test.length ? "clusters" : undefined;
  // Cases that say the same keep their order, so that the order is one whatever sorts it.
  test.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
  return { always, test: test.map(({ id }) => id), ...(unfit === undefined ? {} : { unfit }) };
}
