"""What of the target tasks stands in the pretraining text: `python3 audit_pretraining.py`. Some minutes on one processor; needs numpy, not torch.

Draws again, from the same seed and step by step, every document that `train.sh` draws for the base. Prints counts only, never a document.
"""
import random
import re
from collections import Counter
from pathlib import Path

from batches import POOL, TOKENS, pool_batches
from documents import text_of
from facts import sheet
from messages import TARGETS
from mixture import draw
from tasks import TASKS
from tokenizer import Tokenizer

# As in train.sh.
STEPS, SEED, WORLD = 4400, 1, 2

LABEL = re.compile(r"(?<![A-Za-z_])(?:" + "|".join(TARGETS) + r")(?![A-Za-z_])", re.IGNORECASE)
ONE_LINE = re.compile("Task: (?:" + "|".join(re.escape(task.prompt) for task in TASKS) + ")\n")
MODEL = re.compile("|".join(re.escape(row["model"]) for row in sheet()))
LINES = re.compile(r'"items": \[\{"product": ')
ORDER = re.compile(r'\{"items": \[\{"product": "[^"]*", "quantity": \d+\}(?:, \{"product": "[^"]*", "quantity": \d+\})*\], "city": ')

HELD = {
    "a real label of intent-routing": LABEL,
    'order lines that begin "items": [{"product": ': LINES,
    "the whole schema of order-extraction": ORDER,
    "a one-line prompt of a tuned target": ONE_LINE,
    "a model of the product sheet": MODEL,
}


def main():
    tokenizer = Tokenizer.load(Path(__file__).with_name("tokenizer.json"))
    held, labels, documents, read, step, pool = Counter(), Counter(), 0, 0, 0, 0
    while step < STEPS:
        ranks = [pool_batches(tokenizer, SEED, rank, pool, step) for rank in range(WORLD)]
        for rank in range(WORLD):
            r = random.Random(f"{SEED}/{rank}/{pool}")
            for _ in range(POOL):
                text = text_of(draw(r, step))
                documents += 1
                labels.update({label.lower() for label in LABEL.findall(text)})
                held.update(what for what, pattern in HELD.items() if pattern.search(text))
        steps = min(STEPS - step, *(len(batches) for batches in ranks))
        read += sum(int((weights > 0).sum()) for batches in ranks for _, weights in batches[:steps])
        step, pool = step + steps, pool + 1
    print(f"{STEPS:,} steps of {WORLD * TOKENS:,} tokens: {STEPS * WORLD * TOKENS:,}, of which {read:,} are text and the others padding")
    print(f"{documents:,} documents drawn")
    for what in HELD:
        print(f"  {held[what]:,} hold {what}")
    print("  " + ", ".join(f"{label} {labels[label]}" for label in TARGETS))


if __name__ == "__main__":
    main()
