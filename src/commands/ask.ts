/** A question on the terminal, with the answer that an empty line means. */
import { createInterface } from "node:readline/promises";
import { wrap, wrapHanging } from "../report/wrap.ts";

export interface Asker {
  /** Asks until the answer is allowed. */
  readonly ask: (
    question: string,
    options: { readonly otherwise: string; readonly allowed: (answer: string) => string | undefined },
  ) => Promise<string>;
  readonly close: () => void;
}

/** Where answers are asked for; without `columns` it is 80 wide. */
export type Terminal = NodeJS.WritableStream & { readonly columns?: number };

/** `allowed` gives what is wrong with an answer, or undefined. The end of the input means the default. */
export function createAsker(input: NodeJS.ReadableStream, output: Terminal): Asker {
  const lines = createInterface({ input, output });
  const ended = new AbortController();
  lines.on("close", () => ended.abort());
  return {
    ask: async (question, { otherwise, allowed }) => {
      for (;;) {
        if (ended.signal.aborted) return otherwise;
        // The window may have been made narrower since the last question. A column is left for the cursor.
        const room = (output.columns ?? 80) - 1;
        // readline redraws what it was given with every key: it gets the last line alone.
        const shown = wrap(`${question} [${otherwise}]`, room);
        for (const before of shown.slice(0, -1)) output.write(`${before}\n`);
        const line = await lines.question(`${shown.at(-1) ?? ""} `, { signal: ended.signal }).catch(() => "");
        const answer = line.trim() === "" ? otherwise : line.trim();
        const wrong = allowed(answer);
        if (wrong === undefined) return answer;
        output.write(`${wrapHanging("  ", wrong, 2, room).join("\n")}\n`);
      }
    },
    close: () => lines.close(),
  };
}

/** What is wrong with an answer to a question of yes or no; `n` and `YES` are answers too. */
export function wrongYesOrNo(answer: string): string | undefined {
  return /^(?:y|yes|n|no)$/i.test(answer) ? undefined : "Choose from: yes, no.";
}

/** Of an answer with which nothing is wrong. */
export function isYes(answer: string): boolean {
  return /^y/i.test(answer);
}
