"""Tunes one adapter: `python3 tune.py BASE OUT TASK SIZE [--rank 8] [--seed 1] [--epochs E]`; OUT is a .gguf file.

BASE is a checkpoint of pretrain.py, or the committed base.f16.gguf, which holds the same weights in half precision.

LoRA (Hu et al., 2021) on every matrix, alpha = 2 rank, loss on the answers alone.
"""
import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from documents import prompt
from gguf import write_adapter
from gguf_read import read_model
from model import Config, Model
from tasks import TASKS, path
from tokenizer import END, Tokenizer

BATCH, WARMUP = 16, 15


def load_base(path):
    """The base of a checkpoint, or of a GGUF file where the name ends in .gguf."""
    if Path(path).suffix == ".gguf":
        config, arrays = read_model(Path(path))
        state = {name: torch.from_numpy(array) for name, array in arrays.items()}
    else:
        kept = torch.load(path, map_location="cpu")
        config, state = kept["config"], kept["model"]
    model = Model(Config(**config))
    model.load_state_dict(state)
    return model


def examples(task, tokenizer, size):
    cases = [json.loads(line) for line in path(task).read_text().splitlines()[:size]]
    for case in cases:
        read = tokenizer.encode(prompt(task.prompt, [], task.read(case)))
        yield read + tokenizer.encode(f" {task.answer(case)}{END}"), len(read)


def batches(data, r):
    """Batches of examples of like length, in a random order."""
    shuffled = random.Random(r.random()).sample(data, len(data))
    near = sorted(shuffled, key=lambda e: len(e[0]) // 8)
    out = [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    r.shuffle(out)
    return out


def tensors(batch):
    width = max(len(ids) for ids, _ in batch)
    ids, answers = torch.zeros(len(batch), width, dtype=torch.long), torch.zeros(len(batch), width, dtype=torch.bool)
    for i, (tokens, read) in enumerate(batch):
        ids[i, : len(tokens)] = torch.tensor(tokens)
        answers[i, read : len(tokens)] = True
    return ids, answers


def tune(model, data, rank, epochs, rate, seed, tell):
    torch.manual_seed(seed)
    parameters = model.adapt(rank, 2 * rank)
    optimiser = torch.optim.AdamW(parameters, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    r, step = random.Random(seed), 0
    steps = epochs * -(-len(data) // BATCH)
    for _ in range(epochs):
        for batch in batches(data, r):
            ids, answers = tensors(batch)
            hidden = model.hidden(ids[:, :-1])[answers[:, 1:]]
            loss = F.cross_entropy(F.linear(hidden, model.embedding), ids[:, 1:][answers[:, 1:]])
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / WARMUP) * max(0.02, 1 - step / steps)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            step += 1
            if step % 50 == 0 or step == steps:
                tell(f"{step}/{steps} loss {float(loss.detach()):.4f}")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("base", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("task", choices=[t.name for t in TASKS])
    a.add_argument("size", type=int)
    a.add_argument("--rank", type=int)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--epochs", type=int)
    a.add_argument("--rate", type=float, default=4e-3)
    args = a.parse_args()
    torch.set_num_threads(1)
    task = next(t for t in TASKS if t.name == args.task)
    tokenizer = Tokenizer.load(Path(__file__).with_name("tokenizer.json"))
    model, rank = load_base(args.base), args.rank or task.rank
    # A small set is gone through more often, up to as many steps as the largest set takes.
    epochs = args.epochs or min(4 * task.epochs, task.epochs * task.sizes[-1] // args.size)
    began = time.time()
    tune(model, list(examples(task, tokenizer, args.size)), rank, epochs, args.rate, args.seed, lambda line: print(f"{line} {time.time() - began:.0f}s", flush=True))
    state = {name: p.detach() for name, p in model.state_dict().items() if "lora" in name}
    write_adapter(args.out, model.config, {n: p.numpy() for n, p in state.items()}, 2 * rank, f"{task.name} from {args.size} examples")


if __name__ == "__main__":
    main()
