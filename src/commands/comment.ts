/** `gapcheck comment`: says on the pull request what a run found. For a workflow of its own, which trusts nothing that the run left. */
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { criteriaOf } from "../decide/criteria.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import { COMMENT_MARK, renderComment } from "../report/ci/comment.ts";
import { escapeToLine } from "../report/escape.ts";
import { mapStrings } from "../report/map-strings.ts";
import { readSummary } from "../report/summary.ts";
import { GitHub } from "./github-api.ts";

export interface CommentFlags {
  /** The newest commit of the pull request, 40 hex digits. */
  readonly sha: string;
  /** Where the run is. */
  readonly url?: string;
}

const MOST_BYTES = 50_000_000;

/** Throws ConfigError for a summary that is none, a missing token, and where GitHub refuses. No open pull request is no failure. */
export async function comment(
  file: string,
  flags: CommentFlags,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const {
    GITHUB_TOKEN: token = "",
    GITHUB_REPOSITORY: repository = "",
    GITHUB_API_URL: api = "https://api.github.com",
  } = env;
  if (token === "") {
    throw new ConfigError("github-token", "there is no token to write the comment with", {
      fix: "Set GITHUB_TOKEN in the step, from github.token.",
    });
  }
  if (!/^[0-9a-f]{40}$/.test(flags.sha)) {
    throw new ConfigError("bad-sha", `${JSON.stringify(flags.sha)} is no commit`, {
      fix: "Give the 40 hex digits of the pull request's newest commit.",
    });
  }
  const path = resolve(file);
  const size = await stat(path).then(
    ({ size: bytes }) => bytes,
    () => 0,
  );
  if (size > MOST_BYTES) {
    throw new ConfigError("summary-too-large", `the summary has ${size} bytes`, {
      place: { file },
      fix: `At most ${MOST_BYTES} are read.`,
    });
  }
  const summary = mapStrings(await readSummary(path), createRedactor(env));
  const criteria = summary.suites.flatMap(({ decision, gate, provenance, baseline }) =>
    criteriaOf(decision, gate, baseline).map((one) => ({ ...one, file: provenance.file })),
  );
  const { exitCode } = summary;
  const body = renderComment(summary, {
    exitCode,
    criteria,
    sha: flags.sha,
    ...(flags.url === undefined ? {} : { url: flags.url }),
  });
  const github = new GitHub({ api, repository, token, fetch });
  const pullRequest = await github.pullRequestOf(flags.sha);
  if (pullRequest === undefined) {
    process.stdout.write(`no open pull request ends in ${flags.sha}: nothing to comment on\n`);
    return ExitCode.pass;
  }
  const done = await github.keepComment(pullRequest, COMMENT_MARK, body);
  process.stdout.write(escapeToLine(`comment ${done} on pull request ${pullRequest}`).concat("\n"));
  return ExitCode.pass;
}
