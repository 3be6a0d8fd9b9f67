/** Trials with tags, prompts, texts and items for the tests of the instruments. */
import type { Usage } from "../../suite/completion.ts";
import type { Suite } from "../../suite/suite.ts";
import type { TrialRecord } from "../../suite/trial.ts";
import { createObservations, type Observations } from "../observations.ts";
import { record, type SuiteParts, suiteOf, type Trial } from "../trials.test-data.ts";
import type { InstrumentRow, Readings } from "./contract.ts";

export interface Told extends Trial {
  readonly tags?: readonly string[];
  readonly prompt?: string;
  readonly text?: string;
  readonly usage?: Usage;
}

export function toldRecord(suite: Suite, { tags = [], prompt, text, usage, ...trial }: Told): TrialRecord {
  const plain = record(suite, trial);
  const { completion } = plain;
  const said =
    completion.kind === "answer"
      ? { ...completion, ...(text === undefined ? {} : { text }), ...(usage === undefined ? {} : { usage }) }
      : completion;
  const messages = prompt === undefined ? {} : { messages: [{ role: "user" as const, content: prompt }] };
  return { ...plain, tags, completion: said, ...messages };
}

export function observe(parts: SuiteParts & Partial<Suite>, trials: readonly Told[]): Observations {
  const suite = { ...suiteOf({ stated: { scenario: "format" }, ...parts }), ...parts };
  const observations = createObservations(suite);
  for (const one of trials) observations.add(toldRecord(suite, one));
  return observations;
}

export function rowOf({ rows }: Readings, key: string): InstrumentRow {
  const row = rows.find((each) => each.key === key);
  if (row === undefined) throw new Error(`no row ${key} among ${rows.map((each) => each.key).join(", ")}`);
  return row;
}

/** Value and n of one cell; the reason where it has none. */
export function cell(readings: Readings, key: string, column = 0): readonly [number, number] | string {
  const own = rowOf(readings, key).cells[column];
  if (own === undefined) return "no such column";
  return own.available ? [own.value, own.n] : own.why;
}

export const codes = ({ findings }: Readings) => findings.map(({ code }) => code);
