"""Looks at a model in training: share of held-out generated answers that are right to the last token, by family. Never sees an evaluation set."""
import random

import torch
import torch.nn.functional as F

from classify import by_intent
from extract import extract
from facts import facts
from orders import orders
from replies import replies

FAMILIES = {"classify": by_intent, "extract": extract, "orders": orders, "replies": replies, "facts": facts}


@torch.no_grad()
def last_answer_right(model, tokenizer, segments):
    """Whether each token of the last answer is the most likely one, given those before it."""
    ids, start = [], 0
    for i, (text, _) in enumerate(segments):
        if i == len(segments) - 1:
            start = len(ids)
        ids += tokenizer.encode(text)
    hidden = model.hidden(torch.tensor([ids[:-1]]))[0, start - 1 :]
    return bool((F.linear(hidden, model.embedding).argmax(-1) == torch.tensor(ids[start:])).all())


def probe(model, tokenizer, count=40):
    out = {}
    for name, family in FAMILIES.items():
        r, right, asked = random.Random(f"probe/{name}"), 0, 0
        while asked < count:
            segments = family(r)
            if segments[-1][1] >= 1 and len(segments) > 1:
                right, asked = right + last_answer_right(model, tokenizer, segments), asked + 1
        out[name] = right / count
    return out
