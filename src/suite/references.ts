/** References to files beside the suite: written here, read when the suite runs. */
import type { CaseFile } from "./cases.ts";
import type { TextFile } from "./prompt.ts";

/**
 * Cases in a JSONL file: one `{ "id", "input", "expected"?, "cluster"?, "tags"?, "weight"?, "split"? }` a line, UTF-8.
 *
 * Name the types of `input` and `expected` and the compiler checks templates and graders against them; without, it accepts any.
 *
 * @param path relative to the suite file.
 * @example
 * jsonl<{ message: string }, { policy: string }>("../datasets/support-reply.jsonl")
 */
export function jsonl<Input = never, Expected = never>(path: string): CaseFile<Input, Expected> {
  return { kind: "jsonl", path };
}

/**
 * Cases in a CSV file (UTF-8, commas, a header line): the columns `id`, `input` or `input.<field>`, `expected`, `cluster`, `tags` (separated by `;`),
 * `weight`, `split`. Every cell is a text, so `Expected` is `string`; an empty `expected` cell means that nothing is expected.
 *
 * @param path relative to the suite file.
 * @example
 * csv<{ question: string }, string>("../datasets/faq.csv")
 */
export function csv<Input = never, Expected = never>(path: string): CaseFile<Input, Expected> {
  return { kind: "csv", path };
}

/**
 * A template kept in a text file of its own (UTF-8). CRLF counts as LF, and one line end at the end of the file is dropped.
 *
 * @param path relative to the suite file.
 * @example
 * prompt: { system: file("prompts/steps.md"), user: "{{message}}" }
 */
export function file(path: string): TextFile {
  return { kind: "file", path };
}
