/** Models that run on this machine: GGUF files, with or without LoRA adapters, through llama.cpp. */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import type { Completion, FailureCode } from "../suite/completion.ts";
import type { JsonObject } from "../suite/json.ts";
import type { Model, ModelRequest, Parameters, Price } from "../suite/model.ts";
import type { World } from "../suite/world.ts";
import { checkNamedBase } from "./adapter-base.ts";
import { type FailureDetails, failure } from "./failure.ts";
import { checkFamily } from "./families.ts";
import { type Gguf, readGguf } from "./gguf.ts";
import { createLocalPool, type LocalOutcome, type LocalPool } from "./local-pool.ts";
import type { LocalRequest, Sampling } from "./local-worker.ts";
import { checkAdapter } from "./lora.ts";
import { DEFAULT_MAX_TOKENS, takeParameters } from "./parameters.ts";
import { checkPrice } from "./prices.ts";

/** The package that runs GGUF files, in the version that was tried. */
const BINDING = "node-llama-cpp@3.21.1";

export interface Adapter {
  readonly path: string;
  /** How strongly it counts; default 1. */
  readonly scale?: number;
}

export interface LocalOptions extends Parameters {
  /** LoRA adapters as GGUF files, laid over the base in this order. */
  readonly adapters?: string | Adapter | readonly (string | Adapter)[];
  /** `chat` (default): the chat template of the file. `raw`: the messages' texts, joined by line breaks, as they stand. */
  readonly template?: "chat" | "raw";
  /** Length of the context, tokens; default: what the file says, at most 4,096. */
  readonly contextTokens?: number;
  /** Threads of one call; default 1, since calls run side by side, one a processor. */
  readonly threads?: number;
  /** Default: free. */
  readonly price?: Price;
  /** Shown in reports; default: the name of the file, with those of its adapters. */
  readonly id?: string;
  /** What the model was made from, such as "llama", where its id does not tell: a judge should be of another family than what it grades. Changes no key. */
  readonly family?: string;
}

const OWN = ["adapters", "template", "contextTokens", "threads", "price", "id", "family"];
const MAX_CONTEXT = 4_096;
const FREE: Price = {
  inputPerMillion: 0,
  outputPerMillion: 0,
  asOf: "2026-01-01",
  source: "runs on this machine",
};

/** Shared by all local models of the process: they share the processors. */
let shared: LocalPool | undefined;

/**
 * A GGUF file, run by llama.cpp in processes of its own. Paths are relative to the suite file. Its identity holds the SHA-256 of the files, so that
 * another file under the same name is asked anew. Temperature 0 is greedy and gives the same answer each time; above it, each trial has its own
 * seed, derived from `seed` (default 0), the case and the trial, so that trials differ and a run can be repeated.
 *
 * Needs the package `node-llama-cpp`, which is not installed with gapcheck.
 *
 * @throws ConfigError for a wrong option and, when the suite is loaded, for a file that is missing, cut or no GGUF, and an adapter for another base.
 * @example local("../models/qwen.Q8_0.gguf", { adapters: "../models/support.lora.gguf", temperature: 0 })
 */
