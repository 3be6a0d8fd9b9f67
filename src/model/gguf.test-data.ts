/** Writes GGUF files for tests: whole, cut, and wrong ones. */

export interface GgufParts {
  readonly version?: number;
  readonly fields?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Name and sizes; the data is zeros, F32. */
  readonly tensors?: Readonly<Record<string, readonly number[]>>;
}

const ALIGNMENT = 32;

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([u64(bytes.length), bytes]);
}

function field(key: string, value: string | number | boolean | readonly string[]): Buffer {
  if (typeof value === "string") return Buffer.concat([text(key), u32(8), text(value)]);
  if (typeof value === "boolean") return Buffer.concat([text(key), u32(7), Buffer.from([value ? 1 : 0])]);
  if (typeof value === "number") return Buffer.concat([text(key), u32(4), u32(value)]);
  return Buffer.concat([text(key), u32(9), u32(8), u64(value.length), ...value.map(text)]);
}

function padded(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

/** The bytes of a GGUF file. */
export function ggufBytes({ version = 3, fields = {}, tensors = {} }: GgufParts): Buffer {
  const head: Buffer[] = [
    Buffer.from("GGUF"),
    u32(version),
    u64(Object.keys(tensors).length),
    u64(Object.keys(fields).length),
    ...Object.entries(fields).map(([key, value]) => field(key, value)),
  ];
  let offset = 0;
  for (const [name, shape] of Object.entries(tensors)) {
    head.push(text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset));
    offset += padded(4 * shape.reduce((product, length) => product * length, 1));
  }
  const start = Buffer.concat(head);
  return Buffer.concat([start, Buffer.alloc(padded(start.length) - start.length + offset)]);
}

export const BASE: GgufParts = {
  fields: {
    "general.architecture": "llama",
    "general.name": "test",
    "llama.context_length": 512,
    "tokenizer.ggml.tokens": ["a", "b", "ü"],
  },
  tensors: { "blk.0.attn_q.weight": [32, 32], "blk.0.ffn_up.weight": [32, 64], "output_norm.weight": [32] },
};

export const ADAPTER: GgufParts = {
  fields: { "general.type": "adapter", "adapter.type": "lora", "general.architecture": "llama" },
  tensors: {
    "blk.0.attn_q.weight.lora_a": [32, 4],
    "blk.0.attn_q.weight.lora_b": [4, 32],
    "blk.0.ffn_up.weight.lora_a": [32, 4],
    "blk.0.ffn_up.weight.lora_b": [4, 64],
  },
};
