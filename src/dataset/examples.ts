/** Worked examples for shots, read whole. */
import type { Case } from "../suite/case.ts";
import type { Shots } from "../suite/prompt.ts";
import { checkCase } from "./check-case.ts";
import { collectMistakes } from "./collect.ts";
import { createIdRegister } from "./ids.ts";
import { rowSource } from "./rows.ts";

/** An example with its line, for messages. */
export interface Example extends Case {
  /** 1-based; absent for examples written in the suite. */
  readonly line?: number;
}

/**
 * Examples of a file or of the suite, by the rules for cases. Throws ConfigErrors as `openDataset` does; no examples at all is no mistake here.
 *
 * @param dir folder that relative paths start from: the suite file's.
 */
export async function readExamples(from: Shots["from"], dir: string): Promise<readonly Example[]> {
  const source = rowSource(from, dir);
  const ids = createIdRegister(source.nameAt);
  const mistakes = collectMistakes();
  const examples: Example[] = [];
  await mistakes.during(async () => {
    let count = 0;
    for await (const rows of source.blocks()) {
      for (const row of rows) {
        const index = count++;
        const place = source.placeOf(row, index);
        const checked = checkCase(row.value, place);
        if (checked.ok) {
          const duplicate = ids.add(checked.case.id, row.line ?? index, place);
          if (duplicate !== undefined) mistakes.add(duplicate);
          examples.push(row.line === undefined ? checked.case : { ...checked.case, line: row.line });
        } else mistakes.add(...checked.mistakes);
      }
    }
  });
  return examples;
}
