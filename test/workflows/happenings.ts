/** What happens in a repository, as GitHub tells a workflow of it. */
import type { Happening } from "./simulator.ts";

export const EVENTS = ["pull_request", "merge_group", "push"] as const;

export const SHA = "a".repeat(40);

export function happening(
  event: string,
  { key = {}, attempt = 1, run = 200, number = 12, fork = false }: Partial<Said>,
): Happening {
  const pull = {
    pull_request: { number, head: { sha: SHA, repo: { full_name: fork ? "stranger/shop" : "you/shop" } } },
  };
  const refs: { readonly [event: string]: string } = {
    pull_request: `refs/pull/${number}/merge`,
    merge_group: `refs/heads/gh-readonly-queue/main/pr-${number}-${SHA}`,
  };
  return {
    event,
    branch: "main",
    changed: ["README.md"],
    type: event === "merge_group" ? "checks_requested" : "synchronize",
    contexts: {
      github: {
        ...{ event_name: event, ref: refs[event] ?? "refs/heads/main", repository: "you/shop", token: "ghs-token" },
        ...{ run_id: String(run), run_attempt: String(attempt), event: event === "pull_request" ? pull : {} },
      },
      secrets: key,
    },
  };
}

export interface Said {
  /** Secrets of the repository, as this run gets them. */
  readonly key: { readonly [name: string]: string };
  readonly attempt: number;
  readonly run: number;
  /** Of the pull request. */
  readonly number: number;
  readonly fork: boolean;
}
