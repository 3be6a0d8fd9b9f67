/** Steps of checklists: how often each fails, and which is the first to fail. */
import { targetColumns } from "../case-values.ts";
import { ABSENT } from "../number-column.ts";
import { Item, type ItemColumn } from "../trial-details.ts";
import { estimateInWords, estimateOver, meansByCase } from "./case-shares.ts";
import type { Finding, InstrumentRow, Readings } from "./contract.ts";
import type { Subject, Subjects } from "./subjects.ts";

interface Step {
  readonly grader: string;
  readonly item: string;
  readonly position: number;
  readonly required: boolean;
}

const WORDS = { none: "no answer was checked", left: "no checked answer" };

/** Rows `fails:<grader>/<step>` and, for the long report, `first:<grader>/<step>`; a finding names the step that most often fails first. */
export function readSteps(subjects: Subjects, columns: readonly Subject[]): Readings {
  const { observations, slots } = subjects;
  const steps = stepsOf(subjects, columns);
  const several = new Set(steps.map(({ grader }) => grader)).size > 1;
  const name = ({ grader, item }: Step) => (several ? `${item} (${grader})` : item);
  const rows = (prefix: "fails" | "first", label: string, reader: typeof failsAt): InstrumentRow[] =>
    steps
      .filter(({ required }) => prefix === "fails" || required)
      .map((step) => ({
        key: `${prefix}:${step.grader}/${step.item}`,
        label: `${label} ${name(step)}`,
        cells: columns.map((subject) => {
          const values = meansByCase(observations, slots, reader(subjects, subject, step, steps));
          return estimateOver(observations, slots, values, WORDS);
        }),
        ...(prefix === "first" ? { detail: true as const } : {}),
      }));
  const first = rows("first", "fails first:", firstAt);
  return {
    rows: [...rows("fails", "fails:", failsAt), ...first],
    changes: [],
    findings: columns.flatMap((subject, at) => firstToFail(subject, first, at)),
  };
}

function firstToFail({ target }: Subject, rows: readonly InstrumentRow[], at: number): Finding[] {
  const told = rows.flatMap(({ label, cells }) => {
    const cell = cells[at];
    return cell?.available === true && cell.value > 0 ? [{ label: label.replace("fails first: ", ""), cell }] : [];
  });
  const [most] = told.sort((a, b) => b.cell.value - a.cell.value);
  if (most === undefined) return [];
  const text = `"${target}" most often fails first at "${most.label}": ${estimateInWords(most.cell)} of all answers.`;
  return [{ code: "fails-first", text }];
}

/** In the order of the suite's graders, then of their items. */
function stepsOf({ observations }: Subjects, columns: readonly Subject[]): Step[] {
  const graders = observations.suite.graders.map(({ name }) => name);
  const found = new Map<string, Step>();
  for (const { position } of columns) {
    for (const [key, column] of targetColumns(observations, position).details.items) {
      const known = found.get(key);
      const { grader, item } = column;
      found.set(key, {
        grader,
        item,
        position: Math.min(known?.position ?? column.position, column.position),
        required: (known?.required ?? false) || column.required,
      });
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      graders.indexOf(a.grader) - graders.indexOf(b.grader) || a.position - b.position || (a.item < b.item ? -1 : 1),
  );
}

/** Item column and what an answer without any item of its grader counts as: failed where it was scored all the same (declined, empty). */
function readerOf({ observations }: Subjects, { position }: Subject, grader: string) {
  const { details, graders } = targetColumns(observations, position);
  const items = [...details.items.values()].filter((column) => column.grader === grader);
  const scores = graders[observations.suite.graders.findIndex(({ name }) => name === grader)]?.strict;
  const isEmpty = (at: number) => items.every(({ outcome }) => outcome[at] === 0) && (scores?.[at] ?? ABSENT) >= 0;
  return { items, isEmpty };
}

function failsAt(subjects: Subjects, subject: Subject, { grader, item }: Step, _: readonly Step[]) {
  const { items, isEmpty } = readerOf(subjects, subject, grader);
  const own = items.find((column) => column.item === item);
  return (at: number): number => {
    const outcome = own?.outcome[at] ?? 0;
    if (outcome !== 0) return outcome === Item.failed ? 1 : 0;
    return isEmpty(at) ? 1 : ABSENT;
  };
}

/** 1 where this is the first required step to fail; an answer without any step told fails at the first. */
function firstAt(subjects: Subjects, subject: Subject, step: Step, steps: readonly Step[]) {
  const { items, isEmpty } = readerOf(subjects, subject, step.grader);
  const order = steps.filter(({ grader, required }) => grader === step.grader && required);
  const columns = order.map(({ item }): ItemColumn | undefined => items.find((column) => column.item === item));
  const place = order.indexOf(step);
  return (at: number): number => {
    if (isEmpty(at)) return place === 0 ? 1 : 0;
    if (columns.every((column) => (column?.outcome[at] ?? 0) === 0)) return ABSENT;
    return columns.findIndex((column) => column?.outcome[at] === Item.failed) === place ? 1 : 0;
  };
}
