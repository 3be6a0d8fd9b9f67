"""The phrase files, and how a phrase becomes a sentence: `[a|b]` picks one, `<p>` and its like are filled, spaces and capitals are set right."""
import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "phrases"
CHOICE = re.compile(r"\[([^\]]*)\]")
SLOT = re.compile(r"<([a-z])>")

NAMES = "Anna Ben Carla David Elena Frank Grace Henry Irene Jack Karen Leo Maria Noah Olga Paul Rita Sam Tina Victor Wendy Zoe".split()
CITIES = "Boston Denver Dublin London Madrid Milan Oslo Paris Prague Rome Seattle Sydney Tokyo Vienna Zurich Berlin".split()
COLOURS = "red blue green black white yellow grey brown".split()
PRODUCTS = (
    "headset speaker microphone soundbar kettle toaster blender juicer printer lamp chair keyboard monitor helmet treadmill racket suitcase "
    "backpack pillow tent mower hose ladder drill"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = "one two three four five six seven eight nine".split()


def load(name):
    return json.loads((FOLDER / f"{name}.json").read_text())


def expand(random, phrase, **slots):
    """One reading of a phrase: choices drawn, slots filled, runs of spaces closed. A slot that is not given stays an error."""
    text = CHOICE.sub(lambda m: random.choice(m[1].split("|")), phrase)
    text = SLOT.sub(lambda m: slots[m[1]], text)
    return " ".join(text.split()).replace(" ,", ",").replace(" .", ".")


def sentence(text, end="."):
    """With a capital and, unless it ends in a mark already, with an end mark."""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".?!" else text + end


def product(random, colour=0.4):
    name = random.choice(PRODUCTS)
    return f"{random.choice(COLOURS)} {name}" if random.random() < colour else name


def order_number(random):
    digits = "".join(random.choice("0123456789") for _ in range(random.choice([4, 5])))
    return random.choice(["", "", "A", "B"]) + digits
