/** A model: something that completes a request. Implementations stand in `model/`. */
import type { Completion } from "./completion.ts";
import type { JsonObject } from "./json.ts";
import type { World } from "./world.ts";

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** Decoding parameters. All of them are part of the call's key. */
export interface Parameters {
  readonly temperature?: number;
  readonly topP?: number;
  /** Upper bound of the answer, tokens; default 1,024. */
  readonly maxTokens?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly reasoningEffort?: "minimal" | "low" | "medium" | "high";
  /** Ask the provider to constrain the answer to this JSON schema. */
  readonly schema?: { readonly name: string; readonly schema: JsonObject };
  /** Sent as it stands in the request body, for options of compatible servers. */
  readonly extra?: JsonObject;
}

export interface ModelRequest {
  readonly messages: readonly Message[];
  readonly parameters: Parameters;
  readonly caseId: string;
  /** 1-based. */
  readonly trial: number;
  /** Target (or grader, for a judge) that asks; `recorded` may hold answers of several. */
  readonly asker: string;
  /** Where a judge is asked: the text of the answer that it judges. */
  readonly judged?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** US dollars per million tokens. */
export interface Rates {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
  readonly cachedInputPerMillion?: number;
  readonly cacheWritePerMillion?: number;
}

/** What tokens cost, as of a day, from a source. */
export interface Price extends Rates {
  /** Other rates for the whole of a call whose input is longer than so many tokens. */
  readonly longContext?: Rates & { readonly above: number };
  /** Tokens from which on the provider caches a prompt's beginning; overrules the table of what providers publish. */
  readonly cacheMinimumTokens?: number;
  /** Share of the price that a batch saves, in [0, 1]; overrules the table. */
  readonly batchDiscount?: number;
  /** ISO day. */
  readonly asOf: string;
  readonly source: string;
}

/** Answers that lie in a file: who gave them, and when. */
export interface RecordedFrom {
  /** As the suite names it. */
  readonly file: string;
  /** Who answered; absent where the file does not say. */
  readonly provider?: string;
  /** ISO days of the first and of the last answer; absent where the file does not say. */
  readonly days?: { readonly first: string; readonly last: string };
}

export interface Model {
  readonly provider: "openai" | "anthropic" | "local" | "recorded" | "fake";
  /** Model id as asked for. */
  readonly id: string;
  /** Calls with one account share a queue, a pause and a limit: provider, host and the name (never the value) of the key. */
  readonly account: string;
  /** What the model was made from, where the suite states it. */
  readonly family?: string;
  /** Everything of the model that changes the output (provider, API, host, model id, default parameters): part of the call's key. */
  readonly identity: JsonObject;
  /** Default parameters; a target's own overrule them. */
  readonly parameters: Parameters;
  /**
   * `paid`: each call costs money or time and goes through the ledger. `stored`: the answers lie on disk already
   * (a recording) and are read again instead of being copied into the ledger.
   */
  readonly answers: "paid" | "stored";
  /** What a call costs; absent when no table and no user names a price: the cost is then unknown. */
  readonly price?: Price;
  /** Most calls at once for the account; the smallest of the account's models counts. */
  readonly concurrency?: number;
  /** How long one call may take, milliseconds; absent: as long as the run gives every call. */
  readonly timeoutMs?: number;
  /** Name of the environment variable that must hold the key; absent when none is needed. */
  readonly keyEnv?: string;
  /**
   * The same model with its relative paths resolved against the folder of the suite file, for the target that will ask (absent: for a
   * judge); absent where a model has no paths. Called by the loader before anything else is asked of the model. Throws ConfigError for
   * what stands wrong in the files.
   */
  readonly bind?: (dir: string, asker?: string) => Model;
  /** Present where `answers` are stored and the file is read. */
  readonly recording?: RecordedFrom;
  /** Never throws for what a provider does: a failure is a value. */
  readonly complete: (request: ModelRequest, world: World) => Promise<Completion>;
}
