import { expect, it } from "vitest";
import { commandLine } from "./command-line.ts";

it("quotes only what a shell would not take as it stands", () => {
  const args = ["run", "evals/a.eval.ts", "--suite", "two words", "--case", "it's $HOME", "--max-usd", "0.50"];
  expect(commandLine(args)).toBe(
    `gapcheck run evals/a.eval.ts --suite 'two words' --case 'it'\\''s $HOME' --max-usd 0.50`,
  );
  expect(commandLine(["run", "--suite", ""])).toBe("gapcheck run --suite ''");
});
