"""Documents about facts of products: read from a sheet in the prompt, or honestly not known.

The 40 models of the fact sheet never occur in pretraining: their facts are in the tuning data alone.
"""
import json
from pathlib import Path

from documents import document
from phrases import CITIES, COLOURS, NAMES, NUMBERS, PRODUCTS, expand, load, sentence

FACTS, BRANDS = load("facts"), load("brands")
SHEET = Path(__file__).parents[3] / "datasets" / "product-facts.sheet.jsonl"
ATTRIBUTES = ["warranty", "weight", "colour", "origin", "price"]
UNKNOWN = "I do not know."


def counted(number, word):
    return f"{NUMBERS[number - 1]} {word}{'' if number == 1 else 's'}"


VALUES = {
    "warranty": lambda r: counted(r.randint(1, 6), "year"),
    "weight": lambda r: counted(r.randint(1, 9), "kilo"),
    "colour": lambda r: r.choice(COLOURS),
    "origin": lambda r: r.choice(CITIES),
    "price": lambda r: f"{10 * r.randint(2, 19)} dollars",
    "power": lambda r: f"{50 * r.randint(1, 40)} watts",
    "length": lambda r: f"{10 * r.randint(2, 20)} centimetres",
    "battery": lambda r: counted(r.randint(1, 9), "hour"),
    "stock": lambda r: r.choice(["hall one", "hall two", "hall three", "room four", "room five", "the cellar"]),
    "designer": lambda r: r.choice(NAMES),
    "year": lambda r: str(r.randint(1990, 2025)),
}


def sheet():
    """The 40 models of the fact sheet: [{"model", "warranty", "weight", "colour", "origin", "price"}]."""
    return [json.loads(line) for line in SHEET.read_text().splitlines()]


def models(random, count):
    names = random.sample(BRANDS, count)
    return [f"{brand} {random.choice(PRODUCTS)}" for brand in names]


def ask(random, attribute, model):
    return sentence(expand(random, random.choice(FACTS[attribute]["questions"]), m=model), "?")


def state(random, attribute, model, value):
    return sentence(expand(random, random.choice(FACTS[attribute]["statements"]), m=model, v=value))


READ = ["Answer from the facts.", "Answer the question from the text.", "Use the facts to answer.", "Read the facts and answer the question."]
HONEST = ["If you do not know, say: I do not know.", "Say I do not know. if the facts do not say it.", "If it is not in the facts, answer: I do not know."]


def facts(random):
    """Facts before each question, in the message or in the instruction; some questions cannot be answered."""
    in_task = random.random() < 0.4
    about = models(random, random.choice([1, 1, 2, 3]) if in_task else 1)
    attributes = random.sample(list(FACTS), random.choice([2, 3, 5]))
    known = {m: {a: VALUES[a](random) for a in attributes} for m in about}

    def lines():
        all_ = [state(random, a, m, v) for m, values in known.items() for a, v in values.items()]
        random.shuffle(all_)
        return " ".join(all_)

    honest = random.random() < 0.7
    task = random.choice(READ) + (" " + random.choice(HONEST) if honest else "")
    if in_task:
        task += " Facts: " + lines()
    turns = []
    for _ in range(random.choice([1, 2, 3, 4])):
        if not in_task:
            about = models(random, 1)
            known = {about[0]: {a: VALUES[a](random) for a in attributes}}
        model, attribute = random.choice(about), random.choice(attributes)
        answer = known[model][attribute]
        if honest and random.random() < 0.25:
            if random.random() < 0.6:
                model = models(random, 1)[0]
            else:
                attribute = random.choice([a for a in FACTS if a not in attributes])
            answer = known.get(model, {}).get(attribute, UNKNOWN)
        question = ask(random, attribute, model)
        turns.append((question if in_task else f"{lines()} {question}", answer, 1.3))
    return document(task, turns)


def no_facts(random):
    """Questions with nothing to read: the honest answer when the instruction asks for it, a guess of the right kind when it does not."""
    honest = random.random() < 0.6
    task = random.choice(["Answer the question.", "Answer the question about the product.", "Answer the customer."])
    if honest:
        task += " If you do not know, say: I do not know."
    turns = []
    for _ in range(random.choice([1, 2, 3])):
        attribute = random.choice(list(FACTS))
        turns.append((ask(random, attribute, models(random, 1)[0]), UNKNOWN if honest else VALUES[attribute](random), 0.5))
    return document(task, turns)
