import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { ADAPTER, BASE, type GgufParts, ggufBytes } from "./gguf.test-data.ts";
import { readGguf } from "./gguf.ts";
import { checkAdapter } from "./lora.ts";

const folder = mkdtempSync(join(tmpdir(), "gguf-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "x.gguf");

function read(bytes: Buffer): ReturnType<typeof readGguf> {
  writeFileSync(file, bytes);
  return readGguf(file, "it");
}

function mistake(run: () => unknown): { readonly code: string; readonly message: string } {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ConfigError) return { code: thrown.code, message: thrown.message };
    throw thrown;
  }
  throw new Error("nothing was wrong");
}

describe("readGguf", () => {
  const whole = ggufBytes(BASE);

  it("reads scalar fields and the sizes of tensors, and passes lists by", () => {
    const { fields, tensors, size } = read(whole);
    expect(size).toBe(whole.length);
    expect(fields.get("general.name")).toBe("test");
    expect(fields.get("llama.context_length")).toBe(512);
    expect(fields.has("tokenizer.ggml.tokens")).toBe(false);
    expect(tensors.get("blk.0.ffn_up.weight")?.shape).toEqual([32, 64]);
  });

  it.each<[string, () => Buffer, RegExp]>([
    ["nothing", () => Buffer.alloc(0), /no GGUF file/],
    ["another file", () => Buffer.from("PK\u0003\u0004 and a lot of other things in a zip"), /no GGUF file/],
    ["version 1", () => ggufBytes({ ...BASE, version: 1 }), /version is 1/],
    ["cut data", () => whole.subarray(0, whole.length - 40), /it is cut: the tensor "output_norm.weight"/],
    ["a cut head", () => whole.subarray(0, 60), /it is cut/],
  ])("refuses %s", (_, bytes, message) => {
    expect(mistake(() => read(bytes()))).toMatchObject({
      code: "gguf-broken",
      message: expect.stringMatching(message),
    });
  });

  it("names a file that is not there", () => {
    expect(mistake(() => readGguf(join(folder, "none.gguf"), "it")).code).toBe("gguf-unreadable");
  });

  it("refuses every cut file, wherever it is cut", () => {
    // Zeros after the last tensor are padding: without them nothing is lost.
    const needed = whole.length - (32 - ((4 * 32) % 32 || 32));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: needed - 1 }), (length) => {
        expect(mistake(() => read(whole.subarray(0, length))).code).toBe("gguf-broken");
      }),
      { numRuns: 200 },
    );
  });

  it("ends on every changed byte of the head: in a reading or in a mistake, never otherwise", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        try {
          read(bytes);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("checkAdapter", () => {
  const check = (adapter: GgufParts) => checkAdapter(read(ggufBytes(adapter)), base, "the adapter", "a.gguf");
  const base = read(ggufBytes(BASE));

  it("takes one that fits", () => {
    expect(() => check(ADAPTER)).not.toThrow();
  });

  it.each<[string, GgufParts, string, RegExp]>([
    ["a model", BASE, "adapter-kind", /no LoRA adapter/],
    [
      "another architecture",
      { ...ADAPTER, fields: { ...ADAPTER.fields, "general.architecture": "qwen2" } },
      "adapter-base",
      /qwen2/,
    ],
    ["another width", { ...ADAPTER, tensors: { "blk.0.attn_q.weight.lora_a": [64, 4] } }, "adapter-base", /64 x 4/],
    ["other outputs", { ...ADAPTER, tensors: { "blk.0.ffn_up.weight.lora_b": [4, 32] } }, "adapter-base", /4 x 32/],
    [
      "half a pair",
      { ...ADAPTER, tensors: { "blk.0.attn_q.weight.lora_a": [32, 4] } },
      "adapter-broken",
      /no second half/,
    ],
    [
      "halves of other ranks",
      { ...ADAPTER, tensors: { "blk.0.attn_q.weight.lora_a": [32, 4], "blk.0.attn_q.weight.lora_b": [8, 32] } },
      "adapter-broken",
      /32 x 4, its second half 8 x 32/,
    ],
    ["no pair at all", { ...ADAPTER, tensors: {} }, "adapter-broken", /changes nothing/],
    ["more layers", { ...ADAPTER, tensors: { "blk.9.attn_q.weight.lora_a": [32, 4] } }, "adapter-base", /blk.9/],
  ])("refuses %s", (_, adapter, code, message) => {
    expect(mistake(() => check(adapter))).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
