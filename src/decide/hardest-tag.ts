/** The slice of the cases on which a target does worst. */
import { caseValues, sampleOf } from "./case-values.ts";
import { formOf } from "./checks.ts";
import { at } from "./estimate.ts";
import { spreadOf, unitBounds } from "./mean-bounds.ts";
import type { Observations } from "./observations.ts";
import { SHOWN } from "./paired.ts";
import type { Fact } from "./questions-contract.ts";

/** Fewer cases of a tag say nothing worth a line. */
const FEWEST_CASES = 10;

/**
 * The tag with the lowest share of right answers on test cases. The lowest of several is partly bad luck, so its interval is one of those that hold
 * for all tags together (Bonferroni). Tags that every case has, or fewer than ten, are no slices.
 */
export function hardestTag(observations: Observations, target: number, name: string): Fact {
  const slots = observations.slots("test");
  const byTag = new Map<string, number[]>();
  for (const slot of slots) {
    for (const tag of observations.cases.tagsAt(slot)) {
      const own = byTag.get(tag);
      if (own === undefined) byTag.set(tag, [slot]);
      else own.push(slot);
    }
  }
  const slices = [...byTag].flatMap(([tag, own]) => {
    if (own.length === slots.length) return [];
    const values = caseValues(observations, target, own, { kind: "pass", form: formOf(observations.suite) }, "leave");
    const sample = sampleOf(observations, own, values);
    return sample.values.length < FEWEST_CASES ? [] : [{ tag, sample, spread: spreadOf(sample) }];
  });
  slices.sort((a, b) => a.spread.mean - b.spread.mean || (a.tag < b.tag ? -1 : 1));
  const [worst] = slices;
  if (worst === undefined || slices.length < 2) {
    const text = `not told: no two tags with ${FEWEST_CASES} graded test cases or more divide the cases`;
    return { key: "hardest-tag", label: "hardest part", text };
  }
  const { tag, sample, spread } = worst;
  const many = slices.length;
  const bounds = unitBounds(sample, 1 - (1 - SHOWN) / 2 / many);
  const clusters = sample.clusters === undefined ? {} : { clusters: spread.clusters };
  return {
    key: "hardest-tag",
    label: `lowest of ${many} tags, "${tag}", "${name}"`,
    figure: {
      available: true,
      value: spread.mean,
      interval: at(bounds),
      n: spread.n,
      ...clusters,
      unit: "share",
      method: `${bounds.method}; 95 % for all ${many} tags together`,
    },
    text: `the interval holds for all ${many} tags together`,
  };
}
