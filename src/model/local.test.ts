import { fork } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADAPTER, BASE, ggufBytes } from "./gguf.test-data.ts";
import { type LocalOptions, local } from "./local.ts";

const folder = mkdtempSync(join(tmpdir(), "local-"));
beforeAll(() => {
  writeFileSync(join(folder, "base.gguf"), ggufBytes(BASE));
  copyFileSync(join(folder, "base.gguf"), join(folder, "same.gguf"));
  writeFileSync(
    join(folder, "other.gguf"),
    ggufBytes({ ...BASE, fields: { ...BASE.fields, "general.name": "other" } }),
  );
  writeFileSync(join(folder, "tuned.gguf"), ggufBytes(ADAPTER));
  const fromOther = { "general.base_model.count": 1, "general.base_model.0.name": "other" };
  writeFileSync(
    join(folder, "tuned-from-other.gguf"),
    ggufBytes({ ...ADAPTER, fields: { ...ADAPTER.fields, ...fromOther } }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const bound = (path: string, options?: LocalOptions) => local(path, options).bind?.(folder);

describe("local", () => {
  it("is known by what the files hold, not by what they are called", () => {
    const base = bound("base.gguf")?.identity;
    expect(bound("same.gguf")?.identity).toEqual(base);
    expect(bound("other.gguf")?.identity).not.toEqual(base);
    expect(bound("base.gguf", { adapters: "tuned.gguf" })?.identity).not.toEqual(base);
    expect(bound("base.gguf", { adapters: { path: "tuned.gguf", scale: 0.5 } })?.identity).not.toEqual(
      bound("base.gguf", { adapters: "tuned.gguf" })?.identity,
    );
    expect(bound("base.gguf", { template: "raw" })?.identity).not.toEqual(base);
    expect(bound("base.gguf", { contextTokens: 64 })?.identity).not.toEqual(base);
    expect(JSON.stringify(base)).not.toContain(folder);
  });

  it("is named after its files, costs nothing, and shares the processors", () => {
    expect(local("models/base.gguf", { adapters: ["a/x.lora.gguf"] })).toMatchObject({
      id: "base + x.lora",
      provider: "local",
      account: "local",
      answers: "paid",
      price: { inputPerMillion: 0, outputPerMillion: 0 },
    });
    expect(local("base.gguf", { id: "mine" }).id).toBe("mine");
  });

  it.each<[string, () => unknown, string]>([
    ["no path", () => local(""), "local-path"],
    ["an unknown option", () => local("x.gguf", { gpu: true } as LocalOptions), "parameter-unknown"],
    ["a wrong template", () => local("x.gguf", { template: "jinja" as "raw" }), "local-option"],
    ["half a thread", () => local("x.gguf", { threads: 0.5 }), "local-option"],
    ["no context", () => local("x.gguf", { contextTokens: 0 }), "local-option"],
    ["an adapter without a path", () => local("x.gguf", { adapters: "" }), "local-adapter"],
    [
      "a scale that is no number",
      () => local("x.gguf", { adapters: { path: "a", scale: Number.NaN } }),
      "local-adapter",
    ],
    ["more context than the model was made for", () => bound("base.gguf", { contextTokens: 1e6 }), "local-option"],
    ["a folder", () => bound("."), "gguf-broken"],
    ["a file that is not there", () => bound("none.gguf"), "gguf-unreadable"],
    ["a model as adapter", () => bound("base.gguf", { adapters: "base.gguf" }), "adapter-kind"],
    ["an adapter as base", () => bound("tuned.gguf"), "local-kind"],
    [
      "an adapter that names another base of the same shape",
      () => bound("base.gguf", { adapters: "tuned-from-other.gguf" }),
      "adapter-base",
    ],
  ])("refuses %s", (_, make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });
});

describe("the process that runs it", () => {
  const request = {
    id: 1,
    model: join(folder, "none.gguf"),
    adapters: [],
    key: "k",
    bytes: 0,
    messages: [],
    threads: 1,
  };

  it("outlives a terminal's Ctrl-C, which its parent answers, and ends with its parent", async () => {
    const child = fork(new URL("local-worker.ts", import.meta.url), {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
    });
    const reply = () => once(child, "message").then(([told]) => told);
    const first = reply();
    child.send(request);
    expect(await first).toMatchObject({ id: 1, kind: "failed" });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) child.kill(signal);
    const second = reply();
    child.send({ ...request, id: 2 });
    expect(await second).toMatchObject({ id: 2 });
    child.disconnect();
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
