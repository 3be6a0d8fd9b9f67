/** Reads answers that people labelled, read whole: there are as many as people had time for. */
import { ConfigError } from "../errors.ts";
import type { Case, LoadedCase } from "../suite/case.ts";
import { didYouMean } from "../suite/closest.ts";
import { fingerprintOf } from "../suite/fingerprint.ts";
import type { People } from "../suite/labelled.ts";
import { checkCase } from "./check-case.ts";
import { collectMistakes } from "./collect.ts";
import { createIdRegister } from "./ids.ts";
import { rowSource } from "./rows.ts";

/** An answer with its question, as a judge is asked. */
export interface ReadAnswer {
  readonly case: LoadedCase;
  readonly answer: string;
  readonly label: string;
  readonly target?: string;
}

const KEYS = ["id", "input", "expected", "answer", "label", "target"];
/** Held in memory, and asked of a judge one by one. */
const MOST = 20_000;

export interface ReadingLabels {
  /** Folder that relative paths start from. */
  readonly dir: string;
  readonly suiteFile: string;
  /** Of the judge. */
  readonly labels: readonly string[];
  /** What a case lacks, so that no answer to it could be graded. */
  readonly lacks?: (one: Case) => string | undefined;
}

/** Throws ConfigErrors with file, line and fix: a missing file, a row that is none, a label that the judge does not have, an id that stands twice. */
export async function readLabelledAnswers(
  from: People["answers"],
  { dir, suiteFile, labels, lacks }: ReadingLabels,
): Promise<readonly ReadAnswer[]> {
  const source = rowSource(from, dir, suiteFile);
  const ids = createIdRegister(source.nameAt);
  const mistakes = collectMistakes();
  const answers: ReadAnswer[] = [];
  await mistakes.during(async () => {
    let count = 0;
    for await (const rows of source.blocks()) {
      for (const row of rows) {
        const index = count++;
        const place = source.placeOf(row, index);
        const wrong = (path: string, message: string, fix: string) =>
          mistakes.add(new ConfigError("labelled-answer", message, { place: { ...place, path }, fix }));
        const { answer, label, target, ...rest } = isRecord(row.value) ? row.value : { ...NOTHING };
        for (const key of Object.keys(rest)) {
          if (KEYS.includes(key)) continue;
          wrong(key, `a labelled answer has no "${key}".${didYouMean(key, KEYS)}`, `Keys are ${KEYS.join(", ")}.`);
          delete rest[key];
        }
        const checked = checkCase(isRecord(row.value) ? rest : row.value, place);
        if (!checked.ok) {
          mistakes.add(...checked.mistakes);
          continue;
        }
        if (typeof answer !== "string" || answer.trim() === "") {
          wrong("answer", "the answer is not a text with something in it", "Write the text that the person labelled.");
          continue;
        }
        if (typeof label !== "string" || !labels.includes(label)) {
          const said = label === undefined ? "the label is missing" : `the judge has no label ${JSON.stringify(label)}`;
          const near = typeof label === "string" ? didYouMean(label, labels) : "";
          wrong(
            "label",
            near === "" ? said : `${said}.${near}`,
            `Give one of ${labels.join(", ")}, as the person did.`,
          );
          continue;
        }
        if (target !== undefined && (typeof target !== "string" || target.trim() === "")) {
          wrong("target", "the target is not a text with something in it", "Name who answered, or leave it out.");
          continue;
        }
        const lacking = lacks?.(checked.case);
        if (lacking !== undefined) {
          wrong("expected", lacking, "Add what the judge is to be shown, or leave the line out.");
          continue;
        }
        const duplicate = ids.add(checked.case.id, row.line ?? index, place);
        if (duplicate !== undefined) mistakes.add(duplicate);
        if (answers.length >= MOST) throw tooMany(source.file ?? suiteFile);
        answers.push({
          case: loaded(checked.case, index, row.line),
          answer,
          label,
          ...(target === undefined ? {} : { target }),
        });
      }
    }
    if (answers.length === 0 && count === 0) throw none(source.file ?? suiteFile);
  });
  return answers;
}

const NOTHING: Readonly<Record<string, unknown>> = {};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function loaded(one: Case, index: number, line: number | undefined): LoadedCase {
  return {
    ...one,
    index,
    cluster: one.id,
    weight: 1,
    split: "test",
    fingerprint: fingerprintOf(one),
    ...(line === undefined ? {} : { line }),
  };
}

function tooMany(file: string): ConfigError {
  return new ConfigError("labelled-answers", `more than ${MOST} labelled answers`, {
    place: { file },
    fix: `Take a sample of ${MOST} at most: some hundred tell the agreement well enough.`,
  });
}

function none(file: string): ConfigError {
  return new ConfigError("labelled-answers", "no labelled answer", {
    place: { file },
    fix: "Write one answer a line with the label that a person gave it, or leave `people` out.",
  });
}
