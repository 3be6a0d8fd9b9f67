"""Answers the 40 prompts of parity.json from the GGUF files alone, and compares: `python3 parity_numpy.py`. Needs numpy, no torch and no checkpoint.

A third engine beside torch, which wrote the answers (`parity.py`), and llama.cpp, which `test/acceptance/embedded-parity.test.ts` holds against them:
it reads the committed files and does the arithmetic in float32. Exit code 1 where fewer than 19 of 20 texts are the same, with or without adapters.
"""
import json
import sys
from pathlib import Path

import numpy as np

from gguf import TENSORS
from gguf_read import read
from tokenizer import Tokenizer

TINY = Path(__file__).parents[1]
LIMIT = 96


class Engine:
    def __init__(self, base, adapter=None):
        fields, self.weights = read(base)
        self.layers, self.heads, width = (fields[f"llama.{k}"] for k in ("block_count", "attention.head_count", "embedding_length"))
        self.head = width // self.heads
        self.eps = np.float32(fields["llama.attention.layer_norm_rms_epsilon"])
        self.turns = fields["llama.rope.freq_base"] ** (-np.arange(0, self.head, 2) / self.head)
        self.end = fields["tokenizer.ggml.eos_token_id"]
        merges = [pair.split(" ") for pair in fields["tokenizer.ggml.merges"]]
        self.tokenizer = Tokenizer({"vocab": fields["tokenizer.ggml.tokens"], "merges": merges})
        if adapter:
            self.adapt(*read(adapter))

    def adapt(self, fields, parts):
        for block in range(self.layers):
            for part in TENSORS.values():
                name = f"blk.{block}.{part}.weight"
                down, up = parts[f"{name}.lora_a"], parts[f"{name}.lora_b"]
                self.weights[name] = self.weights[name] + up @ down * np.float32(fields["adapter.lora.alpha"] / down.shape[0])

    def norm(self, x, name):
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + self.eps) * self.weights[f"{name}.weight"]

    def turned(self, x, start):
        """x (length, heads, head): neighbouring pairs turned by their position."""
        angle = np.outer(np.arange(start, start + len(x)), self.turns)[:, None]
        cos, sin = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
        even, odd = x[..., 0::2], x[..., 1::2]
        return np.stack((even * cos - odd * sin, even * sin + odd * cos), -1).reshape(x.shape)

    def attention(self, block, h, past):
        """`past` holds keys and values of earlier positions and is extended in place."""
        start = len(past[0]) if past else 0
        q, k, v = ((h @ self.weights[f"blk.{block}.attn_{one}.weight"].T).reshape(len(h), self.heads, self.head) for one in "qkv")
        q, k = self.turned(q, start), self.turned(k, start)
        past[:] = [np.concatenate((past[0], k)), np.concatenate((past[1], v))] if past else [k, v]
        scores = np.einsum("qhd,khd->hqk", q, past[0]) * np.float32(self.head**-0.5)
        later = np.arange(start + len(h)) > np.arange(start, start + len(h))[:, None]
        scores = np.where(later, np.float32(-np.inf), scores)
        share = np.exp(scores - scores.max(-1, keepdims=True))
        share /= share.sum(-1, keepdims=True)
        return np.einsum("hqk,khd->qhd", share, past[1]).reshape(len(h), -1) @ self.weights[f"blk.{block}.attn_output.weight"].T

    def next(self, ids, past):
        """The likeliest token after these ids, which follow those in `past`."""
        x = self.weights["token_embd.weight"][ids]
        for block in range(self.layers):
            w = f"blk.{block}"
            x = x + self.attention(block, self.norm(x, f"{w}.attn_norm"), past[block])
            h = self.norm(x, f"{w}.ffn_norm")
            gate, up = h @ self.weights[f"{w}.ffn_gate.weight"].T, h @ self.weights[f"{w}.ffn_up.weight"].T
            x = x + (gate / (1 + np.exp(-gate)) * up) @ self.weights[f"{w}.ffn_down.weight"].T
        return int((self.norm(x[-1], "output_norm") @ self.weights["token_embd.weight"].T).argmax())

    def answer(self, prompt):
        past, said = [[] for _ in range(self.layers)], []
        token = self.next(self.tokenizer.encode(prompt), past)
        while token != self.end and len(said) < LIMIT:
            said.append(token)
            token = self.next([token], past)
        return self.tokenizer.decode(said)


def main():
    lines = json.loads((TINY / "parity.json").read_text())
    adapters = dict.fromkeys(line.get("adapter") for line in lines)
    engines = {adapter: Engine(TINY / "base.f16.gguf", adapter and TINY / adapter) for adapter in adapters}
    enough = True
    for what, wanted in (("base", False), ("adapters", True)):
        group = [line for line in lines if ("adapter" in line) == wanted]
        same = sum(engines[line.get("adapter")].answer(line["prompt"]) == line["answer"] for line in group)
        print(f"{what}: {same} of {len(group)} texts as torch wrote them")
        enough = enough and len(group) == 20 and same >= 19
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
