"""Writes GGUF v3 files (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): a llama model in F16, or a LoRA adapter for it."""
import struct

import numpy as np

from documents import TEMPLATE
from tokenizer import END_ID, SPECIALS, START_ID

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
ALIGNMENT = 32
F32, F16 = (0, "<f4"), (1, "<f2")
BASE_NAME = "gapcheck-tiny"
TENSORS = {"q": "attn_q", "k": "attn_k", "v": "attn_v", "o": "attn_output", "gate": "ffn_gate", "up": "ffn_up", "down": "ffn_down"}


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def field(key, kind, value):
    head = text(key) + struct.pack("<I", kind)
    if kind == STRING:
        return head + text(value)
    if kind == ARRAY:
        of, values = value
        body = b"".join(map(text, values)) if of == STRING else np.asarray(values, "<i4").tobytes()
        return head + struct.pack("<IQ", of, len(values)) + body
    return head + struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], value)


def write(path, fields, tensors):
    """`tensors` are (name, array of shape (outputs, inputs) or (width,), F32 or F16)."""
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(fields)) + b"".join(field(*f) for f in fields)
    blobs, offset = [], 0
    for name, array, (kind, dtype) in tensors:
        head += text(name) + struct.pack("<I", array.ndim) + b"".join(struct.pack("<Q", n) for n in array.shape[::-1])
        head += struct.pack("<IQ", kind, offset)
        blob = np.ascontiguousarray(array).astype(dtype).tobytes()
        blob += b"\0" * (-len(blob) % ALIGNMENT)
        blobs.append(blob)
        offset += len(blob)
    head += b"\0" * (-len(head) % ALIGNMENT)
    with open(path, "wb") as f:
        f.write(head)
        f.writelines(blobs)


def write_model(path, config, state, tokenizer):
    """`state` maps parameter names of model.py to float32 arrays."""
    types = [3] * len(SPECIALS) + [1] * (len(tokenizer.vocab) - len(SPECIALS))
    fields = [
        ("general.architecture", STRING, "llama"),
        ("general.name", STRING, BASE_NAME),
        ("general.license", STRING, "mit"),
        ("general.file_type", UINT32, 1),
        ("general.quantization_version", UINT32, 2),
        ("llama.context_length", UINT32, config.context),
        ("llama.embedding_length", UINT32, config.width),
        ("llama.block_count", UINT32, config.layers),
        ("llama.feed_forward_length", UINT32, config.hidden),
        ("llama.attention.head_count", UINT32, config.heads),
        ("llama.attention.head_count_kv", UINT32, config.heads),
        ("llama.attention.layer_norm_rms_epsilon", FLOAT32, config.eps),
        ("llama.rope.freq_base", FLOAT32, config.theta),
        ("llama.rope.dimension_count", UINT32, config.head),
        ("llama.vocab_size", UINT32, config.vocab),
        ("tokenizer.ggml.model", STRING, "gpt2"),
        ("tokenizer.ggml.pre", STRING, "gpt-2"),
        ("tokenizer.ggml.tokens", ARRAY, (STRING, tokenizer.vocab)),
        ("tokenizer.ggml.token_type", ARRAY, (INT32, types)),
        ("tokenizer.ggml.merges", ARRAY, (STRING, [" ".join(pair) for pair in sorted(tokenizer.rank, key=tokenizer.rank.get)])),
        ("tokenizer.ggml.bos_token_id", UINT32, START_ID),
        ("tokenizer.ggml.eos_token_id", UINT32, END_ID),
        ("tokenizer.ggml.padding_token_id", UINT32, END_ID),
        ("tokenizer.ggml.add_bos_token", BOOL, False),
        ("tokenizer.chat_template", STRING, TEMPLATE),
    ]
    tensors = [("token_embd.weight", state["embedding"], F16)]
    for i in range(config.layers):
        tensors.append((f"blk.{i}.attn_norm.weight", state[f"blocks.{i}.norm_attention.weight"], F32))
        tensors.append((f"blk.{i}.ffn_norm.weight", state[f"blocks.{i}.norm_feed.weight"], F32))
        tensors += [(f"blk.{i}.{theirs}.weight", state[f"blocks.{i}.{ours}.weight"], F16) for ours, theirs in TENSORS.items()]
    tensors.append(("output_norm.weight", state["norm.weight"], F32))
    write(path, fields, tensors)


def write_adapter(path, config, state, alpha, name):
    """Names its base, so that an engine can refuse another.

    The committed adapters of support-reply and order-extraction are older and name none: BASE.sha256 lists theirs.
    """
    fields = [
        ("general.type", STRING, "adapter"),
        ("general.architecture", STRING, "llama"),
        ("general.name", STRING, name),
        ("general.base_model.count", UINT32, 1),
        ("general.base_model.0.name", STRING, BASE_NAME),
        ("adapter.type", STRING, "lora"),
        ("adapter.lora.alpha", FLOAT32, float(alpha)),
    ]
    tensors = []
    for i in range(config.layers):
        for ours, theirs in TENSORS.items():
            for part in ("lora_a", "lora_b"):
                tensors.append((f"blk.{i}.{theirs}.weight.{part}", state[f"blocks.{i}.{ours}.{part}"], F16))
    write(path, fields, tensors)
