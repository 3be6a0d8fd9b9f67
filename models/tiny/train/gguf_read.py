"""Reads the GGUF files that gguf.py writes: their fields, and their tensors in float32. Needs numpy alone."""
import struct

import numpy as np

from gguf import ALIGNMENT, ARRAY, BOOL, F16, F32, FLOAT32, INT32, STRING, TENSORS, UINT32

PLAIN = {UINT32: "I", INT32: "i", FLOAT32: "f", BOOL: "?"}
DTYPES = dict([F32, F16])
# Of model.py's Config, by the name that GGUF has for them after `llama.`.
SETTINGS = {
    "vocab": "vocab_size",
    "width": "embedding_length",
    "layers": "block_count",
    "heads": "attention.head_count",
    "hidden": "feed_forward_length",
    "context": "context_length",
    "theta": "rope.freq_base",
    "eps": "attention.layer_norm_rms_epsilon",
}


class Reader:
    """Reads the values of a GGUF file one after the other."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, form):
        (value,) = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return value

    def text(self):
        length = self.number("Q")
        self.at += length
        return self.data[self.at - length : self.at].decode()

    def value(self, kind):
        if kind == STRING:
            return self.text()
        if kind == ARRAY:
            of, count = self.number("I"), self.number("Q")
            return [self.value(of) for _ in range(count)]
        return self.number(PLAIN[kind])


def read(path):
    """A GGUF file of gguf.py as (fields by name, float32 arrays by name)."""
    r = Reader(path.read_bytes())
    if r.data[:4] != b"GGUF":
        raise SystemExit(f"{path} is no GGUF file")
    r.at = 4
    _version, tensors, fields = r.number("I"), r.number("Q"), r.number("Q")
    known = {r.text(): r.value(r.number("I")) for _ in range(fields)}
    heads = []
    for _ in range(tensors):
        name = r.text()
        sizes = [r.number("Q") for _ in range(r.number("I"))]
        heads.append((name, sizes[::-1], DTYPES[r.number("I")], r.number("Q")))
    start = r.at + -r.at % ALIGNMENT
    arrays = {n: np.frombuffer(r.data, kind, int(np.prod(shape)), start + at).reshape(shape).astype(np.float32) for n, shape, kind, at in heads}
    return known, arrays


def read_model(path):
    """A base of `write_model` as (settings of model.py's Config, float32 arrays by the parameter names of model.py)."""
    fields, arrays = read(path)
    llama = {key: fields[f"llama.{theirs}"] for key, theirs in SETTINGS.items()}
    state = {"embedding": arrays["token_embd.weight"], "norm.weight": arrays["output_norm.weight"]}
    for i in range(llama["layers"]):
        state[f"blocks.{i}.norm_attention.weight"] = arrays[f"blk.{i}.attn_norm.weight"]
        state[f"blocks.{i}.norm_feed.weight"] = arrays[f"blk.{i}.ffn_norm.weight"]
        state |= {f"blocks.{i}.{ours}.weight": arrays[f"blk.{i}.{theirs}.weight"] for ours, theirs in TENSORS.items()}
    return llama, state


def read_adapter(path, layers):
    """An adapter of `write_adapter` as (rank, alpha, float32 arrays by the parameter names of model.py)."""
    fields, arrays = read(path)
    state = {
        f"blocks.{i}.{ours}.{part}": arrays[f"blk.{i}.{theirs}.weight.{part}"]
        for i in range(layers)
        for ours, theirs in TENSORS.items()
        for part in ("lora_a", "lora_b")
    }
    return len(state["blocks.0.q.lora_a"]), fields["adapter.lora.alpha"], state
