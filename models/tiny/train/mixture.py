"""The mixture of documents: a short curriculum of copying and association first, then all families together."""
from classify import classify
from documents import ANSWER, READ
from extract import extract
from facts import facts, no_facts
from messages import INTENTS, message
from orders import orders, simple_orders
from phrases import CITIES, NAMES, order_number, product
from replies import replies
from tokenizer import END, START
from words import NOUNS, labels, nonsense

ALONE, FADE, RETURN, LATE = 288, 540, 2000, 3200
FAMILIES = [(classify, 0.36), (extract, 0.08), (orders, 0.19), (simple_orders, 0.03), (replies, 0.17), (facts, 0.15), (no_facts, 0.02)]


def copying(random):
    makers = [nonsense, lambda r: r.choice(NOUNS), product, lambda r: r.choice(NAMES), order_number, lambda r: r.choice(CITIES)]
    line = " ".join(random.choice(makers)(random) for _ in range(random.randint(4, 9)))
    return [(START, READ), *[(f"\nMessage: {line}\nAnswer:", READ), (f" {line}{END}", ANSWER)] * random.choice([1, 2])]


def pairs(random):
    """The same word has the same answer throughout the document."""
    count = random.choice([2, 3, 4, 5])
    makers = [nonsense, lambda r: r.choice(NAMES), lambda r: r.choice(NOUNS), lambda r: r.choice(CITIES), order_number]
    make = random.choice(makers)
    keys = list(dict.fromkeys(make(random) for _ in range(count)))
    return recall(random, keys, lambda key: key, labels(random, len(keys)))


def cores(random):
    """The same reason, told in other words each time, has the same answer throughout the document."""
    keys = random.sample(list(INTENTS), random.choice([2, 3, 4, 5]))
    return recall(random, keys, lambda key: message(random, key, short=random.random() < 0.7).text, labels(random, len(keys)))


def recall(random, keys, say, names):
    seen, segments = set(), [(START, READ)]
    label = dict(zip(keys, names))
    for _ in range(3 * len(keys)):
        key = random.choice(keys)
        segments += [(f"\nMessage: {say(key)}\nAnswer:", READ), (f" {label[key]}{END}", 1.5 if key in seen else 0.1)]
        seen.add(key)
    return segments


def curriculum(random, step):
    weights = [0.06, 0.24, 0.7] if step < RETURN else [0.0, 0.45, 0.55]
    return random.choices([copying, pairs, cores], weights)[0](random)


def mixed(random):
    families, weights = zip(*FAMILIES)
    return random.choices(families, weights)[0](random)


def draw(random, step):
    """A document for this step of the training.

    The curriculum is alone at first and fades to 5 %; it comes back at `RETURN`, because association in context does not form without it.
    """
    share = max(0.05, 1.0 - max(0, step - ALONE) / FADE) if step < RETURN else 0.5 if step < LATE else 0.3
    return curriculum(random, step) if random.random() < share else mixed(random)
