"""Writes what torch answers to 20 prompts of the base and 5 of each full adapter, greedily: `python3 parity.py OUT parity.json`.

OUT is the folder of train.sh. `test/acceptance/embedded-parity.test.ts` holds llama.cpp's answers against them, `parity_numpy.py` those of numpy.
"""
import json
import random
import sys
from pathlib import Path

import torch

from classify import by_intent
from documents import prompt, text_of
from extract import extract
from facts import facts
from orders import orders
from replies import replies
from tasks import TASKS, train_set
from tokenizer import END_ID, Tokenizer
from tune import load_base
from model import generate

FAMILIES = [by_intent, extract, facts, orders, replies]


def asked(random):
    """A generated document up to its last answer."""
    segments = random.choice(FAMILIES)(random)
    return text_of(segments[:-1])


def main(out, file):
    r, tokenizer, answers = random.Random("parity"), Tokenizer.load(Path(__file__).with_name("tokenizer.json")), []

    def ask(model, adapter, text):
        # As the file holds the weights: in half precision.
        said = tokenizer.decode(generate(model, tokenizer.encode(text), END_ID))
        answers.append({**({"adapter": adapter} if adapter else {}), "prompt": text, "answer": said})

    base = load_base(out / "base" / "checkpoint.pt")
    halved(base)
    for _ in range(20):
        ask(base, None, asked(r))
    for task in TASKS:
        size = task.sizes[-1]
        model = load_base(out / "base" / "checkpoint.pt")
        kept = torch.load(out / f"{task.name}-{size}.lora.pt", map_location="cpu")
        model.adapt(kept["rank"], 2 * kept["rank"])
        model.load_state_dict(kept["state"], strict=False)
        halved(model)
        for case in r.sample(train_set(task), 5):
            ask(model, f"{task.name}-{size}.lora.gguf", prompt(task.prompt, [], task.read(case)))
    Path(file).write_text(json.dumps(answers, indent=2) + "\n")


def halved(model):
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.dim() == 2:
                p.copy_(p.half().float())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
