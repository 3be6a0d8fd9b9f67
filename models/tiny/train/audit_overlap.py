"""How far the evaluation sets overlap with what the model was trained on: `python3 audit_overlap.py`. Prints counts only, never a sentence.

A message is compared with every training message (tuning sets and 10,000 generated pretraining documents) twice: word for word, capitals and marks
apart, and after names, cities, colours, products, numbers and order numbers are put to one sign each, so that two messages which differ in those
alone count as the same. The share of a message's word triples, in signs, that some training message holds is its overlap.
"""
import json
import random
import re
from pathlib import Path

from documents import text_of
from facts import sheet
from mixture import mixed
from phrases import CITIES, COLOURS, NAMES, NUMBERS, PRODUCTS
from sealed import DATASETS
from tasks import TASKS, path

SIGNS = [(NAMES, "NAME"), (CITIES, "CITY"), (COLOURS, "COLOUR"), ([*PRODUCTS, *(p + "s" for p in PRODUCTS)], "PRODUCT"), (NUMBERS, "NUMBER")]
SIGN_OF = {word.lower(): sign for words, sign in SIGNS for word in words}
BRANDS = {row["model"].split()[0].lower() for row in sheet()}
SENTENCE_END = re.compile(r"[.?!]+\s*")
ROLE = re.compile(r"^(?:<\|start\|>)?(?:Task|Message|Answer): ")
DOCUMENTS = 10000


def plain(text):
    return tuple(re.findall(r"[a-z0-9']+", text.lower()))


def words(text):
    for word in re.findall(r"[a-z]+|[ab]?\d+", text.lower()):
        yield "BRAND" if word in BRANDS else "ORDER" if re.search(r"\d", word) else SIGN_OF.get(word, word)


def sentences(text):
    return [tuple(words(s)) for s in SENTENCE_END.split(text) if len(s.split()) >= 4]


def triples(text):
    w = list(words(text))
    return set(zip(w, w[1:], w[2:]))


class Met:
    """What some texts hold: whole messages, word for word and in signs; sentences and word triples, in signs."""

    def __init__(self, texts):
        self.exact, self.messages, self.sentences, self.triples = set(), set(), set(), set()
        for text in texts:
            self.exact.add(plain(text))
            self.messages.add(tuple(words(text)))
            self.sentences.update(sentences(text))
            self.triples |= triples(text)


def main():
    r = random.Random("audit")
    pretraining = Met(ROLE.sub("", line) for _ in range(DOCUMENTS) for line in text_of(mixed(r)).split("\n"))
    for task in TASKS:
        tuning = Met(task.read(json.loads(line)) for line in path(task).read_text().splitlines())
        cases = [json.loads(line) for line in (DATASETS / f"{task.name}.jsonl").read_text().splitlines()]
        asked = [task.read(case) for case in cases]
        exact = [case for case, t in zip(cases, asked) if plain(t) in tuning.exact]
        drawn = sum(plain(t) in pretraining.exact for t in asked)
        same = sum((m := tuple(words(t))) in tuning.messages or m in pretraining.messages for t in asked)
        shared = sum(any(s in tuning.sentences or s in pretraining.sentences for s in sentences(t)) for t in asked)
        met = sorted(len(triples(t) & (tuning.triples | pretraining.triples)) / max(1, len(triples(t))) for t in asked)
        print(
            f"{task.name}: {len(asked)} cases; word for word in the tuning set {len(exact)}, {sum(c['split'] == 'test' for c in exact)} of them test, "
            f"and in the documents {drawn}; {same} the same as a training message in signs; {shared} share a sentence of 4 or more words with one; "
            f"word triples met in training: median {met[len(met) // 2]:.0%}, upper tenth {met[len(met) * 9 // 10]:.0%}"
        )


if __name__ == "__main__":
    main()
