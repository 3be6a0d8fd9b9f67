/**
 * The process that runs llama.cpp for `local` models. It is one of its own because native code writes to standard output as it likes, and can end
 * the process it runs in. It speaks JSON with its parent and ends when the parent is gone.
 */
import { createRequire } from "node:module";
import type { JsonObject } from "../suite/json.ts";
import type { Message } from "../suite/model.ts";

export interface Sampling {
  /** 0 is greedy. */
  readonly temperature: number;
  readonly topP: number;
  /** Unsigned, 32 bits. */
  readonly seed: number;
  /** Texts that end the answer and are no part of it. */
  readonly stop: readonly string[];
}

export interface LocalRequest {
  readonly id: number;
  /** Absolute paths. */
  readonly model: string;
  readonly adapters: readonly { readonly path: string; readonly scale: number }[];
  /** Calls with one key share a context, and with it what their prompts begin with. */
  readonly key: string;
  /** Bytes that the files take, to know when to let a context go. */
  readonly bytes: number;
  readonly messages: readonly Message[];
  readonly template: "chat" | "raw";
  readonly contextTokens: number;
  readonly threads: number;
  readonly sampling: Sampling;
  readonly maxTokens: number;
  readonly schema?: JsonObject;
}

export type LocalReply = { readonly id: number } & (
  | {
      readonly kind: "text";
      readonly text: string;
      readonly finish: "stop" | "length";
      readonly input: number;
      readonly output: number;
      readonly latencyMs: number;
    }
  | { readonly kind: "too-long"; readonly tokens: number; readonly room: number }
  | { readonly kind: "no-template" }
  | { readonly kind: "no-grammar" }
  | { readonly kind: "absent"; readonly message: string }
  | { readonly kind: "unloadable"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string }
);

/** What is used of the binding. */
type Token = number;
interface Grammar {
  readonly grammar: string;
}
interface Sequence {
  readonly nextTokenIndex: number;
  adaptStateToTokens(tokens: readonly Token[], allowShift: boolean): Promise<void>;
  eraseContextTokenRanges(ranges: readonly { readonly start: number; readonly end: number }[]): Promise<void>;
  clearHistory(): Promise<void>;
  evaluate(tokens: readonly Token[], options: object): AsyncIterable<Token>;
}
interface Context {
  getSequence(): Sequence;
  dispose(): Promise<void>;
}
interface LlamaModel {
  readonly fileInfo: { readonly metadata: { readonly tokenizer?: { readonly chat_template?: string } } };
  readonly tokens: {
    readonly bosString?: string | null;
    readonly eosString?: string | null;
    readonly shouldPrependBosToken: boolean;
    readonly bos: Token | null;
  };
  tokenize(text: string, specialTokens: boolean): Token[];
  detokenize(tokens: readonly Token[]): string;
  isEogToken(token: Token): boolean;
  createContext(options: object): Promise<Context>;
  dispose(): Promise<void>;
}
interface Llama {
  loadModel(options: object): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: JsonObject): Promise<Grammar>;
}
interface Binding {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaGrammarEvaluationState: new (options: {
    readonly model: LlamaModel;
    readonly grammar: Grammar;
  }) => object;
}
interface Jinja {
  readonly Template: new (text: string) => { render(values: object): string };
}

interface Engine {
  readonly binding: Binding;
  readonly llama: Llama;
  readonly jinja: Jinja;
}

interface Open {
  readonly model: LlamaModel;
  readonly context: Context;
  readonly sequence: Sequence;
  readonly bytes: number;
}

/** Files of all open contexts together, bytes; the one used longest ago is let go beyond it. */
const MAX_OPEN_BYTES = 2 * 1024 ** 3;
/** Tokens of a prompt evaluated at once. */
const BLOCK = 64;
/** No character takes more tokens than bytes, and none more than four of those. */
const TOKENS_A_CHARACTER = 4;

const open = new Map<string, Open>();
const models = new Map<string, Promise<LlamaModel>>();
let engine: Engine | undefined;
let queue: Promise<unknown> = Promise.resolve();

process.on("disconnect", () => process.exit(0));
// A terminal's Ctrl-C reaches this process too. What it works at is waited for by its parent, which says when it is over.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.on("message", (request: LocalRequest) => {
  queue = queue.then(async () => {
    const reply = await answer(request).catch(
      (thrown): LocalReply => ({
        id: request.id,
        kind: "failed",
        message: thrown instanceof Error ? thrown.message : String(thrown),
      }),
    );
    process.send?.(reply);
  });
});

