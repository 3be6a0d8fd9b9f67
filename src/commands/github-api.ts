/** What a comment needs of GitHub's REST API: the pull request of a commit, and one comment that is kept up to date. */
import { ConfigError } from "../errors.ts";

export interface GitHubOptions {
  /** Such as https://api.github.com; http only on this machine. */
  readonly api: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
  readonly fetch: typeof fetch;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const PER_PAGE = 100;
const MOST_PAGES = 20;
const TIMEOUT_MS = 30_000;
/** Who a token of a workflow writes as: a comment of anybody else is not ours, whatever stands in it. */
const AUTHOR = "github-actions[bot]";

const field = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined;

export class GitHub {
  readonly #options: GitHubOptions;

  /** Throws ConfigError for an address or a repository that cannot be one. */
  constructor(options: GitHubOptions) {
    const { protocol, hostname } = new URL(options.api);
    if (protocol !== "https:" && hostname !== "127.0.0.1" && hostname !== "localhost") {
      throw new ConfigError("github-address", `the token would be sent to ${options.api} in the clear`, {
        fix: "Give an https address in GITHUB_API_URL.",
      });
    }
    if (!/^[\w.-]+\/[\w.-]+$/.test(options.repository)) {
      throw new ConfigError("github-repository", `"${options.repository}" is no repository`, {
        fix: "Set GITHUB_REPOSITORY to owner/name.",
      });
    }
    this.#options = options;
  }

  /** Number of the open pull request whose newest commit it is. A workflow of a fork is not told its pull request, so it is looked up. */
  async pullRequestOf(sha: string): Promise<number | undefined> {
    const found = await this.#find("pulls?state=open", (one) => field(field(one, "head"), "sha") === sha);
    const number = field(found, "number");
    return typeof number === "number" ? number : undefined;
  }

  /** Replaces the comment that begins with the mark and is ours, or makes one. Returns which. */
  async keepComment(pullRequest: number, mark: string, body: string): Promise<"changed" | "made"> {
    const found = await this.#find(`issues/${pullRequest}/comments?sort=created`, (one) => {
      const text = field(one, "body");
      return field(field(one, "user"), "login") === AUTHOR && typeof text === "string" && text.startsWith(mark);
    });
    const id = field(found, "id");
    if (typeof id === "number") {
      await this.#ask("PATCH", `issues/comments/${id}`, { body });
      return "changed";
    }
    await this.#ask("POST", `issues/${pullRequest}/comments`, { body });
    return "made";
  }

  /** The first that fits, over all pages. */
  async #find(path: string, fits: (one: Json) => boolean): Promise<Json | undefined> {
    for (let page = 1; page <= MOST_PAGES; page++) {
      const list = await this.#ask("GET", `${path}&per_page=${PER_PAGE}&page=${page}`);
      if (!Array.isArray(list)) return undefined;
      const found = list.find(fits);
      if (found !== undefined || list.length < PER_PAGE) return found;
    }
    return undefined;
  }

  async #ask(method: "GET" | "POST" | "PATCH", path: string, body?: Json): Promise<Json> {
    const { api, repository, token, fetch } = this.#options;
    const answer = await fetch(`${api.replace(/\/$/, "")}/repos/${repository}/${path}`, {
      method,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "user-agent": "gapcheck",
        "x-github-api-version": "2022-11-28",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      throw new ConfigError("github-refused", `GitHub answered ${answer.status} to ${method} ${path.split("?")[0]}`, {
        fix:
          answer.status === 403
            ? "Give the job pull-requests: write."
            : "Check GITHUB_REPOSITORY and the token's rights.",
      });
    }
    const json: Json = JSON.parse(await answer.text());
    return json;
  }
}
