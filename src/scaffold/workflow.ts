/** The workflow that makes gapcheck a required check of a repository on GitHub, as `gapcheck init` writes it. */

/** Actions by commit, with the tag that it had: a tag can be moved, a commit cannot. Dependabot keeps both in step. */
export const ACTIONS = {
  checkout: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
  setupNode: "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
  cacheRestore: "actions/cache/restore@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5",
  cacheSave: "actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5",
  upload: "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
} as const;

export interface WorkflowOptions {
  /** What the step runs after `exec node`: the command's file. */
  readonly command: string;
  /** Names of repository secrets that hold providers' keys; each becomes an environment variable of the one step that calls, empty where there is no such secret. */
  readonly secrets: readonly string[];
  /** Options beside those that every check has. */
  readonly more?: readonly string[];
}

/** Caps of every run: what it may cost, and when it sends nothing any more, which leaves ten minutes of the job for installing, the last answers and the report. */
const CAPS = ["--max-usd", "2", "--deadline", "35m"] as const;

/** The YAML text. The job `gate` is the one to require: it reports whatever became of the other. */
export function workflowText({ command, secrets, more = [] }: WorkflowOptions): string {
  const keys = secrets.map((name) => `          ${name}: \${{ secrets.${name} }}\n`).join("");
  const handed =
    "          # A key is a secret of the repository: gh secret set NAME. Each needs a line here; it is empty where there is no such secret.\n";
  const options = ["--ci", "--event", '"$EVENT"', ...CAPS, ...more].join(" ");
  return `# Runs the suites in evals/ and gates the merge. Require the job "gate" in the branch's rules, not "run".
name: eval
on:
  # No paths filter: a check that does not run leaves a required check pending for ever.
  pull_request:
  merge_group:
  push:
    # The name of the default branch: change it where yours has another.
    branches: [main]
permissions: {}
concurrency:
  group: eval-\${{ github.event.pull_request.number || github.ref }}
  # A newer push to a pull request replaces the run; those of the queue and of main are never cut off.
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}
jobs:
  run:
    runs-on: ubuntu-24.04
    timeout-minutes: 45
    permissions:
      contents: read
    steps:
      - uses: ${ACTIONS.checkout}
        with:
          persist-credentials: false
          # The commit before, too: a pull request that changes its own baseline is told of.
          fetch-depth: 2
      - uses: ${ACTIONS.setupNode}
        with:
          node-version: 24
          cache: npm
      - run: npm ci --ignore-scripts
      # What earlier runs paid for. A key is taken once only, so each run saves under its own.
      - uses: ${ACTIONS.cacheRestore}
        with:
          path: .gapcheck
          key: gapcheck-v1-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: gapcheck-v1-
      - name: Evaluate
        env:
${keys === "" ? "" : handed}${keys}          EVENT: \${{ github.event_name }}
        # exec: GitHub signals the step's own process, and only so does a cancel reach the command in time to keep its answers.
        # --deadline: below timeout-minutes, so that a slow provider costs the rest of the answers and not the report.
        run: exec node ${command} run ${options}
      - uses: ${ACTIONS.cacheSave}
        if: \${{ always() }}
        with:
          path: .gapcheck
          key: gapcheck-v1-\${{ github.run_id }}-\${{ github.run_attempt }}
      - uses: ${ACTIONS.upload}
        if: \${{ always() }}
        with:
          name: gapcheck-reports
          path: reports/
          if-no-files-found: error
          retention-days: 30
      # Not packed: the page opens in the browser from the run's list of artifacts.
      - uses: ${ACTIONS.upload}
        if: \${{ always() }}
        with:
          path: reports/*/report.html
          archive: false
          if-no-files-found: warn
          retention-days: 30
  gate:
    needs: [run]
    if: \${{ always() }}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    steps:
      - name: The run must have passed
        env:
          RUN: \${{ needs.run.result }}
        run: |
          echo "run: $RUN"
          [ "$RUN" = success ]
`;
}

/** What asks for newer commits of the actions, once a week, as pull requests. */
export function dependabotText(): string {
  return `version: 2
updates:
  - package-ecosystem: github-actions
    directory: /
    schedule:
      interval: weekly
`;
}
