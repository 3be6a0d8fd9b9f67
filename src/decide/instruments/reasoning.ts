/**
 * Reasoning: which of the items to be found are found, and whether more steps cost accuracy. Cases say how many steps they take by a tag
 * `steps-<n>`.
 */
import { slope } from "../../stats/slope.ts";
import { NONE_EARLY } from "../anytime.ts";
import { type CaseValues, caseValues, sampleOf, targetColumns } from "../case-values.ts";
import { unavailable } from "../estimate.ts";
import { ABSENT } from "../number-column.ts";
import type { Observations } from "../observations.ts";
import { SHOWN } from "../paired.ts";
import { estimateOver, meansByCase } from "./case-shares.ts";
import type { Finding, InstrumentChange, InstrumentRow, MaybeChange, Readings } from "./contract.ts";
import { readSteps } from "./steps.ts";
import { columnsOf, type Subject, type Subjects } from "./subjects.ts";

const STEPS = /^steps-(\d{1,3})$/;
/** Parts of a score that tell sets apart; others are for the long report. */
const OF_SETS = ["recall", "precision"];
const GRADED = { none: "no answer could be graded", left: "no graded answer" };

const NO_SETS: Finding = {
  code: "no-sets",
  text: "Not measured: which of the items to be found are found (recall), and how many of those named are right (precision). The grader `setMatch` measures it.",
};
const NO_STEPS: Finding = {
  code: "no-step-checks",
  text: "Not measured: whether each step on the way is right. A `checklist` of the steps as grader measures it.",
};

export function readReasoning(subjects: Subjects): Readings {
  const columns = columnsOf(subjects, []);
  const parts = partRows(subjects, columns);
  const bySteps = readBySteps(subjects, columns);
  const items = readSteps(subjects, columns);
  return {
    rows: [...parts, ...bySteps.rows, ...items.rows],
    changes: bySteps.changes,
    findings: [
      ...bySteps.findings,
      ...items.findings,
      ...(parts.some(({ detail }) => detail !== true) ? [] : [NO_SETS]),
      ...(items.rows.length === 0 ? [NO_STEPS] : []),
    ],
  };
}

/** The `n` of a case's tag `steps-<n>`; `undefined` without one, or with several that differ. */
export function stepsOfCase(tags: readonly string[] | undefined): number | undefined {
  const told = new Set((tags ?? []).flatMap((tag) => Number(STEPS.exec(tag)?.[1] ?? Number.NaN)));
  told.delete(Number.NaN);
  const [only, ...others] = told;
  return others.length === 0 ? only : undefined;
}

function readBySteps(subjects: Subjects, columns: readonly Subject[]): Readings {
  const { observations, slots, form } = subjects;
  const groups = Map.groupBy(slots, (slot) => stepsOfCase(observations.cases.tagsAt(slot)));
  const told = [...groups.keys()].filter((steps) => steps !== undefined).sort((a, b) => a - b);
  if (told.length === 0) {
    const text =
      "Not measured: accuracy by number of steps. Cases tagged `steps-1`, `steps-2`, … by how many steps they take measure it.";
    return { rows: [], changes: [], findings: [{ code: "no-steps", text }] };
  }
  const values = (subject: Subject, own: readonly number[]) =>
    caseValues(observations, subject.position, own, { kind: "pass", form }, "leave");
  const rows = told.map((steps): InstrumentRow => {
    const own = groups.get(steps) ?? [];
    return {
      key: `steps:${steps}`,
      label: `right, ${steps} ${steps === 1 ? "step" : "steps"}`,
      cells: columns.map((subject) => estimateOver(observations, own, values(subject, own), GRADED)),
    };
  });
  const tagged = slots.filter((slot) => stepsOfCase(observations.cases.tagsAt(slot)) !== undefined);
  const changes = columns.map(
    (subject): InstrumentChange => ({
      key: "per-step",
      label: "right, for each step more",
      target: subject.target,
      change: slopeOf(observations, tagged, values(subject, tagged)),
    }),
  );
  const out = slots.length - tagged.length;
  const findings: Finding[] =
    out === 0 ? [] : [{ code: "without-steps", text: `${out} test cases have no tag \`steps-<n>\`, or several.` }];
  return { rows, changes, findings };
}

function slopeOf(observations: Observations, slots: readonly number[], values: CaseValues): MaybeChange {
  const known = slots.filter((_, at) => values[at] !== ABSENT);
  if (known.length === 0) return unavailable(GRADED.none);
  const { values: y, clusters, weights, look } = sampleOf(observations, slots, values);
  if (look === "early") return unavailable(NONE_EARLY);
  const x = known.map((slot) => stepsOfCase(observations.cases.tagsAt(slot)) ?? 0);
  const told = slope(x, y, SHOWN, {
    ...(clusters === undefined ? {} : { clusters }),
    ...(weights === undefined ? {} : { weights }),
  });
  if (!told.defined) return unavailable(told.reason);
  const { estimate: value, lower, upper, n, clusters: count } = told.value;
  const grouped = clusters === undefined ? {} : { clusters: count };
  const method = `least squares, jackknife by ${clusters === undefined ? "cases" : "clusters"}`;
  return { available: true, value, lower, upper, confidence: SHOWN, n, ...grouped, unit: "share", method };
}

/** Mean precision and recall of graders that compare sets. An answer without items in the demanded form found nothing: 0. */
function partRows({ observations, slots }: Subjects, columns: readonly Subject[]): InstrumentRow[] {
  const { graders } = observations.suite;
  const keys = new Map<string, { readonly grader: string; readonly part: string }>();
  for (const { position } of columns) {
    for (const [key, { grader, part }] of targetColumns(observations, position).details.parts) {
      keys.set(key, { grader, part });
    }
  }
  const rank = (part: string) => (OF_SETS.includes(part) ? OF_SETS.indexOf(part) : OF_SETS.length);
  const ordered = [...keys].sort(
    ([a, one], [b, other]) =>
      graders.findIndex(({ name }) => name === one.grader) - graders.findIndex(({ name }) => name === other.grader) ||
      rank(one.part) - rank(other.part) ||
      (a < b ? -1 : 1),
  );
  return ordered.map(([key, { grader, part }]) => ({
    key: `part:${grader}/${part}`,
    label: `${part} (${grader})`,
    cells: columns.map(({ position }) => {
      const own = targetColumns(observations, position);
      const scores = own.graders[graders.findIndex(({ name }) => name === grader)]?.strict;
      const told = own.details.parts.get(key)?.value;
      const values = meansByCase(observations, slots, (at) => {
        const value = told?.[at] ?? ABSENT;
        return value === ABSENT && (scores?.[at] ?? ABSENT) !== ABSENT ? 0 : value;
      });
      return estimateOver(observations, slots, values, { ...GRADED, unit: "score" });
    }),
    ...(OF_SETS.includes(part) ? {} : { detail: true as const }),
  }));
}
