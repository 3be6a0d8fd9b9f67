/** The workflows that people get, as `gapcheck init` writes them and as docs/ci.md has them changed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commentWorkflowText } from "../../src/scaffold/comment-workflow.ts";
import { newFiles } from "../../src/scaffold/files.ts";
import { KEYS } from "../../src/scaffold/starter-suite.ts";
import { workflowText } from "../../src/scaffold/workflow.ts";
import { repository } from "../repository.ts";

export const PATH = ".github/workflows/eval.yml";
const COMMAND = "node_modules/gapcheck/dist/cli.js";
export const CALLS = `${COMMAND} run`;

export const ours = readFileSync(join(repository, PATH), "utf8");
export const users = newFiles({ name: "tickets", provider: "example" }).find((file) => file.path === PATH)?.text ?? "";
export const queued = workflowText({ command: COMMAND, secrets: KEYS, more: ["--merge-queue"] });
export const comments = commentWorkflowText(COMMAND);
export const page = readFileSync(join(repository, "docs/ci.md"), "utf8");

/** Throws where there is nothing to replace. */
export function put(text: string, from: string | RegExp, to: string): string {
  const changed = typeof from === "string" ? text.replace(from, () => to) : text.replace(from, to);
  if (changed === text) throw new Error(`nothing fits ${from}`);
  return changed;
}

/** A block of docs/ci.md by how it begins. */
export function block(begin: string): string {
  const found = page.split("```yaml\n").find((one) => one.trimStart().startsWith(begin));
  if (found === undefined) throw new Error(`docs/ci.md has no block that begins with ${begin}`);
  return found.slice(0, found.indexOf("```"));
}

/** With a step that gives the answers away. */
export const exported = put(users, / {6}- uses: actions\/cache\/save/, `${block("- name: Export")}$&`);

/** With short-lived credentials. */
export function withIdentity(): string {
  const allowed = put(
    users,
    /(timeout-minutes: 45\n) {4}permissions:\n {6}contents: read\n/,
    `$1${block("environment:")}`,
  );
  const exchanged = put(allowed, "      - name: Evaluate\n", `${block("- name: Exchange")}      - name: Evaluate\n`);
  return put(exchanged, /^ {10}OPENAI_API_KEY: .*\n/m, block("OPENAI_API_KEY:"));
}
