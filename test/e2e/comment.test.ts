/** `gapcheck comment` against a stand-in for GitHub's API on loopback: one comment, found again by mark and author over all pages. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, suiteText, type Workspace } from "./workspace.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const MARK = "<!-- gapcheck: one comment, kept up to date -->";

interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

/** 250 strangers' comments, one of which begins with our mark; pull requests on two pages. */
async function startGitHub() {
  const comments: Comment[] = Array.from({ length: 250 }, (_, id) => ({
    id,
    user: { login: "somebody" },
    body: id === 7 ? `${MARK}\nforged` : "hello",
  }));
  const pulls = Array.from({ length: 130 }, (_, n) => ({
    number: n + 1,
    head: { sha: n === 120 ? SHA : "f".repeat(40) },
  }));
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    asked.push(`${request.method} ${url.pathname}`);
    const page = Number(url.searchParams.get("page") ?? 1);
    const paged = <One>(list: readonly One[]) => list.slice((page - 1) * 100, page * 100);
    const reply = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== "Bearer ghs_test") return reply(403, { message: "no" });
    if (url.pathname === "/repos/you/shop/pulls") return reply(200, paged(pulls));
    const { body = "" }: { body?: string } = request.method === "GET" ? {} : JSON.parse(await textOf(request));
    if (request.method === "POST" && url.pathname === "/repos/you/shop/issues/121/comments") {
      comments.push({ id: 900, user: { login: "github-actions[bot]" }, body });
      return reply(201, {});
    }
    if (request.method === "PATCH" && url.pathname === "/repos/you/shop/issues/comments/900") {
      for (const one of comments) if (one.id === 900) one.body = body;
      return reply(200, {});
    }
    return url.pathname === "/repos/you/shop/issues/121/comments" ? reply(200, paged(comments)) : reply(404, {});
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return { api: `http://127.0.0.1:${port}`, comments, asked, close: () => server.close() };
}

describe("gapcheck comment", () => {
  let workspace: Workspace;
  let github: Awaited<ReturnType<typeof startGitHub>>;
  let summary = "";
  beforeAll(async () => {
    github = await startGitHub();
    workspace = await openWorkspace({ suite: suiteText({ name: "@everyone | <img src=x>" }) });
    await workspace.run(["run"]);
    summary = join("reports", workspace.summary().run.id, "summary.json");
  });
  afterAll(async () => {
    await workspace.close();
    github.close();
  });
  const say = (more: readonly string[] = [], env: Record<string, string> = {}) =>
    workspace.run(["comment", summary, "--sha", SHA, ...more], {
      env: { GITHUB_TOKEN: "ghs_test", GITHUB_REPOSITORY: "you/shop", GITHUB_API_URL: github.api, ...env },
    });

  it("makes one comment and changes it the next time, whatever strangers wrote", async () => {
    const first = await say(["--url", "https://github.com/you/shop/actions/runs/1"]);
    expect(first.stdout + first.stderr).toBe("comment made on pull request 121\n");
    const ours = () => github.comments.filter(({ body }) => body.startsWith(MARK));
    expect(ours().map(({ id }) => id)).toEqual([7, 900]);
    const body = ours()[1]?.body ?? "";
    expect(body).toContain("### gapcheck: exit code 0: pass");
    expect(body).toContain(
      "[The run with its report](https://github.com/you/shop/actions/runs/1), measured at 0123456789ab.",
    );
    expect(body).not.toMatch(/@everyone|<img/);
    const second = await say();
    expect(second.stdout).toBe("comment changed on pull request 121\n");
    expect(github.comments).toHaveLength(251);
    expect(github.comments[7]?.body).toBe(`${MARK}\nforged`);
  });

  it("is no failure where the pull request is gone", async () => {
    const { code, stdout } = await workspace.run(["comment", summary, "--sha", "a".repeat(40)], {
      env: { GITHUB_TOKEN: "ghs_test", GITHUB_REPOSITORY: "you/shop", GITHUB_API_URL: github.api },
    });
    expect([code, stdout]).toEqual([0, `no open pull request ends in ${"a".repeat(40)}: nothing to comment on\n`]);
  });

  it("says what is missing, and sends its token nowhere in the clear", async () => {
    const none = await say([], { GITHUB_TOKEN: "" });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("there is no token")]);
    const refused = await say([], { GITHUB_TOKEN: "ghs_other" });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("pull-requests: write")]);
    const clear = await say([], { GITHUB_API_URL: "http://example.invalid" });
    expect([clear.code, clear.stderr]).toEqual([2, expect.stringContaining("in the clear")]);
    workspace.write("bad.json", '{"schema": "gapcheck.summary/1", "run": "x"}');
    const bad = await workspace.run(["comment", "bad.json", "--sha", SHA], {
      env: { GITHUB_TOKEN: "ghs_test", GITHUB_REPOSITORY: "you/shop" },
    });
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining("damaged")]);
  });
});