export function local(path: string | URL, options: LocalOptions = {}): Model {
  const written = path instanceof URL || path.startsWith("file:") ? fileURLToPath(path) : path;
  const what = `local(${JSON.stringify(written)})`;
  if (written === "") throw new ConfigError("local-path", "local(): no path", { fix: "Name a GGUF file." });
  const parameters = takeParameters(what, { ...options }, OWN);
  const { template = "chat", threads = 1, contextTokens, price = FREE } = options;
  const adapters = adaptersOf(what, options.adapters);
  checkOptions(what, { template, threads, contextTokens });
  checkPrice(what, price);
  checkFamily(what, options.family);
  const id =
    options.id ?? [written, ...adapters.map((adapter) => adapter.path)].map((p) => basename(p, ".gguf")).join(" + ");

  const describe = (identity: JsonObject, complete: Model["complete"]): Model => ({
    provider: "local",
    id,
    ...(options.family !== undefined && { family: options.family }),
    account: "local",
    identity: {
      provider: "local",
      ...identity,
      template,
      ...(contextTokens !== undefined && { contextTokens }),
      parameters: { ...parameters } as JsonObject,
    },
    parameters,
    answers: "paid",
    price,
    // No more than are answered at once: a call's time must not be spent in a queue.
    concurrency: availableParallelism(),
    bind: (dir) =>
      bound(
        resolve(dir, written),
        adapters.map((adapter) => ({ ...adapter, path: resolve(dir, adapter.path) })),
      ),
    complete,
  });
  const bound = (file: string, laid: readonly Required<Adapter>[]): Model => {
    const base = headOf(file, what);
    if (base.fields.get("general.type") === "adapter") {
      throw new ConfigError("local-kind", `${what}: it is an adapter, which is nothing without its base`, {
        place: { file },
        fix: "Name the base, and the adapter in `adapters`.",
      });
    }
    let bytes = base.size;
    for (const { path: adapter } of laid) {
      const named = `the adapter ${JSON.stringify(basename(adapter))}`;
      const read = headOf(adapter, named);
      checkAdapter(read, base, named, adapter);
      const laidOver = { adapter: read, adapterFile: adapter, base, baseFile: file, baseDigest: () => digestOf(file) };
      checkNamedBase(laidOver, named);
      bytes += read.size;
    }
    const architecture = String(base.fields.get("general.architecture"));
    const told = base.fields.get(`${architecture}.context_length`);
    const trained = Number(told ?? MAX_CONTEXT);
    if (told !== undefined && contextTokens !== undefined && contextTokens > trained) {
      throw new ConfigError(
        "local-option",
        `${what}: contextTokens is ${contextTokens}, and the model was made for ${trained}`,
        {
          place: { path: "contextTokens" },
          fix: `Write ${trained} or less, or leave it out.`,
        },
      );
    }
    const sha256 = digestOf(file);
    const identity = {
      sha256,
      adapters: laid.map((adapter) => ({ sha256: digestOf(adapter.path), scale: adapter.scale })),
    };
    const digest = createHash("sha256").update(JSON.stringify(identity)).digest("hex");
    const setup = {
      model: file,
      adapters: laid,
      bytes,
      template,
      threads,
      contextTokens: contextTokens ?? Math.min(trained, MAX_CONTEXT),
    };
    return describe(identity, (request, world) =>
      complete({ what, digest, modelId: id, setup, parameters }, request, world),
    );
  };
  const unbound = { file: written, adapters: adapters.map(({ path, scale }) => ({ path, scale })) };
  return describe(unbound, async (request, world) => {
    if (isAbsolute(written) && adapters.every((adapter) => isAbsolute(adapter.path))) {
      return bound(written, adapters).complete(request, world);
    }
    throw new ConfigError("local-unbound", `${what}: asked before its folder was known`, {
      fix: "Load the suite from its file, or name the files by absolute paths.",
    });
  });
}

interface Ready {
  readonly what: string;
  readonly digest: string;
  /** As asked for: the files are the model, and their hashes are in its identity. */
  readonly modelId: string;
  readonly setup: Pick<LocalRequest, "model" | "adapters" | "bytes" | "template" | "threads" | "contextTokens">;
  readonly parameters: Parameters;
}

async function complete(ready: Ready, request: ModelRequest, world: World): Promise<Completion> {
  const { what, digest, modelId, setup } = ready;
  const failed = (...[code, message, details]: [FailureCode, string, FailureDetails?]): Completion =>
    failure(code, `${what}: ${message}`, createRedactor(world.env), details);
  const parameters = { ...ready.parameters, ...request.parameters };
  for (const name of ["reasoningEffort", "extra"] as const) {
    if (parameters[name] !== undefined) {
      return failed("bad-request", `a local model knows no ${name}; leave it out`, { scope: "target" });
    }
  }
  if (request.signal.aborted) return failed("aborted", "stopped before it was asked", { retry: "never-sent" });
  shared ??= createLocalPool();
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const outcome = await shared.ask(
    {
      ...setup,
      key: `${digest} ${request.asker}`,
      messages: request.messages,
      maxTokens: parameters.maxTokens ?? DEFAULT_MAX_TOKENS,
      sampling: samplingOf(parameters, request),
      ...(parameters.schema !== undefined && { schema: parameters.schema.schema }),
    },
    AbortSignal.any([request.signal, timeout]),
  );
  if (outcome.kind !== "text") return failedAs(outcome, failed, timeout.aborted ? request.timeoutMs : undefined);
  return {
    kind: "answer",
    text: outcome.text,
    finish: outcome.finish,
    usage: { input: outcome.input, output: outcome.output },
    latencyMs: outcome.latencyMs,
    modelId,
  };
}

