"""Order messages with changes of mind, and documents that ask for the final order in one of many forms.

The target's own schema ({"items": [{"product", "quantity"}], "city"}) never occurs in pretraining.
"""
import json
from dataclasses import dataclass

from documents import document
from messages import PARTS
from phrases import CITIES, DAYS, NAMES, NUMBERS, expand, load, product, sentence
from words import compound, distinct

PHRASES = load("orders")


@dataclass
class Order:
    text: str
    items: list  # of (product, quantity), the final order
    city: str
    steps: int


def spoken(random, name, quantity):
    """An item as it is said: `two red kettles`, `a lamp`."""
    if quantity == 1:
        return f"{random.choice(['one', 'a', 'a'])} {name}"
    return f"{NUMBERS[quantity - 1]} {name}s"


def joined(random, parts):
    if len(parts) == 1:
        return parts[0]
    joiner = random.choice(PHRASES["joiners"])
    return joiner["between"].join(parts[:-1]) + joiner["last"] + parts[-1]


def order(random, things=None, changes=None):
    things = things or random.choice([1, 1, 2, 2, 3, 4])
    changes = random.choice([0, 0, 1, 1, 2]) if changes is None else changes
    items = []
    while len(items) < things:
        name = product(random)
        if all(name.split()[-1] != other.split()[-1] for other, _ in items):
            items.append((name, random.choice([1, 1, 2, 3, 4, 5, 6, 7, 8, 9])))
    city = random.choice(CITIES)
    opener = random.choice(PHRASES["openers"])
    said = joined(random, [spoken(random, *item) for item in items])
    text = expand(random, opener.replace("<items>", said), c=city, d=random.choice(DAYS), n=random.choice(NAMES))
    parts = [sentence(text, "?" if text.split()[0] in ("can", "could", "may", "would", "will", "do", "is") and random.random() < 0.7 else ".")]
    if "<c>" not in opener:
        parts.append(sentence(expand(random, random.choice(PHRASES["city"]), c=city)))
    for _ in range(changes):
        kinds = ["quantity", "quantity", "add", "city"] + (["out", "out"] if len(items) > 1 else [])
        kind = random.choice(kinds if len(items) < 4 else [k for k in kinds if k != "add"])
        if kind == "quantity":
            i = random.randrange(len(items))
            name, old = items[i]
            new = random.choice([q for q in range(1, 10) if q != old])
            items[i] = (name, new)
            called = name if new == 1 else name + "s"
            text = expand(random, random.choice(PHRASES["change_quantity"]), q=NUMBERS[new - 1], a=called)
        elif kind == "out":
            i = random.randrange(len(items))
            name, old = items.pop(i)
            text = expand(random, random.choice(PHRASES["leave_out"]), a=name if old == 1 else name + "s")
        elif kind == "add":
            name = product(random)
            if any(name.split()[-1] == other.split()[-1] for other, _ in items):
                continue
            items.append((name, random.choice([1, 1, 2, 3, 4, 5])))
            text = expand(random, random.choice(PHRASES["add"]), i=spoken(random, *items[-1]))
        else:
            city = random.choice([c for c in CITIES if c != city])
            text = expand(random, random.choice(PHRASES["change_city"]), c=city)
        parts.append(sentence(text))
    if random.random() < 0.2:
        parts.insert(0, sentence(expand(random, random.choice(PARTS["greetings"]), n=random.choice(NAMES)), random.choice([".", ","])))
    if random.random() < 0.15:
        parts.append(sentence(expand(random, random.choice(PARTS["nice"]))))
    return Order(" ".join(parts), items, city, things + changes)


def forms(random):
    """A way to write an order down: its description and a function from Order to text. Never the target's schema."""
    while True:
        list_key, name_key, count_key, city_key = distinct(random, lambda r: r.choice(["items", "goods", "lines", "order", "list", "products", "product", "name", "thing", "article", "what", "quantity", "number", "count", "amount", "pieces", "how_many", "city", "to", "town", "place", "ship_to", compound(r)]), 4)
        if (list_key, name_key, count_key, city_key) != ("items", "product", "quantity", "city"):
            break
    kind = random.choice(["json", "json", "json", "pairs", "flat", "lines"])
    nested = random.random() < 0.6
    with_city = random.random() < 0.7

    def write(o):
        if kind == "json":
            body = [{name_key: n, count_key: q} for n, q in o.items] if nested else {n: q for n, q in o.items}
            return json.dumps({list_key: body, **({city_key: o.city} if with_city else {})})
        if kind == "flat":
            return json.dumps([[q, n] for n, q in o.items])
        between, join = {"pairs": (" x ", ", "), "lines": (" of ", "; ")}[kind]
        text = join.join(f"{q}{between}{n}" for n, q in o.items)
        return text + (f" -> {o.city}" if with_city else "")

    names = {"json": f"JSON with the keys {list_key}" + (f", {name_key}, {count_key}" if nested else "") + (f", {city_key}" if with_city else ""), "flat": "a JSON list", "pairs": "a list", "lines": "lines"}
    return names[kind], write


def orders(random):
    described, write = forms(random)
    task = random.choice(["Write the final order as {}.", "Give the order as {}.", "Turn the message into {}.", "What is ordered? Answer as {}."]).format(described)
    shots = random.choice([0, 1, 2, 3, 3, 5])
    most = 2 if shots > 3 else 4
    turns = []
    for i in range(shots + random.choice([1, 2])):
        o = order(random, random.randint(1, most))
        turns.append((o.text, write(o), 1.2 if i else 0.5))
    return document(task, turns)


def simple_orders(random):
    """One property of an order, for practice: how many of a thing, or where it goes."""
    turns = []
    city = random.random() < 0.3
    for _ in range(random.choice([2, 3, 4])):
        o = order(random, random.randint(1, 3))
        name, quantity = random.choice(o.items)
        turns.append((o.text, o.city, 1.2) if city else (f"{o.text} / {name}", str(quantity), 1.2))
    return document("Which city?" if city else "How many of the thing after the slash?", turns)
