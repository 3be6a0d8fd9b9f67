import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { createAsker, isYes, wrongYesOrNo } from "./ask.ts";

/** What is shown and what is answered, where these lines are typed in a window that is so wide. */
async function asked(typed: string, columns: number, question: string) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns });
  const asker = createAsker(input, output);
  const lines = typed.split("\n");
  let shown = "";
  output.on("data", (part) => {
    shown += String(part);
    // What is typed before it is asked for is lost.
    if (shown.endsWith("] ")) setImmediate(() => input.write(`${lines.shift()}\n`));
  });
  const answer = await asker.ask(question, { otherwise: "yes", allowed: wrongYesOrNo });
  asker.close();
  return { answer, shown };
}

const QUESTION = "Install gapcheck into this folder too, by npm install? yes, no";

it.each(["y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO"])("takes %s for an answer", async (typed) => {
  const { answer, shown } = await asked(typed, 80, QUESTION);
  expect(isYes(answer)).toBe(typed.toLowerCase().startsWith("y"));
  expect(shown).toBe(`${QUESTION} [yes] `);
});

it.each(["yep", "nono", "ja", "1"])("asks again after %s", async (typed) => {
  const { answer, shown } = await asked(`${typed}\nn`, 80, QUESTION);
  expect(answer).toBe("n");
  expect(shown).toContain("  Choose from: yes, no.\n");
});

it("takes an empty line and the end of the input for the default", async () => {
  expect((await asked("", 80, QUESTION)).answer).toBe("yes");
  const input = new PassThrough();
  const asker = createAsker(input, new PassThrough());
  input.end();
  expect(await asker.ask(QUESTION, { otherwise: "no", allowed: wrongYesOrNo })).toBe("no");
});

it.each([40, 24, 80])("keeps questions and objections within %i columns", async (columns) => {
  const { shown } = await asked("maybe later\nno", columns, QUESTION);
  // An Enter that a terminal would show is not in what is read.
  for (const line of shown.split(/\n|(?<=\] )/)) expect(line.length).toBeLessThanOrEqual(columns);
  expect(shown.replace(/\s+/g, " ").match(/by npm install\? yes, no \[yes\]/g)).toHaveLength(2);
});
