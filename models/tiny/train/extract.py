"""Documents that ask for details of a message: order number, product, name, urgency, in JSON or other forms, with keys of every kind."""
import json

from documents import document
from messages import message
from words import compound, distinct

KEYS = {
    "order": ["order", "order_no", "order_number", "ref", "reference"],
    "product": ["product", "article", "goods", "thing"],
    "name": ["name", "customer", "first_name", "sender"],
    "urgent": ["urgent", "rush", "fast", "priority"],
    "mood": ["mood", "tone", "feeling"],
}


def value(m, field):
    if field == "product":
        return m.product if m.says_product else None
    if field == "mood":
        return {"angry": "bad", "nice": "good", "none": "none"}[m.mood]
    return getattr(m, field)


def written(form, keys, values):
    if form == "json":
        return json.dumps(dict(zip(keys, values)))
    words = ["none" if v is None else "yes" if v is True else "no" if v is False else v for v in values]
    if form == "bars":
        return " | ".join(words)
    return "; ".join(f"{k}: {w}" for k, w in zip(keys, words))


def extract(random):
    fields = random.sample(list(KEYS), random.choice([1, 1, 2, 3, 4]))
    keys = distinct(random, compound, len(fields)) if random.random() < 0.4 else [random.choice(KEYS[f]) for f in fields]
    form = random.choice(["json", "json", "bars", "pairs"])
    task = random.choice(["Extract the details as {}.", "Read the message and write {}.", "Turn the message into {}."])
    task = task.format({"json": "JSON", "bars": "a line with bars", "pairs": "pairs"}[form]) + f" Keys: {', '.join(keys)}."
    turns = []
    for i in range(random.choice([1, 2, 3, 4])):
        m = message(random, full=random.random() < 0.6)
        turns.append((m.text, written(form, keys, [value(m, f) for f in fields]), 1.0 if i else 0.5))
    return document(task, turns)
