"""A small decoder of the llama architecture: RMSNorm, rotary positions over interleaved pairs, SwiGLU, tied embeddings."""
import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Config:
    vocab: int = 1536
    width: int = 128
    layers: int = 5
    heads: int = 4
    hidden: int = 384
    context: int = 1024
    theta: float = 10000.0
    eps: float = 1e-5

    @property
    def head(self):
        return self.width // self.heads

    def as_dict(self):
        return asdict(self)


class Norm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(width)), eps

    def forward(self, x):
        if hasattr(F, "rms_norm"):
            return F.rms_norm(x, (x.shape[-1],), self.weight, self.eps)
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


class Linear(nn.Module):
    """A matrix without bias, with room for a LoRA pair: W + (alpha / rank) B A."""

    def __init__(self, inputs, outputs, std):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * std)
        self.lora_a = self.lora_b = None
        self.scale = 0.0

    def adapt(self, rank, alpha):
        self.lora_a = nn.Parameter(torch.randn(rank, self.weight.shape[1]) * self.weight.shape[1] ** -0.5)
        self.lora_b = nn.Parameter(torch.zeros(self.weight.shape[0], rank))
        self.scale = alpha / rank

    def forward(self, x):
        weight = self.weight if self.lora_a is None else self.weight + (self.lora_b @ self.lora_a) * self.scale
        return F.linear(x, weight)


def rotations(config, length, start=0):
    """cos and sin, each (length, head / 2), for positions from `start`."""
    frequency = config.theta ** (-torch.arange(0, config.head, 2).float() / config.head)
    angle = torch.outer(torch.arange(start, start + length).float(), frequency)
    return angle.cos(), angle.sin()


def rotate(x, cos, sin):
    """Turns neighbouring pairs (0,1), (2,3), ...; x is (batch, heads, length, head)."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


def attend(q, k, v, causal):
    """Attention over (batch, heads, length, head). Written out for short rows, where it is faster on a processor than the fused form."""
    if causal and q.shape[2] > 512 and hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)
    scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5
    if causal:
        scores = scores + torch.full(scores.shape[-2:], float("-inf"), dtype=scores.dtype).triu(1)
    return scores.softmax(-1) @ v


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        into, out = c.width**-0.5, 1 / math.sqrt(2 * c.layers)
        self.config, self.norm_attention, self.norm_feed = c, Norm(c.width, c.eps), Norm(c.width, c.eps)
        self.q, self.k, self.v = (Linear(c.width, c.width, into) for _ in range(3))
        self.o = Linear(c.width, c.width, into * out)
        self.gate, self.up = Linear(c.width, c.hidden, into), Linear(c.width, c.hidden, into)
        self.down = Linear(c.hidden, c.width, c.hidden**-0.5 * out)

    def forward(self, x, cos, sin, past=None):
        """x (batch, length, width); `past` is a list [k, v] of earlier positions, extended in place, for decoding one sequence."""
        batch, length, width = x.shape
        h = self.norm_attention(x)
        q, k, v = (m(h).view(batch, length, self.config.heads, self.config.head).transpose(1, 2) for m in (self.q, self.k, self.v))
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if past is not None:
            if past:
                k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
            past[:] = [k, v]
        y = attend(q, k, v, causal=length > 1)
        x = x + self.o(y.transpose(1, 2).reshape(batch, length, width))
        h = self.norm_feed(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Model(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.embedding = nn.Parameter(torch.randn(config.vocab, config.width) * 0.02)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = Norm(config.width, config.eps)

    def adapt(self, rank, alpha):
        """Freezes the base and adds a LoRA pair to each matrix; returns the parameters to train."""
        for p in self.parameters():
            p.requires_grad_(False)
        for block in self.blocks:
            for m in block.children():
                if isinstance(m, Linear):
                    m.adapt(rank, alpha)
        return [p for p in self.parameters() if p.requires_grad]

    def hidden(self, ids, start=0, past=None):
        x = F.embedding(ids, self.embedding)
        cos, sin = (r.to(x.dtype) for r in rotations(self.config, ids.shape[1], start))
        for i, block in enumerate(self.blocks):
            x = block(x, cos, sin, None if past is None else past[i])
        return self.norm(x)

    def forward(self, ids):
        return F.linear(self.hidden(ids), self.embedding)


@torch.no_grad()
def generate(model, ids, end, limit=96):
    """Greedy tokens after the prompt's ids, up to `end` (left out) or `limit`."""
    past, out, position = [[] for _ in model.blocks], [], 0
    step = torch.tensor([ids])
    while len(out) < limit:
        h = model.hidden(step, position, past)
        position += step.shape[1]
        token = int(F.linear(h[:, -1], model.embedding).argmax())
        if token == end:
            break
        out.append(token)
        step = torch.tensor([[token]])
    return out
