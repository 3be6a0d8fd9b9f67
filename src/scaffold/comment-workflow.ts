/** The optional second workflow: one comment on each pull request, kept up to date. */
import { ACTIONS } from "./workflow.ts";

/**
 * It runs with the default branch's code and a token that may write, when the first has ended. What the first left is a stranger's: it is read as data by
 * `gapcheck comment`, which checks it against a schema and escapes every text.
 */
export function commentWorkflowText(command: string): string {
  return `# Says on the pull request what the workflow "eval" found. Runs the default branch's code, never the pull request's.
name: eval-comment
on:
  workflow_run:
    workflows: [eval]
    types: [completed]
permissions: {}
jobs:
  comment:
    if: \${{ github.event.workflow_run.event == 'pull_request' }}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      actions: read
      contents: read
      pull-requests: write
    steps:
      - uses: ${ACTIONS.checkout}
        with:
          persist-credentials: false
      - uses: ${ACTIONS.setupNode}
        with:
          node-version: 24
          cache: npm
      - run: npm ci --ignore-scripts
      - name: Fetch what the run left
        env:
          GH_TOKEN: \${{ github.token }}
          GH_REPO: \${{ github.repository }}
          RUN: \${{ github.event.workflow_run.id }}
        run: gh run download "$RUN" --name gapcheck-reports --dir "$RUNNER_TEMP/reports"
      - name: Comment
        env:
          GITHUB_TOKEN: \${{ github.token }}
          SHA: \${{ github.event.workflow_run.head_sha }}
          URL: \${{ github.event.workflow_run.html_url }}
        run: |
          summary=$(find "$RUNNER_TEMP/reports" -name summary.json -print -quit)
          exec node ${command} comment "$summary" --sha "$SHA" --url "$URL"
`;
}
