/** Reads the tables of a Markdown text, as GitHub does, for the tests of what we write. */

export interface MarkdownTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const cellsOf = (line: string): readonly string[] =>
  line
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());

/** All of them, in order. A pipe in a cell is an entity in what we write, so that each pipe is a border. */
export function tablesOf(text: string): readonly MarkdownTable[] {
  return (text.match(/(?:^\|.*\|$\n?)+/gm) ?? []).map((block) => {
    const [head = "", , ...rows] = block.trimEnd().split("\n");
    return { head: cellsOf(head), rows: rows.map(cellsOf) };
  });
}
