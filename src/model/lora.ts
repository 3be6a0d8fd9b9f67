/** Checks that a LoRA adapter fits the base that it is to be laid over. */
import { ConfigError } from "../errors.ts";
import type { Gguf } from "./gguf.ts";

/**
 * @param what how the adapter is named in messages
 * @throws ConfigError `adapter-…` when the file is no LoRA adapter, or one for another base.
 */
export function checkAdapter(adapter: Gguf, base: Gguf, what: string, file: string): void {
  const wrong = (code: string, why: string, fix: string): ConfigError =>
    new ConfigError(code, `${what}: ${why}`, { place: { file }, fix });
  if (adapter.fields.get("general.type") !== "adapter" || adapter.fields.get("adapter.type") !== "lora") {
    throw wrong(
      "adapter-kind",
      "it is a GGUF file, but no LoRA adapter",
      "Name an adapter made with llama.cpp's convert_lora_to_gguf.py.",
    );
  }
  const other = "Use the base that the adapter was tuned from.";
  const [theirs, ours] = [adapter.fields.get("general.architecture"), base.fields.get("general.architecture")];
  if (theirs !== ours) {
    throw wrong("adapter-base", `it is for the architecture ${theirs}, the base is ${ours}`, other);
  }
  const broken = "Convert the adapter again with llama.cpp's convert_lora_to_gguf.py.";
  let pairs = 0;
  for (const { name, shape } of adapter.tensors.values()) {
    const [, target, part] = /^(.*)\.lora_([ab])$/.exec(name) ?? [];
    if (target === undefined) continue;
    const matrix = base.tensors.get(target);
    if (matrix === undefined) throw wrong("adapter-base", `the base has no tensor ${JSON.stringify(target)}`, other);
    // A is (inputs, rank), B is (rank, outputs).
    const [mine, its] = part === "a" ? [shape[0], matrix.shape[0]] : [shape[1], matrix.shape[1]];
    if (mine !== its) {
      throw wrong(
        "adapter-base",
        `${JSON.stringify(name)} is ${shape.join(" x ")}, the base's ${JSON.stringify(target)} is ${matrix.shape.join(" x ")}`,
        other,
      );
    }
    if (part === "b") continue;
    const paired = adapter.tensors.get(`${target}.lora_b`);
    if (paired === undefined || paired.shape[0] !== shape[1]) {
      const why =
        paired === undefined
          ? "has no second half"
          : `is ${shape.join(" x ")}, its second half ${paired.shape.join(" x ")}`;
      throw wrong("adapter-broken", `${JSON.stringify(name)} ${why}`, broken);
    }
    pairs += 1;
  }
  if (pairs === 0) throw wrong("adapter-broken", "it changes nothing: no tensor of it is named .lora_a", broken);
}
