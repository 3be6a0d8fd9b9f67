"""Trains the base: `python3 pretrain.py OUT --steps N [--rank R --world W]`; a stopped run goes on from OUT when started again.

The schedule counts steps, the data is drawn from the seed by step, so that the same command on the same kind of machine gives the same model.
Two processes (rank 0 and 1 of world 2) share the work and average their gradients. Weights are kept in float32, the passes run in bfloat16.
"""
import argparse
import json
import time
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F

from batches import pool_batches
from model import Config, Model
from muon import Muon
from probe import probe
from tokenizer import Tokenizer

SAVE_EVERY, TELL_EVERY, PROBE_EVERY = 200, 25, 400


def factor(progress, step):
    """Of the learning rate: a short rise, level, then down in a line over the last half."""
    return min(1.0, (step + 1) / 50) * min(1.0, max(0.02, (1 - progress) / 0.5))


def loss_of(model, ids, weights):
    hidden = model.hidden(ids[:, :-1]).flatten(0, 1)
    loss = F.cross_entropy(F.linear(hidden, model.embedding), ids[:, 1:].flatten(), reduction="none").float()
    w = weights[:, 1:].flatten()
    answers = (w >= 1).float()
    return (loss * w).sum() / w.sum(), (loss.detach() * answers).sum() / answers.sum().clamp(min=1)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("out", type=Path)
    a.add_argument("--steps", type=int, required=True)
    a.add_argument("--until", type=int, help="stop after this step of the schedule, to go on later")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--rank", type=int, default=0)
    a.add_argument("--world", type=int, default=1)
    a.add_argument("--tokenizer", type=Path, default=Path(__file__).parent / "tokenizer.json")
    args = a.parse_args()
    torch.set_num_threads(1)
    if args.world > 1:
        dist.init_process_group("gloo", init_method="tcp://127.0.0.1:29517", rank=args.rank, world_size=args.world)
    tokenizer = Tokenizer.load(args.tokenizer)
    torch.manual_seed(args.seed)
    master = Model(Config(vocab=len(tokenizer.vocab)))
    fast = Model(master.config).bfloat16()
    named = dict(master.named_parameters())
    matrices = [p for n, p in named.items() if p.dim() == 2 and n != "embedding"]
    others = [p for n, p in named.items() if p.dim() != 2 or n == "embedding"]
    muon, adam = Muon(matrices), torch.optim.AdamW(others, lr=4e-3, betas=(0.9, 0.98), weight_decay=0.0)
    step = pool = tokens = 0
    save = args.out / "checkpoint.pt"
    if save.exists():
        kept = torch.load(save, map_location="cpu")
        master.load_state_dict(kept["model"])
        muon.load_state_dict(kept["muon"])
        adam.load_state_dict(kept["adam"])
        step, pool, tokens = kept["step"], kept["pool"], kept["tokens"]
    args.out.mkdir(parents=True, exist_ok=True)
    began, average = time.time(), None

    def tell(**said):
        if args.rank == 0:
            with open(args.out / "log.jsonl", "a") as f:
                f.write(json.dumps(said) + "\n")

    while step < (args.until or args.steps):
        batches = pool_batches(tokenizer, args.seed, args.rank, pool, step)
        if args.world > 1:
            # All ranks take as many steps from the pool as the shortest has.
            count = torch.tensor([len(batches)])
            dist.all_reduce(count, op=dist.ReduceOp.MIN)
            batches = batches[: int(count)]
        pool += 1
        for ids, weights in batches:
            if step >= (args.until or args.steps):
                break
            with torch.no_grad():
                for p, q in zip(fast.parameters(), master.parameters()):
                    p.copy_(q)
                    p.grad = None
            loss, answers = loss_of(fast, torch.from_numpy(ids), torch.from_numpy(weights))
            loss.backward()
            flat = torch.cat([p.grad.float().flatten() for p in fast.parameters()])
            if args.world > 1:
                dist.all_reduce(flat)
                flat /= args.world
            flat *= min(1.0, 1.0 / float(flat.norm() + 1e-6))
            at = 0
            for p in master.parameters():
                p.grad = flat[at : at + p.numel()].view_as(p)
                at += p.numel()
            f = factor(step / args.steps, step)
            for group in adam.param_groups:
                group["lr"] = 4e-3 * f
            adam.step()
            muon.step(f)
            step += 1
            tokens += ids.shape[0] * (ids.shape[1] - 1) * args.world
            average = float(answers) if average is None else 0.97 * average + 0.03 * float(answers)
            if step % TELL_EVERY == 0:
                tell(step=step, seconds=round(time.time() - began), tokens=tokens, loss=round(float(loss.detach()), 3), answers=round(average, 3))
            if step % PROBE_EVERY == 0 and args.rank == 0:
                tell(step=step, **probe(master, tokenizer))
        if args.rank == 0 and (step // SAVE_EVERY != (step - len(batches)) // SAVE_EVERY or step >= (args.until or args.steps)):
            state = {"model": master.state_dict(), "muon": muon.state_dict(), "adam": adam.state_dict(), "step": step, "pool": pool, "tokens": tokens, "config": master.config.as_dict()}
            torch.save(state, args.out / "checkpoint.part")
            (args.out / "checkpoint.part").replace(save)


if __name__ == "__main__":
    main()
