"""Classification documents: the label of a message by its reason, or by another property, with label sets of every kind.

The messages of the five target reasons occur under invented labels, so that few-shot prompts can work. `compound` of words.py now and then invents
a real label, in 99 of 268,800 documents, for whatever class comes (`audit_pretraining.py`).
"""
from documents import document
from messages import INTENTS, OTHERS, message
from phrases import CITIES, NAMES, expand, product, sentence
from words import labels

ASK = ["Classify the message by {}.", "What is the {} of the message?", "Give the {}.", "Sort each message by {}.", "Choose the {} of the customer message."]
LIST = ["Options: {}.", "Use one of: {}.", "Labels: {}.", "Answer with one of: {}."]
WHAT = {"intent": ["intent", "topic", "reason", "problem type"], "product": ["product", "article"], "urgent": ["priority", "urgency"], "mood": ["mood", "tone"]}


def meaning(random, intent):
    return expand(random, random.choice(INTENTS[intent]["confirm"]), p="product")


def define(random, label, intent):
    form = random.choice(["{} means {}.", "{}: {}.", "Use {} when {}.", "{} is for: {}."])
    parts = [meaning(random, intent)]
    if random.random() < 0.4:
        parts.append(meaning(random, intent))
    return form.format(label, " or ".join(dict.fromkeys(parts)))


def by_intent(random):
    natural = random.random() < 0.15
    count = random.choice([2, 3, 4, 5, 5, 5, 6])
    classes = random.sample(OTHERS if natural else list(INTENTS), count)
    names = [random.choice(INTENTS[c]["labels"]) for c in classes] if natural else labels(random, count)
    label = dict(zip(classes, names))
    defined = random.random() < 0.45
    shots = random.choice([0, 0, 3, 5, 5, 8, 16]) if natural or defined else random.choice([count, count, count + 2, 2 * count, 2 * count])
    order = [*random.sample(classes, count)]
    sequence = [order.pop() if order and random.random() < 0.85 else random.choice(classes) for _ in range(shots)]
    asked = 1 if shots else random.choice([1, 1, 2, 3])
    sequence += [random.choice(classes) for _ in range(asked)]
    task = random.choice(ASK).format(random.choice(WHAT["intent"]))
    listed = defined or random.random() < 0.5 or (natural and not shots)
    if listed:
        task += " " + random.choice(LIST).format(", ".join(random.sample(names, count)))
    if defined:
        task += " " + " ".join(define(random, label[c], c) for c in random.sample(classes, count))
    seen, turns = set(), []
    for c in sequence:
        known = c in seen or defined or (natural and listed)
        turns.append((message(random, c, short=random.random() < 0.3).text, label[c], 1.5 if known else 0.1))
        seen.add(c)
    return document(task, turns)


def by_property(random):
    kind = random.choice(["product", "urgent", "mood"])
    make = lambda: message(random, random.choice(OTHERS))
    values = {"urgent": [True, False], "mood": ["angry", "nice", "none"]}.get(kind)
    if kind == "product":
        values = random.sample(sorted({product(random, 0) for _ in range(12)}), 3)
    label = dict(zip(values, labels(random, len(values))))
    turns, seen, wanted = [], set(), random.choice([4, 6, 8])
    for _ in range(200):
        m = make()
        value = m.product.split()[-1] if kind == "product" else getattr(m, kind)
        if kind == "product" and (not m.says_product or value not in label):
            value = random.choice(values)
            m.text = sentence(f"this is about the {value}") + " " + m.text.replace(m.product, "thing")
        turns.append((m.text, label[value], 1.2 if value in seen else 0.1))
        seen.add(value)
        if len(turns) == wanted:
            break
    task = random.choice(ASK).format(random.choice(WHAT[kind]))
    if random.random() < 0.5:
        task += " " + random.choice(LIST).format(", ".join(label.values()))
    return document(task, turns)


def same_reason(random):
    """Two messages: is their reason the same? Needs no label's name."""
    turns = []
    for _ in range(random.choice([1, 2, 3])):
        one = random.choice(list(INTENTS))
        other = one if random.random() < 0.5 else random.choice([c for c in INTENTS if c != one])
        pair = f"{message(random, one, short=True).text} / {message(random, other, short=True).text}"
        turns.append((pair, "yes" if one == other else "no", 1.2))
    return document(random.choice(["Do both messages have the same reason?", "Same problem in both messages? Answer yes or no."]), turns)


def classify(random):
    return random.choices([by_intent, by_property, same_reason], [0.82, 0.1, 0.08])[0](random)
