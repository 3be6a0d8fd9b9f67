import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sha256 } from "../suite/fingerprint.ts";
import { checkNamedBase } from "./adapter-base.ts";
import { ADAPTER, BASE, ggufBytes } from "./gguf.test-data.ts";
import { readGguf } from "./gguf.ts";

const folder = mkdtempSync(join(tmpdir(), "adapter-base-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Fields = Readonly<Record<string, string | number>>;
const DIGEST = sha256("base");
const BY_NAME = { "general.base_model.count": 1, "general.base_model.0.name": "Qwen2.5 0.5B Instruct" };

/** Lays an adapter over a base, with or without a list of bases beside it. */
function lay(adapter: Fields, base: Fields, listed?: string): void {
  const place = mkdtempSync(join(folder, "one-"));
  mkdirSync(join(place, "tuned"));
  const [adapterFile, baseFile] = [join(place, "tuned/a.gguf"), join(place, "base.gguf")];
  writeFileSync(adapterFile, ggufBytes({ ...ADAPTER, fields: { ...ADAPTER.fields, ...adapter } }));
  writeFileSync(baseFile, ggufBytes({ ...BASE, fields: { ...BASE.fields, ...base } }));
  if (listed !== undefined) writeFileSync(join(place, "tuned/BASE.sha256"), listed);
  checkNamedBase(
    {
      adapter: readGguf(adapterFile, "a"),
      adapterFile,
      base: readGguf(baseFile, "b"),
      baseFile,
      baseDigest: () => DIGEST,
    },
    'the adapter "a.gguf"',
  );
}

describe("the base that an adapter names", () => {
  it.each<[string, Fields, Fields, string?]>([
    ["nothing is named", {}, { "general.name": "whatever" }],
    ["the base has no name", BY_NAME, { "general.name": "" }],
    ["both say the same", BY_NAME, { "general.name": "Qwen2.5-0.5B-Instruct" }],
    ["the base is in another number format", BY_NAME, { "general.name": "qwen2.5 0.5b instruct Q4_K_M GGUF" }],
    [
      "the base is known by its address",
      BY_NAME,
      { "general.name": "x", "general.repo_url": "https://h/Qwen/Qwen2.5-0.5B-Instruct/" },
    ],
    [
      "one of several bases is this",
      { "general.base_model.count": 2, "general.base_model.1.repo_url": "https://h/o/test" },
      {},
    ],
    [
      "the list has the base's hash, whatever the names say",
      BY_NAME,
      {},
      `${"0".repeat(64)}  old.gguf\n${DIGEST.toUpperCase()} *base.gguf\n`,
    ],
  ])("is taken where %s", (_, adapter, base, listed) => {
    expect(() => lay(adapter, base, listed)).not.toThrow();
  });

  it.each<[string, Fields, Fields, string | undefined, RegExp, string]>([
    [
      "another name",
      BY_NAME,
      { "general.name": "Qwen2.5 0.5B" },
      undefined,
      /tuned from "Qwen2.5 0.5B Instruct", and base.gguf says that it is "Qwen2.5 0.5B"/,
      "adapter-base",
    ],
    [
      "a list without it",
      {},
      {},
      `${sha256("other")}  other.gguf\n`,
      /BASE.sha256 beside it does not list base.gguf/,
      "adapter-base",
    ],
    ["a list that is none", {}, {}, `${DIGEST}\nbase.gguf\n`, /line 2 does not begin with a SHA-256/, "base-file"],
    ["an empty list", {}, {}, "\n", /it is empty/, "base-file"],
  ])("is refused for %s", (_, adapter, base, listed, message, code) => {
    expect(() => lay(adapter, base, listed)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message), fix: expect.stringContaining("base") }),
    );
  });
});
