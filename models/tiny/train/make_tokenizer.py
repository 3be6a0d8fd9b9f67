"""Writes tokenizer.json from generated documents and the wording of the tuned tasks' training data: `python3 make_tokenizer.py`."""
import collections
import json
import random
import re
from pathlib import Path

from documents import text_of
from mixture import draw, mixed
from tokenizer import SPECIAL, WORD, SPECIALS, train

SIZE = 1536


def main():
    r, counts = random.Random("tokenizer"), collections.Counter()
    for i in range(24000):
        text = text_of(mixed(r) if i % 8 else draw(r, 0))
        for part in SPECIAL.split(text):
            if part not in SPECIALS:
                counts.update(WORD.findall(part))
    words = {word: count for word, count in counts.items() if not re.search(r"\d", word)}
    Path(__file__).with_name("tokenizer.json").write_text(json.dumps(train(words, SIZE)))


if __name__ == "__main__":
    main()
