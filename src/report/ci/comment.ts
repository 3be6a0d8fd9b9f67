/** The comment on a pull request: the job summary's one screen, cut to what GitHub takes, under a mark by which the next run finds it. */
import type { Summary } from "../summary.ts";
import type { LocatedCriterion } from "./annotations.ts";
import { fitting, renderScreen } from "./job-summary.ts";

/** Stands first in the comment. Hidden, and no text of others can hold it: all of them are escaped. */
export const COMMENT_MARK = "<!-- gapcheck: one comment, kept up to date -->";

/** GitHub takes 65,536 characters. Bytes of UTF-8. */
export const MOST_COMMENT_BYTES = 60_000;

export interface CommentParts {
  readonly exitCode: number;
  readonly criteria: readonly LocatedCriterion[];
  /** Where the run with its artifacts is, https. */
  readonly url?: string;
  /** The commit that was measured. */
  readonly sha: string;
}

export function renderComment(summary: Summary, { exitCode, criteria, url, sha }: CommentParts): string {
  const safe =
    url !== undefined && /^https:\/\/[\w.-]+\/[\w./-]+$/.test(url) ? `[The run with its report](${url})` : "";
  const foot = `\n\n${safe}${safe === "" ? "Measured" : ", measured"} at ${sha.replace(/[^0-9a-f]/g, "").slice(0, 12)}.\n`;
  const head = `${COMMENT_MARK}\n`;
  const room = MOST_COMMENT_BYTES - Buffer.byteLength(head) - Buffer.byteLength(foot) - 200;
  return `${head}${fitting(renderScreen(summary, { exitCode, criteria }), room)}${foot}`;
}
