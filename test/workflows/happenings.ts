/** What happens in a repository, as GitHub tells a workflow of it. */
import type { Happening } from "./simulator.ts";

export const EVENTS = ["pull_request", "merge_group", "push"] as const;

export const SHA = "a".repeat(40);
const BASE = "b".repeat(40);

/** The state of a pull request that a condition may ask for; each of them must be measured. */
export interface Pull {
  /** From a fork: no secrets. */
  readonly fork: boolean;
  readonly draft: boolean;
  /** Of who opened it: `User`, or `Bot` as Dependabot. */
  readonly user: "User" | "Bot";
  /** How GitHub calls the author, such as `OWNER`. */
  readonly association: string;
}

/** What a payload holds beside what is asked here, as docs.github.com, "Webhook events and payloads", has it. */
function payload(event: string, { number = 12, fork = false, ...pull }: Partial<Said>) {
  const { draft = false, user = "User", association = fork ? "FIRST_TIME_CONTRIBUTOR" : "OWNER" } = pull;
  const login = user === "Bot" ? "dependabot[bot]" : fork ? "stranger" : "you";
  const repository = { full_name: "you/shop", name: "shop", fork: false, private: false, default_branch: "main" };
  const sender = { login, type: user };
  if (event === "merge_group") {
    const queue = `refs/heads/gh-readonly-queue/main/pr-${number}-${SHA}`;
    const group = { head_sha: SHA, head_ref: queue, base_sha: BASE, base_ref: "refs/heads/main" };
    return { action: "checks_requested", merge_group: group, repository, sender };
  }
  if (event !== "pull_request") return { ref: "refs/heads/main", before: BASE, after: SHA, repository, sender };
  const from = fork ? { ...repository, full_name: "stranger/shop", fork: true } : repository;
  return {
    ...{ action: "synchronize", number, repository, sender },
    pull_request: {
      ...{ number, draft, state: "open", title: "Answer politely", author_association: association },
      user: sender,
      head: { sha: SHA, ref: "topic", label: `${login}:topic`, user: { login, type: user }, repo: from },
      base: { sha: BASE, ref: "main", label: "you:main", repo: repository },
    },
  };
}

export function happening(event: string, said: Partial<Said>): Happening {
  const { key = {}, attempt = 1, run = 200, number = 12 } = said;
  const told = payload(event, said);
  const pulls = event === "pull_request";
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
        ...{ run_id: String(run), run_attempt: String(attempt), event: told },
        ...{ sha: SHA, actor: told.sender.login, triggering_actor: told.sender.login, repository_owner: "you" },
        ...{ head_ref: pulls ? "topic" : "", base_ref: pulls ? "main" : "" },
      },
      secrets: key,
    },
  };
}

export interface Said extends Pull {
  /** Secrets of the repository, as this run gets them. */
  readonly key: { readonly [name: string]: string };
  readonly attempt: number;
  readonly run: number;
  /** Of the pull request. */
  readonly number: number;
}
