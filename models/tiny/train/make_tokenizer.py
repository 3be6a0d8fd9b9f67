"""Learns a tokenizer from generated documents: `python3 make_tokenizer.py OUT.json`. OUT must not exist yet.

It does not write the committed tokenizer.json again: that one is from an earlier state of the generator, and 41 of the 1,536 tokens differ. Weights
are of use only with the tokenizer that they were trained with, so the committed one stays, and another is for another training run.
"""
import collections
import json
import os
import random
import re
import sys

from documents import text_of
from mixture import draw, mixed
from tokenizer import SPECIAL, WORD, SPECIALS, train

SIZE = 1536


def main(out):
    r, counts = random.Random("tokenizer"), collections.Counter()
    for i in range(24000):
        text = text_of(mixed(r) if i % 8 else draw(r, 0))
        for part in SPECIAL.split(text):
            if part not in SPECIALS:
                counts.update(WORD.findall(part))
    words = {word: count for word, count in counts.items() if not re.search(r"\d", word)}
    with open(out, "x") as f:
        json.dump(train(words, SIZE), f)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("say where to: python3 make_tokenizer.py OUT.json")
    if os.path.exists(sys.argv[1]):
        sys.exit(f"{sys.argv[1]} stands there already, and weights may need it: name another file")
    main(sys.argv[1])
