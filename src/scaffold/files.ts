/** All files of a new project, as texts by path: what `gapcheck init` writes, worked out before anything is written. */

import { commentWorkflowText } from "./comment-workflow.ts";
import { starterDataset, starterRecording } from "./starter-data.ts";
import { KEYS, PROMPT, type SuiteChoices, suiteText } from "./starter-suite.ts";
import { dependabotText, workflowText } from "./workflow.ts";

export const WORKFLOW = ".github/workflows/eval.yml";

export interface NewFile {
  /** Relative to the project's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Lines that .gitignore must hold: the ledger is a cache, a run's folder can be made again, and what the stub answers is no answer. */
export const IGNORED = ["node_modules/", ".gapcheck/", "stub.sqlite*", "reports/*", "!reports/baseline.json"] as const;

export function newFiles(choices: SuiteChoices & { readonly comment?: boolean }): readonly NewFile[] {
  const { name, provider, comment } = choices;
  const command = "node_modules/gapcheck/dist/cli.js";
  return [
    { path: `evals/${name}.eval.ts`, text: suiteText(choices) },
    { path: `evals/prompts/${name}.md`, text: PROMPT },
    { path: `datasets/${name}.jsonl`, text: starterDataset() },
    ...(provider === "example" ? [{ path: `datasets/${name}.answers.jsonl`, text: starterRecording() }] : []),
    // Every provider's key, also for the example: its answers are to give way to a model, and then nothing is missing but the secret.
    { path: WORKFLOW, text: workflowText({ command, secrets: KEYS }) },
    ...(comment === true ? [{ path: ".github/workflows/eval-comment.yml", text: commentWorkflowText(command) }] : []),
    { path: ".github/dependabot.yml", text: dependabotText() },
  ];
}

/** The text of .gitignore with the missing lines added at its end. */
export function ignoring(text: string): string {
  const lines = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = IGNORED.filter((line) => !lines.has(line) && !lines.has(line.replace(/\/$/, "")));
  if (missing.length === 0) return text;
  const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return `${start}${missing.join("\n")}\n`;
}

/** Whether a workflow gives a step this environment variable, wherever its value comes from. */
export function handsOn(workflow: string, variable: string): boolean {
  return workflow.split(/\r?\n/).some((line) => line.trimStart().startsWith(`${variable}:`));
}
