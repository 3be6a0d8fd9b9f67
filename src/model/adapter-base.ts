/**
 * Holds an adapter against the base that it names. Two bases of the same shape take each other's adapters without a word, and answer wrongly: only
 * names and hashes tell them apart.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ConfigError, toError } from "../errors.ts";
import type { Gguf } from "./gguf.ts";

/** Beside adapters, as `sha256sum` writes it: what all adapters of the folder were tuned from. */
export const BASE_FILE = "BASE.sha256";

export interface LaidOver {
  readonly adapter: Gguf;
  readonly adapterFile: string;
  readonly base: Gguf;
  readonly baseFile: string;
  /** SHA-256 of the base's file, 64 hex digits. */
  readonly baseDigest: () => string;
}

/**
 * A hash decides where there is one: `BASE.sha256` in the adapter's folder. Else names do, as llama.cpp's converter writes them
 * (`general.base_model.*` of the adapter, `general.*` of the base), apart from case, punctuation and the words for a number format.
 * Where nothing is named, nothing can be known.
 *
 * @param what how the adapter is named in messages
 * @throws ConfigError `adapter-base` for another base, `base-file` for a `BASE.sha256` that cannot be read.
 */
export function checkNamedBase(laid: LaidOver, what: string): void {
  const { adapter, adapterFile, base, baseFile, baseDigest } = laid;
  const other = (why: string, fix: string): ConfigError =>
    new ConfigError("adapter-base", `${what}: ${why}`, { place: { file: adapterFile }, fix });
  const listed = join(dirname(adapterFile), BASE_FILE);
  if (existsSync(listed)) {
    if (hashesIn(listed).has(baseDigest())) return;
    throw other(
      `${BASE_FILE} beside it does not list ${basename(baseFile)}, which has SHA-256 ${baseDigest().slice(0, 12)}…`,
      `Use the base that the adapter was tuned from; where this is it, write \`sha256sum ${basename(baseFile)} >> ${BASE_FILE}\`.`,
    );
  }
  const [theirs, ours] = [basesOf(adapter), namesOf(base)];
  if (theirs.length === 0 || ours.length === 0) return;
  const known = new Set(ours.map(plainName));
  if (theirs.some((name) => known.has(plainName(name)))) return;
  throw other(
    `it was tuned from ${quoted(theirs)}, and ${basename(baseFile)} says that it is ${quoted(ours)}`,
    `Use the base that the adapter was tuned from; where this is it under another name, write \`sha256sum ${basename(baseFile)} > ${BASE_FILE}\` beside the adapter.`,
  );
}

function hashesIn(file: string): ReadonlySet<string> {
  const wrong = (why: string): ConfigError =>
    new ConfigError("base-file", `${BASE_FILE} cannot be read: ${why}`, {
      place: { file },
      fix: `Write it with \`sha256sum base.gguf > ${BASE_FILE}\`.`,
    });
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    throw wrong(toError(thrown).message);
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const hashes = lines.map((line) => /^\\?([0-9a-f]{64})(?:\s|$)/i.exec(line)?.[1]?.toLowerCase());
  const bad = hashes.indexOf(undefined);
  if (bad !== -1) throw wrong(`line ${bad + 1} does not begin with a SHA-256`);
  if (hashes.length === 0) throw wrong("it is empty");
  return new Set(hashes.filter((hash) => hash !== undefined));
}

/** Most bases that an adapter is read for: merges name several. */
const MOST_BASES = 16;

function basesOf({ fields }: Gguf): readonly string[] {
  const count = Math.min(Number(fields.get("general.base_model.count") ?? 0) || 0, MOST_BASES);
  return Array.from({ length: count }, (_, index) => `general.base_model.${index}`).flatMap((prefix) =>
    texts(fields.get(`${prefix}.name`), lastPart(fields.get(`${prefix}.repo_url`))),
  );
}

/** Its own names; not `general.base_model.*`, which is what the base itself was made from. */
function namesOf({ fields }: Gguf): readonly string[] {
  const urls = ["general.repo_url", "general.source.repo_url", "general.source.huggingface.repository"];
  return texts(fields.get("general.name"), ...urls.map((name) => lastPart(fields.get(name))));
}

function lastPart(url: unknown): string | undefined {
  return typeof url === "string" ? url.split("/").findLast((part) => part !== "") : undefined;
}

function texts(...values: readonly unknown[]): string[] {
  return values.filter((value): value is string => typeof value === "string" && plainName(value) !== "");
}

/** `Qwen2.5-0.5B-Instruct.Q4_K_M.gguf` and `Qwen2.5 0.5B Instruct` are one name. */
function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<![\p{L}\p{N}])(?:gguf|bf16|f16|fp16|f32|i?q\d(?:_[\p{L}\p{N}]+)*)(?![\p{L}\p{N}])/gu, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function quoted(names: readonly string[]): string {
  return [...new Set(names)].map((name) => JSON.stringify(name.slice(0, 80))).join(" or ");
}