async function answer(request: LocalRequest): Promise<LocalReply> {
  const { id, maxTokens, sampling } = request;
  try {
    engine ??= await start();
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { id, kind: isAbsent(thrown) ? "absent" : "unloadable", message };
  }
  const { model, sequence } = await openFor(engine, request);
  const prompt = promptOf(engine, model, request);
  if (prompt === undefined) return { id, kind: "no-template" };
  const grammar = request.schema === undefined ? undefined : await grammarOf(engine, request.schema);
  if (request.schema !== undefined && grammar === undefined) return { id, kind: "no-grammar" };
  const room = request.contextTokens - 1;
  if (prompt.length >= room) return { id, kind: "too-long", tokens: prompt.length, room: room - 1 };
  const most = Math.min(maxTokens, room - prompt.length);
  const started = performance.now();
  // What the context holds of the prompt's beginning is kept, in whole blocks: then every token is evaluated beside the same others whatever was
  // asked before, and rounds alike. The last token must be evaluated, since the answer follows from it.
  await sequence.adaptStateToTokens(prompt, false);
  const kept = Math.floor(Math.min(sequence.nextTokenIndex, prompt.length - 1) / BLOCK) * BLOCK;
  if (kept < sequence.nextTokenIndex) {
    await sequence.eraseContextTokenRanges([{ start: kept, end: sequence.nextTokenIndex }]);
  }
  const said: Token[] = [];
  let text: string | undefined;
  let ended = false;
  const { binding } = engine;
  const tokens = sequence.evaluate(prompt.slice(kept), {
    temperature: sampling.temperature,
    topP: sampling.topP,
    // All that the binding has on by default is named, so that nothing but the suite shapes the answer.
    topK: 0,
    minP: 0,
    seed: sampling.seed,
    yieldEogToken: true,
    ...(grammar !== undefined && {
      grammarEvaluationState: new binding.LlamaGrammarEvaluationState({ model, grammar }),
    }),
  });
  for await (const token of tokens) {
    if (model.isEogToken(token)) {
      ended = true;
      break;
    }
    said.push(token);
    text = stopped(model, said, sampling.stop);
    if (text !== undefined || said.length >= most) break;
  }
  const latencyMs = performance.now() - started;
  const finish = ended || text !== undefined ? "stop" : "length";
  return {
    id,
    kind: "text",
    text: text ?? model.detokenize(said),
    finish,
    input: prompt.length,
    output: ended ? said.length + 1 : said.length,
    latencyMs,
  };
}

/** The text before the first stop, once one was said. */
function stopped(model: LlamaModel, said: readonly Token[], stops: readonly string[]): string | undefined {
  if (stops.length === 0) return undefined;
  const longest = Math.max(...stops.map((stop) => stop.length));
  const tail = model.detokenize(said.slice(-TOKENS_A_CHARACTER * (longest + 1)));
  if (!stops.some((stop) => tail.includes(stop))) return undefined;
  const whole = model.detokenize(said);
  const at = stops.map((stop) => whole.indexOf(stop)).filter((index) => index >= 0);
  return at.length === 0 ? undefined : whole.slice(0, Math.min(...at));
}

/** The package itself is not there; what it needs, such as its build for this machine, may lack too. */
function isAbsent(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    "code" in thrown &&
    thrown.code === "ERR_MODULE_NOT_FOUND" &&
    thrown.message.includes("'node-llama-cpp'")
  );
}

async function start(): Promise<Engine> {
  // Not known to the compiler: an optional dependency whose types would be demanded of every user.
  const name: string = "node-llama-cpp";
  const binding = (await import(name)) as Binding;
  // Chat templates are written in Jinja; the binding brings a reader of it.
  const jinja = createRequire(import.meta.resolve(name))("@huggingface/jinja") as Jinja;
  const llama = await binding.getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: "disabled",
  });
  return { binding, llama, jinja };
}

/** The prompt's tokens; none when a chat is asked of a file without a template. */
function promptOf({ jinja }: Engine, model: LlamaModel, { messages, template }: LocalRequest): Token[] | undefined {
  const { bosString, eosString, bos, shouldPrependBosToken } = model.tokens;
  const chat = model.fileInfo.metadata.tokenizer?.chat_template;
  if (template === "chat" && chat === undefined) return undefined;
  const text =
    template === "chat" && chat !== undefined
      ? new jinja.Template(chat).render({
          messages,
          add_generation_prompt: true,
          bos_token: bosString ?? "",
          eos_token: eosString ?? "",
        })
      : messages.map(({ content }) => content).join("\n");
  const tokens = model.tokenize(text, true);
  const begins = shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos] : [];
  return [...begins, ...tokens];
}

async function grammarOf({ llama }: Engine, schema: JsonObject): Promise<Grammar | undefined> {
  return await llama.createGrammarForJsonSchema(schema).catch(() => undefined);
}

async function openFor({ llama }: Engine, request: LocalRequest): Promise<Open> {
  const { key, bytes } = request;
  const known = open.get(key);
  if (known !== undefined) {
    open.delete(key);
    open.set(key, known);
    return known;
  }
  let total = bytes;
  for (const held of open.values()) total += held.bytes;
  for (const [oldest, held] of open) {
    if (total <= MAX_OPEN_BYTES) break;
    open.delete(oldest);
    total -= held.bytes;
    await held.context.dispose();
  }
  const loading = models.get(request.model) ?? llama.loadModel({ modelPath: request.model, gpuLayers: 0 });
  models.set(request.model, loading);
  const model = await loading;
  const context = await model.createContext({
    contextSize: request.contextTokens,
    sequences: 1,
    threads: request.threads,
    flashAttention: false,
    batchSize: BLOCK,
    // One call at a time: nothing comes by waiting for more to put into a batch.
    batching: { dispatchSchedule: (dispatch: () => void) => dispatch() },
    ...(request.adapters.length > 0 && {
      lora: { adapters: request.adapters.map(({ path, scale }) => ({ filePath: path, scale })) },
    }),
  });
  const opened = { model, context, sequence: context.getSequence(), bytes };
  open.set(key, opened);
  return opened;
}
