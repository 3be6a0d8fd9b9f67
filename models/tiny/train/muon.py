"""Muon for matrices (Jordan et al., 2024): momentum, then the nearest orthogonal matrix by Newton-Schulz steps."""
import torch


def orthogonal(gradient, steps=5):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = gradient / (gradient.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.t()
    for _ in range(steps):
        s = x @ x.t()
        x = a * x + (b * s + c * s @ s) @ x
    return x.t() if tall else x


class Muon:
    def __init__(self, parameters, rate=0.02, momentum=0.95, decay=0.05):
        self.parameters, self.rate, self.momentum, self.decay = list(parameters), rate, momentum, decay
        self.buffers = [torch.zeros_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self, factor):
        rate = self.rate * factor
        for p, buffer in zip(self.parameters, self.buffers):
            buffer.mul_(self.momentum).add_(p.grad)
            update = orthogonal(p.grad.add(buffer, alpha=self.momentum))
            p.mul_(1 - rate * self.decay).add_(update, alpha=-rate * max(1, p.shape[0] / p.shape[1]) ** 0.5)

    def state_dict(self):
        return self.buffers

    def load_state_dict(self, buffers):
        for mine, given in zip(self.buffers, buffers):
            mine.copy_(given)
