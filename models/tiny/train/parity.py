"""Writes what torch answers to 20 prompts of the base and 5 of each full adapter, greedily: `python3 parity.py OUT.json [FOLDER]`.

FOLDER holds the GGUF files, the committed ones if it is left out. `test/acceptance/embedded-parity.test.ts` holds llama.cpp's answers against
`parity.json`, `parity_numpy.py` those of numpy.
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
from gguf_read import read_adapter
from orders import orders
from replies import replies
from tasks import TASKS, train_set
from tokenizer import END_ID, Tokenizer
from tune import load_base
from model import generate

TINY = Path(__file__).parents[1]
FAMILIES = [by_intent, extract, facts, orders, replies]


def asked(random):
    """A generated document up to its last answer."""
    segments = random.choice(FAMILIES)(random)
    return text_of(segments[:-1])


def tuned(folder, file):
    model = load_base(folder / "base.f16.gguf")
    rank, alpha, state = read_adapter(folder / file, model.config.layers)
    model.adapt(rank, alpha)
    missing, unexpected = model.load_state_dict({name: torch.from_numpy(array) for name, array in state.items()}, strict=False)
    if unexpected or any("lora" in name for name in missing):
        raise SystemExit(f"{file} is no adapter of this base")
    return model


def main(file, folder=TINY):
    r, tokenizer, answers = random.Random("parity"), Tokenizer.load(Path(__file__).with_name("tokenizer.json")), []

    def ask(model, adapter, text):
        said = tokenizer.decode(generate(model, tokenizer.encode(text), END_ID))
        answers.append({**({"adapter": adapter} if adapter else {}), "prompt": text, "answer": said})

    base = load_base(folder / "base.f16.gguf")
    for _ in range(20):
        ask(base, None, asked(r))
    for task in TASKS:
        name = f"{task.name}-{task.sizes[-1]}.lora.gguf"
        model = tuned(folder, name)
        for case in r.sample(train_set(task), 5):
            ask(model, name, prompt(task.prompt, [], task.read(case)))
    Path(file).write_text(json.dumps(answers, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
