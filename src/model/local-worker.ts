/**
 * The process that runs llama.cpp for `local` models. It is one of its own because native code writes to standard output as it likes, and can end
 * the process it runs in. It speaks JSON with its parent and ends when the parent is gone.
 */
import type { JsonObject } from "../suite/json.ts";
import type { Message } from "../suite/model.ts";

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
  readonly sampling: JsonObject;
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
  | { readonly kind: "failed"; readonly message: string }
);

/** What is used of the binding. */
interface Context {
  completion(options: JsonObject): Promise<{
    readonly text: string;
    readonly stopped_limited?: boolean;
    readonly context_full: boolean;
  }>;
  tokenize(text: string): Promise<{ readonly tokens: { readonly length: number } }>;
  getModelInfo(): { readonly metadata?: Readonly<Record<string, unknown>> };
  getFormattedChat(
    messages: readonly Message[],
    template: undefined,
    options: JsonObject,
  ): { readonly prompt: string; readonly grammar?: string };
  release(): Promise<void>;
}
interface Binding {
  loadModel(options: JsonObject): Promise<Context>;
}

/** Files of all open contexts together, bytes; the one used longest ago is let go beyond it. */
const MAX_OPEN_BYTES = 2 * 1024 ** 3;

const open = new Map<string, { readonly context: Context; readonly bytes: number }>();
let binding: Binding | undefined;
let queue: Promise<unknown> = Promise.resolve();

process.on("disconnect", () => process.exit(0));
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
  const { id, messages, template, maxTokens, sampling } = request;
  if (binding === undefined) {
    try {
      // Not known to the compiler: an optional dependency whose types would be demanded of every user.
      const name: string = "@fugood/llama.node";
      binding = (await import(name)) as Binding;
    } catch (thrown) {
      return { id, kind: "absent", message: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
  const context = await contextFor(binding, request);
  const hasTemplate = context.getModelInfo().metadata?.["tokenizer.chat_template"] !== undefined;
  if (template === "chat" && !hasTemplate) return { id, kind: "no-template" };
  // The binding makes a grammar of a schema only while it writes a chat down.
  const chat = hasTemplate ? context.getFormattedChat(messages, undefined, chatOptions(request.schema)) : undefined;
  if (request.schema !== undefined && !chat?.grammar) return { id, kind: "no-grammar" };
  const prompt =
    template === "chat" && chat !== undefined ? chat.prompt : messages.map(({ content }) => content).join("\n");
  const input = (await context.tokenize(prompt)).tokens.length;
  const room = request.contextTokens - 1;
  if (input >= room) return { id, kind: "too-long", tokens: input, room };
  const started = performance.now();
  const grammar = request.schema === undefined || chat?.grammar === undefined ? {} : { grammar: chat.grammar };
  const result = await context.completion({
    ...sampling,
    ...grammar,
    prompt,
    n_predict: Math.min(maxTokens, room - input),
  });
  const latencyMs = performance.now() - started;
  const finish = result.stopped_limited === true || result.context_full ? "length" : "stop";
  // The binding's own count leaves out what ended the answer, and sometimes a token more.
  const said = result.text === "" ? 0 : (await context.tokenize(result.text)).tokens.length;
  return {
    id,
    kind: "text",
    text: result.text,
    finish,
    input,
    output: finish === "stop" ? said + 1 : said,
    latencyMs,
  };
}

function chatOptions(schema: JsonObject | undefined): JsonObject {
  return {
    jinja: true,
    add_generation_prompt: true,
    // As plain text; the grammar of a schema is only made otherwise.
    force_pure_content: schema === undefined,
    ...(schema !== undefined && { response_format: { type: "json_schema", json_schema: { strict: true, schema } } }),
  };
}

async function contextFor(binding: Binding, request: LocalRequest): Promise<Context> {
  const { key, bytes } = request;
  const known = open.get(key);
  if (known !== undefined) {
    open.delete(key);
    open.set(key, known);
    return known.context;
  }
  let total = bytes;
  for (const held of open.values()) total += held.bytes;
  for (const [oldest, held] of open) {
    if (total <= MAX_OPEN_BYTES) break;
    open.delete(oldest);
    total -= held.bytes;
    await held.context.release();
  }
  const context = await binding.loadModel({
    model: request.model,
    n_ctx: request.contextTokens,
    n_threads: request.threads,
    n_gpu_layers: 0,
    // Fused attention rounds otherwise, by the length of what is cached.
    flash_attn_type: "off",
    ctx_shift: false,
    n_parallel: 1,
    ...(request.adapters.length > 0 && {
      lora_list: request.adapters.map(({ path, scale }) => ({ path, scaled: scale })),
    }),
  });
  open.set(key, { context, bytes });
  return context;
}
