/** The workflows as they are, played event by event: what GitHub shows in the end, and that a mistake in a file is seen by what it leads to. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KEYS } from "../../src/scaffold/starter-suite.ts";
import { commentDeviations } from "./comment-table.ts";
import { EVENTS } from "./happenings.ts";
import { readWorkflow } from "./readers.ts";
import { deviations, rowsOf, runOf, type Subject } from "./truth-table.ts";
import { CALLS, comments, exported, ours, PATH, put, queued, users, withIdentity } from "./variants.ts";
import { openWorld } from "./world.ts";

async function found(of: AsyncGenerator<string>, most = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const one of of) if (all.push(one) >= most) break;
  return all;
}
const subject = async (text: string, more: Partial<Subject> = {}): Promise<Subject> => ({
  workflow: await readWorkflow(PATH, text),
  providers: KEYS,
  mergeQueue: false,
  ...more,
});
describe.concurrent("the truth table", { timeout: 240_000 }, () => {
  it("holds for the workflow of gapcheck init", async () => {
    const whole = await subject(users);
    expect(rowsOf(whole)).toHaveLength(72);
    expect(await found(deviations(whole))).toEqual([]);
  });

  it("holds for this repository's, which needs no key", async () => {
    expect(await found(deviations(await subject(ours, { providers: [], gates: ["pass", "fail"] })))).toEqual([]);
  });

  it("holds with a merge queue", async () => {
    expect(
      await found(
        deviations(await subject(queued, { mergeQueue: true, providers: KEYS.slice(0, 1), gates: ["pass", "fail"] })),
      ),
    ).toEqual([]);
  });

  it("holds with GitHub's identity instead of a key, as docs/ci.md has it", async () => {
    const more = { identity: true, providers: ["OPENAI_API_KEY"], gates: ["pass", "fail"] } as const;
    expect(await found(deviations(await subject(withIdentity(), more)))).toEqual([]);
    const hidden = put(withIdentity(), 'echo "key=$key"', 'echo "token=$key"');
    expect(await found(deviations(await subject(hidden, more)), 1)).toEqual([
      expect.stringContaining("the check is red"),
    ]);
    const bare = put(withIdentity(), "      id-token: write\n", "");
    expect(await found(deviations(await subject(bare, more)), 1)).toEqual([
      expect.stringContaining("the check is red"),
    ]);
    const broken = put(withIdentity(), '[ -n "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ] || exit 0\n', "\n");
    expect(await found(deviations(await subject(broken, more)), 1)).toEqual([
      expect.stringContaining("run again without the key the check is red"),
    ]);
  });

  it("lets runs on main alone give the answers away, where docs/ci.md has them do so", async () => {
    const whole = await subject(exported);
    const world = openWorld();
    for (const event of EVENTS) {
      const given = { provider: "OPENAI_API_KEY", gate: "fail", key: { OPENAI_API_KEY: "sk-secret" } } as const;
      const { artifacts } = (await runOf(whole, world, event, given)).started;
      const file = join(artifacts.get("gapcheck-reports") ?? "", "ledger.jsonl");
      expect([event, existsSync(file)]).toEqual([event, event === "push"]);
    }
    world.close();
  });

  it("holds for the workflow that comments, after the other has run", async () => {
    const parsed = await readWorkflow(PATH, comments);
    expect(await found(commentDeviations(await subject(users), parsed))).toEqual([]);
  });
});

/** Mistakes that lead to something else: what to replace, by what, and what shows them. */
const MISTAKES: readonly (readonly [name: string, from: string | RegExp, to: string, shown: RegExp])[] = [
  ["a wrong event for what may be cut off", "== 'pull_request'", "== 'pull_requests'", /cut off: false/],
  ["runs of main are cut off", /cancel-in-progress: .*/, "cancel-in-progress: true", /cut off: true,true,true/],
  ["one group for all", "github.event.pull_request.number || github.ref", "github.workflow", /one group/],
  ["a group for each run", "github.event.pull_request.number || github.ref", "github.run_id", /is of another group/],
  ["no merge queue", "  merge_group:\n", "", /^merge_group does not start it/],
  ["a paths filter", "  pull_request:\n", "  pull_request:\n    paths: [evals/**]\n", /^a pull request .* not start/],
  ["pull requests to main alone", "  pull_request:\n", "  pull_request:\n    branches: [main]\n", /not start/],
  ["the first push alone", "  pull_request:\n", "  pull_request:\n    types: [opened]\n", /not start/],
  ["every branch's push", "    branches: [main]\n", "    branches: ['*']\n", /another branch starts/],
  ["pull_request_target", "  pull_request:\n", "  pull_request_target:\n  pull_request:\n", /target starts/],
  ["another default branch", "branches: [main]", "branches: [master]", /^push does not start it/],
  ["a gate without always()", /(needs: \[run\]\n) {4}if: .*\n/, "$1", /the check is green/],
  ["a gate on success alone", /(needs: \[run\]\n) {4}if: .*\n/, "$1    if: success()\n", /the check is green/],
  ["a gate on failure alone", /(needs: \[run\]\n) {4}if: .*\n/, "$1    if: failure()\n", /cancelled.*green/],
  [
    "a gate that a cancel skips",
    /(needs: \[run\]\n) {4}if: .*\n/,
    "$1    if: ${{ !cancelled() }}\n",
    /cancelled.*green/,
  ],
  [
    "a gate for pull requests alone",
    /(needs: \[run\]\n) {4}if: .*\n/,
    "$1    if: always() && github.event_name == 'pull_request'\n",
    /(merge_group|push), .*check is green/,
  ],
  ["a gate that needs nothing", "    needs: [run]\n", "", /needs|the check is red/],
  ["a result that is not there", "needs.run.result", "needs.run.outputs.result", /the check is red/],
  ["a gate that asks for failure", '"$RUN" = success', '"$RUN" != failure', /cancelled.*green/],
  ["a gate the wrong way round", '"$RUN" = success', '"$RUN" = failure', /the check is/],
  ["a gate that always passes", '[ "$RUN" = success ]', '[ "$RUN" = success ] || true', /the check is green/],
  [
    "a gate whose step is for failures",
    "      - name: The run must",
    "      - if: needs.run.result == 'failure'\n        name: The run must",
    /the check is green/,
  ],
  ["an exit code that is swallowed", /run: exec (node .*)/, "run: $1 || true", /the check is green|paid until then/],
  ["an exit code the wrong way round", /run: exec (node .*)/, "run: '! $1'", /the check is/],
  [
    "a failure that is hidden",
    "      - name: Evaluate\n",
    "      - name: Evaluate\n        continue-on-error: true\n",
    /the check is green/,
  ],
  [
    "a run that passes by the queue",
    "  run:\n",
    "  run:\n    if: github.event_name != 'merge_group'\n",
    /^merge_group, .*red/,
  ],
  [
    "a run that passes by forks",
    "  run:\n",
    "  run:\n    if: github.event.pull_request.head.repo.full_name == github.repository\n",
    /^pull_request, .* cached=no/,
  ],
  [
    "a step that passes by forks",
    "      - name: Evaluate\n",
    "      - name: Evaluate\n        if: ${{ github.event.pull_request.head.repo.fork == false }}\n",
    /^pull_request, key .*: run again without the key the check is red/,
  ],
  [
    "a job that passes by forks",
    "  run:\n",
    "  run:\n    if: ${{ github.event.pull_request.head.repo.fork == false }}\n",
    /^pull_request, key .*: run again without the key the check is red/,
  ],
  [
    "a step that passes by drafts",
    "      - name: Evaluate\n",
    "      - name: Evaluate\n        if: ${{ !github.event.pull_request.draft }}\n",
    /^a draft pull request is evaluated 0 times/,
  ],
  [
    "a step that passes by bots",
    "      - name: Evaluate\n",
    "      - name: Evaluate\n        if: ${{ github.event.pull_request.user.type != 'Bot' }}\n",
    /^a bot's pull request is evaluated 0 times/,
  ],
  [
    "a step that passes by members",
    "      - name: Evaluate\n",
    "      - name: Evaluate\n        if: ${{ github.event.pull_request.author_association != 'MEMBER' }}\n",
    /^a member's pull request is evaluated 0 times/,
  ],
  [
    "a gate that takes a skipped run",
    '[ "$RUN" = success ]',
    '[ "$RUN" = success ] || [ "$RUN" = skipped ]',
    /^the run is skipped, and the check is green/,
  ],
  ["no --ci", " --ci", "", /not run event=.* ci=yes/],
  ["no cap", " --max-usd 2", "", /usd=no/],
  [
    "an event that is none",
    "EVENT: ${{ github.event_name }}",
    "EVENT: ${{ github.event.name }}",
    / cached, pass: the check is red/,
  ],
  ["a key's line that is missing", /^ {10}OPENAI_API_KEY: .*\n/m, "", / key of OPENAI/],
  ["the other key's line that is missing", /^ {10}ANTHROPIC_API_KEY: .*\n/m, "", /of ANTHROPIC_API_KEY.*key=no/],
  ["the other's key", "secrets.OPENAI_API_KEY", "secrets.ANTHROPIC_API_KEY", / key of OPENAI/],
  ["a key from elsewhere", "secrets.OPENAI_API_KEY", "vars.OPENAI_API_KEY", / key of OPENAI/],
  [
    "a key for all steps",
    "    steps:\n      - uses: actions/checkout",
    "    env:\n      OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}\n    steps:\n      - uses: actions/checkout",
    /stands in \d+ steps/,
  ],
  [
    "a key in the script",
    "run: exec node",
    "run: OPENAI_API_KEY=${{ secrets.OPENAI_API_KEY }} exec node",
    /the key stands in a script|command was told/,
  ],
  ["answers that a failure loses", /(cache\/save@\S+ # \S+\n) {8}if: .*\n/, "$1", /paid until then is lost/],
  [
    "answers that a cancel loses",
    /(cache\/save@\S+ # \S+\n) {8}if: .*\n/,
    "$1        if: success() || failure()\n",
    /paid until then is lost/,
  ],
  ["a taken key", /gapcheck-v1-\$\{\{ github.run_id \}\}-\$\{\{ github.run_attempt \}\}/g, "gapcheck-v1", /cached/],
  ["no key of runs before", "          restore-keys: gapcheck-v1-\n", "", /, cached, .*cached=no/],
  ["another folder", /(cache\/save@[\s\S]*?path: )\.gapcheck/, "$1.gapcheck/cache", /cached/],
  ["a wrong input", "restore-keys:", "restore-key:", /the check is red|command was told/],
  [
    "a report that a failure loses",
    /(upload-artifact@\S+ # \S+\n) {8}if: .*\n/,
    "$1",
    /these artifacts are left: report.html/,
  ],
  ["one name for two", "          archive: false\n", "          name: gapcheck-reports\n", /artifacts|check is red/],
  ["no exec", "exec node", "node", /cancelled/],
  ["npm between", `exec node ${CALLS}`, "npm run eval --", /cancelled/],
  [
    "nothing installed",
    "      - run: npm ci --ignore-scripts\n",
    "",
    / key of OPENAI_API_KEY, cached, pass: the check is red/,
  ],
];

const COMMENT_MISTAKES: readonly (readonly [name: string, from: string, to: string, shown: RegExp])[] = [
  ["every event", "    if: ${{ github.event.workflow_run.event == 'pull_request' }}\n", "", /after merge_group/],
  [
    "runs that passed alone",
    "== 'pull_request' }}",
    "== 'pull_request' && github.event.workflow_run.conclusion == 'success' }}",
    /pull_request, fail: no comment/,
  ],
  ["another workflow's name", "workflows: [eval]", "workflows: [evals]", /pull_request, pass: no comment/],
  ["every activity", "    types: [completed]\n", "", /starts on eval, requested/],
  ["another artifact", "--name gapcheck-reports", "--name gapcheck-report", /no comment/],
  [
    "the default branch's commit",
    "github.event.workflow_run.head_sha",
    "github.sha",
    /comment summary of pull_request b/,
  ],
  ["another run", "github.event.workflow_run.id", "github.run_id", /no comment/],
  ["no token to fetch", "          GH_TOKEN: ${{ github.token }}\n", "", /no comment/],
  ["no token to write", "          GITHUB_TOKEN: ${{ github.token }}\n", "", /no comment/],
  [
    "a token for all",
    "    runs-on",
    "    env:\n      TOKEN: ${{ github.token }}\n    runs-on",
    /needs none has the token/,
  ],
];

describe.concurrent("a mistake", { timeout: 240_000 }, () => {
  it.each(MISTAKES)("%s, is seen by what it leads to", async (_, from, to, shown) => {
    const text = put(users, from, to);
    let wrong: readonly string[];
    try {
      wrong = await found(deviations(await subject(text)), 1);
    } catch (thrown) {
      wrong = [String(thrown)];
    }
    expect(wrong).toEqual([expect.stringMatching(shown)]);
  });

  it.each(COMMENT_MISTAKES)("%s, of the workflow that comments, is seen too", async (_, from, to, shown) => {
    const parsed = await readWorkflow(PATH, put(comments, from, to));
    expect(await found(commentDeviations(await subject(users), parsed), 1)).toEqual([expect.stringMatching(shown)]);
  });
});
