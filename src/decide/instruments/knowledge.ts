/**
 * Knowledge: right, wrong and declined told apart, since a wrong claim costs more than none.
 *
 * A suite marks the cases whose right answer is to decline with a tag (`unanswerable`); its grader passes an answer that declines there. An
 * answer that neither passes nor declines is an unsupported claim, on every case. What passes on a marked case declines, and so attempts nothing.
 */
import type { CaseValues } from "../case-values.ts";
import { targetColumns } from "../case-values.ts";
import { ABSENT } from "../number-column.ts";
import { Flaw, Status } from "../trial-status.ts";
import { readArm } from "./arms.ts";
import { estimateOver, meansByCase } from "./case-shares.ts";
import type { Finding, InstrumentRow, Readings } from "./contract.ts";
import { columnsOf, type Subject, type Subjects } from "./subjects.ts";

/** The tag, where the suite names no other. */
export const UNANSWERABLE = "unanswerable";

/** What became of one trial. An empty answer claims nothing, so it stands with those that decline. */
type Fate = "right" | "wrong" | "declined";

export function readKnowledge(subjects: Subjects): Readings {
  const { observations, slots } = subjects;
  const columns = columnsOf(subjects, ["oracle-context"]);
  const tag = observations.suite.unanswerable ?? UNANSWERABLE;
  const refusing = slots.filter((slot) => observations.cases.tagsAt(slot).includes(tag));
  const words = { none: "no answer could be graded", left: "no graded answer" };
  const row = (key: string, label: string, values: (subject: Subject) => CaseValues, own = slots, why = words) => ({
    key,
    label,
    cells: columns.map((subject) => estimateOver(observations, own, values(subject), why)),
  });
  const share = (fate: Fate, own = slots) => {
    return (subject: Subject) => meansByCase(observations, own, is(subjects, subject, fate));
  };
  const rows: InstrumentRow[] = [
    row("right", "right", share("right")),
    row("wrong", "wrong (unsupported)", share("wrong")),
    row("declined", "declined wrongly, or empty", share("declined")),
    row(
      "right-when-attempted",
      "right when attempted",
      (subject) => attempted(subjects, subject, new Set(refusing)),
      slots,
      {
        none: "nothing was attempted",
        left: "never attempted",
      },
    ),
  ];
  if (refusing.length > 0) {
    rows.push(row("wrong-where-unanswerable", "wrong where unanswerable", share("wrong", refusing), refusing));
  }
  const unmarked: Finding = {
    code: "no-unanswerable",
    text: `Not measured: the rate of unsupported claims where no answer exists. Cases whose right answer is to decline, tagged \`${tag}\`, measure it.`,
  };
  const arm = readArm(subjects, "oracle-context");
  return {
    rows: [...rows, ...arm.rows],
    changes: arm.changes,
    findings: [...arm.findings, ...(refusing.length > 0 ? [] : [unmarked])],
  };
}

function is(subjects: Subjects, subject: Subject, asked: Fate): (at: number) => number {
  const fate = fateOf(subjects, subject);
  return (at) => {
    const own = fate(at);
    return own === undefined ? ABSENT : own === asked ? 1 : 0;
  };
}

/** Share right among the trials that claim something, by case; absent where none does. Right on one of `refusing` is to decline. */
function attempted(subjects: Subjects, subject: Subject, refusing: ReadonlySet<number>): CaseValues {
  const { observations, slots } = subjects;
  const fate = fateOf(subjects, subject);
  return meansByCase(observations, slots, (at) => {
    const own = fate(at);
    if (own === undefined || own === "declined") return ABSENT;
    if (own === "wrong") return 0;
    return refusing.has(Math.floor(at / observations.trials)) ? ABSENT : 1;
  });
}

function fateOf({ observations, form }: Subjects, { position }: Subject): (at: number) => Fate | undefined {
  const columns = targetColumns(observations, position);
  return (at) => {
    const status = columns[form][at];
    if (status === Status.passed) return "right";
    if (status !== Status.failed) return undefined;
    const flaw = columns.flaw[at];
    return flaw === Flaw.declined || flaw === Flaw.empty ? "declined" : "wrong";
  };
}
