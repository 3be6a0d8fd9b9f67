/** A question on the terminal, with the answer that an empty line means. */
import { createInterface } from "node:readline/promises";

export interface Asker {
  /** Asks until the answer is allowed. */
  readonly ask: (
    question: string,
    options: { readonly otherwise: string; readonly allowed: (answer: string) => string | undefined },
  ) => Promise<string>;
  readonly close: () => void;
}

/** `allowed` gives what is wrong with an answer, or undefined. The end of the input means the default. */
export function createAsker(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Asker {
  const lines = createInterface({ input, output });
  const ended = new AbortController();
  lines.on("close", () => ended.abort());
  return {
    ask: async (question, { otherwise, allowed }) => {
      for (;;) {
        if (ended.signal.aborted) return otherwise;
        const line = await lines.question(`${question} [${otherwise}] `, { signal: ended.signal }).catch(() => "");
        const answer = line.trim() === "" ? otherwise : line.trim();
        const wrong = allowed(answer);
        if (wrong === undefined) return answer;
        output.write(`  ${wrong}\n`);
      }
    },
    close: () => lines.close(),
  };
}