function failedAs(
  outcome: Exclude<LocalOutcome, { kind: "text" }>,
  failed: (code: FailureCode, message: string, details?: FailureDetails) => Completion,
  timeoutMs: number | undefined,
): Completion {
  switch (outcome.kind) {
    case "too-long":
      return failed(
        "prompt-too-long",
        `the prompt has ${outcome.tokens} tokens, the context has room for ${outcome.room} and an answer`,
      );
    case "no-template":
      return failed("bad-request", 'the file holds no chat template; write template: "raw"', { scope: "target" });
    case "no-grammar":
      return failed("bad-request", "llama.cpp can make no grammar of the schema; leave `schema` out", {
        scope: "target",
      });
    case "absent":
      return failed("unknown-model", `needs a package that is not installed: npm install --save-dev ${BINDING}`, {
        scope: "account",
      });
    case "unloadable":
      return failed(
        "bad-request",
        `llama.cpp cannot be loaded: ${outcome.message}; install it anew: npm install --save-dev ${BINDING}`,
        {
          scope: "account",
        },
      );
    case "died":
      return failed(
        "threw",
        `the process that runs it ended: ${outcome.message}; too little memory, or a file that llama.cpp cannot run`,
      );
    case "failed":
      return failed("threw", outcome.message);
    case "stopped":
      return timeoutMs === undefined
        ? failed("aborted", "stopped while it was at work", { retry: "never-sent" })
        : failed("timeout", `no answer within ${timeoutMs} ms`);
  }
}

/** Each trial of a case draws from a seed of its own. */
function samplingOf({ temperature = 1, topP = 1, seed = 0, stop = [] }: Parameters, request: ModelRequest): Sampling {
  const derived = createHash("sha256").update(`${seed}\n${request.caseId}\n${request.trial}`).digest().readUInt32LE(0);
  return { temperature, topP, seed: derived, stop };
}

function adaptersOf(what: string, given: LocalOptions["adapters"]): readonly Required<Adapter>[] {
  const list = given === undefined ? [] : Array.isArray(given) ? given : [given];
  return list.map((one: string | Adapter) => {
    const { path, scale = 1 } = typeof one === "string" ? { path: one } : one;
    if (typeof path !== "string" || path === "" || !Number.isFinite(scale)) {
      throw new ConfigError("local-adapter", `${what}: an adapter is no path, or its scale is no number`, {
        place: { path: "adapters" },
        fix: 'Write adapters: "tuned.lora.gguf" or [{ path: "tuned.lora.gguf", scale: 1 }].',
      });
    }
    return { path, scale };
  });
}

function checkOptions(
  what: string,
  {
    template,
    threads,
    contextTokens,
  }: {
    readonly template: string;
    readonly threads: number;
    readonly contextTokens: number | undefined;
  },
): void {
  const wrong = (path: string, fix: string): ConfigError =>
    new ConfigError("local-option", `${what}: ${path} is wrong`, { place: { path }, fix });
  if (template !== "chat" && template !== "raw") throw wrong("template", 'Write "chat" or "raw".');
  if (!Number.isInteger(threads) || threads < 1) throw wrong("threads", "Write a whole number of at least 1.");
  if (contextTokens !== undefined && !(Number.isInteger(contextTokens) && contextTokens >= 16)) {
    throw wrong("contextTokens", "Write a whole number of at least 16.");
  }
}

/** What was read of files, by path, size and time of change: several targets share a file, and some files are large. */
const heads = new Map<string, Gguf>();
const digests = new Map<string, string>();

function headOf(file: string, what: string): Gguf {
  const key = versionOf(file);
  const head = heads.get(key) ?? readGguf(file, what);
  heads.set(key, head);
  return head;
}

function versionOf(file: string): string {
  try {
    const { size, mtimeMs } = statSync(file);
    return `${file}\n${size}\n${mtimeMs}`;
  } catch {
    // Who reads it has the words for that.
    return file;
  }
}

/** SHA-256. */
function digestOf(file: string): string {
  const key = versionOf(file);
  const known = digests.get(key);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  const fd = openSync(file, "r");
  try {
    const chunk = Buffer.alloc(Math.min(fstatSync(fd).size + 1, 4 * 1024 * 1024));
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(fd);
  }
  const digest = hash.digest("hex");
  digests.set(key, digest);
  return digest;
}
